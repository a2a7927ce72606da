//! A version that only one rulebook has, against the one that it succeeds: so that the reader sees
//! what is different for applicants, and not a whole text again.

use enterprise::Text;
use rules::{Purpose, Version};

use super::ended;
use crate::change::{About, Change, Kind, Weight, Whom};
use crate::changes::{Block, Occasion};
use crate::found::{Found, Here};
use crate::version::texts;
use crate::{period, source};

/// The blocks of a new version: one for each that it succeeds.
pub(super) fn added(
    version: &Version,
    beside: &[Version],
    pairs: &[(&Version, &Version)],
) -> Vec<Block> {
    let mut groups: Vec<(Option<&Version>, Vec<Purpose>)> = Vec::new();
    for purpose in period::purposes(&version.applies) {
        let before = predecessor(version, beside, purpose);
        let known = groups.iter_mut().find(|(known, _)| {
            known.map(|version| version.id.as_str()) == before.map(|version| version.id.as_str())
        });
        match known {
            Some((_, purposes)) => purposes.push(purpose),
            None => groups.push((before, vec![purpose])),
        }
    }
    let blocks =
        groups.into_iter().map(|(before, purposes)| block(version, before, purposes, pairs));
    blocks.collect()
}

fn block(
    version: &Version,
    before: Option<&Version>,
    purposes: Vec<Purpose>,
    pairs: &[(&Version, &Version)],
) -> Block {
    let mut found = Found::default();
    let whom = Whom { purposes: purposes.clone(), cases: Vec::new() };
    let here = Here { whom, succession: true, ..Here::default() };
    // That it is there is a change, even if it says nothing else than the one before.
    let (id, label) = (&version.id, Text::new("版本", "version"));
    found.push(&here, Change::new(About::Version, Kind::Added, Weight::Verdict, id, &label));
    match before {
        Some(before) => texts(&mut found, &here, before, version, &|_| false),
        None => {
            // Nothing went before: everything in it is new, and nothing is easier or harder.
            let nothing = Version {
                criteria: Vec::new(),
                preferences: Vec::new(),
                score: None,
                assumptions: Vec::new(),
                validity: None,
                benefits: Vec::new(),
                materials: Vec::new(),
                steps: Vec::new(),
                duties: Vec::new(),
                open_points: Vec::new(),
                ..version.clone()
            };
            texts(&mut found, &here, &nothing, version, &|_| false);
            for change in &mut found.changes {
                change.direction = None;
            }
        }
    }
    for (was, is) in pairs {
        for purpose in &purposes {
            if explains(version, was, is, *purpose) {
                found.push(&Here::default(), ended(was, is, *purpose));
            }
        }
    }
    let effect = period::of(version)
        .into_iter()
        .filter(|period| period.purpose.is_none_or(|purpose| purposes.contains(&purpose)));
    Block {
        version: Some(version.id.clone()),
        succeeds: before.map(|version| version.id.clone()),
        standing: Some(version.standing),
        effect: effect.collect(),
        document: source::document(&version.document).zh,
        changes: found.changes,
        ..Block::new(Occasion::NewVersion)
    }
}

/// The version that was in force for the purpose before this one.
fn predecessor<'a>(
    version: &Version,
    beside: &'a [Version],
    purpose: Purpose,
) -> Option<&'a Version> {
    let first = |version: &Version| {
        let periods = version.applies.iter().filter(|applies| applies.purpose == purpose);
        periods.map(|applies| applies.from).min()
    };
    let from = first(version)?;
    beside
        .iter()
        .filter(|other| other.id != version.id)
        .filter_map(|other| Some((first(other)?, other)))
        .filter(|(day, _)| *day < from)
        .max_by_key(|(day, _)| *day)
        .map(|(_, other)| other)
}

/// Whether the days that another version lost or gained for a purpose are this one's.
pub(super) fn explains(version: &Version, old: &Version, new: &Version, purpose: Purpose) -> bool {
    let lost = period::differing(purpose, &old.applies, &new.applies);
    let within = |from, to: Option<_>| {
        version.applies.iter().any(|applies| {
            applies.purpose == purpose
                && applies.from <= from
                && applies.to.is_none_or(|last| to.is_some_and(|to| to <= last))
        })
    };
    !lost.is_empty() && lost.iter().all(|days| days.from.is_some_and(|from| within(from, days.to)))
}
