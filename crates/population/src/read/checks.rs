//! What records may say: ids that the catalogue knows, periods that end after they begin, one judgement
//! for a day. The same is asked of a facts document.

use std::collections::HashSet;

use arrow::array::{ArrayRef, AsArray as _, Date32Array, StringArray};
use enterprise::{Catalogue, Problem, ProblemKind, SUBJECTS, nearest};

use crate::day::day_of;
use crate::records::{Lists, day_at, text_at};
use crate::refused::At;
use crate::says::{nearest_hint, refused, shown};
use crate::special::Special;

/// Checks the texts or lists of one column. Indices of `at` are rows here.
pub(super) fn check(special: Special, array: &ArrayRef, catalogue: &Catalogue, at: &mut At<'_>) {
    if special == Special::Subject {
        return kinds(array, at);
    }
    let Some(lists) = Lists::of(array) else { return };
    // What is lacking has been told already; here is only looked at what is there.
    let _ = match special {
        Special::Titles => titles(&lists, catalogue, at),
        Special::TitlesDenied => titles_denied(&lists, catalogue, at),
        Special::Events => events(&lists, catalogue, at),
        Special::Complete => complete(&lists, catalogue, at),
        Special::Judgements => judgements(&lists, catalogue, at),
        _ => None,
    };
}

/// Rows of a kind that nobody judges would have no verdict, and nobody would notice.
fn kinds(array: &ArrayRef, at: &mut At<'_>) {
    let Some(kinds) = array.as_string_opt::<i32>() else { return };
    for (row, kind) in kinds.iter().enumerate() {
        if let Some(kind) = kind.filter(|kind| !SUBJECTS.contains(kind)) {
            at.refuse(row, || unknown_kind(kind));
        }
    }
}

fn titles(lists: &Lists<'_>, catalogue: &Catalogue, at: &mut At<'_>) -> Option<()> {
    let known = Known::of(catalogue.titles.iter().map(|title| title.id.as_str()));
    let (from, to) = (lists.day("from")?, lists.day("to")?);
    for row in lists.rows() {
        for item in lists.items(row) {
            known.check(lists.text("programme")?, item, row, at);
            ends_after((from, to), ("有效期止", "有效期起"), item, row, at);
        }
    }
    Some(())
}

fn titles_denied(lists: &Lists<'_>, catalogue: &Catalogue, at: &mut At<'_>) -> Option<()> {
    let known = Known::of(catalogue.titles.iter().map(|title| title.id.as_str()));
    let ids = lists.texts()?;
    for row in lists.rows() {
        lists.items(row).for_each(|item| known.check(ids, item, row, at));
    }
    Some(())
}

fn events(lists: &Lists<'_>, catalogue: &Catalogue, at: &mut At<'_>) -> Option<()> {
    let known = Known::of(catalogue.events.iter().map(|kind| kind.id.as_str()));
    let kinds = lists.text("kind")?;
    let numbers = lists.named_numbers("attributes")?;
    for row in lists.rows() {
        for item in lists.items(row) {
            known.check(kinds, item, row, at);
            let mut seen = HashSet::new();
            for (id, _) in numbers.of(item) {
                let kind = text_at(kinds, item).and_then(|kind| catalogue.event(kind));
                let Some(kind) = kind else { continue };
                let of_kind: Vec<&str> =
                    kind.attributes.iter().map(|attribute| attribute.id.as_str()).collect();
                if !of_kind.contains(&id) {
                    at.refuse(row, || unknown(id, nearest(id, of_kind.iter().copied())));
                } else if !seen.insert(id) {
                    at.refuse(row, || twice(id));
                }
            }
        }
    }
    Some(())
}

fn complete(lists: &Lists<'_>, catalogue: &Catalogue, at: &mut At<'_>) -> Option<()> {
    let known = Known::of(catalogue.events.iter().map(|kind| kind.id.as_str()).chain(["*"]));
    let (kinds, from, until) = (lists.text("kind")?, lists.day("from")?, lists.day("until")?);
    for row in lists.rows() {
        for item in lists.items(row) {
            known.check(kinds, item, row, at);
            ends_after((from, until), ("核查止", "核查起"), item, row, at);
        }
    }
    Some(())
}

fn judgements(lists: &Lists<'_>, catalogue: &Catalogue, at: &mut At<'_>) -> Option<()> {
    let (owners, criteria) = (lists.text("owner")?, lists.text("criterion")?);
    let days = lists.day("on")?;
    let known: HashSet<(&str, &str)> =
        catalogue.judged.iter().map(|one| (one.owner.as_str(), one.criterion.as_str())).collect();
    for row in lists.rows() {
        let mut seen = HashSet::new();
        for item in lists.items(row) {
            let (Some(owner), Some(criterion)) = (text_at(owners, item), text_at(criteria, item))
            else {
                continue;
            };
            if !known.contains(&(owner, criterion)) {
                at.refuse(row, || unjudged(owner, criterion, catalogue));
            } else if !seen.insert((owner, criterion, day_at(days, item))) {
                at.refuse(row, judged_twice);
            }
        }
    }
    Some(())
}

/// The ids of the catalogue that may stand in a place.
struct Known<'a> {
    ids: Vec<&'a str>,
    set: HashSet<&'a str>,
}

impl<'a> Known<'a> {
    fn of(ids: impl Iterator<Item = &'a str>) -> Self {
        let ids: Vec<&str> = ids.collect();
        Self { set: ids.iter().copied().collect(), ids }
    }

    fn check(&self, texts: &StringArray, item: usize, row: usize, at: &mut At<'_>) {
        if let Some(id) = text_at(texts, item)
            && !self.set.contains(id)
        {
            at.refuse(row, || unknown(id, nearest(id, self.ids.iter().copied())));
        }
    }
}

fn ends_after(
    (from, to): (&Date32Array, &Date32Array),
    (last, first): (&str, &str),
    item: usize,
    row: usize,
    at: &mut At<'_>,
) {
    if let (Some(from), Some(to)) = (day_at(from, item), day_at(to, item))
        && to < from
    {
        let words = |day: i32| day_of(day).map(|day| day.to_string()).unwrap_or_default();
        let (from, to) = (words(from), words(to));
        at.refuse(row, || {
            refused(
                ProblemKind::Conflict,
                (
                    format!("{last} {to} 早于{first} {from}"),
                    format!("it ends on {to}, before it begins on {from}"),
                ),
                ("请核对两个日期", "check the two dates"),
            )
        });
    }
}

fn unknown(id: &str, like: Option<&str>) -> Problem {
    let (id, hint) = (shown(id), nearest_hint(like));
    refused(
        ProblemKind::UnknownName,
        (format!("不认识“{id}”"), format!("`{id}` is not known")),
        (format!("请用目录中的标识{}", hint.zh), format!("use an id of the catalogue{}", hint.en)),
    )
}

/// A kind of subject that no programme can judge.
pub fn unknown_kind(kind: &str) -> Problem {
    let (zh, en) = (SUBJECTS.join("、"), SUBJECTS.join(", "));
    let (shown, hint) = (shown(kind), nearest_hint(nearest(kind, SUBJECTS)));
    refused(
        ProblemKind::UnknownName,
        (format!("没有“{shown}”这种对象"), format!("there is no kind of subject `{shown}`")),
        (
            format!("可用 {zh}；企业可以留空{}", hint.zh),
            format!("there are {en}; blank is an enterprise{}", hint.en),
        ),
    )
}

fn unjudged(owner: &str, criterion: &str, catalogue: &Catalogue) -> Problem {
    let owners = catalogue.judged.iter().map(|one| one.owner.as_str());
    if !owners.clone().any(|known| known == owner) {
        return unknown(owner, nearest(owner, owners));
    }
    let criteria = catalogue.judged.iter().filter(|one| one.owner == owner);
    unknown(criterion, nearest(criterion, criteria.map(|one| one.criterion.as_str())))
}

fn twice(id: &str) -> Problem {
    let id = shown(id);
    refused(
        ProblemKind::Conflict,
        (format!("“{id}”出现了两次"), format!("`{id}` is given twice")),
        ("请只保留一个", "keep only one of them"),
    )
}

fn judged_twice() -> Problem {
    refused(
        ProblemKind::Conflict,
        ("同一条件在同一天判断了两次", "the same criterion is judged twice on one day"),
        ("请只保留有效的一次", "keep only the one that holds"),
    )
}
