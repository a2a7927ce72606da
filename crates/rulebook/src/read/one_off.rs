//! `one_off` of an indicator: its value of one year says nothing of the next, where it is zero unless
//! known.

use enterprise::{Kind, Period};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::read::table::Table;

/// Whether it is one-off: only a quantity by years that may be zero can be.
pub(crate) fn one_off(
    table: &Table<'_>,
    kind: Option<&Kind>,
    period: Period,
    range: Option<(i64, i64)>,
) -> bool {
    if !table.flag("one_off") {
        return false;
    }
    let (zh, en) = match (kind, range) {
        (Some(Kind::Date | Kind::Flag | Kind::Choice(_) | Kind::Industry), _) => {
            ("不是数量的指标", "what is no quantity")
        }
        _ if period != Period::Yearly => ("现状指标", "what stands as it is and has no years"),
        (_, Some((low, high))) if low > 0 || high < 0 => {
            ("取值范围不含 0 的指标", "what cannot be zero")
        }
        _ => return true,
    };
    if let Some(span) = table.get("one_off").map(|value| value.span()) {
        table.file.sink.report(
            Diagnostic::new(
                Code::NotOneOff,
                span,
                format!("{zh}不能标为一次性"),
                format!("{en} cannot be one-off"),
            )
            .help(
                "一次性是指下一年度没有数据时暂按 0，只用于年度数量；去掉 one_off",
                "one-off means zero in the next year unless known, for quantities by year; \
                 leave `one_off` out",
            ),
        );
    }
    false
}
