//! Ladders as stairs: what stands on each rung today, and what stands beside it.

use askama::Template;
use jiff::civil::Date;
use rules::{Programme, Rulebook};
use words::programme as say_of;

use crate::failure::Failure;
use crate::lang::Say;
use crate::law::standing;
use crate::parts::ladder::{Ladder, Rung};
use crate::view::Part;

/// The ladders, each with its id and a remark.
#[derive(Template)]
#[template(path = "law/ladders.html")]
pub(super) struct Ladders {
    ladders: Vec<(String, Part, String)>,
}

/// All ladders, the longest first.
pub(super) fn ladders(rulebook: &Rulebook, today: Date, say: Say) -> Result<Ladders, Failure> {
    let mut all: Vec<&rules::Ladder> = rulebook.ladders.iter().collect();
    // The longest is what most readers come for.
    all.sort_by_key(|ladder| std::cmp::Reverse(ladder.rungs.len()));
    let mut ladders = Vec::new();
    for ladder in all {
        let names = |ids: Option<&Vec<String>>| {
            let known = ids.into_iter().flatten().map(|id| title(rulebook, id, say));
            known.collect::<Vec<_>>().join(say.either("、", ", "))
        };
        let rungs = ladder.rungs.iter().map(|id| {
            let known = rulebook.programme(id);
            let note = known.map(|programme| in_short(programme, today, say)).unwrap_or_default();
            let beside = names(ladder.beside.get(id));
            let fed_by = names(ladder.fed_by.get(id));
            let more = [("programmes.beside", beside), ("programmes.fed-by", fed_by)];
            let more = more
                .into_iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(key, names)| say.t1(key, "names", names));
            let note: Vec<String> = [note].into_iter().chain(more).collect();
            let to = known.map(|programme| format!("/programmes/{}", programme.id));
            Rung {
                note: note.join(say.either("；", "; ")),
                ..Rung::of_law(title(rulebook, id, say), to)
            }
        });
        let drawn = Ladder { say, title: say.both(&ladder.title), rungs: rungs.collect() };
        let note = ladder.note.as_ref().map(|note| say.both(note)).unwrap_or_default();
        ladders.push((ladder.id.clone(), Part::new(&drawn)?, note));
    }
    Ok(Ladders { ladders })
}

/// What a programme is called.
pub(super) fn title(rulebook: &Rulebook, id: &str, say: Say) -> String {
    rulebook.programme(id).map_or_else(|| id.to_owned(), |programme| say.both(&programme.title))
}

/// `2026 版，有效`
fn in_short(programme: &Programme, today: Date, say: Say) -> String {
    let standing = standing(programme, today);
    let word = say.t(standing.key());
    match standing.version() {
        Some(version) => {
            format!("{}{}{word}", say.both(&say_of::version(version)), say.either("，", ", "))
        }
        None => word,
    }
}
