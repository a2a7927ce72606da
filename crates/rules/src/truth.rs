//! Three-valued logic with a fourth word for what does not apply. The tables are in docs/meaning.md.

use std::ops::{BitOr, Not};

/// Why something is unknown. More than one reason can hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Why {
    /// Facts are missing.
    pub data: bool,
    /// A person's or an outside system's word is pending.
    pub judgement: bool,
    /// The standard is not public.
    pub open: bool,
}

/// The status of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// Met.
    Met,
    /// Not met.
    NotMet,
    /// Unknown, and why.
    Unknown(Why),
    /// Not applicable: drops out of all, any and at-least-k.
    NotApplicable,
}

impl Why {
    /// Facts are missing.
    pub const DATA: Self = Self { data: true, judgement: false, open: false };
    /// A judgement is pending.
    pub const JUDGEMENT: Self = Self { data: false, judgement: true, open: false };
    /// The standard is not public.
    pub const OPEN: Self = Self { data: false, judgement: false, open: true };
    /// No reason yet.
    pub const NONE: Self = Self { data: false, judgement: false, open: false };
}

impl BitOr for Why {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            data: self.data || other.data,
            judgement: self.judgement || other.judgement,
            open: self.open || other.open,
        }
    }
}

/// The opposite; unknown stays unknown, and what does not apply still does not.
impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Met => Self::NotMet,
            Self::NotMet => Self::Met,
            other => other,
        }
    }
}

impl From<bool> for Truth {
    fn from(met: bool) -> Self {
        if met { Self::Met } else { Self::NotMet }
    }
}

impl Truth {
    /// All that apply are met.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let count = Count::of(parts);
        count.decide(count.not_met == 0 && !count.any_unknown, count.not_met > 0)
    }

    /// At least one is met.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::at_least(1, parts)
    }

    /// At least `k` are met; `k` stays the same when some do not apply.
    ///
    /// Too few can only be concluded once something is known to apply: what is unknown may still
    /// turn out not to apply, and with it the whole.
    pub fn at_least(k: usize, parts: impl IntoIterator<Item = Self>) -> Self {
        let count = Count::of(parts);
        let applies = count.met + count.not_met > 0;
        count.decide(count.met >= k, applies && count.met + count.unknown < k)
    }

    /// `self` where `condition` holds; not applicable where it does not.
    pub fn when(self, condition: Self) -> Self {
        match condition {
            Self::Met => self,
            Self::NotMet | Self::NotApplicable => Self::NotApplicable,
            Self::Unknown(why) => Self::Unknown(match self {
                Self::Unknown(own) => why | own,
                _ => why,
            }),
        }
    }

    /// Whether this is unknown, and why.
    pub fn unknown(self) -> Option<Why> {
        match self {
            Self::Unknown(why) => Some(why),
            _ => None,
        }
    }
}

/// How many parts are of each kind.
#[derive(Default)]
struct Count {
    met: usize,
    not_met: usize,
    unknown: usize,
    any_unknown: bool,
    why: Why,
}

impl Count {
    fn of(parts: impl IntoIterator<Item = Truth>) -> Self {
        let mut count = Self::default();
        for part in parts {
            match part {
                Truth::Met => count.met += 1,
                Truth::NotMet => count.not_met += 1,
                Truth::Unknown(why) => {
                    count.unknown += 1;
                    count.any_unknown = true;
                    count.why = count.why | why;
                }
                Truth::NotApplicable => {}
            }
        }
        count
    }

    fn decide(&self, met: bool, not_met: bool) -> Truth {
        if self.met + self.not_met + self.unknown == 0 {
            Truth::NotApplicable
        } else if met {
            Truth::Met
        } else if not_met {
            Truth::NotMet
        } else {
            Truth::Unknown(self.why)
        }
    }
}
