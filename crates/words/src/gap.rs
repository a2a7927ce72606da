//! What is missing or pending, in words.

use enterprise::{Catalogue, Indicator, Text};
use rules::{LackOrder, Missing, Pending, Rulebook};

use crate::condition::quoted;
use crate::join;
use crate::quantity::with_year;

/// What would have to be known.
pub fn missing(missing: &Missing, rulebook: &Rulebook) -> Text {
    let catalogue = &rulebook.catalogue;
    match missing {
        Missing::Fact { key, .. } => match catalogue.indicator(&key.indicator) {
            Some(indicator) => with_year(&indicator.label, key.year),
            None => Text::new(key.indicator.clone(), key.indicator.clone()),
        },
        Missing::Title(programme) => {
            let label = title(catalogue, programme);
            Text::new(
                format!("是否持有{}称号", quoted(&label.zh)),
                format!("whether the title {} is held", label.en),
            )
        }
        Missing::Event { kind, attribute } => {
            let Some(event) = catalogue.event(kind) else {
                return Text::new(kind.clone(), kind.clone());
            };
            let attribute = attribute.as_ref().and_then(|id| {
                event.attributes.iter().find(|known| known.id == *id).map(|known| &known.label)
            });
            match attribute {
                Some(attribute) => Text::new(
                    format!("{}的{}", quoted(&event.label.zh), attribute.zh),
                    format!("{} of: {}", attribute.en, event.label.en),
                ),
                None => Text::new(
                    format!("有无{}", quoted(&event.label.zh)),
                    format!("whether there was: {}", event.label.en),
                ),
            }
        }
        Missing::Judgement { owner, criterion } => match catalogue.judged(owner, criterion) {
            Some(judged) => judged.label.clone(),
            None => Text::new(criterion.clone(), criterion.clone()),
        },
    }
}

/// How a question about something is called when it is listed.
pub fn name(what: &Missing, rulebook: &Rulebook) -> Text {
    match what {
        Missing::Title(programme) => title(&rulebook.catalogue, programme),
        Missing::Event { kind, attribute: None } => match rulebook.catalogue.event(kind) {
            Some(event) => event.label.clone(),
            None => missing(what, rulebook),
        },
        _ => missing(what, rulebook),
    }
}

/// What somebody has to say, or what is not public, and who says it.
pub fn waits(missing: &Missing, rulebook: &Rulebook) -> Text {
    let words = self::missing(missing, rulebook);
    match missing {
        Missing::Fact { key, lack } => {
            let source = rulebook.catalogue.indicator(&key.indicator).map(|known| &known.source);
            let source = source.cloned().unwrap_or_default();
            match lack {
                LackOrder::Open => Text::new(
                    format!("{}：标准未公开", words.zh),
                    format!("{}: the standard is not public", words.en),
                ),
                _ => Text::new(
                    format!("{}：由{}给出", words.zh, source.zh),
                    format!("{}: given by {}", words.en, source.en),
                ),
            }
        }
        _ => Text::new(
            format!("{}：须人工判断", words.zh),
            format!("{}: a person decides", words.en),
        ),
    }
}

/// The facts that somebody can look up, those of one indicator together with their years.
pub fn figures<'r>(missing: &[Missing], rulebook: &'r Rulebook) -> Vec<(&'r Indicator, Vec<i16>)> {
    let mut found: Vec<(&Indicator, Vec<i16>)> = Vec::new();
    for what in missing {
        let Missing::Fact { key, .. } = what else { continue };
        let known = found.iter_mut().find(|(indicator, _)| indicator.id == key.indicator);
        match known {
            Some((_, years)) => years.extend(key.year),
            None if what.why().data => {
                let indicator = rulebook.catalogue.indicator(&key.indicator);
                found.extend(indicator.map(|one| (&**one, key.year.into_iter().collect())));
            }
            None => {}
        }
    }
    found
}

/// Titles and kinds of events of which it is not known whether there are any.
pub fn lists(missing: &[Missing], rulebook: &Rulebook) -> Vec<Text> {
    let labels = |wanted: fn(&Missing) -> bool| {
        let found = missing.iter().filter(|what| wanted(what));
        let labels: Vec<Text> = found
            .map(|what| match what {
                Missing::Event { kind, .. } => {
                    let event = rulebook.catalogue.event(kind);
                    event.map(|event| event.label.clone()).unwrap_or_default()
                }
                Missing::Title(programme) => title(&rulebook.catalogue, programme),
                other => self::missing(other, rulebook),
            })
            .collect();
        (!labels.is_empty()).then(|| join(&labels, "、", ", "))
    };
    let events = labels(|what| matches!(what, Missing::Event { .. }));
    let titles = labels(|what| matches!(what, Missing::Title(_)));
    let events = events.map(|list| {
        Text::new(
            format!("事件的完整名单（截至评估日）：{}", list.zh),
            format!("complete lists of events up to the date: {}", list.en),
        )
    });
    let titles = titles.map(|list| {
        Text::new(
            format!("是否持有称号：{}", list.zh),
            format!("whether these titles are held: {}", list.en),
        )
    });
    events.into_iter().chain(titles).collect()
}

/// Why the law gives a value no meaning.
pub fn pending(pending: &Pending) -> Text {
    match pending {
        Pending::NoDivisor => Text::new(
            "除数为零或负数，须人工判断",
            "the divisor is zero or negative: a person decides",
        ),
        Pending::BeforeFounding(year) => Text::new(
            format!("{year} 年企业尚未成立，须人工判断"),
            format!("the firm was not founded in {year}: a person decides"),
        ),
        Pending::NoGrowthRate => Text::new(
            "数值为负，增长率没有意义，须人工判断",
            "no growth rate from or to a negative value: a person decides",
        ),
        Pending::NoStandard(code) => Text::new(
            format!("行业 {code} 没有划型标准，须人工判断"),
            format!("no size standard covers industry {code}: a person decides"),
        ),
        Pending::CoarseIndustry(code) => Text::new(
            format!("行业代码 {code} 太粗，不能选定划型标准"),
            format!("industry code {code} is too coarse to choose a size standard"),
        ),
        Pending::TooWide => {
            Text::new("数值超出可计算范围", "the number is too large to compute with")
        }
        Pending::NoCase => {
            Text::new("没有适用的情形，须人工判断", "none of the cases applies: a person decides")
        }
    }
}

/// The name of a title.
pub fn title(catalogue: &Catalogue, programme: &str) -> Text {
    match catalogue.title(programme) {
        Some(title) => title.label.clone(),
        None => Text::new(programme, programme),
    }
}

/// The stable word of what a fact costs to obtain.
pub fn cost_code(cost: enterprise::Cost) -> &'static str {
    match cost {
        enterprise::Cost::Registry => "registry",
        enterprise::Cost::Upload => "upload",
        enterprise::Cost::Ask => "ask",
        enterprise::Cost::Expert => "expert",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pending_reason_names_what_a_person_has_to_look_at() {
        for (reason, part) in [
            (Pending::NoDivisor, "除数"),
            (Pending::BeforeFounding(2023), "2023 年企业尚未成立"),
            (Pending::NoGrowthRate, "增长率没有意义"),
            (Pending::NoStandard("C34".into()), "行业 C34 没有划型标准"),
            (Pending::CoarseIndustry("I".into()), "行业代码 I 太粗"),
            (Pending::TooWide, "超出可计算范围"),
            (Pending::NoCase, "没有适用的情形"),
        ] {
            let words = pending(&reason);
            assert!(words.zh.contains(part), "{}", words.zh);
            assert!(words.en.is_ascii() && !words.en.is_empty(), "{}", words.en);
        }
    }

    #[test]
    fn what_the_catalogue_does_not_know_is_named_by_its_id() {
        let rulebook = Rulebook::default();
        let event = Missing::Event { kind: "award".into(), attribute: None };
        let judgement = Missing::Judgement { owner: "p".into(), criterion: "market".into() };
        assert_eq!(missing(&event, &rulebook).zh, "award");
        assert_eq!(missing(&judgement, &rulebook).zh, "market");
        assert_eq!(missing(&Missing::Title("t".into()), &rulebook).zh, "是否持有“t”称号");
    }
}
