//! Size classes under the present law and under variants that tell them apart otherwise, as columns:
//! the law of the classes put as a programme with a criterion for each class.

use std::sync::Arc;

use enterprise::{Kind, Text};
use jiff::civil::Date;
use rules::{
    Applies, Body, Citation, Condition, Criterion, Document, FactRef, Member, Programme, Purpose,
    Rulebook, Standing, Status, Version,
};
use screening::{Builder, Results};

use crate::pairs::Ask;
use crate::profile::SIZE;

/// Under which law: the present one, or that of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Under {
    /// The present law.
    Present,
    /// A changed one, by its place.
    Variant(usize),
}

/// Where the classes of each law stand in the results.
pub(crate) struct Classes {
    present: Option<usize>,
    /// By variant; none where it tells classes apart as the present law does.
    variants: Vec<Option<usize>>,
    options: usize,
}

impl Classes {
    /// Adds what is needed to a screening.
    pub fn new(ask: &Ask, builder: &mut Builder) -> Self {
        let asked = asked(ask.rulebook()).filter(|_| ask.reclassifies());
        let options = asked.as_ref().map_or(0, |(_, options)| *options);
        let Some((programme, _)) = asked else {
            return Self { present: None, variants: Vec::new(), options };
        };
        let present = Some(builder.add(ask.rulebook(), &programme));
        let variants = ask.variants.iter().map(|variant| {
            variant.reclassifies.then(|| builder.add(&variant.rulebook, &programme))
        });
        Self { present, variants: variants.collect(), options }
    }

    /// The class of a row, if one is told.
    pub fn of(&self, results: &Results, under: Under, row: usize) -> Option<usize> {
        let place = match under {
            Under::Present => self.present,
            Under::Variant(variant) => self.variants.get(variant).copied().flatten(),
        };
        let columns = results.programmes.get(place?)?;
        let has = |masks: &[Vec<u64>], option: usize| {
            let word = masks.get(option / 64).and_then(|words| words.get(row));
            word.is_none_or(|word| word >> (option % 64) & 1 == 1)
        };
        columns.case.get(row).filter(|case| **case != screening::code::NO_CASE)?;
        (0..self.options)
            .find(|option| !has(&columns.not_met, *option) && !has(&columns.unknown, *option))
    }
}

/// A programme that asks for each class in turn, and how many there are.
fn asked(rulebook: &Rulebook) -> Option<(Programme, usize)> {
    let indicator = rulebook.catalogue.indicator(SIZE)?;
    let Kind::Choice(choices) = &indicator.kind else { return None };
    let citation = || Citation {
        document: Arc::new(Document::default()),
        clause: String::new(),
        status: Status::Recalled,
        note: None,
    };
    let criterion = |option: usize| Criterion {
        id: format!("option-{option}"),
        owner: SIZE.to_owned(),
        label: Text::default(),
        citation: citation(),
        note: None,
        purposes: Vec::new(),
        when: None,
        direct: false,
        limits: Vec::new(),
        body: Body::Require(Condition::Member(Member {
            fact: FactRef { indicator: Arc::clone(indicator), offset: None },
            options: vec![option],
        })),
    };
    let applies = [Purpose::New, Purpose::ReReview, Purpose::Yearly].map(|purpose| Applies {
        purpose,
        from: Date::MIN,
        to: None,
        citation: citation(),
    });
    let version = Version {
        id: SIZE.to_owned(),
        standing: Standing::Binding,
        document: Arc::new(Document::default()),
        applies: applies.into(),
        published: None,
        note: None,
        criteria: (0..choices.len()).map(criterion).collect(),
        score: None,
        assumptions: Vec::new(),
        validity: None,
        benefits: Vec::new(),
        preferences: Vec::new(),
        materials: Vec::new(),
        steps: Vec::new(),
        duties: Vec::new(),
        open_points: Vec::new(),
        process: None,
    };
    let programme = Programme {
        id: SIZE.to_owned(),
        title: Text::default(),
        authority: Text::default(),
        subject: "enterprise".to_owned(),
        kind: String::new(),
        held_through: Vec::new(),
        versions: vec![version],
    };
    Some((programme, choices.len()))
}
