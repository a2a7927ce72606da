//! Which indicators a plan may change, and which way: what the reader takes and what it refuses.

use enterprise::Moves;
use rulebook::compile;

use crate::common::{real_files, sources};
use crate::meaning::small_files;

/// The problems of one indicator with these keys, apart from that nothing uses it.
fn codes(kind: &str, keys: &str) -> Vec<&'static str> {
    let path = "indicators/x.toml";
    let indicator = format!(
        "[[indicator]]\nid = \"x\"\nlabel = {{ zh = \"数\", en = \"x\" }}\nprofile = true\n{kind}\n{keys}\n"
    );
    let mut files = small_files();
    files.push((path.to_owned(), indicator));
    let compiled = compile(&sources(files));
    let here = compiled.diagnostics.iter().filter(|known| *known.span.file == *path);
    here.map(|known| known.code.as_str()).collect()
}

const NUMBER: &str =
    "kind = \"number\"\nunit = { zh = \"项\", en = \"items\" }\nrange = [\"0 项\", \"9 项\"]";
const FLAG: &str = "kind = \"flag\"";

#[test]
fn an_effort_needs_a_way_to_move() {
    for kind in [NUMBER, FLAG] {
        assert_eq!(codes(kind, "effort = 5"), ["missing-moves"]);
        for way in ["up", "down", "either"] {
            assert!(codes(kind, &format!("effort = 5\nmoves = \"{way}\"")).is_empty());
        }
        assert_eq!(codes(kind, "effort = 5\nmoves = \"sideways\""), ["unknown-reference"]);
        assert!(codes(kind, "effort = \"fixed\"").is_empty());
        assert!(codes(kind, "").is_empty());
    }
}

#[test]
fn what_is_fixed_moves_no_way() {
    assert_eq!(codes(FLAG, "effort = \"fixed\"\nmoves = \"up\""), ["unmovable"]);
    assert_eq!(codes(FLAG, "moves = \"down\""), ["unmovable"]);
    // What the effort was meant to be is not known: one mistake, one message.
    assert_eq!(codes(FLAG, "effort = -1\nmoves = \"up\""), ["bad-quantity"]);
}

#[test]
fn no_plan_changes_dates_industries_words_of_others_and_what_is_computed() {
    let score = |lack: &str| format!("{NUMBER}\nlack = \"{lack}\"");
    let computed = format!("{NUMBER}\ngiven = false");
    let kinds = [
        ("kind = \"date\"", "unmovable"),
        ("kind = \"industry\"", "unmovable"),
        (&score("judgement"), "others-decide"),
        (&score("open"), "others-decide"),
        (&computed, "others-decide"),
    ];
    for (kind, code) in kinds {
        assert!(codes(kind, "effort = \"fixed\"").is_empty(), "{kind}");
        assert_eq!(codes(kind, "effort = 2"), [code], "{kind}");
        assert_eq!(codes(kind, "effort = 2\nmoves = \"up\""), [code], "{kind}");
        assert_eq!(codes(kind, "moves = \"up\""), ["unmovable"], "{kind}");
    }
}

/// Nobody is told to earn less, to do less research or to dismiss people.
#[test]
fn the_catalogue_asks_nobody_to_shrink() {
    let compiled = compile(&sources(real_files()));
    let catalogue = &compiled.rulebook.catalogue;
    let down: Vec<&str> = catalogue
        .indicators()
        .iter()
        .filter(|indicator| indicator.effort.is_some() && indicator.moves != Moves::Up)
        .map(|indicator| indicator.id.as_str())
        .collect();
    let down: std::collections::BTreeSet<&str> = down.into_iter().collect();
    // Debts, places in a ranking, bad lists; the best tax credit grade is the first choice.
    let wanted = [
        "debt_ratio",
        "market_rank_global",
        "market_rank_national",
        "market_rank_provincial",
        "on_abnormal_list",
        "on_dishonest_list",
        "tax_credit_grade",
        "total_liabilities",
    ];
    assert_eq!(down.into_iter().collect::<Vec<_>>(), wanted);
}

/// A plan prints the first sentence of the note under every step.
#[test]
fn whatever_a_plan_may_change_says_what_counts() {
    let compiled = compile(&sources(real_files()));
    let catalogue = &compiled.rulebook.catalogue;
    for indicator in catalogue.indicators().iter().filter(|indicator| indicator.effort.is_some()) {
        assert!(!indicator.note.zh.is_empty() && !indicator.note.en.is_empty(), "{}", indicator.id);
    }
}

#[test]
fn only_yearly_quantities_that_may_be_zero_are_one_off() {
    let yearly = |kind: &str| codes(kind, "period = \"yearly\"\none_off = true");
    assert!(yearly(NUMBER).is_empty());
    assert!(yearly("kind = \"money\"\nrange = [\"-1 元\", \"1 元\"]").is_empty());
    assert_eq!(yearly("kind = \"money\"\nrange = [\"1 元\", \"2 元\"]"), ["not-one-off"]);
    assert_eq!(yearly(FLAG), ["not-one-off"]);
    assert_eq!(yearly("kind = \"date\""), ["not-one-off"]);
    assert_eq!(codes(NUMBER, "period = \"state\"\none_off = true"), ["not-one-off"]);
    assert!(codes(FLAG, "period = \"state\"\none_off = false").is_empty());
}
