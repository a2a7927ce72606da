//! What stands in a profile, part by part, as the file has it.

use serde::Deserialize;

/// Figures by class of entity, in the order of `classes`: one for all, or sole traders, cooperatives,
/// enterprises at large and all classes after them, or one for each.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum PerClass {
    /// The same for all.
    One(i64),
    /// One each, or four as said above.
    Each(Vec<i64>),
}

/// The numbers of the whole city.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Entities {
    pub all: u64,
    pub enterprises: u64,
    pub cooperatives: u64,
    pub library: u64,
}

/// A small city that shows everything: shares in a thousand instead of those of the whole city.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stratified {
    pub enterprises: u64,
    pub cooperatives: u64,
    pub library: u64,
    pub least: u64,
}

/// What the office's own lists know, in a thousand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Registers {
    pub titles_complete: PerClass,
    pub events_complete: PerClass,
    pub assessed: PerClass,
    pub assessed_met: PerClass,
    pub related: PerClass,
    pub on_an_edge: PerClass,
}

/// A shuffled order of the firms in the library.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrderSpec {
    pub id: String,
}

/// Who holds a title: the firms from one place to another in an order.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TitleSpec {
    pub programme: String,
    pub order: String,
    #[serde(default)]
    pub first: u64,
    pub count: u64,
    #[serde(default)]
    pub former: u64,
    pub years: i16,
    pub class: Option<String>,
}

/// Who knows facts first hand, and how often it knows anything about a firm, in a thousand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceSpec {
    pub id: String,
    pub knows: PerClass,
}

/// A district and its share.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DistrictSpec {
    pub code: String,
    pub share: PerClass,
}

/// An industry, its word in names, and its share among classes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndustrySpec {
    pub code: String,
    pub word: String,
    pub share: PerClass,
}

/// How one indicator is made up.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactSpec {
    pub id: String,
    pub source: String,
    /// Not known though the source knows the firm, in a thousand.
    #[serde(default = "PerClass::none")]
    pub gap: PerClass,
    /// Years after the base year that are known already.
    #[serde(default)]
    pub ahead: i16,
    pub make: Recipe,
}

/// How values are drawn. Money in 10,000 yuan, ratios in a thousandth, spreads of `log` and `times` in
/// hundredths of a doubling.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", tag = "as")]
pub(crate) enum Recipe {
    /// The kind of entity.
    EntityKind,
    /// The district.
    District,
    /// The industry code.
    Industry,
    /// The founding date.
    Founded { age: PerClass, spread: PerClass },
    /// A date between the founding and today; a share of them before the founding.
    Since { early: PerClass },
    /// Log-normal around a median; yearly ones grow.
    Log {
        median: PerClass,
        spread: PerClass,
        #[serde(default = "PerClass::none")]
        none: PerClass,
        #[serde(default = "PerClass::none")]
        growth: PerClass,
        #[serde(default = "PerClass::none")]
        swing: PerClass,
    },
    /// A normally spread share of another indicator.
    Part {
        of: String,
        share: PerClass,
        spread: PerClass,
        #[serde(default)]
        low: i64,
        #[serde(default = "whole")]
        high: i64,
    },
    /// Another indicator times a log-normal ratio.
    Times { of: String, ratio: PerClass, spread: PerClass },
    /// One for each so much of another indicator, log-normal.
    Per { of: String, each: PerClass, spread: PerClass },
    /// Normal around a mean, within the range of the indicator.
    Normal { mean: PerClass, spread: PerClass },
    /// Yes, in a thousand.
    Yes { share: PerClass },
    /// One of the options, by shares.
    Option { options: Vec<OptionSpec> },
}

/// An option and its share.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionSpec {
    pub id: String,
    pub share: PerClass,
}

/// How often an event happened within the years, in 100,000 firms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventSpec {
    pub kind: String,
    pub rate: PerClass,
    pub years: i16,
}

/// Another source whose figure was not taken.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConflictSpec {
    pub fact: String,
    pub source: String,
    /// In a thousand of those that know the fact.
    pub share: PerClass,
    /// How far off, in hundredths of a doubling.
    pub spread: i64,
}

const fn whole() -> i64 {
    1_000
}

impl PerClass {
    /// Zero for all.
    pub(crate) const fn none() -> Self {
        Self::One(0)
    }

    /// The figure of a class.
    pub(crate) fn of(&self, class: u8) -> i64 {
        match self {
            Self::One(value) => *value,
            Self::Each(values) => {
                let place = usize::from(class).min(values.len().saturating_sub(1));
                values.get(place).copied().unwrap_or(0)
            }
        }
    }
}
