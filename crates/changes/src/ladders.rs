//! Ladders side by side: rungs, what stands beside them, what feeds them.

use std::collections::BTreeMap;

use enterprise::Text;
use rules::{Ladder, Rulebook};

use crate::change::{About, Change, Kind, Weight};
use crate::changes::{Block, Occasion, Section, Subject};
use crate::found::{Found, Here};
use crate::source;

/// What is different about ladders.
pub(crate) fn ladders(old: &Rulebook, new: &Rulebook) -> Vec<Section> {
    let mut sections = Vec::new();
    let known =
        |book: &'_ Rulebook, id: &str| book.ladders.iter().find(|ladder| ladder.id == id).cloned();
    let mut ids: Vec<&str> = Vec::new();
    for ladder in new.ladders.iter().chain(&old.ladders) {
        if !ids.contains(&ladder.id.as_str()) {
            ids.push(&ladder.id);
        }
    }
    for id in ids {
        let (before, after) = (known(old, id), known(new, id));
        let Some(any) = after.clone().or(before.clone()) else { continue };
        let names = |id: &String| title(old, new, id);
        let mut found = Found::default();
        ladder(&mut found, before.as_ref(), after.as_ref(), &names);
        if !found.changes.is_empty() {
            let subject = Subject::Ladder { id: any.id, title: any.title };
            let block = Block { changes: found.changes, ..Block::new(Occasion::Programme) };
            sections.push(Section { subject, blocks: vec![block] });
        }
    }
    sections
}

fn title(old: &Rulebook, new: &Rulebook, id: &str) -> Text {
    let known = new.programme(id).or_else(|| old.programme(id));
    known.map_or_else(|| Text::new(id, id), |programme| programme.title.clone())
}

fn ladder(
    found: &mut Found,
    old: Option<&Ladder>,
    new: Option<&Ladder>,
    name: &dyn Fn(&String) -> Text,
) {
    let here = Here::default();
    let Some(known) = new.or(old) else { return };
    let change = |kind, (zh, en): (&str, &str)| {
        Change::new(About::Ladder, kind, Weight::Practice, &known.id, &known.title)
            .detail(Text::new(zh, en))
    };
    let names = |ids: &[String], zh: &str, en: &str| {
        let names: Vec<Text> = ids.iter().map(name).collect();
        words::join(&names, zh, en)
    };
    let rungs = |ladder: &Ladder| names(&ladder.rungs, "、", ", ");
    let (before, after) = (old.map(rungs), new.map(rungs));
    source::optional(
        found,
        &here,
        change(Kind::Changed, ("层级", "rungs")),
        before.as_ref(),
        after.as_ref(),
    );
    let (Some(old), Some(new)) = (old, new) else { return };
    source::label(found, &here, &new.id, &old.title, &new.title);
    let mut sides = |what, old: &BTreeMap<String, Vec<String>>, new: &BTreeMap<_, Vec<String>>| {
        let mut rungs: Vec<&String> = old.keys().chain(new.keys()).collect();
        rungs.sort_unstable();
        rungs.dedup();
        for rung in rungs {
            let words = |map: &BTreeMap<String, Vec<String>>| {
                let mut ids = map.get(rung).filter(|ids| !ids.is_empty())?.clone();
                ids.sort_unstable();
                Some(names(&ids, "、", ", "))
            };
            let change = Change { label: name(rung), ..change(Kind::Changed, what) };
            source::optional(found, &here, change, words(old).as_ref(), words(new).as_ref());
        }
    };
    sides(("并列", "beside it"), &old.beside, &new.beside);
    sides(("来源", "fed by"), &old.fed_by, &new.fed_by);
}
