//! `effort` and `moves` of an indicator: whether a plan may change it, how hard that is, and which way.

use enterprise::{Kind, Lack, Moves};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::read::indicator::one_of;
use crate::read::table::Table;

/// What decides whether any plan can change an indicator.
pub(crate) struct Nature<'a> {
    pub kind: Option<&'a Kind>,
    pub lack: Lack,
    /// Whether files may give it.
    pub given: bool,
}

impl Nature<'_> {
    /// Why no plan can change it, if so, and what it is to say that one could.
    fn fixed_because(&self) -> Option<(Code, &'static str, &'static str)> {
        let (code, zh, en) = match (self.kind, self.lack) {
            (Some(Kind::Date), _) => (Code::Unmovable, "日期", "a date"),
            (Some(Kind::Industry), _) => (Code::Unmovable, "行业代码", "an industry code"),
            (_, Lack::Judgement) => {
                let en = "the word of a person or an outside system";
                (Code::OthersDecide, "由人或外部系统给出的结果", en)
            }
            (_, Lack::Open) => {
                let en = "what a standard that is not public measures";
                (Code::OthersDecide, "标准未公开的指标", en)
            }
            _ if !self.given => {
                (Code::OthersDecide, "只由计算得出的指标", "what is only ever computed")
            }
            _ => return None,
        };
        Some((code, zh, en))
    }
}

/// How hard it is to change, `None` if no plan may, and which way a plan may move it.
pub(crate) fn effort_and_moves(table: &Table<'_>, nature: &Nature<'_>) -> (Option<u32>, Moves) {
    let effort = table.get("effort");
    let weight = effort
        .as_ref()
        .filter(|value| !value.is_text("fixed"))
        .and_then(|value| u32::try_from(value.whole_within(0, i64::from(u32::MAX))?).ok());
    let written = table.get("moves");
    let moves = one_of(
        table,
        "moves",
        &[("up", Moves::Up), ("down", Moves::Down), ("either", Moves::Either)],
    );
    let report = |diagnostic: Diagnostic| table.file.sink.report(diagnostic);
    match (&effort, weight, nature.fixed_because(), &written) {
        (Some(effort), Some(_), Some((code, zh, en)), _) => report(
            Diagnostic::new(
                code,
                effort.span(),
                format!("{zh}不能由提升方案改变，不写改变难度"),
                format!("no plan can change {en}: an effort means nothing here"),
            )
            .help(
                "写成 effort = \"fixed\"，并去掉 moves",
                "write effort = \"fixed\" and no `moves`",
            ),
        ),
        (Some(effort), Some(_), None, None) => report(
            Diagnostic::new(
                Code::MissingMoves,
                effort.span(),
                "没有写明提升方案可以把它往哪个方向改变",
                "which way a plan may move it is not stated",
            )
            .help(
                "加上 moves = \"up\"（只增）、\"down\"（只减）或 \"either\"（可增可减）；\
                 是否类 up 为由否变是，选项类 up 为往后面的选项",
                "add moves = \"up\", \"down\" or \"either\"; for a flag, up is towards yes, \
                 for a choice towards the last option",
            ),
        ),
        // An effort that cannot be read has its own message.
        (Some(effort), None, _, Some(_)) if !effort.is_text("fixed") => {}
        (_, None, _, Some(moves)) => report(
            Diagnostic::new(
                Code::Unmovable,
                moves.span(),
                "没有方案能改变它，变动方向没有意义",
                "no plan may change it: a way to move means nothing here",
            )
            .help(
                "去掉 moves，或用 effort 写明改变难度",
                "leave `moves` out, or say with `effort` how hard it is to change",
            ),
        ),
        _ => {}
    }
    let weight = weight.filter(|_| nature.fixed_because().is_none());
    (weight, moves.unwrap_or_default())
}
