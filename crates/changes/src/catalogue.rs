//! Indicators and events side by side: what is asked for, how it is computed, how it is read.

use std::collections::BTreeMap;

use enterprise::{EventKind, Indicator, Kind as IndicatorKind, Text};
use rules::{Quantity, Rulebook};

use crate::align::same_quantity;
use crate::change::{About, Change, Kind, Weight};
use crate::changes::{Block, Occasion, Section, Subject};
use crate::found::{Found, Here};
use crate::users::{self, User};
use crate::{say, source};

/// What is different about indicators, formulas and events.
pub(crate) fn catalogue(old: &Rulebook, new: &Rulebook) -> Option<Section> {
    let mut found = Found::default();
    let add = |from: usize, found: &mut Found, used_by: Vec<User>| {
        for change in found.changes.iter_mut().skip(from) {
            // What nobody tests decides nothing.
            if used_by.is_empty() && change.weight == Weight::Verdict {
                change.weight = Weight::Practice;
            }
            if change.weight <= Weight::Practice {
                change.used_by.clone_from(&used_by);
            }
        }
    };
    for indicator in new.catalogue.indicators() {
        let first = found.changes.len();
        match old.catalogue.indicator(&indicator.id) {
            None => found.push(&Here::default(), sided(indicator)),
            Some(before) => {
                self::indicator(&mut found, (old, before), (new, indicator));
                let formulas = [old, new].map(|book| book.formulas.get(&indicator.id));
                formula(&mut found, indicator, formulas);
            }
        }
        if found.changes.len() > first {
            add(first, &mut found, users::of_indicator(new, &indicator.id));
        }
    }
    for indicator in old.catalogue.indicators() {
        if new.catalogue.indicator(&indicator.id).is_none() {
            let first = found.changes.len();
            found.push(&Here::default(), sided(indicator).mirrored());
            add(first, &mut found, users::of_indicator(old, &indicator.id));
        }
    }
    for event in &new.catalogue.events {
        let first = found.changes.len();
        match old.catalogue.event(&event.id) {
            None => found.push(&Here::default(), sided_event(event)),
            Some(before) => self::event(&mut found, before, event),
        }
        if found.changes.len() > first {
            add(first, &mut found, users::of_event(new, &event.id));
        }
    }
    for event in &old.catalogue.events {
        if new.catalogue.event(&event.id).is_none() {
            let first = found.changes.len();
            found.push(&Here::default(), sided_event(event).mirrored());
            add(first, &mut found, users::of_event(old, &event.id));
        }
    }
    (!found.changes.is_empty()).then(|| Section {
        subject: Subject::Catalogue,
        blocks: vec![Block { changes: found.changes, ..Block::new(Occasion::Programme) }],
    })
}

fn sided(indicator: &Indicator) -> Change {
    let kind = words::indicator::kind(indicator);
    let period = words::indicator::period(indicator);
    let words =
        Text::new(format!("{}，{}", kind.zh, period.zh), format!("{}, {}", kind.en, period.en));
    let (id, label) = (&indicator.id, &indicator.label);
    let change = Change::new(About::Indicator, Kind::Added, Weight::Practice, id, label);
    Change { after: Some(words), ..change }
}

fn sided_event(event: &EventKind) -> Change {
    Change::new(About::Event, Kind::Added, Weight::Practice, &event.id, &event.label)
}

fn indicator(
    found: &mut Found,
    (old_book, old): (&Rulebook, &Indicator),
    (book, new): (&Rulebook, &Indicator),
) {
    let here = Here::default();
    let mut differs = |weight, (zh, en): (&str, &str), before: Text, after: Text| {
        if before != after {
            let change = Change::new(About::Indicator, Kind::Changed, weight, &new.id, &new.label);
            found.push(&here, change.detail(Text::new(zh, en)).between(before, after));
        }
    };
    let yes_no = |yes| if yes { Text::new("是", "yes") } else { Text::new("否", "no") };
    let plain = |words: String| Text::new(words.clone(), words);
    let list = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort_unstable();
        Text::new(words.join("、"), words.join(", "))
    };
    {
        use words::indicator::{effort, kind, lack, moves, period, range};
        let decimals = |one: &Indicator| match &one.kind {
            IndicatorKind::Number { decimals, .. } => plain(decimals.to_string()),
            _ => Text::default(),
        };
        let range = |one: &Indicator| range(one).unwrap_or_default();
        let step = |one: &Indicator| plain(one.step.to_string());
        differs(Weight::Verdict, ("类型", "kind"), kind(old), kind(new));
        differs(Weight::Verdict, ("年度或现状", "years"), period(old), period(new));
        differs(Weight::Verdict, ("缺失时", "when lacking"), lack(old.lack), lack(new.lack));
        differs(Weight::Practice, ("小数位数", "decimals"), decimals(old), decimals(new));
        differs(Weight::Practice, ("可填范围", "range"), range(old), range(new));
        differs(
            Weight::Practice,
            ("可直接填报", "may be given"),
            yes_no(old.given),
            yes_no(new.given),
        );
        differs(
            Weight::Practice,
            ("表头别名", "other headings"),
            list(&old.aliases),
            list(&new.aliases),
        );
        differs(Weight::Practice, ("由谁提供", "source"), old.source.clone(), new.source.clone());
        let cost = words::provenance::cost;
        differs(Weight::Practice, ("取得方式", "how to obtain"), cost(old.cost), cost(new.cost));
        differs(Weight::Practice, ("改变难度", "effort"), effort(old.effort), effort(new.effort));
        // The words name the first and the last option, which is no news of the way.
        let way = |one: &Indicator| one.effort.map(|_| one.moves);
        if way(old) != way(new) {
            differs(
                Weight::Practice,
                ("方案的变动方向", "which way plans move it"),
                moves(old),
                moves(new),
            );
        }
        let whole = |one: &Indicator| {
            let none = Text::new("无", "none");
            one.within.as_ref().map_or(none, |id| Text::new(id.clone(), id.clone()))
        };
        differs(Weight::Practice, ("所属整体", "part of"), whole(old), whole(new));
        differs(Weight::Practice, ("最小变动", "step"), step(old), step(new));
    }
    if let (IndicatorKind::Choice(before), IndicatorKind::Choice(after)) = (&old.kind, &new.kind)
        && !(is_table(old_book, before) && is_table(book, after))
    {
        choices(found, &here, new, before, after);
    }
    source::label(found, &here, &new.id, &old.label, &new.label);
    let (was, is) = (Some(&old.note), Some(&new.note));
    source::note(found, &here, &new.label, &new.id, was, is);
}

/// Whether the options are the codes of a table, which is compared as such.
fn is_table(book: &Rulebook, choices: &[enterprise::Choice]) -> bool {
    !choices.is_empty()
        && book
            .codes
            .values()
            .any(|table| choices.iter().all(|choice| table.entry(&choice.id).is_some()))
}

fn choices(
    found: &mut Found,
    here: &Here,
    indicator: &Indicator,
    old: &[enterprise::Choice],
    new: &[enterprise::Choice],
) {
    let change = |kind| {
        Change::new(About::Indicator, kind, Weight::Verdict, &indicator.id, &indicator.label)
            .detail(Text::new("选项", "option"))
    };
    for choice in new {
        match old.iter().find(|before| before.id == choice.id) {
            None => {
                let after = Some(choice.label.clone());
                found.push(here, Change { after, ..change(Kind::Added) });
            }
            Some(before) => {
                if before.label != choice.label {
                    let change =
                        change(Kind::Changed).between(before.label.clone(), choice.label.clone());
                    found.push(here, Change { weight: Weight::Wording, ..change });
                }
                if before.aliases != choice.aliases {
                    let words = |one: &enterprise::Choice| {
                        Text::new(one.aliases.join("、"), one.aliases.join(", "))
                    };
                    let change = change(Kind::Changed).between(words(before), words(choice));
                    found.push(here, Change { weight: Weight::Practice, ..change });
                }
            }
        }
    }
    for choice in old.iter().filter(|before| !new.iter().any(|after| after.id == before.id)) {
        let before = Some(choice.label.clone());
        found.push(here, Change { before, ..change(Kind::Removed) });
    }
}

fn formula(found: &mut Found, indicator: &Indicator, [old, new]: [Option<&Quantity>; 2]) {
    let same = match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => same_quantity(old, new),
        _ => false,
    };
    if !same {
        let (id, label) = (&indicator.id, &indicator.label);
        let change = Change::new(About::Formula, Kind::Changed, Weight::Verdict, id, label);
        let words = |formula: &Quantity| say::quantity_in_any_year(formula);
        source::optional(
            found,
            &Here::default(),
            change,
            old.map(words).as_ref(),
            new.map(words).as_ref(),
        );
    }
}

fn event(found: &mut Found, old: &EventKind, new: &EventKind) {
    let here = Here::default();
    source::label(found, &here, &new.id, &old.label, &new.label);
    let by_id = |event: &EventKind| -> BTreeMap<String, Text> {
        event.attributes.iter().map(|one| (one.id.clone(), one.label.clone())).collect()
    };
    let (before, after) = (by_id(old), by_id(new));
    for id in before.keys().chain(after.keys()) {
        let change =
            Change::new(About::Event, Kind::Changed, Weight::Practice, &new.id, &new.label);
        let change = change.detail(Text::new("须填数字", "number that qualifies it"));
        source::optional(found, &here, change, before.get(id), after.get(id));
    }
}
