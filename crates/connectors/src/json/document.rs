//! One facts document: identity, facts by indicator and year, and where they came from. Lists of
//! titles, events and the like are taken apart next door.

use std::sync::Arc;

use enterprise::{Indicator, Period, Problem, ProblemKind, Source, admit_value, nearest};

use super::fields::{date, entries, join, known_entries, mistyped, scalar, text, value};
use super::tree::Json;
use super::{lists, titles};
use crate::says::{nearest_hint, refused, shown};
use crate::subject::{Draft, YEARS};

const KEYS: [&str; 11] = [
    "uscc",
    "name",
    "facts",
    "titles",
    titles::NOT_HELD,
    titles::COMPLETE,
    "events",
    "complete",
    "judgements",
    "relations",
    "sources",
];

/// Takes `document` apart into `draft`.
pub(crate) fn assemble(draft: &mut Draft<'_>, document: &Json) {
    let Some(fields) = known_entries(draft, "", document, &KEYS) else {
        return;
    };
    let get = |key: &str| value(&fields, key);
    match get("uscc") {
        Some(Json::Text(code)) => draft.uscc("uscc", code),
        Some(other) => {
            let problem =
                mistyped(other, "加引号的 18 位代码", "the code of 18 characters in quotes");
            draft.uscc_refused("uscc", Problem { kind: ProblemKind::Uscc, ..problem });
        }
        None => {}
    }
    if let Some(name) = get("name") {
        draft.facts.name = text(draft, "name", name).map(str::to_owned);
    }
    let sources = get("sources").map(|json| sources(draft, json)).unwrap_or_default();
    if let Some(facts) = get("facts") {
        facts_by_indicator(draft, facts, &sources);
    }
    if let Some(json) = get("titles") {
        titles::held(draft, json);
    }
    if let Some(json) = get(titles::NOT_HELD) {
        titles::not_held(draft, json);
    }
    if let Some(json) = get(titles::COMPLETE) {
        titles::complete(draft, json);
    }
    if let Some(json) = get("events") {
        lists::events(draft, json);
    }
    if let Some(json) = get("complete") {
        lists::complete(draft, json);
    }
    if let Some(json) = get("judgements") {
        lists::judgements(draft, json);
    }
    if let Some(json) = get("relations") {
        lists::relations(draft, json);
    }
}

/// Sources by the key they are given under: an indicator, or an indicator and a year.
type Sources = std::collections::BTreeMap<String, Source>;

fn sources(draft: &mut Draft<'_>, json: &Json) -> Sources {
    let mut found = Sources::new();
    for (key, json) in entries(draft, "sources", json).unwrap_or_default() {
        let path = join("sources", key);
        let id = key.split_once('.').map_or(key, |(id, _)| id);
        let Some(indicator) = indicator(draft, &path, id) else {
            continue;
        };
        if let Some((_, year)) = key.split_once('.')
            && (indicator.period == Period::State || parse_year(year).is_none())
        {
            draft.problem(&path, wrong_year(&indicator, year));
            continue;
        }
        let source = match json {
            Json::Text(name) => Source { name: Some(Arc::from(name.trim())), known: None },
            _ => {
                let Some(fields) = known_entries(draft, &path, json, &["name", "known"]) else {
                    continue;
                };
                let name =
                    value(&fields, "name").and_then(|json| text(draft, &join(&path, "name"), json));
                let known = value(&fields, "known")
                    .and_then(|json| date(draft, &join(&path, "known"), json));
                Source { name: name.map(Arc::from), known }
            }
        };
        found.insert(key.to_owned(), source);
    }
    found
}

fn facts_by_indicator(draft: &mut Draft<'_>, json: &Json, sources: &Sources) {
    for (id, json) in entries(draft, "facts", json).unwrap_or_default() {
        let path = join("facts", id);
        let Some(indicator) = indicator(draft, &path, id) else {
            continue;
        };
        if !indicator.given {
            draft.problem(&path, only_computed(&indicator));
            continue;
        }
        match (indicator.period, json) {
            (Period::State, Json::Object(_)) => {
                draft.problem(
                    &path,
                    refused(
                        ProblemKind::WrongYear,
                        (
                            format!("“{}”不分年度", indicator.label.zh),
                            format!("{} is not given by year", indicator.label.en),
                        ),
                        (format!("请写成 \"{id}\": 值"), format!("write \"{id}\": value")),
                    ),
                );
            }
            (Period::State, value) => fact(draft, &path, &indicator, None, value, sources),
            (Period::Yearly, Json::Object(_)) => {
                for (year, json) in entries(draft, &path, json).unwrap_or_default() {
                    let path = join(&path, year);
                    match parse_year(year) {
                        Some(year) => fact(draft, &path, &indicator, Some(year), json, sources),
                        None => draft.problem(&path, wrong_year(&indicator, year)),
                    }
                }
            }
            (Period::Yearly, _) => {
                draft.problem(
                    &path,
                    refused(
                        ProblemKind::WrongYear,
                        (
                            format!("“{}”要分年度填写", indicator.label.zh),
                            format!("{} is given by year", indicator.label.en),
                        ),
                        (
                            format!("请写成 \"{id}\": {{\"2025\": 值}}"),
                            format!("write \"{id}\": {{\"2025\": value}}"),
                        ),
                    ),
                );
            }
        }
    }
}

fn fact(
    draft: &mut Draft<'_>,
    path: &str,
    indicator: &Indicator,
    year: Option<i16>,
    json: &Json,
    sources: &Sources,
) {
    let Some(text) = scalar(json) else {
        draft.problem(path, mistyped(json, "一个值", "a single value"));
        return;
    };
    let source = year
        .and_then(|year| sources.get(&format!("{}.{year}", indicator.id)))
        .or_else(|| sources.get(&indicator.id));
    match admit_value(indicator, &text, None) {
        Ok(value) => {
            draft.set(path, &indicator.id, year, value, source.cloned().unwrap_or_default());
        }
        Err(problem) => draft.problem(path, *problem),
    }
}

/// The indicator with this id, or a refusal that names the nearest.
fn indicator(draft: &mut Draft<'_>, path: &str, id: &str) -> Option<Arc<Indicator>> {
    let catalogue = draft.catalogue;
    if let Some(indicator) = catalogue.indicator(id) {
        return Some(Arc::clone(indicator));
    }
    let all = catalogue.indicators();
    let by_name = |name: &str| {
        all.iter()
            .find(|one| one.label.zh == name || one.label.en == name)
            .map(|one| one.id.as_str())
    };
    let names = all.iter().flat_map(|one| [one.label.zh.as_str(), one.label.en.as_str()]);
    let like = nearest(id, all.iter().map(|one| one.id.as_str()))
        .or_else(|| nearest(id, names).and_then(by_name));
    let hint = nearest_hint(like);
    draft.problem(
        path,
        refused(
            ProblemKind::UnknownName,
            (
                format!("没有“{}”这个指标", shown(id)),
                format!("there is no indicator `{}`", shown(id)),
            ),
            (
                format!("请用指标目录中的标识{}", hint.zh),
                format!("use an id of the catalogue{}", hint.en),
            ),
        ),
    );
    None
}

/// An indicator that files may not give.
pub(crate) fn only_computed(indicator: &Indicator) -> Problem {
    refused(
        ProblemKind::UnknownName,
        (
            format!("“{}”由其他指标计算得出，不能直接填写", indicator.label.zh),
            format!("{} is computed from other indicators and cannot be given", indicator.label.en),
        ),
        (
            "请删去这一项，并填写计算它所用的指标",
            "leave it out and give the indicators it is computed from",
        ),
    )
}

fn wrong_year(indicator: &Indicator, year: &str) -> Problem {
    refused(
        ProblemKind::WrongYear,
        (
            format!("“{}”不是“{}”可用的年度", shown(year), indicator.label.zh),
            format!("`{}` is not a year of {}", shown(year), indicator.label.en),
        ),
        (
            format!("年度写四位数字，{} 至 {}", YEARS.start(), YEARS.end()),
            format!("a year has four digits, {} to {}", YEARS.start(), YEARS.end()),
        ),
    )
}

fn parse_year(text: &str) -> Option<i16> {
    let digits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|year| digits && YEARS.contains(year))
}
