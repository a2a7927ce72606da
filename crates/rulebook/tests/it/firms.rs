//! Random firms: what can be said about one, and how to learn one more thing about it.

use enterprise::{
    Completeness, Event, Fact, FactKey, Facts, Indicator, Judgement, Kind, Source, Title, Value,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rules::{Missing, Rulebook};

/// A reproducible source of choices.
pub(crate) struct Dice(pub u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides.max(1) as u64).unwrap()
    }

    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.roll(from.len())]
    }
}

/// What firms are made of: a rulebook, the day, and numbers worth trying.
pub(crate) struct World<'r> {
    pub rulebook: &'r Rulebook,
    pub as_of: Date,
    /// Stored numbers at or next to the edges of the law.
    pub edges: Vec<i64>,
}

impl World<'_> {
    pub(crate) fn value(&self, indicator: &Indicator, dice: &mut Dice) -> Value {
        match &indicator.kind {
            Kind::Money | Kind::Ratio | Kind::Number { .. } => {
                let (low, high) = indicator.range.unwrap_or((-2_000_000, 2_000_000));
                let number = match dice.roll(8) {
                    0 => low,
                    1 => high,
                    2 => 0,
                    3 => i64::try_from(dice.roll(200)).unwrap() * indicator.kind.scale() / 10,
                    _ => dice.pick(&self.edges) + [-1, 0, 1][dice.roll(3)],
                };
                Value::Number(number.clamp(low, high))
            }
            Kind::Date => {
                let days = i64::try_from(dice.roll(9000)).unwrap();
                Value::Date(self.as_of.saturating_sub(days.days()))
            }
            Kind::Flag => Value::Flag(dice.roll(2) == 0),
            Kind::Choice(choices) => Value::Choice(dice.roll(choices.len())),
            Kind::Industry => {
                let codes = ["C3484", "C", "591", "5910", "G", "59", "J66", "A01", "7020", "E"];
                Value::Code((*dice.pick(&codes)).to_owned())
            }
        }
    }

    /// Sets an unknown fact; the founding lies before every year that is known.
    pub(crate) fn learn_fact(&self, facts: &mut Facts, key: &FactKey, dice: &mut Dice) {
        let indicator = self.rulebook.catalogue.indicator(&key.indicator).unwrap();
        let mut value = self.value(indicator, dice);
        if let (true, Value::Date(founded)) = (key.indicator == "founded_on", &value) {
            let first = facts.iter().filter_map(|(key, _)| key.year).min().unwrap_or(i16::MAX);
            if founded.year() > first {
                value = Value::Date(date(first, 12, 31));
            }
        }
        let known = facts.set(&key.indicator, key.year, Fact { value, source: Source::default() });
        assert_eq!(known, None, "{key:?} was known");
    }

    /// Learns one of the things that were said to be missing.
    pub(crate) fn learn(&self, facts: &mut Facts, missing: &Missing, dice: &mut Dice) {
        match missing {
            Missing::Fact { key, .. } => self.learn_fact(facts, key, dice),
            Missing::Title(programme) => self.learn_title(facts, programme, dice),
            Missing::Event { kind, attribute } => {
                self.learn_event(facts, kind, attribute.as_deref(), dice);
            }
            Missing::Judgement { owner, criterion } => {
                let same = |known: &Judgement| {
                    known.owner == *owner
                        && known.criterion == *criterion
                        && known.on.is_none_or(|on| on <= self.as_of)
                };
                assert!(!facts.judgements.iter().any(same), "{owner}/{criterion} was judged");
                facts.judgements.push(Judgement {
                    owner: owner.clone(),
                    criterion: criterion.clone(),
                    met: dice.roll(2) == 0,
                    by: None,
                    on: (dice.roll(2) == 0).then_some(self.as_of),
                    note: None,
                });
            }
        }
    }

    fn learn_title(&self, facts: &mut Facts, programme: &str, dice: &mut Dice) {
        let days = |dice: &mut Dice| i64::try_from(dice.roll(1500)).unwrap().days();
        let endless = facts.titles.iter_mut().find(|known| {
            known.programme == programme && known.to.is_none() && known.from <= self.as_of
        });
        if let Some(title) = endless {
            title.to = Some(title.from.saturating_add(days(dice)));
            return;
        }
        assert!(!facts.titles_complete && !facts.titles_denied.iter().any(|id| id == programme));
        assert!(!facts.titles.iter().any(|known| known.programme == programme));
        if dice.roll(3) == 0 {
            facts.titles_denied.push(programme.to_owned());
        } else {
            let from = self.as_of.saturating_sub(days(dice)).saturating_add(200.days());
            let to = (dice.roll(4) > 0).then(|| from.saturating_add(days(dice)));
            facts.titles.push(Title { programme: programme.to_owned(), from, to });
        }
    }

    fn learn_event(&self, facts: &mut Facts, kind: &str, attribute: Option<&str>, dice: &mut Dice) {
        let number = i64::try_from(dice.roll(8)).unwrap();
        if let Some(attribute) = attribute {
            let lacking = facts.events.iter_mut().find(|event| {
                event.kind == kind
                    && !event.attributes.contains_key(attribute)
                    && event.date <= self.as_of
                    && event.date >= self.as_of.saturating_sub(10.years())
            });
            let event = lacking.expect("an event without the qualifying number");
            event.attributes.insert(attribute.to_owned(), number);
            return;
        }
        let declared = facts.complete.iter().any(|known| known.kind == kind || known.kind == "*");
        if declared || dice.roll(2) == 0 {
            let until = self.as_of;
            facts.complete.push(Completeness { kind: kind.to_owned(), from: None, until });
            return;
        }
        let known = self.rulebook.catalogue.event(kind).unwrap();
        let mut event = Event {
            kind: kind.to_owned(),
            date: self.as_of.saturating_sub(i64::try_from(dice.roll(1500)).unwrap().days()),
            attributes: Default::default(),
        };
        for attribute in &known.attributes {
            if dice.roll(2) == 0 {
                event.attributes.insert(attribute.id.clone(), number);
            }
        }
        facts.events.push(event);
    }

    /// A firm about which something is known, more or less of it.
    pub(crate) fn firm(&self, years: std::ops::RangeInclusive<i16>, dice: &mut Dice) -> Facts {
        let mut facts = Facts::default();
        let known = dice.roll(10);
        for indicator in self.rulebook.catalogue.indicators() {
            if !indicator.given {
                continue;
            }
            let years: Vec<Option<i16>> = match indicator.period {
                enterprise::Period::State => vec![None],
                enterprise::Period::Yearly => years.clone().map(Some).collect(),
            };
            for year in years {
                // What can be computed is rarely given as well.
                let likely = if indicator.derived { known / 5 } else { known };
                if dice.roll(10) < likely {
                    let key = FactKey { indicator: indicator.id.clone(), year };
                    self.learn_fact(&mut facts, &key, dice);
                }
            }
        }
        for title in &self.rulebook.catalogue.titles {
            if dice.roll(20) < known {
                self.learn_title(&mut facts, &title.id, dice);
            }
        }
        facts.titles_complete = dice.roll(20) < known;
        for kind in &self.rulebook.catalogue.events {
            if dice.roll(10) < known {
                self.learn_event(&mut facts, &kind.id, None, dice);
            }
        }
        facts
    }
}
