//! Classifications side by side: for whom another size class comes out.

use enterprise::{Kind as IndicatorKind, Text};
use rules::{Classification, IndustryGroup, Limit, Metric, Operator, Rulebook};

use crate::align::same_quantity;
use crate::change::{About, Change, Kind, Period, Weight};
use crate::changes::{Block, Occasion, Section, Subject};
use crate::found::{Found, Here};
use crate::{say, source, users};

/// What is different about all classifications.
pub(crate) fn classifications(old: &Rulebook, new: &Rulebook) -> Vec<Section> {
    let all = |book: &'_ Rulebook| -> Vec<Classification> {
        book.classifications.values().flatten().cloned().collect()
    };
    let (before, after) = (all(old), all(new));
    let mut sections: Vec<Section> = Vec::new();
    let mut add = |classification: &Classification, block: Block| {
        if block.changes.is_empty() {
            return;
        }
        let id = classification.id.clone();
        let title = classification.indicator.label.clone();
        let subject = Subject::Classification { id, title };
        match sections.iter_mut().find(|section| section.subject == subject) {
            Some(section) => section.blocks.push(block),
            None => sections.push(Section { subject, blocks: vec![block] }),
        }
    };
    let same = |one: &Classification, other: &Classification| {
        (&one.id, &one.version) == (&other.id, &other.version)
    };
    for one in &after {
        let mut found = Found::default();
        match before.iter().find(|other| same(one, other)) {
            Some(other) => {
                classification(&mut found, &Here::default(), other, one);
                add(one, block(new, one, Occasion::Amended, found));
            }
            None => {
                let predecessor = succeeded(one, &after);
                compare_new(&mut found, predecessor, one);
                let block = block(new, one, Occasion::NewVersion, found);
                add(
                    one,
                    Block { succeeds: predecessor.map(|known| known.version.clone()), ..block },
                );
            }
        }
    }
    for one in before.iter().filter(|one| !after.iter().any(|other| same(one, other))) {
        let mut found = Found::default();
        let predecessor = succeeded(one, &before);
        compare_new(&mut found, predecessor, one);
        let block = block(old, one, Occasion::NewVersion, found);
        let block = Block { succeeds: predecessor.map(|known| known.version.clone()), ..block };
        add(one, block.mirrored());
    }
    sections
}

fn succeeded<'a>(one: &Classification, all: &'a [Classification]) -> Option<&'a Classification> {
    let before = all.iter().filter(|other| other.id == one.id && other.from < one.from);
    before.max_by_key(|other| other.from)
}

fn compare_new(found: &mut Found, before: Option<&Classification>, new: &Classification) {
    let here = Here { succession: true, ..Here::default() };
    // That it is there is the change, whatever its numbers.
    let label = Text::new("划型标准", "standard");
    let change = Change::new(About::Version, Kind::Added, Weight::Verdict, &new.version, &label);
    let days = Some(say::days(new.from, new.to));
    found.push(&here, Change { after: days, ..change });
    if let Some(before) = before {
        classification(found, &here, before, new);
    }
}

fn block(book: &Rulebook, one: &Classification, occasion: Occasion, found: Found) -> Block {
    Block {
        version: Some(one.version.clone()),
        effect: vec![Period { purpose: None, from: Some(one.from), to: one.to }],
        document: source::document(&one.document).zh,
        used_by: users::of_indicator(book, &one.indicator.id),
        changes: found.changes,
        ..Block::new(occasion)
    }
}

fn classification(found: &mut Found, here: &Here, old: &Classification, new: &Classification) {
    let whole = new.indicator.label.clone();
    let change = |about| Change::new(about, Kind::Changed, Weight::Verdict, &new.id, &whole);
    if !here.succession && (old.from, old.to) != (new.from, new.to) {
        let words = |one: &Classification| say::days(one.from, one.to);
        found.push(here, change(About::Period).between(words(old), words(new)));
    }
    if old.by.indicator.id != new.by.indicator.id || old.by.offset != new.by.offset {
        let change = change(About::Scale).detail(Text::new("划型依据", "chosen by"));
        found.push(here, change.between(say::fact(&old.by), say::fact(&new.by)));
    }
    let order = |one: &Classification| {
        let names: Vec<Text> = one.order.iter().map(|tier| tier_name(one, Some(*tier))).collect();
        words::join(&names, "、", ", ")
    };
    if order(old) != order(new) {
        let change = change(About::Order).detail(Text::new("各型次序", "order of the classes"));
        found.push(here, change.between(order(old), order(new)));
    }
    if old.document != new.document {
        let change = Change { weight: Weight::Source, ..change(About::Document) };
        let (was, is) = (source::document(&old.document), source::document(&new.document));
        found.push(here, change.between(was, is));
    }
    for group in &new.groups {
        match old.groups.iter().find(|before| before.id == group.id) {
            Some(before) => self::group(found, here, (old, before), (new, group)),
            None => found.push(here, sided(group)),
        }
    }
    for group in &old.groups {
        if !new.groups.iter().any(|after| after.id == group.id) {
            found.push(here, sided(group).mirrored());
        }
    }
}

fn sided(group: &IndustryGroup) -> Change {
    let change =
        Change::new(About::ClassGroup, Kind::Added, Weight::Verdict, &group.id, &group.label);
    Change { after: Some(codes(&group.codes)), ..change.citing(&group.citation) }
}

fn codes(codes: &[String]) -> Text {
    let mut sorted = codes.to_vec();
    sorted.sort_unstable();
    Text::new(format!("行业 {}", sorted.join("、")), format!("industries {}", sorted.join(", ")))
}

fn group(
    found: &mut Found,
    here: &Here,
    (old_class, old): (&Classification, &IndustryGroup),
    (class, new): (&Classification, &IndustryGroup),
) {
    let change = |about, kind| {
        Change::new(about, kind, Weight::Verdict, &new.id, &new.label).citing(&new.citation)
    };
    if codes(&old.codes) != codes(&new.codes) {
        let change = change(About::ClassGroup, Kind::Changed);
        found.push(here, change.between(codes(&old.codes), codes(&new.codes)));
    }
    let mut inside = here.clone();
    let label = &new.label;
    let (zh, en) = (codes(&new.codes).zh, codes(&new.codes).en);
    inside
        .whom
        .cases
        .push(Text::new(format!("{}（{zh}）", label.zh), format!("{} ({en})", label.en)));
    for metric in &new.metrics {
        match old.metrics.iter().find(|before| same_quantity(&before.value, &metric.value)) {
            Some(before) => {
                tiers(found, &inside, new, (old_class, before), (class, metric));
            }
            None => {
                let change = change(About::Tier, Kind::Added);
                found.push(&inside, Change { after: Some(say::quantity(&metric.value)), ..change });
            }
        }
    }
    for metric in &old.metrics {
        if !new.metrics.iter().any(|after| same_quantity(&metric.value, &after.value)) {
            let change = change(About::Tier, Kind::Removed);
            found.push(&inside, Change { before: Some(say::quantity(&metric.value)), ..change });
        }
    }
    source::label(found, here, &new.id, &old.label, &new.label);
    source::citation(found, here, &new.label, &new.id, &old.citation, &new.citation);
}

fn tiers(
    found: &mut Found,
    here: &Here,
    group: &IndustryGroup,
    (old_class, old): (&Classification, &Metric),
    (class, new): (&Classification, &Metric),
) {
    let quantity = say::quantity(&new.value);
    let words = |(operator, limit): &(Operator, Limit)| {
        let measure = words::quantity::measure_of(&new.value, Some(limit));
        say::signed(*operator, &words::quantity::limit_in(limit, &measure))
    };
    for at in 0..old.tiers.len().max(new.tiers.len()) {
        let (before, after) = (old.tiers.get(at), new.tiers.get(at));
        let tier = tier_name(class, class.order.get(at).copied());
        let tier = if tier == Text::default() {
            tier_name(old_class, old_class.order.get(at).copied())
        } else {
            tier
        };
        let detail = Text::new(
            format!("{}：{}", tier.zh, quantity.zh),
            format!("{}: {}", tier.en, quantity.en),
        );
        let change =
            Change::new(About::Tier, Kind::Changed, Weight::Verdict, &group.id, &group.label)
                .detail(detail)
                .citing(&group.citation);
        let same = match (before, after) {
            (Some((one, limit)), Some((other, now))) => one == other && limit.value == now.value,
            (before, after) => before.is_none() && after.is_none(),
        };
        if !same {
            source::optional(
                found,
                here,
                change,
                before.map(words).as_ref(),
                after.map(words).as_ref(),
            );
        } else if let (Some((_, limit)), Some((_, now))) = (before, after) {
            if limit.written != now.written {
                let written =
                    |limit: &Limit| Text::new(limit.written.clone(), limit.written.clone());
                let change = change.between(written(limit), written(now));
                let change = change.remark("数值相同", "the same number");
                found.push(here, Change { weight: Weight::Wording, ..change });
            }
            source::citation(found, here, &group.label, &group.id, &limit.citation, &now.citation);
        }
    }
}

fn tier_name(class: &Classification, option: Option<usize>) -> Text {
    let IndicatorKind::Choice(choices) = &class.indicator.kind else { return Text::default() };
    let choice = option.and_then(|option| choices.get(option));
    choice.map(|choice| choice.label.clone()).unwrap_or_default()
}
