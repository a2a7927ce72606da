//! The worked examples of a version: what each is about, and what the law says to it.

use std::collections::BTreeSet;

use enterprise::{Fact, FactKey, Facts, Judgement, Text};
use jiff::civil::Date;
use rulebook::Worked;
use rules::{Answer, Outcome, Programme, Rulebook, Truth, Verdict, Version, evaluate};
use words::{indicator, quantity, verdict};

use crate::lang::Say;
use crate::parts::Tone;

/// A worked example as a page shows it.
pub(crate) struct Example {
    /// As the rule files call it; in Chinese.
    pub name: String,
    pub day: Date,
    pub purpose: String,
    /// In what it differs from the subject that the examples begin with; nothing for that one itself.
    pub differs: Vec<String>,
    pub tone: Tone,
    pub verdict: String,
    /// What is not met, or what keeps it open.
    pub because: Vec<String>,
}

/// The examples that this version judges.
pub(super) fn examples(
    rulebook: &Rulebook,
    programme: &Programme,
    version: Option<&Version>,
    worked: &[Worked],
    say: Say,
) -> Vec<Example> {
    let Some(version) = version else { return Vec::new() };
    let own = worked.iter().filter(|one| one.owner == programme.id);
    own.filter_map(|one| {
        let answer = evaluate(rulebook, programme, &one.facts, &one.question);
        let Outcome::Assessed(assessment) = &answer.outcome else { return None };
        (assessment.version.id == version.id).then(|| example(rulebook, one, &answer, say))
    })
    .collect()
}

fn example(rulebook: &Rulebook, worked: &Worked, answer: &Answer<'_>, say: Say) -> Example {
    let (tone, because) = match &answer.outcome {
        Outcome::Assessed(assessment) => {
            let of = |wanted: fn(Truth) -> bool| {
                let found = assessment.criteria.iter().filter(|result| wanted(result.truth));
                found.map(|result| say.both(&result.criterion.label)).collect()
            };
            match assessment.verdict {
                Verdict::Eligible => (Tone::Good, Vec::new()),
                Verdict::Ineligible => (Tone::Bad, of(|truth| truth == Truth::NotMet)),
                Verdict::Undetermined(_) => (Tone::Open, of(|truth| truth.unknown().is_some())),
            }
        }
        _ => (Tone::Dim, Vec::new()),
    };
    Example {
        name: worked.name.clone(),
        day: worked.question.as_of,
        purpose: say.both(&verdict::purpose(answer.purpose)),
        differs: differs(rulebook, &worked.base, &worked.facts)
            .iter()
            .map(|words| say.both(words))
            .collect(),
        tone,
        verdict: say.both(&verdict::conclusion(answer)),
        because,
    }
}

/// In what one subject differs from another.
fn differs(rulebook: &Rulebook, base: &Facts, facts: &Facts) -> Vec<Text> {
    let mut found = Vec::new();
    let keys: BTreeSet<FactKey> = base.iter().chain(facts.iter()).map(|(key, _)| key).collect();
    for key in keys {
        let of = |facts: &'_ Facts| facts.get(&key.indicator, key.year).cloned();
        let (was, is) = (of(base), of(facts));
        if was != is {
            found.extend(fact(rulebook, &key, is.as_ref()));
        }
    }
    if (base.titles_complete, &base.titles) != (facts.titles_complete, &facts.titles) {
        found.push(titles(rulebook, facts));
    }
    if base.events != facts.events {
        found.push(events(rulebook, facts));
    }
    if base.complete != facts.complete {
        found
            .push(Text::new("另有事件是否报全不同", "other declarations that events are complete"));
    }
    for judgement in &facts.judgements {
        let known = base.judgements.iter().find(|one| is_same(one, judgement));
        if known.is_none_or(|known| known.met != judgement.met) {
            found.push(judged(rulebook, judgement, Some(judgement.met)));
        }
    }
    for gone in &base.judgements {
        if !facts.judgements.iter().any(|one| is_same(one, gone)) {
            found.push(judged(rulebook, gone, None));
        }
    }
    found
}

fn is_same(one: &Judgement, other: &Judgement) -> bool {
    (&one.owner, &one.criterion) == (&other.owner, &other.criterion)
}

fn pair(name: &Text, value: &Text) -> Text {
    Text::new(format!("{}：{}", name.zh, value.zh), format!("{}: {}", name.en, value.en))
}

fn fact(rulebook: &Rulebook, key: &FactKey, fact: Option<&Fact>) -> Option<Text> {
    let indicator = rulebook.catalogue.indicator(&key.indicator)?;
    let name = quantity::with_year(&indicator.label, key.year);
    let value = fact.map_or_else(
        || Text::new("未知", "unknown"),
        |fact| indicator::value(indicator, &fact.value),
    );
    Some(pair(&name, &value))
}

fn titles(rulebook: &Rulebook, facts: &Facts) -> Text {
    let name = Text::new("持有称号", "titles held");
    if !facts.titles_complete {
        return pair(&name, &Text::new("未知", "unknown"));
    }
    let titles: Vec<Text> = facts
        .titles
        .iter()
        .map(|title| {
            let known = rulebook.programme(&title.programme).map(|known| known.title.clone());
            let known = known.unwrap_or_else(|| Text::new(&title.programme, &title.programme));
            match title.to {
                Some(to) => Text::new(
                    format!("{}（{} 至 {to}）", known.zh, title.from),
                    format!("{} ({} to {to})", known.en, title.from),
                ),
                None => known,
            }
        })
        .collect();
    if titles.is_empty() {
        return pair(&name, &Text::new("无", "none"));
    }
    pair(&name, &words::join(&titles, "、", ", "))
}

fn events(rulebook: &Rulebook, facts: &Facts) -> Text {
    let name = Text::new("事件", "events");
    let events: Vec<Text> = facts
        .events
        .iter()
        .map(|event| {
            let known = rulebook.catalogue.event(&event.kind).map(|kind| kind.label.clone());
            let known = known.unwrap_or_else(|| Text::new(&event.kind, &event.kind));
            Text::new(
                format!("{}（{}）", known.zh, event.date),
                format!("{} ({})", known.en, event.date),
            )
        })
        .collect();
    if events.is_empty() {
        return pair(&name, &Text::new("无", "none"));
    }
    pair(&name, &words::join(&events, "、", ", "))
}

fn judged(rulebook: &Rulebook, judgement: &Judgement, met: Option<bool>) -> Text {
    let versions = rulebook.programmes.iter().flat_map(|programme| &programme.versions);
    let criteria = versions.flat_map(|version| &version.criteria);
    let found = criteria.flat_map(rules::Criterion::walk).find(|criterion| {
        criterion.owner == judgement.owner && criterion.id == judgement.criterion
    });
    let name = found.map(|criterion| criterion.label.clone());
    let name = name.unwrap_or_else(|| Text::new(&judgement.criterion, &judgement.criterion));
    let value = match met {
        Some(true) => Text::new("评审认为符合", "a reviewer says yes"),
        Some(false) => Text::new("评审认为不符合", "a reviewer says no"),
        None => Text::new("尚未评审", "not judged yet"),
    };
    pair(&name, &value)
}
