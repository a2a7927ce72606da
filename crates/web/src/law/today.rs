//! How a programme stands on a day: by which version, and what its verdicts are worth.

use jiff::civil::Date;
use rules::{Applies, Programme, Purpose, Version};

/// How a programme stands on a day.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Standing<'r> {
    /// A version is in force.
    InForce(&'r Version, &'r Applies),
    /// The first version is not in force yet.
    Later(&'r Version, Date),
    /// All versions are over.
    Over(&'r Version),
    /// The rulebook has only its name.
    NameOnly,
}

/// How a programme stands on a day: for new applications if there are any, else for whatever there is.
pub(crate) fn standing(programme: &Programme, day: Date) -> Standing<'_> {
    let all = || {
        programme
            .versions
            .iter()
            .flat_map(|version| version.applies.iter().map(move |applies| (version, applies)))
    };
    let now = |new_only: bool| {
        all().find(|(_, applies)| {
            applies.covers(day) && (!new_only || applies.purpose == Purpose::New)
        })
    };
    if let Some((version, applies)) = now(true).or_else(|| now(false)) {
        return Standing::InForce(version, applies);
    }
    let later = all().filter(|(_, applies)| applies.from > day).min_by_key(|(_, one)| one.from);
    if let Some((version, applies)) = later {
        return Standing::Later(version, applies.from);
    }
    let last = all().max_by_key(|(_, applies)| (applies.to.is_none(), applies.to, applies.from));
    last.map_or(Standing::NameOnly, |(version, _)| Standing::Over(version))
}

impl<'r> Standing<'r> {
    /// The version that a reader looks for first.
    pub fn version(self) -> Option<&'r Version> {
        match self {
            Self::InForce(version, _) | Self::Later(version, _) | Self::Over(version) => {
                Some(version)
            }
            Self::NameOnly => None,
        }
    }

    /// The word for it in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::InForce(version, _) => version.standing.code(),
            Self::Later(..) => "later",
            Self::Over(_) => "historical",
            Self::NameOnly => "name-only",
        }
    }

    /// The class of its chip.
    pub fn class(self) -> &'static str {
        match self.code() {
            "binding" => "good",
            "indicative" | "later" => "wait",
            _ => "",
        }
    }

    /// The message that says it.
    pub fn key(self) -> &'static str {
        match self.code() {
            "binding" => "programmes.binding",
            "indicative" => "programmes.indicative",
            "open" => "programmes.not-public",
            "later" => "programmes.later",
            "historical" => "programmes.historical",
            _ => "programmes.name-only",
        }
    }

    /// All words in addresses, each with its message.
    pub const ALL: [(&'static str, &'static str); 6] = [
        ("binding", "programmes.binding"),
        ("indicative", "programmes.indicative"),
        ("open", "programmes.not-public"),
        ("later", "programmes.later"),
        ("historical", "programmes.historical"),
        ("name-only", "programmes.name-only"),
    ];
}
