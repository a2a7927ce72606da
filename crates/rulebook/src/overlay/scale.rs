//! The numbers of a score table.

use crate::overlay::walk::{Here, Walk};
use crate::read::table::{Table, Value, Word};

/// The pass mark, then group by group.
pub(super) fn score(walk: &mut Walk<'_>, table: &Table<'_>, here: &Here) {
    if let Some(word) = table.word("pass") {
        walk.add_mark(&here.called("及格分", "Pass mark"), "pass", &word, table.file);
    }
    for group in table.list("group").iter().filter_map(Value::table) {
        let Some(id) = group.word("id") else { continue };
        let here = here.inside(&group, id.text);
        if let Some(word) = group.word("floor") {
            walk.add_mark(&here, "floor", &word, group.file);
        }
        walk.add_points(&here, &group, "max", "max");
        for item in group.list("item").iter().filter_map(Value::table) {
            let Some(id) = item.word("id") else { continue };
            let here = here.inside(&item, id.text);
            let first = walk.found.len();
            walk.add_limits(&here, &item);
            walk.note_edges(first, &conditions(&item));
            scale(walk, &item, &here);
            for (index, side) in item.list("best").iter().filter_map(Value::table).enumerate() {
                let name = format!("side-{}", index + 1);
                let name = side.word("id").map_or(name, |id| id.text.to_owned());
                scale(walk, &side, &here.inside(&side, &name));
            }
            walk.add_points(&here, &item, "max", "max");
        }
    }
}

/// The conditions under which entries of an item give their points.
fn conditions<'t>(item: &Table<'t>) -> Vec<Word<'t>> {
    let entries = ["tally", "levels"].into_iter().flat_map(|key| item.list(key));
    entries.filter_map(|entry| entry.table()?.word("when")).collect()
}

/// One scale, of whatever sort.
fn scale(walk: &mut Walk<'_>, table: &Table<'_>, here: &Here) {
    let bands: Vec<Table<'_>> = table.list("bands").iter().filter_map(Value::table).collect();
    walk.add_edges(here, &bands);
    for (index, band) in bands.iter().enumerate() {
        walk.add_band(here, band, &format!("points-{}", index + 1));
    }
    if let Some(steps) = table.get("steps").and_then(|value| value.table()) {
        if let Some(each) = steps.get("each") {
            walk.add_quantity(here, "each", &each);
        }
        walk.add_points(here, &steps, "points", "points");
        walk.add_points(here, &steps, "cap", "cap");
    }
    for key in ["tally", "levels"] {
        for entry in table.list(key).iter().filter_map(Value::table) {
            let Some(id) = entry.word("id") else { continue };
            let inside = here.inside(&entry, id.text);
            walk.add_points(&inside, &entry, "points", "points");
            let words: Vec<Word<'_>> = entry.word("when").into_iter().collect();
            walk.add_windows(&inside, &words, table.file);
        }
    }
    for key in ["cap", "otherwise"] {
        walk.add_points(here, table, key, key);
    }
}
