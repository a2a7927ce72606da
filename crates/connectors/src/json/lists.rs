//! The lists of a facts document: events, completeness, judgements, relations. Checks ids
//! and dates; what they mean for any programme is not known here.

use std::collections::BTreeMap;

use enterprise::{
    Completeness, Event, Judgement, ProblemKind, Relation, Uscc, nearest, uscc_problem,
};

use super::fields::{date, items, join, known_entries, missing, mistyped, scalar, text, value};
use super::tree::Json;
use crate::says::{nearest_hint, refused, shown};
use crate::subject::Draft;

/// A validity that ends before it begins.
pub(crate) fn ends_before(from: jiff::civil::Date, to: jiff::civil::Date) -> enterprise::Problem {
    refused(
        ProblemKind::Conflict,
        (
            format!("有效期止 {to} 早于有效期起 {from}"),
            format!("it ends on {to}, before it begins on {from}"),
        ),
        ("请核对两个日期", "check the two dates"),
    )
}

/// Dated events. The list alone never claims to be complete.
pub(crate) fn events(draft: &mut Draft<'_>, json: &Json) {
    for (index, json) in items(draft, "events", json).iter().enumerate() {
        let path = format!("events.{index}");
        let catalogue = draft.catalogue;
        let mut known = vec!["kind", "date"];
        if let Json::Object(object) = json
            && let Some((_, Json::Text(kind))) = object.iter().find(|(key, _)| key == "kind")
            && let Some(kind) = catalogue.event(kind)
        {
            known.extend(kind.attributes.iter().map(|attribute| attribute.id.as_str()));
        }
        let Some(fields) = known_entries(draft, &path, json, &known) else {
            continue;
        };
        let ids: Vec<&str> = catalogue.events.iter().map(|kind| kind.id.as_str()).collect();
        let kind = known_id(draft, &path, value(&fields, "kind"), "kind", &ids);
        let date = required_date(draft, &path, value(&fields, "date"), "date");
        let mut attributes = BTreeMap::new();
        for (key, json) in fields.iter().filter(|(key, _)| !["kind", "date"].contains(key)) {
            if !known.contains(key) {
                continue;
            }
            match scalar(json).and_then(|text| text.parse().ok()) {
                Some(number) => {
                    attributes.insert((*key).to_owned(), number);
                }
                None => draft.problem(&join(&path, key), mistyped(json, "整数", "a whole number")),
            }
        }
        if let (Some(kind), Some(date)) = (kind, date) {
            draft.facts.events.push(Event { kind: kind.to_owned(), date, attributes });
        }
    }
}

/// For which kinds and periods the events are all there.
pub(crate) fn complete(draft: &mut Draft<'_>, json: &Json) {
    for (index, json) in items(draft, "complete", json).iter().enumerate() {
        let path = format!("complete.{index}");
        let Some(fields) = known_entries(draft, &path, json, &["kind", "from", "until"]) else {
            continue;
        };
        let mut ids: Vec<&str> =
            draft.catalogue.events.iter().map(|kind| kind.id.as_str()).collect();
        ids.push("*");
        let kind = known_id(draft, &path, value(&fields, "kind"), "kind", &ids);
        let until = required_date(draft, &path, value(&fields, "until"), "until");
        let from = value(&fields, "from").map(|json| date(draft, &join(&path, "from"), json));
        if let (Some(kind), Some(until)) = (kind, until) {
            let from = from.flatten();
            if from.is_some_and(|from| until < from) {
                draft.problem(&path, ends_before(from.unwrap_or(until), until));
            }
            draft.facts.complete.push(Completeness { kind: kind.to_owned(), from, until });
        }
    }
}

/// Decisions of persons.
pub(crate) fn judgements(draft: &mut Draft<'_>, json: &Json) {
    const KEYS: [&str; 7] = ["programme", "owner", "criterion", "met", "by", "on", "note"];
    for (index, json) in items(draft, "judgements", json).iter().enumerate() {
        let path = format!("judgements.{index}");
        let Some(fields) = known_entries(draft, &path, json, &KEYS) else {
            continue;
        };
        let get = |key: &str| value(&fields, key);
        if get("programme").is_some() && get("owner").is_some() {
            draft.problem(
                &path,
                refused(
                    ProblemKind::Conflict,
                    ("programme 和 owner 只能写一个", "programme and owner are the same thing"),
                    ("请删去一个", "leave one of them out"),
                ),
            );
        }
        let judged = &draft.catalogue.judged;
        let owners: Vec<&str> = judged.iter().map(|one| one.owner.as_str()).collect();
        let (key, json) = match get("owner") {
            Some(json) => ("owner", Some(json)),
            None => ("programme", get("programme")),
        };
        let Some(owner) = known_id(draft, &path, json, key, &owners) else {
            continue;
        };
        let criteria: Vec<&str> = draft
            .catalogue
            .judged
            .iter()
            .filter(|one| one.owner == owner)
            .map(|one| one.criterion.as_str())
            .collect();
        let criterion = known_id(draft, &path, get("criterion"), "criterion", &criteria);
        let met = match get("met") {
            Some(Json::Flag(met)) => Some(*met),
            Some(other) => {
                draft.problem(
                    &join(&path, "met"),
                    mistyped(other, "true 或 false", "true or false"),
                );
                None
            }
            None => {
                draft.problem(&path, missing("met"));
                None
            }
        };
        let by = get("by").and_then(|json| text(draft, &join(&path, "by"), json));
        let on = get("on").and_then(|json| date(draft, &join(&path, "on"), json));
        let note = get("note").and_then(|json| text(draft, &join(&path, "note"), json));
        let (Some(criterion), Some(met)) = (criterion, met) else {
            continue;
        };
        // Several decisions on one criterion are its history; two of one day contradict each other.
        let same =
            |one: &Judgement| one.owner == owner && one.criterion == criterion && one.on == on;
        if draft.facts.judgements.iter().any(same) {
            draft.problem(
                &path,
                refused(
                    ProblemKind::Conflict,
                    ("同一条件在同一天判断了两次", "the same criterion is judged twice on one day"),
                    ("请只保留有效的一次", "keep only the one that holds"),
                ),
            );
        }
        draft.facts.judgements.push(Judgement {
            owner: owner.to_owned(),
            criterion: criterion.to_owned(),
            met,
            by: by.map(str::to_owned),
            on,
            note: note.map(str::to_owned),
        });
    }
}

/// Relations to other enterprises.
pub(crate) fn relations(draft: &mut Draft<'_>, json: &Json) {
    for (index, json) in items(draft, "relations", json).iter().enumerate() {
        let path = format!("relations.{index}");
        let Some(fields) = known_entries(draft, &path, json, &["kind", "other"]) else {
            continue;
        };
        let mut word = |key: &str| match value(&fields, key) {
            Some(json) => text(draft, &join(&path, key), json),
            None => {
                draft.problem(&path, missing(key));
                None
            }
        };
        let (Some(kind), Some(other)) = (word("kind"), word("other")) else {
            continue;
        };
        match other.parse::<Uscc>() {
            Ok(other) => draft
                .facts
                .relations
                .push(Relation { kind: kind.to_owned(), other: other.as_str().to_owned() }),
            Err(error) => draft.problem(&join(&path, "other"), uscc_problem(other, &error)),
        }
    }
}

pub(crate) fn required_date(
    draft: &mut Draft<'_>,
    path: &str,
    json: Option<&Json>,
    key: &str,
) -> Option<jiff::civil::Date> {
    match json {
        Some(json) => date(draft, &join(path, key), json),
        None => {
            draft.problem(path, missing(key));
            None
        }
    }
}

/// A text that must be one of `ids`.
pub(crate) fn known_id<'j>(
    draft: &mut Draft<'_>,
    path: &str,
    json: Option<&'j Json>,
    key: &str,
    ids: &[&str],
) -> Option<&'j str> {
    let Some(json) = json else {
        draft.problem(path, missing(key));
        return None;
    };
    let path = join(path, key);
    let id = text(draft, &path, json)?;
    if ids.contains(&id) {
        return Some(id);
    }
    let hint = nearest_hint(nearest(id, ids.iter().copied()));
    draft.problem(
        &path,
        refused(
            ProblemKind::UnknownName,
            (format!("不认识“{}”", shown(id)), format!("`{}` is not known", shown(id))),
            (
                format!("请用目录中的标识{}", hint.zh),
                format!("use an id of the catalogue{}", hint.en),
            ),
        ),
    );
    None
}
