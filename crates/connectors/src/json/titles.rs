//! Titles in a facts document: those that are held, those that are not, and whether these are all.

use enterprise::Title;

use super::fields::{date, items, join, known_entries, mistyped, value};
use super::lists::{ends_before, known_id, required_date};
use super::tree::Json;
use crate::subject::Draft;

/// Titles held. That the list is there at all says that it is complete, unless the document says that it
/// is not.
pub(crate) fn held(draft: &mut Draft<'_>, json: &Json) {
    draft.facts.titles_complete = matches!(json, Json::List(_));
    for (index, json) in items(draft, "titles", json).iter().enumerate() {
        let path = format!("titles.{index}");
        let Some(fields) = known_entries(draft, &path, json, &["programme", "from", "to"]) else {
            continue;
        };
        let ids: Vec<&str> = draft.catalogue.titles.iter().map(|title| title.id.as_str()).collect();
        let programme = known_id(draft, &path, value(&fields, "programme"), "programme", &ids);
        let from = required_date(draft, &path, value(&fields, "from"), "from");
        let to = value(&fields, "to").map(|json| date(draft, &join(&path, "to"), json));
        let (Some(programme), Some(from)) = (programme, from) else {
            continue;
        };
        let to = match to {
            None => None,
            Some(Some(to)) if to < from => {
                draft.problem(&join(&path, "to"), ends_before(from, to));
                continue;
            }
            Some(Some(to)) => Some(to),
            Some(None) => continue,
        };
        draft.facts.titles.push(Title { programme: programme.to_owned(), from, to });
    }
}

/// Titles that are known not to be held, while the list of titles is not complete.
pub(crate) fn not_held(draft: &mut Draft<'_>, json: &Json) {
    let ids: Vec<&str> = draft.catalogue.titles.iter().map(|title| title.id.as_str()).collect();
    for (index, json) in items(draft, NOT_HELD, json).iter().enumerate() {
        let id = known_id(draft, NOT_HELD, Some(json), &index.to_string(), &ids);
        draft.facts.titles_denied.extend(id.map(str::to_owned));
    }
}

/// Whether the titles are all there are.
pub(crate) fn complete(draft: &mut Draft<'_>, json: &Json) {
    match json {
        Json::Flag(complete) => draft.facts.titles_complete = *complete,
        _ => draft.problem(COMPLETE, mistyped(json, "true 或 false", "true or false")),
    }
}

/// The key of the titles that are not held.
pub(crate) const NOT_HELD: &str = "titles_not_held";
/// The key that says whether the titles are all there are.
pub(crate) const COMPLETE: &str = "titles_complete";
