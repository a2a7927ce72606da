//! Whose verdict a change turns, and which criterion is responsible.

use changes::{Stand, turned};
use enterprise::{Fact, Facts, Source, Value};
use jiff::civil::date;
use rules::{Question, Rulebook, Truth, Verdict, evaluate};

use crate::books::{Files, VERSION_FILE, book, edited, small};

fn fact(facts: &mut Facts, indicator: &str, year: Option<i16>, value: Value) {
    facts.set(indicator, year, Fact { value, source: Source::default() });
}

/// A firm with 55 million of revenue that nobody knows more about.
fn firm() -> Facts {
    let mut facts = Facts::default();
    fact(&mut facts, "revenue", Some(2025), Value::Number(5_500_000_000));
    facts
}

fn stands(book: &Rulebook, facts: &Facts) -> Vec<Stand> {
    let question = Question::on(date(2026, 5, 1));
    let programmes = book.programmes.iter().filter(|programme| !programme.versions.is_empty());
    programmes.map(|one| Stand::of(&evaluate(book, one, facts, &question))).collect()
}

fn under(old: &Files, new: &Files) -> Vec<changes::Turned> {
    let (old, new, facts) = (book(old), book(new), firm());
    turned(&stands(&old, &facts), &stands(&new, &facts))
}

#[test]
fn a_verdict_that_turns_names_the_criterion() {
    let new = edited(small(), VERSION_FILE, "\"5000 万元\"", "\"6000 万元\"");
    let found = under(&small(), &new);
    assert_eq!(found.len(), 1);
    let (before, after) = (found[0].before.clone().unwrap(), found[0].after.clone().unwrap());
    assert_eq!(after.programme, "model-firm");
    assert!(matches!(before.verdict, Some(Verdict::Undetermined(_))), "{:?}", before.verdict);
    assert_eq!(after.verdict, Some(Verdict::Ineligible));
    let because: Vec<_> =
        found[0].because.iter().map(|one| (one.id.as_str(), one.before, one.after)).collect();
    assert_eq!(because, [("revenue", Some(Truth::Met), Some(Truth::NotMet))]);
}

#[test]
fn nothing_turns_for_those_whom_a_change_does_not_reach() {
    let new = edited(small(), VERSION_FILE, "\"5000 万元\"", "\"5400 万元\"");
    assert_eq!(under(&small(), &new), []);
    let renamed = edited(small(), VERSION_FILE, "id = \"revenue\"\n", "id = \"sales\"\n");
    assert_eq!(under(&small(), &renamed), []);
}

#[test]
fn a_criterion_that_is_gone_or_new_is_named_as_such() {
    let wanted = edited(small(), VERSION_FILE, "\"5000 万元\"", "\"6000 万元\"");
    let text = &wanted[VERSION_FILE];
    let from = text.find("[[criterion]]\nid = \"revenue\"").unwrap();
    let to = text.find("[[criterion]]\nid = \"rd\"").unwrap();
    let whole = text[from..to].to_owned();
    let without = edited(wanted.clone(), VERSION_FILE, &whole, "");
    let found = under(&wanted, &without);
    let because = &found[0].because[0];
    assert_eq!((because.before, because.after), (Some(Truth::NotMet), None));
    let found = under(&without, &wanted);
    let because = &found[0].because[0];
    assert_eq!((because.before, because.after), (None, Some(Truth::NotMet)));
}

#[test]
fn a_score_that_moves_is_told_without_a_verdict_that_turns() {
    let new = edited(small(), VERSION_FILE, "otherwise = 0", "otherwise = 2");
    let found = under(&small(), &new);
    assert_eq!(found.len(), 1);
    let (before, after) = (found[0].before.clone().unwrap(), found[0].after.clone().unwrap());
    assert_eq!(before.verdict, after.verdict);
    assert_ne!(before.score, after.score);
}
