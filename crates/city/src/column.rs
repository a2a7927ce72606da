//! The columns of facts: which indicators in which years, made how, from what, known to whom. Worked
//! out once for a city.

use std::collections::BTreeMap;
use std::sync::Arc;

use enterprise::{Catalogue, FactKey, Indicator, Kind, Period};

use crate::draw::Theme;
use crate::profile::{FactSpec, PerClass, Profile};
use crate::resolve::{make, unnamed};
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
