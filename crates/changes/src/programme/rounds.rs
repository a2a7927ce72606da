//! The rounds of one programme side by side. A round has no id: it is the same if its window is, or
//! else its name, its notice, or its year and purposes.

use enterprise::Text;
use rules::{Round, Rulebook, Stage};

use crate::change::{About, Change, Kind, Period, Weight};
use crate::changes::{Block, Occasion};
use crate::criteria::{Listing, criteria};
use crate::found::{Found, Here};
use crate::pairs::{Paired, Sign, pair};
use crate::{say, source};

/// What is different about the rounds of a programme.
pub(super) fn rounds(old: &Rulebook, new: &Rulebook, programme: &str) -> Option<Block> {
    let of = |book: &'_ Rulebook| -> Vec<Round> {
        book.rounds.iter().filter(|round| round.programme == programme).cloned().collect()
    };
    let (old, new) = (of(old), of(new));
    let mut found = Found::default();
    let signs: [Sign<Round>; 4] = [
        |old, new| (old.from, old.to, &old.purposes) == (new.from, new.to, &new.purposes),
        |old, new| old.label.is_some() && old.label == new.label,
        |old, new| {
            !old.document.number.is_empty()
                && old.document.number == new.document.number
                && old.from.year() == new.from.year()
        },
        |old, new| {
            old.from.year() == new.from.year()
                && old.purposes.iter().any(|one| new.purposes.contains(one))
        },
    ];
    let Paired { both, gone, come } = pair(&old, &new, &signs);
    for (before, after) in both {
        round(&mut found, before, after);
    }
    let mut sided = |round: &Round, kind| {
        let days = Some(say::days(round.from, Some(round.to)));
        let (before, after) = if kind == Kind::Added { (None, days) } else { (days, None) };
        let change = change(round, About::Round, kind, Weight::Practice);
        let change = Change { before, after, ..change };
        found.push(&here(round), base_year(change, round.base_year));
    };
    come.into_iter().for_each(|round| sided(round, Kind::Added));
    gone.into_iter().for_each(|round| sided(round, Kind::Removed));
    (!found.changes.is_empty())
        .then(|| Block { changes: found.changes, ..Block::new(Occasion::Rounds) })
}

fn here(round: &Round) -> Here {
    let mut here = Here::default();
    here.whom.purposes.clone_from(&round.purposes);
    here
}

fn change(round: &Round, about: About, kind: Kind, weight: Weight) -> Change {
    let year = round.from.year();
    let label = round
        .label
        .clone()
        .unwrap_or_else(|| Text::new(format!("{year} 年申报批次"), format!("round of {year}")));
    let change = Change::new(about, kind, weight, &round.from.to_string(), &label);
    let effect = Some(vec![Period { purpose: None, from: Some(round.from), to: Some(round.to) }]);
    Change { effect, ..change }
}

/// A round that pins the base year decides by it.
fn base_year(change: Change, pinned: Option<i16>) -> Change {
    let Some(year) = pinned else { return change };
    let change = Change { weight: Weight::Verdict, ..change };
    change.remark(
        format!("窗口期内以 {year} 年为基准年度，影响判定"),
        format!("within the window {year} is the base year: verdicts depend on it"),
    )
}

fn round(found: &mut Found, old: &Round, new: &Round) {
    let here = here(new);
    let change = |about, weight| change(new, about, Kind::Changed, weight);
    if (old.from, old.to) != (new.from, new.to) {
        let words = |round: &Round| say::days(round.from, Some(round.to));
        let change = change(About::Window, Weight::Practice).between(words(old), words(new));
        found.push(&here, base_year(change, new.base_year.or(old.base_year)));
    }
    if old.base_year != new.base_year {
        let words = |year: Option<i16>| match year {
            Some(year) => Text::new(format!("{year} 年"), year.to_string()),
            None => Text::new("判定日前一年", "the year before the date"),
        };
        let change = change(About::BaseYear, Weight::Verdict);
        found.push(&here, change.between(words(old.base_year), words(new.base_year)));
    }
    if old.purposes != new.purposes {
        let words = |round: &Round| {
            let all: Vec<Text> =
                round.purposes.iter().map(|one| words::verdict::purpose(*one)).collect();
            words::join(&all, "、", ", ")
        };
        found.push(
            &Here::default(),
            change(About::Scope, Weight::Practice).between(words(old), words(new)),
        );
    }
    stages(found, &here, new, &old.stages, &new.stages);
    criteria(found, &here, Listing::BESIDE, &old.criteria, &new.criteria, &|_| false);
    source::optional(
        found,
        &here,
        change(About::Label, Weight::Wording),
        old.label.as_ref(),
        new.label.as_ref(),
    );
    if old.document != new.document {
        let change = change(About::Document, Weight::Source);
        found.push(
            &here,
            change.between(source::document(&old.document), source::document(&new.document)),
        );
    }
    if old.status != new.status {
        let words = words::provenance::status;
        let change = change(About::Status, Weight::Source);
        found.push(&here, change.between(words(&old.status), words(&new.status)));
    }
}

fn stages(found: &mut Found, here: &Here, round: &Round, old: &[Stage], new: &[Stage]) {
    let days = |stage: &Stage| say::days(stage.from, Some(stage.to));
    let change = |stage: &Stage, kind| {
        change(round, About::Window, kind, Weight::Practice).detail(stage.label.clone())
    };
    for stage in new {
        match old.iter().find(|before| before.label == stage.label) {
            Some(before) if (before.from, before.to) == (stage.from, stage.to) => {}
            Some(before) => {
                found.push(here, change(stage, Kind::Changed).between(days(before), days(stage)));
            }
            None => {
                let change = change(stage, Kind::Added);
                found.push(here, Change { after: Some(days(stage)), ..change });
            }
        }
    }
    for stage in old.iter().filter(|before| !new.iter().any(|after| after.label == before.label)) {
        let change = change(stage, Kind::Removed);
        found.push(here, Change { before: Some(days(stage)), ..change });
    }
}
