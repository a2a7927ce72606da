//! What was taken for granted about days to come, as JSON.

use rules::Carry;
use schemars::JsonSchema;
use serde::Serialize;

/// 一项假定 | Something that was taken for granted.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[schemars(rename = "Carry")]
pub(super) enum CarryView {
    /// 假定年度数据与 `from` 年相同 | The yearly fact is taken to be as in the year `from`.
    Same { indicator: String, year: Option<i16>, from: i16 },
    /// 假定年数自 `from` 起每年加一 | The count of years is taken to have grown by one a year since `from`.
    Grown { indicator: String, year: Option<i16>, from: i16 },
    /// 一次性的数据，假定不再发生 | What does not repeat is taken not to happen again.
    Nothing { indicator: String, year: Option<i16> },
    /// 假定这一天之后不再发生此类事件（`*` 为任何一类） | No such event (`*`: of any kind) is taken to happen after the day.
    NoEvents { event: String, after: String },
}

impl From<&Carry> for CarryView {
    fn from(carry: &Carry) -> Self {
        match carry {
            Carry::Same { key, from } => {
                Self::Same { indicator: key.indicator.clone(), year: key.year, from: *from }
            }
            Carry::Grown { key, from } => {
                Self::Grown { indicator: key.indicator.clone(), year: key.year, from: *from }
            }
            Carry::Nothing { key } => {
                Self::Nothing { indicator: key.indicator.clone(), year: key.year }
            }
            Carry::NoEvents { kind, after } => {
                Self::NoEvents { event: kind.clone(), after: after.to_string() }
            }
        }
    }
}
