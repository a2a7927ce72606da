//! One programme in both rulebooks: its head, its versions, its rounds.

mod rounds;
mod succession;

use enterprise::Text;
use rules::{Programme, Purpose, Rulebook, Version};

use crate::change::{About, Change, Kind, Weight};
use crate::changes::{Block, Occasion, Section, Subject};
use crate::definitions::{self, Shared};
use crate::found::{Found, Here};
use crate::version::{period_change, periods, texts};
use crate::{period, source, users};

/// Both rulebooks, and what is gathered over all programmes.
pub(crate) struct Books<'r> {
    pub old: &'r Rulebook,
    pub new: &'r Rulebook,
    pub shared: Shared,
}

/// What is different about a programme; either side may lack it.
pub(crate) fn programme(
    books: &mut Books<'_>,
    old: Option<&Programme>,
    new: Option<&Programme>,
) -> Option<Section> {
    let known = new.or(old)?;
    let mut blocks = Vec::new();
    blocks.extend(head(books, old, new));
    let none: &[Version] = &[];
    let before = old.map_or(none, |programme| &programme.versions);
    let after = new.map_or(none, |programme| &programme.versions);
    blocks.extend(versions(books, before, after));
    blocks.extend(rounds::rounds(books.old, books.new, &known.id));
    blocks.retain(|block| !block.changes.is_empty());
    let subject = Subject::Programme {
        id: known.id.clone(),
        title: known.title.clone(),
        judges: known.subject.clone(),
    };
    (!blocks.is_empty()).then_some(Section { subject, blocks })
}

fn head(books: &Books<'_>, old: Option<&Programme>, new: Option<&Programme>) -> Option<Block> {
    let mut found = Found::default();
    let here = Here::default();
    match (old, new) {
        (None, None) => return None,
        (None, Some(programme)) | (Some(programme), None) => {
            let kind = if new.is_some() { Kind::Added } else { Kind::Removed };
            let words = Some(programme.authority.clone());
            let (before, after) = if new.is_some() { (None, words) } else { (words, None) };
            let change = Change::new(
                About::Programme,
                kind,
                Weight::Verdict,
                &programme.id,
                &programme.title,
            );
            found.push(&here, Change { before, after, ..change });
        }
        (Some(old), Some(new)) => heads(&mut found, &here, books, old, new),
    }
    Some(Block { changes: found.changes, ..Block::new(Occasion::Programme) })
}

fn heads(found: &mut Found, here: &Here, books: &Books<'_>, old: &Programme, new: &Programme) {
    source::label(found, here, &new.id, &old.title, &new.title);
    let change = |about, weight| Change::new(about, Kind::Changed, weight, &new.id, &new.title);
    if old.subject != new.subject {
        let word = |text: &str| words::programme::subject(text);
        let change = change(About::Subject, Weight::Verdict);
        found.push(here, change.between(word(&old.subject), word(&new.subject)));
    }
    if old.authority != new.authority {
        let change = change(About::Label, Weight::Wording)
            .detail(Text::new("主管部门", "authority"))
            .between(old.authority.clone(), new.authority.clone());
        found.push(here, change);
    }
    if old.kind != new.kind {
        let word = |text: &str| words::programme::kind(text);
        let change = change(About::Label, Weight::Wording).detail(Text::new("类别", "kind"));
        found.push(here, change.between(word(&old.kind), word(&new.kind)));
    }
    let titles = |list: &[String]| {
        let mut titles: Vec<Text> = list.iter().map(|id| title(books, id)).collect();
        titles.sort();
        titles
    };
    let (was, is) = (titles(&old.held_through), titles(&new.held_through));
    if was != is {
        let words = |list: &[Text]| match list {
            [] => Text::new("无", "none"),
            list => words::join(list, "、", ", "),
        };
        let direction = if was.iter().all(|one| is.contains(one)) {
            Some(crate::change::Direction::Relaxed)
        } else if is.iter().all(|one| was.contains(one)) {
            Some(crate::change::Direction::Tightened)
        } else {
            None
        };
        let change = change(About::HeldThrough, Weight::Verdict).towards(direction);
        let used_by = users::of_title(books.new, &new.id);
        found.push(here, Change { used_by, ..change.between(words(&was), words(&is)) });
    }
}

fn title(books: &Books<'_>, id: &str) -> Text {
    let known = books.new.programme(id).or_else(|| books.old.programme(id));
    known.map_or_else(|| Text::new(id, id), |programme| programme.title.clone())
}

/// Versions by id; one with another id but the same days is the same.
fn paired<'a>(old: &'a [Version], new: &'a [Version]) -> Vec<(&'a Version, &'a Version)> {
    let mut pairs: Vec<(&Version, &Version)> = Vec::new();
    let tests: [fn(&Version, &Version) -> bool; 2] =
        [|old, new| old.id == new.id, |old, new| period::of(old) == period::of(new)];
    for test in tests {
        for before in old {
            let taken = |pairs: &[(&Version, &Version)], one: &Version| {
                pairs.iter().any(|(from, to)| std::ptr::eq(*from, one) || std::ptr::eq(*to, one))
            };
            if taken(&pairs, before) {
                continue;
            }
            if let Some(after) =
                new.iter().find(|after| !taken(&pairs, after) && test(before, after))
            {
                pairs.push((before, after));
            }
        }
    }
    pairs
}

fn versions(books: &mut Books<'_>, old: &[Version], new: &[Version]) -> Vec<Block> {
    let pairs = paired(old, new);
    let unpaired = |one: &Version| {
        !pairs.iter().any(|(from, to)| std::ptr::eq(*from, one) || std::ptr::eq(*to, one))
    };
    let come: Vec<&Version> = new.iter().filter(|version| unpaired(version)).collect();
    let gone: Vec<&Version> = old.iter().filter(|version| unpaired(version)).collect();
    let mut blocks = Vec::new();
    for version in &come {
        blocks.extend(succession::added(version, new, &pairs));
    }
    let mirrored: Vec<(&Version, &Version)> = pairs.iter().map(|(old, new)| (*new, *old)).collect();
    for version in &gone {
        let added = succession::added(version, old, &mirrored);
        blocks.extend(added.into_iter().map(Block::mirrored));
    }
    for (before, after) in &pairs {
        let explained = |purpose: Purpose| {
            come.iter()
                .chain(&gone)
                .any(|other| succession::explains(other, before, after, purpose))
        };
        blocks.push(amended(books, before, after, &explained));
    }
    blocks
}

/// The same version before and after.
fn amended(
    books: &mut Books<'_>,
    old: &Version,
    new: &Version,
    explained: &dyn Fn(Purpose) -> bool,
) -> Block {
    let mut found = Found::default();
    let here = Here::default();
    if old.id != new.id {
        let word = |id: &str| Text::new(id, id);
        let label = Text::new("版本编号", "id of the version");
        let change = Change::new(About::Version, Kind::Renamed, Weight::Wording, &new.id, &label);
        found.push(&here, change.between(word(&old.id), word(&new.id)));
    }
    periods(&mut found, &here, old, new);
    found.changes.retain(|change| {
        let purpose = change.whom.purposes.first();
        !(change.about == About::Period && purpose.is_some_and(|purpose| explained(*purpose)))
    });
    let both = definitions::in_both(old, new);
    texts(&mut found, &here, old, new, &|id| both.contains(id));
    books.shared.compare(books.new, old, new, &both);
    Block {
        version: Some(new.id.clone()),
        effect: period::of(new),
        document: source::document(&new.document).zh,
        changes: found.changes,
        ..Block::new(Occasion::Amended)
    }
}

/// The end of a predecessor's period, told with the version that succeeds it.
fn ended(old: &Version, new: &Version, purpose: Purpose) -> Change {
    let change = period_change(old, new, purpose);
    Change {
        label: Text::new(
            format!("{} 版{}", new.id, change.label.zh),
            format!("version {}: {}", new.id, change.label.en),
        ),
        ..change
    }
}
