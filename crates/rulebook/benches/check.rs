//! What checking costs as a rulebook grows: generated rulebooks of 250, 500 and 1,000 programmes, each
//! compiled and with its examples read, side by side in one run. Time and memory should grow with the
//! size and no faster. Every size is measured in a process of its own, so that its peak memory is known.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measurement stops where it fails, and its figures are for people"
)]

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use rulebook::{Sources, check_examples, compile};

const SIZES: [usize; 3] = [250, 500, 1000];
const ROUNDS: usize = 5;
/// Indicators that all programmes share; each has one of its own besides.
const SHARED: usize = 50;
const CRITERIA: usize = 10;
const EXAMPLES: usize = 10;
/// Programmes of which each asks for the title of the one before.
const CHAIN: usize = 20;

const FLAG: &str = r#"
[[indicator]]
id     = "clean"
label  = { zh = "无违法", en = "Clean record" }
kind   = "flag"
period = "state"
"#;

const COMMON: &str = r#"
kind     = "criteria"
version  = "2026"
label    = { zh = "共同条件", en = "Common criteria" }
document = { number = "生成3号" }
status   = "recalled"
clause   = "一"

[[applies]]
from = 2020-01-01

[[criterion]]
id      = "clean"
label   = { zh = "无违法", en = "Clean record" }
require = 'clean'
"#;

fn main() {
    if let Some(size) = env::args().nth(1).and_then(|size| size.parse().ok()) {
        return measure(size);
    }
    println!("a generated rulebook, median of {ROUNDS} rounds");
    println!("  programmes     text      check   with examples   peak memory   per programme");
    let mut first: Option<(f64, f64)> = None;
    for size in SIZES {
        let run = Command::new(env::current_exe().unwrap()).arg(size.to_string()).output().unwrap();
        let line = String::from_utf8(run.stdout).unwrap();
        let figures: Vec<f64> =
            line.split_whitespace().map(|figure| figure.parse().unwrap()).collect();
        let [text, check, examples, memory] = figures[..] else { panic!("{line}") };
        let (time, space) = (check / size as f64, memory / size as f64);
        let base = *first.get_or_insert((time, space));
        println!(
            "  {size:>10}  {text:>4.1} MB  {check:>6.0} ms       {examples:>6.0} ms     {memory:>6.0} MB   \
             {:.0} µs (× {:.2}), {:.0} kB (× {:.2})",
            time * 1000.0,
            time / base.0,
            space * 1000.0,
            space / base.1,
        );
    }
}

/// Prints megabytes of text, milliseconds to compile, to compile and read examples, megabytes at the peak.
fn measure(size: usize) {
    let sources = generated(size);
    let bytes: usize = sources.iter().map(|(_, text)| text.len()).sum();
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let compiled = compile(&sources);
        let checked = start.elapsed();
        assert!(compiled.diagnostics.is_empty(), "{:?}", compiled.diagnostics.first());
        let found = check_examples(&sources, &compiled.rulebook);
        assert!(found.is_empty(), "{:?}", found.first());
        times.push((checked, start.elapsed()));
    }
    times.sort();
    let (checked, with_examples) = times[ROUNDS / 2];
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{} {} {} {}",
        bytes as f64 / 1e6,
        milliseconds(checked),
        milliseconds(with_examples),
        peak_megabytes()
    );
}

/// The most memory that this process held, where the system tells (Linux); 0 elsewhere.
fn peak_megabytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().unwrap_or(0.0);
    kilobytes / 1000.0
}

fn generated(size: usize) -> Sources {
    let mut sources = Sources::default();
    sources.add("rulebook.toml", "name = { zh = \"生成\", en = \"Generated\" }\nformat = 1\n");
    sources.add("indicators/shared.toml", indicators((0..SHARED).map(|n| format!("shared_{n}"))));
    sources.add("indicators/flag.toml", FLAG);
    sources.add("definitions/common/2026.toml", COMMON);
    sources.add("rounds/2026.toml", rounds(size));
    for first in (0..size).step_by(CHAIN) {
        let rungs: Vec<String> =
            (first..size.min(first + CHAIN)).map(|number| format!("\"p{number}\"")).collect();
        let text = format!(
            "id = \"chain-{first}\"\ntitle = {{ zh = \"梯度\", en = \"Ladder\" }}\nrungs = [{}]\n",
            rungs.join(", ")
        );
        sources.add(&format!("ladders/{first}.toml"), text);
    }
    for number in 0..size {
        let folder = format!("programmes/a{}/p{number}", number % 20);
        sources.add(
            &format!("indicators/own-{number}.toml"),
            indicators([format!("own_{number}")].into_iter()),
        );
        sources.add(
            &format!("{folder}/programme.toml"),
            format!(
                "title = {{ zh = \"项目 {number}\", en = \"Programme {number}\" }}\n\
                 subject = \"enterprise\"\nauthority = {{ zh = \"部门\", en = \"Authority\" }}\n\
                 kind = \"title\"\n"
            ),
        );
        sources.add(&format!("{folder}/2026.toml"), version(number));
        sources.add(&format!("{folder}/examples/2026.toml"), examples(number));
    }
    sources
}

fn rounds(size: usize) -> String {
    let mut text = String::from("status = \"recalled\"\n\n");
    for number in 0..size {
        write!(
            text,
            "[[round]]\nprogramme = \"p{number}\"\npurposes = [\"new\"]\n\
             window = {{ from = 2026-04-01, to = 2026-05-31 }}\ndocument = {{ number = \"生成2号\" }}\n\n"
        )
        .unwrap();
    }
    text
}

fn indicators(ids: impl Iterator<Item = String>) -> String {
    let mut text = String::new();
    for id in ids {
        write!(
            text,
            "[[indicator]]\nid = \"{id}\"\nlabel = {{ zh = \"{id}\", en = \"{id}\" }}\nkind = \"money\"\n\
             period = \"yearly\"\nrange = [\"0 元\", \"90000000000000000 元\"]\n\n"
        )
        .unwrap();
    }
    text
}

fn version(number: usize) -> String {
    let mut text = String::from(
        "version = \"2026\"\nstanding = \"binding\"\ndocument = { number = \"生成1号\" }\n\
         status = \"recalled\"\nclause = \"一\"\n\n[[applies]]\npurpose = \"new\"\nfrom = 2026-01-01\n\n",
    );
    for criterion in 0..CRITERIA {
        let (a, b) = ((number + criterion) % SHARED, (number * 7 + criterion + 1) % SHARED);
        write!(
            text,
            "[[criterion]]\nid = \"c{criterion}\"\n\
             label = {{ zh = \"条件 {criterion}\", en = \"Criterion {criterion}\" }}\n\
             limits = {{ amount = \"{} 万元\", share = \"{} %\" }}\nrequire = 'each of last 2 years \
             {{ shared_{a} >= amount; own_{number} / shared_{b} >= share }}'\n\n",
            100 + criterion,
            1 + criterion
        )
        .unwrap();
    }
    text.push_str(
        "[[criterion]]\nid = \"common\"\nlabel = { zh = \"共同\", en = \"Common\" }\nuse = \"common\"\n\n\
         [[criterion]]\nid = \"review\"\nlabel = { zh = \"评审\", en = \"Review\" }\n\
         judged = { by = \"reviewer\" }\n\n",
    );
    if !number.is_multiple_of(CHAIN) {
        write!(
            text,
            "[[criterion]]\nid = \"prior\"\nlabel = {{ zh = \"前置\", en = \"Prior\" }}\n\
             require = 'holds(\"p{}\")'\n",
            number - 1
        )
        .unwrap();
    }
    text
}

fn examples(number: usize) -> String {
    let mut text = String::from("as_of = 2026-05-01\npurpose = \"new\"\n\n[base.facts]\n");
    for shared in 0..SHARED / 5 {
        writeln!(text, "shared_{shared} = {{ 2025 = \"500 万元\", 2024 = \"500 万元\" }}").unwrap();
    }
    for example in 0..EXAMPLES {
        write!(
            text,
            "\n[[example]]\nname = \"例 {example}\"\n\
             set = {{ \"own_{number}.2025\" = \"{example} 万元\" }}\n\
             expect = {{ verdict = \"undetermined\" }}\n"
        )
        .unwrap();
    }
    text
}
