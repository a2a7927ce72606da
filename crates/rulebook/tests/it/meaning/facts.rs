//! What a page says about a firm, in the words of the page: `营业收入 2025 = 5000 万元；事故 2024-05-01`.

use std::collections::BTreeMap;

use enterprise::{
    Catalogue, Completeness, Event, Fact, Facts, Judgement, Source, Title, admit_value, parse_date,
};
use jiff::civil::Date;

use super::document::parts;
use super::law::PROGRAMME;

/// Adds everything that the cell says.
pub(crate) fn add(catalogue: &Catalogue, facts: &mut Facts, cell: &str) {
    for part in parts(cell) {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words.as_slice() {
            ["称号清单齐全"] => facts.titles_complete = true,
            ["无称号", label] => facts.titles_denied.push(title_id(catalogue, label)),
            ["称号", label, from, "起"] => {
                let programme = title_id(catalogue, label);
                facts.titles.push(Title { programme, from: date(from), to: None });
            }
            ["称号", label, from, "至", to] => {
                let programme = title_id(catalogue, label);
                facts.titles.push(Title { programme, from: date(from), to: Some(date(to)) });
            }
            ["判断", label, result, rest @ ..] => {
                facts.judgements.push(judgement(catalogue, label, result, rest));
            }
            [kind, rest @ ..] if kind.ends_with("齐全") => {
                let kind = kind.trim_end_matches("齐全");
                facts.complete.push(completeness(catalogue, kind, rest));
            }
            [kind, on, rest @ ..] if is_event(catalogue, kind) => {
                facts.events.push(event(catalogue, kind, on, rest));
            }
            _ => fact(catalogue, facts, part),
        }
    }
}

fn fact(catalogue: &Catalogue, facts: &mut Facts, part: &str) {
    let (name, value) = part.split_once('=').unwrap_or_else(|| panic!("no value in `{part}`"));
    let (value, known) = match value.split_once("，得知于") {
        Some((value, day)) => (value, Some(date(day.trim()))),
        None => (value, None),
    };
    let (label, year) = match name.trim().rsplit_once(' ') {
        Some((label, year)) => (label, Some(year.parse().expect("a year"))),
        None => (name.trim(), None),
    };
    set(catalogue, facts, label.trim(), year, value.trim(), known);
}

/// Sets one fact by the label of its indicator; `—` leaves it unknown.
pub(crate) fn set(
    catalogue: &Catalogue,
    facts: &mut Facts,
    label: &str,
    year: Option<i16>,
    value: &str,
    known: Option<Date>,
) {
    let indicator = catalogue.indicators().iter().find(|indicator| indicator.label.zh == label);
    let indicator = indicator.unwrap_or_else(|| panic!("no indicator is called `{label}`"));
    if value != "—" {
        let value = admit_value(indicator, value, None)
            .unwrap_or_else(|problem| panic!("{label}: {}", problem.message.en));
        let source = Source { name: None, known };
        facts.set(&indicator.id, year, Fact { value, source });
    }
}

pub(crate) fn date(text: &str) -> Date {
    parse_date(text).unwrap_or_else(|| panic!("`{text}` is no date"))
}

fn title_id(catalogue: &Catalogue, label: &str) -> String {
    let title = catalogue.titles.iter().find(|title| title.label.zh == label);
    title.unwrap_or_else(|| panic!("no title is called `{label}`")).id.clone()
}

fn is_event(catalogue: &Catalogue, label: &str) -> bool {
    catalogue.events.iter().any(|kind| kind.label.zh == label)
}

fn event(catalogue: &Catalogue, label: &str, on: &str, rest: &[&str]) -> Event {
    let kind = catalogue.events.iter().find(|kind| kind.label.zh == label).unwrap();
    let mut attributes = BTreeMap::new();
    if let [name, value] = rest {
        let attribute = kind.attributes.iter().find(|known| known.label.zh == *name).unwrap();
        attributes.insert(attribute.id.clone(), value.parse().unwrap());
    }
    Event { kind: kind.id.clone(), date: date(on), attributes }
}

/// `事故齐全 至 2026-05-01`, `事故齐全 2024-01-01 至 2026-05-01`
fn completeness(catalogue: &Catalogue, label: &str, period: &[&str]) -> Completeness {
    let kind = match label {
        "全部事件" => "*".to_owned(),
        label => catalogue.events.iter().find(|kind| kind.label.zh == label).unwrap().id.clone(),
    };
    let (from, until) = match period {
        ["至", until] => (None, date(until)),
        [from, "至", until] => (Some(date(from)), date(until)),
        _ => panic!("no period in {period:?}"),
    };
    Completeness { kind, from, until }
}

fn judgement(catalogue: &Catalogue, label: &str, result: &str, on: &[&str]) -> Judgement {
    let known = catalogue.judged.iter().find(|known| known.label.zh == label);
    let known = known.unwrap_or_else(|| panic!("no judged criterion is called `{label}`"));
    assert_eq!(known.owner, PROGRAMME);
    Judgement {
        owner: known.owner.clone(),
        criterion: known.criterion.clone(),
        met: match result {
            "符合" => true,
            "不符合" => false,
            other => panic!("`{other}` is no judgement"),
        },
        by: None,
        on: on.first().map(|on| date(on)),
        note: None,
    }
}
