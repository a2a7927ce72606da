//! What is wrong with scores, tiers and criteria around their expressions: a small version file, and
//! the code that it must be refused with.

use rulebook::compile;

use crate::common::sources;
use crate::meaning::small_files;

/// The codes of all problems of a version with this rest.
fn codes(path: &str, rest: &str) -> Vec<&'static str> {
    let mut files = small_files();
    let (version, text) = files.last_mut().unwrap();
    if path.is_empty() {
        let head = text.find("[[criterion]]").unwrap();
        text.truncate(head);
        text.push_str(rest);
    }
    let path = if path.is_empty() { version.clone() } else { path.to_owned() };
    if !files.iter().any(|(known, _)| *known == path) {
        files.push((path.clone(), rest.to_owned()));
    }
    let compiled = compile(&sources(files));
    let here = compiled.diagnostics.iter().filter(|known| *known.span.file == *path);
    here.map(|known| known.code.as_str()).collect()
}

fn item(max: &str, scale: &str) -> String {
    format!(
        "[[criterion]]\nid = \"pass\"\nclause = \"一\"\nlabel = {{ zh = \"评分\", en = \"score\" }}\n\
         score = true\n\n[score]\npass = \">= 1 分\"\nclause = \"二\"\n\n[[score.group]]\nid = \"g\"\n\
         label = {{ zh = \"组\", en = \"g\" }}\nmax = {max}\n\n[[score.group.item]]\nid = \"i\"\n\
         label = {{ zh = \"项\", en = \"i\" }}\nmax = {max}\n{scale}\n"
    )
}

#[test]
fn scales() {
    let wide = "revenue[base] / revenue[base-1] + revenue[base-2] / revenue[base-3] + \
                assets[base] / assets[base-1] + liabilities[base] / assets[base-2]";
    let growth = "compound growth over 2 years (revenue)";
    let bands = |value: &str, bands: &[&str]| {
        let bands: Vec<String> =
            bands.iter().map(|band| format!("{{ is = \"{band}\", points = 5 }}")).collect();
        item("5", &format!("value = '{value}'\nbands = [{}]", bands.join(", ")))
    };
    let steps = |value: &str, each: &str| {
        let steps = format!("{{ each = \"{each}\", points = 1, cap = 5 }}");
        item("5", &format!("value = '{value}'\nsteps = {steps}"))
    };
    let cases: &[(&str, String, &[&str])] = &[
        ("good bands", bands("share", &[">= 5 %", "< 5 %"]), &[]),
        ("a hole", bands("share", &[">= 5 %", "< 4 %"]), &["band-hole"]),
        ("one value in no band", bands("share", &["> 5 %", "< 5 %"]), &["band-hole"]),
        ("one value in two bands", bands("share", &[">= 5 %", "<= 5 %"]), &["band-overlap"]),
        ("two lower edges", bands("share", &[">= 5 %, >= 3 %", "< 3 %"]), &["band-hole"]),
        ("two upper edges", bands("share", &[">= 5 %", "< 5 %, < 2 %"]), &["band-hole"]),
        ("a band of growth", bands(growth, &[">= 5 %", "< 5 %"]), &[]),
        ("too wide for bands", bands(wide, &[">= 5 %", "< 5 %"]), &["too-wide", "too-wide"]),
        ("good steps", steps("patents", "2 项"), &[]),
        ("too wide for steps", steps(wide, "2 %"), &["too-wide"]),
        ("steps of growth", steps(growth, "2 %"), &["compound-not-alone"]),
        ("steps of nothing", steps("patents", "0 项"), &["unit-mismatch"]),
    ];
    for (name, text, wanted) in cases {
        assert_eq!(codes("", text), *wanted, "{name}");
    }
}

#[test]
fn tiers() {
    let metric = |value: &str, tiers: &str| {
        format!(
            "version = \"2011\"\nkind = \"classification\"\nlabel = {{ zh = \"划型\", en = \"size\" }}\n\
             document = {{ name = \"划型标准\" }}\nstatus = \"reposted\"\nindicator = \"size_class\"\n\
             by = \"industry\"\norder = [\"large\", \"medium\", \"small\", \"micro\"]\n\n[[applies]]\n\
             from = 2011-06-18\n\n[[group]]\nid = \"all\"\nclause = \"一\"\n\
             label = {{ zh = \"工业\", en = \"industry\" }}\ncodes = [\"C\"]\n\n[[group.metric]]\n\
             value = '{value}'\ntiers = [{tiers}]\n"
        )
    };
    let people = "\">= 1000 人\", \">= 300 人\", \">= 20 人\"";
    let growth = "compound growth over 2 years (revenue)";
    let wide = "revenue[base] / revenue[base-1] + revenue[base-2] / revenue[base-3] + \
                assets[base] / assets[base-1] + liabilities[base] / assets[base-2]";
    let rates = "\">= 30 %\", \">= 20 %\", \">= 10 %\"";
    let cases = [
        ("good", metric("employees[base]", people), &[][..]),
        ("too few", metric("employees[base]", "\">= 1000 人\""), &["band-hole"][..]),
        (
            "rising",
            metric("employees[base]", "\">= 1000 人\", \">= 2000 人\", \">= 20 人\""),
            &["band-overlap"],
        ),
        (
            "two edges",
            metric("employees[base]", "\">= 1000 人, < 9000 人\", \">= 300 人\", \">= 20 人\""),
            &["bad-quantity"],
        ),
        (
            "an upper edge",
            metric("employees[base]", "\"< 1000 人\", \">= 300 人\", \">= 20 人\""),
            &["bad-quantity"],
        ),
        ("growth", metric(growth, rates), &["compound-not-alone"]),
        ("too wide", metric(wide, rates), &["too-wide"]),
    ];
    for (name, text, wanted) in cases {
        assert_eq!(codes("definitions/size/2011.toml", &text), wanted, "{name}");
    }
}

#[test]
fn criteria() {
    let criterion = |body: &str| {
        format!(
            "[[criterion]]\nid = \"it\"\nclause = \"一\"\nlabel = {{ zh = \"条件\", en = \"it\" }}\n{body}\n"
        )
    };
    let cases = [
        ("no body", criterion(""), &["body-count"][..]),
        ("two bodies", criterion("require = 'a'\njudged = { by = \"x\" }"), &["body-count"]),
        ("no score table", criterion("score = true"), &["unknown-reference"]),
        (
            "no score",
            item("5", "").replace("score = true", "score = false"),
            &["wrong-type", "body-count"],
        ),
        ("no direct path", criterion("direct = \"yes\"\nrequire = 'a'"), &["wrong-type"]),
        ("an empty group", criterion("all = []"), &["body-count"]),
        (
            "too many",
            criterion(
                "at_least = 2\n[[criterion.of]]\nid = \"x\"\nlabel = { zh = \"子\", en = \"x\" }\nrequire = 'a'",
            ),
            &["body-count"],
        ),
        ("at_least without of", criterion("at_least = 2\nrequire = 'a'"), &["body-count"]),
    ];
    for (name, text, wanted) in cases {
        assert_eq!(codes("", &text), *wanted, "{name}");
    }
}

#[test]
fn whole_numbers() {
    let indicator = |rest: &str| {
        format!(
            "[[indicator]]\nid = \"x\"\nlabel = {{ zh = \"数\", en = \"x\" }}\nkind = \"number\"\n\
             unit = {{ zh = \"项\", en = \"items\" }}\nrange = [\"0 项\", \"9 项\"]\n{rest}\n"
        )
    };
    let round = |year: &str| {
        format!(
            "[[round]]\nprogramme = \"pilot\"\npurposes = [\"new\"]\nstatus = \"reposted\"\n\
             document = {{ name = \"通知\" }}\nbase_year = {year}\n\
             window = {{ from = 2026-01-10, to = 2026-02-28 }}\n"
        )
    };
    let cases = [
        (
            "indicators/x.toml",
            indicator("decimals = 6\neffort = 5\nmoves = \"up\""),
            &["unused"][..],
        ),
        ("indicators/x.toml", indicator("effort = \"fixed\""), &["unused"]),
        ("indicators/x.toml", indicator("within = \"nothing\""), &["unknown-reference"]),
        ("indicators/x.toml", indicator("within = \"revenue\""), &["unit-mismatch"]),
        ("indicators/x.toml", indicator("decimals = 7"), &["bad-quantity"]),
        ("indicators/x.toml", indicator("decimals = -1"), &["bad-quantity"]),
        ("indicators/x.toml", indicator("effort = -5"), &["bad-quantity"]),
        ("rounds/x.toml", round("2025"), &[]),
        ("rounds/x.toml", round("99999"), &["bad-quantity"]),
        ("rounds/x.toml", round("25"), &["bad-quantity"]),
    ];
    for (path, text, wanted) in cases {
        let mut found = codes(path, &text);
        // What is broken may be unused as well.
        if wanted != ["unused"] {
            found.retain(|code| *code != "unused");
        }
        assert_eq!(found, wanted, "{text}");
    }
}

/// One mistake, one message: nothing is said of limits and points that only look wrong because of it.
#[test]
fn no_follow_up_errors() {
    let limits = "limits = { rate = \"5 %\", edge = \"100 元\" }";
    let label = "label = { zh = \"条件\", en = \"it\" }";
    let require = |require: &str| {
        format!(
            "[[criterion]]\nid = \"it\"\nclause = \"一\"\n{label}\n{limits}\nwhen = 'a'\nrequire = '{require}'\n"
        )
    };
    let when = format!(
        "[[criterion]]\nid = \"it\"\nclause = \"一\"\n{label}\n{limits}\n\
         when = 'revenue[base-500] >= edge and share >= rate'\nrequire = 'a'\n"
    );
    let inside = format!(
        "[[criterion]]\nid = \"it\"\nclause = \"一\"\n{label}\n{limits}\n\n[[criterion.any]]\n\
         id = \"in\"\n{label}\nrequire = 'share >= rate revenue[base] >= edge'\n"
    );
    let band = "value = 'share'\nbands = [{ is = \"5 %\", points = 3 }]";
    let entry = "limits = { few = \"2 项\" }\n\
                 tally = [{ id = \"t\", label = { zh = \"档\", en = \"t\" }, when = 'patent >= few', points = 5 }]\ncap = 5";
    let nowhere = "value = 'average growth over 0 years (revenue)'\nbands = [{ is = \">= 5 %\", points = 3 }]";
    let cases: &[(&str, String, &[&str])] = &[
        (
            "a year that is none",
            require("revenue[base-500] >= edge and share >= rate"),
            &["expression-syntax"],
        ),
        (
            "growth over no years",
            require("average growth over 0 years (revenue) >= rate"),
            &["expression-syntax"],
        ),
        ("where it applies", when, &["expression-syntax"]),
        ("inside a group", inside, &["expression-syntax"]),
        ("an edge without operator", item("5", band), &["unstated-edge"]),
        ("an entry with a mistyped name", item("5", entry), &["unknown-name"]),
        ("bands of nothing", item("5", nowhere), &["expression-syntax"]),
        (
            "points that are none",
            item(
                "\"viele\"",
                "value = 'share'\nbands = [{ is = \">= 5 %\", points = 3 }, { is = \"< 5 %\", points = 0 }]",
            ),
            &["bad-quantity", "bad-quantity"],
        ),
    ];
    for (name, text, wanted) in cases {
        assert_eq!(codes("", text), *wanted, "{name}");
    }
}
