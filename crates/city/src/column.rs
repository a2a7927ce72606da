//! The columns of facts: which indicators in which years, made how, from what, known to whom. Worked
//! out once for a city.

use std::collections::BTreeMap;
use std::sync::Arc;

use enterprise::{Catalogue, FactKey, Indicator, Kind, Period};

use crate::draw::Theme;
use crate::profile::{FactSpec, PerClass, Profile, Recipe};
use crate::weights::Weights;

/// Fiscal years before the base year that are known: growth over two years and sums of three need as
/// many, and one more shows what is too old.
const YEARS_BACK: i16 = 3;

/// A column of facts.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub key: FactKey,
    pub indicator: Arc<Indicator>,
    pub make: Make,
    /// The bit of its source.
    pub source: u32,
    /// The bits of its source and of those of all columns that are made from it.
    pub reach: u32,
    pub gap: PerClass,
    /// Draws that are the firm's, whatever the year.
    pub firm: Theme,
    /// Draws of this year alone.
    pub year: Theme,
    pub range: (i64, i64),
}

/// How a value comes about, with what it is made from in place.
#[derive(Debug, Clone)]
pub(crate) enum Make {
    EntityKind(Vec<i64>),
    District(Vec<Option<i64>>),
    Industry,
    Founded,
    Since {
        early: PerClass,
    },
    Log {
        unit: i64,
        median: PerClass,
        spread: PerClass,
        none: PerClass,
    },
    /// The year after this one, before its growth.
    Before {
        later: usize,
        growth: PerClass,
        swing: PerClass,
    },
    Part {
        of: usize,
        share: PerClass,
        spread: PerClass,
        low: i64,
        high: i64,
    },
    Times {
        of: usize,
        ratio: PerClass,
        spread: PerClass,
    },
    Per {
        of: usize,
        unit: i64,
        each: PerClass,
        spread: PerClass,
    },
    Normal {
        unit: i64,
        mean: PerClass,
        spread: PerClass,
    },
    Yes {
        share: PerClass,
    },
    Option {
        weights: Weights,
        options: Vec<i64>,
    },
}

/// The columns in an order in which each comes after those that it is made from.
pub(crate) fn columns(
    profile: &Profile,
    catalogue: &Catalogue,
    base_year: i16,
    seed: u64,
) -> Result<Vec<Column>, String> {
    let mut columns: Vec<Column> = Vec::new();
    let mut places: BTreeMap<(String, Option<i16>), usize> = BTreeMap::new();
    let named: Vec<&str> = profile.facts.iter().map(|fact| fact.id.as_str()).collect();
    let others = catalogue.indicators().iter().filter(|indicator| {
        indicator.given && !indicator.derived && !named.contains(&indicator.id.as_str())
    });
    let others: Vec<FactSpec> = others.map(|indicator| unnamed(indicator)).collect();
    for spec in profile.facts.iter().chain(&others) {
        // A rulebook need not know everything that the profile can make up.
        let Some(indicator) = catalogue.indicator(&spec.id) else { continue };
        let bit = profile.sources.iter().position(|source| source.id == spec.source);
        let bit = bit.and_then(|bit| u32::try_from(bit).ok()).filter(|bit| *bit < 32);
        let bit = bit.ok_or_else(|| format!("{}: unknown source `{}`", spec.id, spec.source))?;
        let years: Vec<Option<i16>> = match indicator.period {
            Period::State => vec![None],
            Period::Yearly => {
                let (first, last) = (base_year - YEARS_BACK, base_year + spec.ahead);
                (first..=last).rev().map(Some).collect()
            }
        };
        let firm = Theme::new(seed, &spec.id);
        for year in years {
            let parent = |of: &str| {
                let of_year = places.get(&(of.to_owned(), year));
                let present = || places.get(&(of.to_owned(), None));
                let last = || places.get(&(of.to_owned(), Some(base_year)));
                of_year.or_else(present).or_else(last).copied()
            };
            let later = year.and_then(|year| places.get(&(spec.id.clone(), Some(year + 1))));
            let Some(make) = make(profile, spec, indicator, parent, later.copied())? else {
                continue;
            };
            places.insert((spec.id.clone(), year), columns.len());
            columns.push(Column {
                key: FactKey { indicator: spec.id.clone(), year },
                indicator: Arc::clone(indicator),
                make,
                source: 1 << bit,
                reach: 1 << bit,
                gap: spec.gap.clone(),
                firm,
                year: firm.part(year.map_or(0, |year| u64::from(year.unsigned_abs()))),
                range: indicator.range.unwrap_or((i64::MIN, i64::MAX)),
            });
        }
    }
    for place in (0..columns.len()).rev() {
        let Some((parent, reach)) = columns.get(place).and_then(|c| Some((c.parent()?, c.reach)))
        else {
            continue;
        };
        if let Some(parent) = columns.get_mut(parent) {
            parent.reach |= reach;
        }
    }
    Ok(columns)
}

impl Column {
    /// The column that it is made from.
    pub(crate) fn parent(&self) -> Option<usize> {
        match self.make {
            Make::Part { of, .. } | Make::Times { of, .. } | Make::Per { of, .. } => Some(of),
            Make::Before { later, .. } => Some(later),
            _ => None,
        }
    }

    /// The column that it follows when that is forced to another value.
    pub(crate) fn follows(&self) -> Option<usize> {
        match self.make {
            Make::Before { .. } => None,
            _ => self.parent(),
        }
    }
}

fn make(
    profile: &Profile,
    spec: &FactSpec,
    indicator: &Indicator,
    parent: impl Fn(&str) -> Option<usize>,
    later: Option<usize>,
) -> Result<Option<Make>, String> {
    let unit = match indicator.kind {
        Kind::Money => 1_000_000,
        Kind::Ratio => 1_000,
        _ => indicator.kind.scale(),
    };
    let option = |id: &str| match &indicator.kind {
        Kind::Choice(choices) => {
            let place = choices.iter().position(|choice| choice.id == id);
            place.and_then(|place| i64::try_from(place).ok())
        }
        _ => None,
    };
    let is_choice = matches!(indicator.kind, Kind::Choice(_));
    let fits = match &spec.make {
        Recipe::EntityKind | Recipe::District | Recipe::Option { .. } => is_choice,
        Recipe::Industry => indicator.kind == Kind::Industry,
        Recipe::Founded { .. } | Recipe::Since { .. } => indicator.kind == Kind::Date,
        Recipe::Yes { .. } => indicator.kind == Kind::Flag,
        _ => indicator.range.is_some(),
    };
    if !fits {
        return Err(format!("{}: made in a way that does not fit its kind", spec.id));
    }
    Ok(Some(match &spec.make {
        Recipe::EntityKind => {
            let kinds = ["sole_trader", "cooperative", "enterprise"].map(|id| option(id));
            let kinds: Option<Vec<i64>> = kinds.into_iter().collect();
            match kinds {
                Some(kinds) => Make::EntityKind(kinds),
                None => return Ok(None),
            }
        }
        Recipe::District => Make::District(
            profile.districts.iter().map(|district| option(&district.code)).collect(),
        ),
        Recipe::Industry => Make::Industry,
        Recipe::Founded { .. } => Make::Founded,
        Recipe::Since { early } => Make::Since { early: early.clone() },
        Recipe::Log { median, spread, none, growth, swing } => match later {
            Some(later) if !indicator.one_off => {
                Make::Before { later, growth: growth.clone(), swing: swing.clone() }
            }
            _ => Make::Log {
                unit,
                median: median.clone(),
                spread: spread.clone(),
                none: none.clone(),
            },
        },
        Recipe::Part { of, share, spread, low, high } => {
            let Some(of) = parent(of) else { return Ok(None) };
            let (share, spread) = (share.clone(), spread.clone());
            Make::Part { of, share, spread, low: *low, high: *high }
        }
        Recipe::Times { of, ratio, spread } => {
            let Some(of) = parent(of) else { return Ok(None) };
            Make::Times { of, ratio: ratio.clone(), spread: spread.clone() }
        }
        Recipe::Per { of, each, spread } => {
            let Some(of) = parent(of) else { return Ok(None) };
            Make::Per { of, unit: 1_000_000, each: each.clone(), spread: spread.clone() }
        }
        Recipe::Normal { mean, spread } => {
            Make::Normal { unit, mean: mean.clone(), spread: spread.clone() }
        }
        Recipe::Yes { share } => Make::Yes { share: share.clone() },
        Recipe::Option { options } => {
            let known = || options.iter().filter(|known| option(&known.id).is_some());
            let classes = u8::try_from(profile.classes.len()).unwrap_or(1);
            Make::Option {
                weights: Weights::new(known().map(|option| &option.share), classes),
                options: known().filter_map(|known| option(&known.id)).collect(),
            }
        }
    }))
}

/// How an indicator is made up that the profile does not name: something that its kind admits.
fn unnamed(indicator: &Indicator) -> FactSpec {
    let make = match &indicator.kind {
        Kind::Money | Kind::Number { .. } => Recipe::Log {
            median: PerClass::One(20),
            spread: PerClass::One(250),
            none: PerClass::One(100),
            growth: PerClass::One(30),
            swing: PerClass::One(200),
        },
        Kind::Ratio => Recipe::Normal { mean: PerClass::One(300), spread: PerClass::One(300) },
        Kind::Date => Recipe::Since { early: PerClass::One(20) },
        Kind::Flag => Recipe::Yes { share: PerClass::One(300) },
        Kind::Choice(choices) => Recipe::Option {
            options: choices
                .iter()
                .map(|choice| crate::profile::OptionSpec {
                    id: choice.id.clone(),
                    share: PerClass::One(1),
                })
                .collect(),
        },
        Kind::Industry => Recipe::Industry,
    };
    FactSpec {
        id: indicator.id.clone(),
        source: "declared".to_owned(),
        gap: PerClass::One(100),
        ahead: 0,
        make,
    }
}
