//! What the office's own registers hold of a firm: titles, events, what is complete, decisions of
//! persons, relations to others.

use std::collections::BTreeMap;

use enterprise::{Catalogue, EventKind};

use crate::cast::{Cast, Casting};
use crate::draw::{Dice, Theme};
use crate::edge::{Measured, Pack};
use crate::profile::{PerClass, Profile, Registers};
use crate::ranks::{EntityKind, Holding, TitleRange};

const DAYS_OF_YEAR: i64 = 365;
/// Events that the profile does not name: firms in 100,000, within so many years.
const RARE: (i64, i16) = (20, 5);

/// A title with its first and last day.
#[derive(Debug, Clone)]
pub(crate) struct Held<'c> {
    pub programme: &'c str,
    pub from: i32,
    pub to: Option<i32>,
}

/// An event with its day and qualifying numbers.
#[derive(Debug, Clone)]
pub(crate) struct Happening<'c> {
    pub kind: &'c str,
    pub day: i32,
    pub attributes: Vec<(&'c str, i64)>,
}

/// Up to when which events are listed.
#[derive(Debug, Clone)]
pub(crate) struct Complete<'c> {
    pub kind: &'c str,
    pub until: i32,
}

/// The registers of a city.
#[derive(Debug, Clone)]
pub(crate) struct Register {
    shares: Registers,
    kinds: Vec<Rate>,
    today: i32,
    themes: BTreeMap<&'static str, Theme>,
}

#[derive(Debug, Clone)]
struct Rate {
    kind: EventKind,
    rate: PerClass,
    years: i16,
    theme: Theme,
}

impl Register {
    pub(crate) fn new(profile: &Profile, catalogue: &Catalogue, today: i32, seed: u64) -> Self {
        let rate = |kind: &EventKind| {
            let known = profile.events.iter().find(|known| known.kind == kind.id);
            let (rate, years) = known
                .map_or((PerClass::One(RARE.0), RARE.1), |known| (known.rate.clone(), known.years));
            let theme = Theme::new(seed, &format!("event {}", kind.id));
            Rate { kind: kind.clone(), rate, years, theme }
        };
        let names = ["titles", "events", "complete", "assessed", "related"];
        Self {
            shares: profile.registers.clone(),
            kinds: catalogue.events.iter().map(rate).collect(),
            today,
            themes: names.map(|name| (name, Theme::new(seed, name))).into(),
        }
    }

    fn dice(&self, name: &str, cast: &Cast) -> Dice {
        let theme = self.themes.get(name).copied();
        theme.unwrap_or_else(|| Theme::new(0, name)).of(cast.row)
    }

    /// The titles of a firm, held now or formerly.
    pub(crate) fn titles<'c>(&self, casting: &'c Casting, cast: &Cast) -> Vec<Held<'c>> {
        if cast.kind != EntityKind::Enterprise {
            return Vec::new();
        }
        let held = casting.ranks.holdings(cast.rank);
        held.map(|(title, holding)| self.held(title, holding, cast)).collect()
    }

    fn held<'c>(&self, title: &'c TitleRange, holding: Holding, cast: &Cast) -> Held<'c> {
        let mut dice = title.theme.of(cast.row);
        let days = i64::from(title.years) * DAYS_OF_YEAR;
        let today = i64::from(self.today);
        // The first ones of each range stand on the edges of time.
        let (from, to) = match holding {
            Holding::Current(0) => (today - days + 1, today),
            Holding::Current(1) => (today, today + days - 1),
            Holding::Current(_) => {
                let from = today - dice.between(1, days - 2);
                (from, from + days - 1)
            }
            Holding::Former(0) => (today - days, today - 1),
            Holding::Former(_) => {
                let to = today - dice.between(2, 900);
                (to - days + 1, to)
            }
        };
        let from = from.max(i64::from(cast.founded) + 1).min(to);
        let day = |number: i64| i32::try_from(number).unwrap_or(self.today);
        // Of a few, nobody wrote down how long they are valid.
        let is_open = matches!(holding, Holding::Current(2..)) && dice.chance(8);
        Held { programme: &title.programme, from: day(from), to: (!is_open).then(|| day(to)) }
    }

    /// Whether all titles of a firm are known; if not, those known not to be held.
    pub(crate) fn titles_known<'c>(
        &self,
        casting: &'c Casting,
        cast: &Cast,
        held: &[Held<'_>],
    ) -> (bool, Vec<&'c str>) {
        let mut dice = self.dice("titles", cast);
        if dice.chance(self.shares.titles_complete.of(cast.class)) {
            return (true, Vec::new());
        }
        let not_held = casting.ranks.titles.iter().map(|title| title.programme.as_str());
        let not_held = not_held.filter(|id| held.iter().all(|title| title.programme != *id));
        (false, not_held.filter(|_| dice.chance(150)).collect())
    }

    /// What happened to a firm.
    pub(crate) fn events(&self, cast: &Cast, pack: Option<&Pack>) -> Vec<Happening<'_>> {
        let mut events = Vec::new();
        for rate in &self.kinds {
            let mut dice = rate.theme.of(cast.row);
            let asked = u64::try_from(rate.rate.of(cast.class)).unwrap_or(0);
            let happened = dice.below(100_000) < asked;
            let days = i64::from(rate.years) * DAYS_OF_YEAR;
            let day = i64::from(self.today) - dice.between(0, days);
            if happened && day > i64::from(cast.founded) {
                events.push(rate.on(day, &mut dice));
            }
            let points = pack.map_or(&[][..], |pack| pack.points.as_slice());
            for point in points {
                if point.edge.measured == Measured::Event(rate.kind.id.clone()) {
                    events.push(rate.on(point.edge.at + point.nudge, &mut dice));
                }
            }
        }
        events
    }

    /// Of which kinds all events of a firm are known, and up to when.
    pub(crate) fn complete(&self, cast: &Cast) -> Vec<Complete<'_>> {
        let mut dice = self.dice("complete", cast);
        if cast.pack.is_none() && !dice.chance(self.shares.events_complete.of(cast.class)) {
            return Vec::new();
        }
        match dice.below(100) {
            // One department has not reported.
            0..3 => {
                let lacking = self.kinds.len().saturating_sub(1);
                let lacking = dice.below(u64::try_from(lacking).unwrap_or(0) + 1);
                let kinds = self.kinds.iter().zip(0_u64..).filter(|(_, place)| *place != lacking);
                kinds.map(|(rate, _)| Complete { kind: &rate.kind.id, until: self.today }).collect()
            }
            // The last report is a while ago.
            3..5 => vec![Complete { kind: "*", until: self.today - 40 }],
            _ => vec![Complete { kind: "*", until: self.today }],
        }
    }

    /// What an assessor found, criterion by criterion; nothing for firms that nobody has assessed.
    pub(crate) fn assessed(&self, cast: &Cast, criteria: usize) -> Vec<(bool, i32)> {
        let mut dice = self.dice("assessed", cast);
        if !dice.chance(self.shares.assessed.of(cast.class)) {
            return Vec::new();
        }
        let day = self.today - i32::try_from(dice.between(3, 300)).unwrap_or(3);
        let met = self.shares.assessed_met.of(cast.class);
        (0..criteria).map(|_| (dice.chance(met), day)).collect()
    }

    /// The row of another firm to which this one is related, and whether it controls it.
    pub(crate) fn related(&self, cast: &Cast, entities: u64) -> Option<(u64, bool)> {
        let mut dice = self.dice("related", cast);
        if !dice.chance(self.shares.related.of(cast.class)) {
            return None;
        }
        let other = dice.below(entities.max(1));
        (other != cast.row).then(|| (other, dice.chance(500)))
    }
}

impl Rate {
    fn on(&self, day: i64, dice: &mut Dice) -> Happening<'_> {
        // Of one in ten the rank is not known.
        let attributes = self.kind.attributes.iter();
        let mut known = Vec::new();
        for attribute in attributes {
            if dice.chance(900) {
                known.push((attribute.id.as_str(), dice.between(1, 6)));
            }
        }
        let attributes = known.into_iter().collect();
        Happening { kind: &self.kind.id, day: i32::try_from(day).unwrap_or(0), attributes }
    }
}
