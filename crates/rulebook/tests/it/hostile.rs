//! Files that nobody would write: whatever a file holds, the compiler, the layout and the runner of
//! examples answer, on an ordinary stack and in reasonable time.

use std::thread;

use enterprise::Facts;
use rulebook::{compile, format, run_examples};
use rules::{Question, Verdict, evaluate};

use crate::common::{compiled, sources};
use crate::meaning::small_files;

/// What the main thread of a test, and a worker of a server, has.
const STACK: usize = 2 << 20;

const VERSION: &str = "programmes/test/pilot/2026.toml";

/// Compiles the small rulebook with this file in it; answers the codes of all problems in the file.
fn codes(path: &str, text: &str) -> Vec<&'static str> {
    let (path, text) = (path.to_owned(), text.to_owned());
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        let mut files = small_files();
        files.retain(|(known, _)| *known != path);
        files.push((path.clone(), text.clone()));
        let sources = sources(files);
        let compiled = compile(&sources);
        let _ = format(&text);
        if compiled.is_usable() {
            let _ = run_examples(&sources, &compiled.rulebook);
        }
        let here = compiled.diagnostics.iter().filter(|known| *known.span.file == *path);
        here.map(|known| known.code.as_str()).collect()
    });
    worker.unwrap().join().expect("the compiler answers")
}

/// The codes for an expression, whether or not it uses the limit `m`.
fn expression(text: &str) -> Vec<&'static str> {
    let mut codes = codes(VERSION, &version(text));
    codes.retain(|code| *code != "unused-limit");
    codes
}

fn version(expression: &str) -> String {
    format!(
        "version = \"2026\"\nstanding = \"binding\"\nstatus = \"reposted\"\n\
             document = {{ name = \"试点办法\" }}\n\n[[applies]]\npurpose = \"new\"\nfrom = 2000-01-01\n\n\
             [[criterion]]\nid = \"it\"\nclause = \"一\"\nlabel = {{ zh = \"条件\", en = \"it\" }}\n\
             limits = {{ m = \"1 元\" }}\nrequire = '''{expression}'''\n"
    )
}

#[test]
fn deep_toml() {
    const DEEP: usize = 10_000;
    let nested = [
        format!("a = {}{}", "[".repeat(DEEP), "]".repeat(DEEP)),
        format!("a = {}", "[".repeat(DEEP)),
        format!("a = {}1{}", "{ a = ".repeat(DEEP), " }".repeat(DEEP)),
        format!("a = {}", "{ a = ".repeat(DEEP)),
        format!("[{}a]\nb = 1", "a.".repeat(DEEP)),
        format!("[[{}a]]\nb = 1", "a.".repeat(DEEP)),
        format!("{}a = 1", "a.".repeat(DEEP)),
        format!("a = {{ {}a = 1 }}", "a.".repeat(DEEP)),
    ];
    for text in nested {
        for path in [VERSION, "indicators/x.toml", "definitions/x/1.toml", "rounds/x.toml"] {
            assert!(!codes(path, &text).is_empty(), "{}", &text[..20]);
        }
    }
}

#[test]
fn deep_groups() {
    let mut text =
        String::from("version = \"2026\"\nstanding = \"binding\"\nstatus = \"reposted\"\n");
    let mut path = String::from("criterion");
    for level in 0..1000 {
        let name = ["any", "all"][level % 2];
        text.push_str(&format!("[[{path}]]\nid = \"c{level}\"\n"));
        path.push('.');
        path.push_str(name);
    }
    assert!(!codes(VERSION, &text).is_empty());
}

#[test]
fn huge_files() {
    let scalar = format!("note = \"{}\"", "长".repeat(10 << 20));
    assert_eq!(codes("rulebook.toml", &scalar), ["file-too-large"]);
    let just_small_enough = format!("format = 1\nname = \"{}\"", "x".repeat((1 << 20) - 20));
    assert!(codes("rulebook.toml", &just_small_enough).is_empty());
}

#[test]
fn many_problems() {
    let keys: String = (0..60_000).map(|index| format!("k{index}=1\n")).collect();
    assert!(codes("rulebook.toml", &keys).len() >= 60_000);
    let tables = "[[criterion]]\n".repeat(40_000);
    assert!(!codes(VERSION, &tables).is_empty());
    let broken = "= \n".repeat(100_000);
    assert!(codes(VERSION, &broken).contains(&"toml-syntax"));
}

#[test]
fn deep_expressions() {
    const DEEP: usize = 10_000;
    let nested = [
        format!("{}a{}", "(".repeat(DEEP), ")".repeat(DEEP)),
        format!("{}a{}", "all { ".repeat(DEEP), " }".repeat(DEEP)),
        format!("{}a{}", "at least 1 of { ".repeat(DEEP), " }".repeat(DEEP)),
        format!("{}a", "not ".repeat(DEEP)),
        format!("{}revenue[base] >= m", "-".repeat(DEEP)),
        format!("{}revenue[base]{} >= m", "min(".repeat(DEEP), ")".repeat(DEEP)),
        format!("{}revenue[base]{} >= m", "growth(".repeat(DEEP), ")".repeat(DEEP)),
        format!("{}revenue >= m{}", "each of last 30 years { ".repeat(DEEP), " }".repeat(DEEP)),
    ];
    for text in nested {
        assert!(expression(&text).contains(&"too-deep"), "{}", &text[..30]);
    }
}

#[test]
fn deep_expressions_within_the_limits() {
    let years = |blocks: usize| {
        let (open, close) = ("sum of last 30 years (".repeat(blocks), ")".repeat(blocks));
        format!("{open}revenue{close} >= m")
    };
    assert!(expression(&years(1)).is_empty());
    assert!(expression(&years(2)).is_empty());
    assert_eq!(expression(&years(3)), ["too-deep"]);
    for text in [
        format!("{}a{}", "(".repeat(39), ")".repeat(39)),
        format!("{}a", "not ".repeat(39)),
        format!("{}a{}", "all { ".repeat(39), " }".repeat(39)),
    ] {
        assert!(expression(&text).is_empty(), "{text}");
    }
}

#[test]
fn long_expressions() {
    for between in [" and ", " or "] {
        let text = vec!["a"; 100_000].join(between);
        assert_eq!(expression(&text), ["too-deep"]);
        let repeats = expression(&vec!["a"; 400].join(between));
        assert!(repeats.iter().all(|code| *code == "duplicate-condition"), "{repeats:?}");
    }
    for sign in [" + ", " - ", " * ", " / "] {
        let long = vec!["m"; 100_000].join(sign);
        assert_eq!(expression(&format!("{long} >= m")), ["too-deep"]);
        assert_eq!(expression(&format!("{} >= m", vec!["m"; 400].join(sign))), ["too-deep"]);
        let tall = expression(&format!("{} >= m", vec!["m"; 39].join(sign)));
        assert!(!tall.contains(&"too-deep"), "{tall:?}");
    }
    let options = vec!["first"; 100_000].join(", ");
    assert_eq!(expression(&format!("level in {{ {options} }}")), ["too-deep"]);
}

/// Every formula uses the one before twice: what has to be computed doubles at every step.
#[test]
fn formulas_on_formulas() {
    let mut text = String::from(
        "[[indicator]]\nid = \"f0\"\nlabel = { zh = \"零\", en = \"zero\" }\nkind = \"ratio\"\n\
         range = [\"0 %\", \"1 %\"]\n",
    );
    for index in 1..60 {
        let below = index - 1;
        text.push_str(&format!(
            "[[indicator]]\nid = \"f{index}\"\nlabel = {{ zh = \"{index}\", en = \"{index}\" }}\n\
             kind = \"ratio\"\nformula = 'f{below} - f{below}'\n"
        ));
    }
    text.push_str(
        "[[indicator]]\nid = \"last\"\nlabel = { zh = \"末\", en = \"last\" }\nkind = \"flag\"\n\
         formula = 'f59 >= f58'\n",
    );
    assert!(codes("indicators/formulas.toml", &text).contains(&"too-deep"));
}
/// As tall as expressions and formulas may be, together: evaluating them takes an ordinary stack.
#[test]
fn as_tall_as_allowed() {
    let mut text = String::new();
    for level in 0..5 {
        let below = if level == 0 { "revenue".to_owned() } else { format!("t{}", level - 1) };
        let formula = format!("{below}{}", " + revenue".repeat(38));
        text.push_str(&format!(
            "[[indicator]]\nid = \"t{level}\"\nlabel = {{ zh = \"{level}\", en = \"{level}\" }}\n\
             kind = \"money\"\nperiod = \"yearly\"\nformula = '{formula}'\n"
        ));
    }
    let nested = format!("{}t4[base] >= m", "not ".repeat(37));
    let mut files = small_files();
    files.retain(|(path, _)| path != VERSION);
    files.push(("indicators/tall.toml".to_owned(), text));
    files.push((VERSION.to_owned(), version(&nested)));
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        let rulebook = compiled(&sources(files));
        let day = jiff::civil::date(2026, 5, 1);
        let pilot = rulebook.programme("pilot").unwrap();
        evaluate(&rulebook, pilot, &Facts::default(), &Question::on(day)).verdict()
    });
    assert!(matches!(worker.unwrap().join().unwrap(), Some(Verdict::Undetermined(_))));
}

/// Files as large as they may be, of criteria that are all about the same, or all about something else:
/// every pair could be held against each other, and is not.
#[test]
fn many_criteria_take_no_longer_each() {
    let head = version("a");
    let head = &head[..head.find("[[criterion]]").unwrap()];
    let shapes: [fn(usize) -> String; 3] = [
        |_| "require = 'patents >= n'".to_owned(),
        |index| format!("require = 'happened(\"award\", last {} months)'", index % 1000 + 1),
        |index| format!("require = 'sum of last 2 years (revenue) * {index} >= m'"),
    ];
    for (number, shape) in shapes.into_iter().enumerate() {
        for list in ["[[criterion]]", "[[criterion.all]]", "[[criterion.any]]"] {
            let mut text = head.to_owned();
            let limits = "limits = { m = \"1 元\", n = \"3 项\" }\n";
            if list != "[[criterion]]" {
                text.push_str("[[criterion]]\nid = \"all\"\nclause = \"一\"\nlabel = { zh = \"条\", en = \"it\" }\n");
                text.push_str(limits);
            }
            for index in 0..1500 {
                let limits = if list == "[[criterion]]" { limits } else { "" };
                text.push_str(&format!(
                    "{list}\nid = \"c{index}\"\nclause = \"一\"\nlabel = {{ zh = \"条\", en = \"it\" }}\n{limits}{}\n",
                    shape(index)
                ));
            }
            let start = std::time::Instant::now();
            let found = codes(VERSION, &text);
            assert!(start.elapsed().as_secs() < 20, "{number} {list}: {:?}", start.elapsed());
            assert!(number == 2 || found.len() > 1000, "{number} {list}: {}", found.len());
        }
    }
}
