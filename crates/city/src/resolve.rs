//! From what the profile says of an indicator to how its columns are made: units, options and columns
//! that it is made from, in place.

use enterprise::{Indicator, Kind};

use crate::column::Make;
use crate::profile::{FactSpec, OptionSpec, PerClass, Profile, Recipe};
use crate::weights::Weights;

/// How a column is made; none if what it is made from is not there.
pub(crate) fn make(
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
            let kinds = ["sole_trader", "cooperative", "enterprise"].map(&option);
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
pub(crate) fn unnamed(indicator: &Indicator) -> FactSpec {
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
                .map(|choice| OptionSpec { id: choice.id.clone(), share: PerClass::One(1) })
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
