//! One subject's facts as the JSON document that is read back to the same facts: decimals as text in
//! plain units, choices by id, every fact with its own source.

use std::collections::BTreeMap;

use enterprise::{Catalogue, Fact, FactKey, Facts, Kind, Source, Value, format_decimal};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value as Json;

/// The document of one subject, on many lines, for files that people look into.
///
/// What the catalogue does not know is left out, as it would not be read back.
pub fn write_facts(catalogue: &Catalogue, facts: &Facts) -> String {
    let document = Document::of(catalogue, facts);
    // Text under text keys can always be written.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    uscc: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    facts: BTreeMap<&'a str, Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    titles: Option<Vec<BTreeMap<&'static str, String>>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    titles_not_held: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    titles_complete: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    events: Vec<BTreeMap<&'a str, Json>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    complete: Vec<BTreeMap<&'static str, String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    judgements: Vec<BTreeMap<&'static str, Json>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    relations: Vec<BTreeMap<&'static str, &'a str>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    sources: BTreeMap<String, Json>,
}

impl<'a> Document<'a> {
    fn of(catalogue: &'a Catalogue, facts: &'a Facts) -> Self {
        let mut values: BTreeMap<&str, Json> = BTreeMap::new();
        let mut sources = BTreeMap::new();
        let known: Vec<(FactKey, &Fact)> = facts.iter().collect();
        for (key, fact) in &known {
            let Some(indicator) = catalogue.indicator(&key.indicator) else { continue };
            let Some(json) = value(&indicator.kind, &fact.value) else { continue };
            match key.year {
                None => drop(values.insert(&indicator.id, json)),
                Some(year) => {
                    let years = values
                        .entry(&indicator.id)
                        .or_insert_with(|| Json::Object(Default::default()));
                    if let Json::Object(years) = years {
                        years.insert(year.to_string(), json);
                    }
                }
            }
            if let Some(json) = source(&fact.source) {
                let year = key.year.map(|year| format!(".{year}")).unwrap_or_default();
                sources.insert(format!("{}{year}", key.indicator), json);
            }
        }
        // A list that is there is complete unless the document says otherwise.
        let listed = facts.titles_complete || !facts.titles.is_empty();
        Self {
            uscc: facts.uscc.as_ref().map(|uscc| uscc.as_str()),
            name: facts.name.as_deref(),
            facts: values,
            titles: listed.then(|| {
                facts
                    .titles
                    .iter()
                    .map(|title| {
                        period(
                            [("programme", title.programme.clone())],
                            Some(title.from),
                            ("to", title.to),
                        )
                    })
                    .collect()
            }),
            titles_not_held: &facts.titles_denied,
            titles_complete: (listed && !facts.titles_complete).then_some(false),
            events: facts
                .events
                .iter()
                .map(|event| {
                    let numbers = event.attributes.iter();
                    let numbers = numbers.map(|(id, number)| (id.as_str(), Json::from(*number)));
                    let own =
                        [("kind", Json::from(event.kind.as_str())), ("date", day(event.date))];
                    own.into_iter().chain(numbers).collect()
                })
                .collect(),
            complete: facts
                .complete
                .iter()
                .map(|known| {
                    period([("kind", known.kind.clone())], known.from, ("until", Some(known.until)))
                })
                .collect(),
            judgements: facts
                .judgements
                .iter()
                .map(|judgement| {
                    let text = |text: &Option<String>| text.as_deref().map(Json::from);
                    let fields = [
                        ("owner", Some(Json::from(judgement.owner.as_str()))),
                        ("criterion", Some(Json::from(judgement.criterion.as_str()))),
                        ("met", Some(Json::from(judgement.met))),
                        ("by", text(&judgement.by)),
                        ("on", judgement.on.map(day)),
                        ("note", text(&judgement.note)),
                    ];
                    fields.into_iter().filter_map(|(key, json)| Some((key, json?))).collect()
                })
                .collect(),
            relations: facts
                .relations
                .iter()
                .map(|relation| {
                    BTreeMap::from([
                        ("kind", relation.kind.as_str()),
                        ("other", relation.other.as_str()),
                    ])
                })
                .collect(),
            sources,
        }
    }
}

fn period(
    named: [(&'static str, String); 1],
    from: Option<Date>,
    (end, to): (&'static str, Option<Date>),
) -> BTreeMap<&'static str, String> {
    let days = [("from", from), (end, to)].into_iter();
    let days = days.filter_map(|(key, day)| Some((key, day?.to_string())));
    named.into_iter().chain(days).collect()
}

fn day(day: Date) -> Json {
    Json::from(day.to_string())
}

/// The value as it is read back; nothing for a value that is not of its kind.
fn value(kind: &Kind, value: &Value) -> Option<Json> {
    Some(match (kind, value) {
        (_, Value::Number(number)) => Json::from(format_decimal(*number, kind.scale())),
        (_, Value::Date(date)) => day(*date),
        (_, Value::Flag(flag)) => Json::from(*flag),
        (Kind::Choice(options), Value::Choice(index)) => {
            Json::from(options.get(*index)?.id.as_str())
        }
        (_, Value::Choice(_)) => return None,
        (_, Value::Code(code)) => Json::from(code.as_str()),
    })
}

fn source(source: &Source) -> Option<Json> {
    let name = source.name.as_deref();
    match source.known {
        None => name.map(Json::from),
        Some(known) => {
            let fields = [("name", name.map(Json::from)), ("known", Some(day(known)))];
            let fields = fields.into_iter();
            Some(fields.filter_map(|(key, json)| Some((key.to_owned(), json?))).collect())
        }
    }
}
