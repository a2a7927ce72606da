//! The numbers of criteria: thresholds, event windows, how many parts must be met.

use crate::overlay::number::{Number, NumberKind, Place};
use crate::overlay::walk::{Here, Walk};
use crate::overlay::windows::names;
use crate::overlay::written::{inner, same};
use crate::read::cite::Inherited;
use crate::read::table::{Table, Value, Word};

/// The numbers of the criteria that a table lists.
pub(crate) fn criteria_numbers(table: &Table<'_>) -> Vec<Number> {
    let mut found = Vec::new();
    let here = Here::at(table, Inherited::default());
    criteria(&mut Walk::new("", "", &mut found), table, "criterion", &here);
    found
}

/// The criteria under `key`, at whatever depth.
pub(super) fn criteria(walk: &mut Walk<'_>, table: &Table<'_>, key: &'static str, here: &Here) {
    let mut case_edges = Vec::new();
    for own in table.list(key).iter().filter_map(Value::table) {
        let Some(id) = own.word("id") else { continue };
        let inside = here.inside(&own, id.text);
        let first = walk.found.len();
        walk.add_limits(&inside, &own);
        if let (Some(when), "case") = (own.word("when"), key) {
            let limits = walk.found.iter().enumerate().skip(first);
            let named = limits
                .filter(|(_, number)| number.path.last().is_some_and(|name| names(&when, name)));
            case_edges.extend(named.map(|(index, _)| index));
        }
        let words: Vec<Word<'_>> =
            ["when", "require"].into_iter().filter_map(|key| own.word(key)).collect();
        walk.note_edges(first, &words);
        walk.add_windows(&inside, &words, own.file);
        if let Some((written, span)) = own.get("at_least").and_then(|value| inner(&value)) {
            walk.add(&inside, "at_least", NumberKind::Count, &written, span);
        }
        for key in ["all", "any", "of", "case"] {
            criteria(walk, &own, key, &inside);
        }
    }
    move_together(walk, &case_edges);
}

/// An edge between two cases stands on both sides: set on one, it would leave a hole or an overlap.
fn move_together(walk: &mut Walk<'_>, edges: &[usize]) {
    let sides: Vec<(usize, Option<String>, Vec<Place>)> = edges
        .iter()
        .filter_map(|index| {
            let number = walk.found.get(*index)?;
            Some((*index, number.written.clone(), number.places.clone()))
        })
        .collect();
    for (index, written, _) in &sides {
        let others = sides.iter().filter(|(other, value, _)| {
            other != index && matches!((written, value), (Some(one), Some(two)) if same(one, two))
        });
        let places: Vec<Place> = others.flat_map(|(_, _, places)| places.clone()).collect();
        if let Some(number) = walk.found.get_mut(*index) {
            number.places.extend(places);
        }
    }
}
