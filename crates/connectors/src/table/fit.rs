//! Whether a name and the parts around it make a column: which years, units and remarks go with
//! which kind of name. What is only almost right is said, never taken.

use std::sync::Arc;

use enterprise::{Indicator, Kind, Period, Problem, ProblemKind, Unit};

use super::columns::Target;
use super::heading::{Part, key};
use crate::says::{refused, shown, warning};

/// What a name stands for, before the parts around it are looked at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Name {
    Uscc,
    Firm,
    Indicator(Arc<Indicator>),
    Title(String),
    /// Kind and attributes (id and names).
    Event(String, Vec<(String, Vec<String>)>),
    AllEvents,
    /// Owner and criterion; whether the name is by itself that of a criterion.
    Judged(String, String, bool),
}

const FROM: [&str; 7] =
    ["有效期起", "有效期开始", "有效期自", "有效期起始", "起", "validfrom", "from"];
const TO: [&str; 7] = ["有效期止", "有效期至", "有效期截止", "有效期结束", "止", "validto", "to"];
const DATES: [&str; 4] = ["日期", "发生日期", "date", "dates"];
const UNTIL: [&str; 4] = ["核查至", "核查截止", "checkeduntil", "completeuntil"];
const JUDGED: [&str; 4] = ["判断", "认定", "judgement", "judged"];
/// Remarks beside the code or the name that change nothing.
const IDENTITY_REMARKS: [&str; 5] = ["18位", "全称", "盖章", "公章", "与营业执照一致"];
/// The outcome for one name.
pub(crate) enum Fit {
    Known(Target),
    Unusable(Box<Problem>),
    No,
}

/// Whether `name` and the parts around it make a column.
pub(crate) fn fit(name: &Name, text: &str, parts: &[Part]) -> Fit {
    let mut years = Vec::new();
    let mut relative = None;
    let mut remarks = Vec::new();
    for part in parts {
        match part {
            Part::Year(year) => years.push(*year),
            Part::RelativeYear(word) => relative = Some(word.as_str()),
            Part::Remark(remark) => remarks.push(remark.as_str()),
        }
    }
    if let Name::Indicator(indicator) = name {
        return fit_indicator(indicator, &years, relative, &remarks);
    }
    if !years.is_empty() || relative.is_some() {
        return Fit::No;
    }
    let remark = match remarks.as_slice() {
        [] => None,
        [one] => Some(one.to_lowercase()),
        _ => return Fit::No,
    };
    let is = |words: &[&str]| remark.as_deref().is_some_and(|remark| words.contains(&remark));
    let target = match name {
        Name::Uscc | Name::Firm if remark.is_none() || is(&IDENTITY_REMARKS) => {
            if *name == Name::Uscc { Target::Uscc } else { Target::Name }
        }
        Name::Title(id) if is(&FROM) => Target::TitleFrom(id.clone()),
        Name::Title(id) if is(&TO) => Target::TitleTo(id.clone()),
        Name::Title(_) => {
            return incomplete(text, "（有效期起）、（有效期止）", "(valid from), (valid to)");
        }
        Name::AllEvents if is(&UNTIL) => Target::EventsUntil("*".to_owned()),
        Name::AllEvents => return incomplete(text, "（核查至）", "(checked until)"),
        Name::Event(id, _) if is(&DATES) => Target::EventDates(id.clone()),
        Name::Event(id, _) if is(&UNTIL) => Target::EventsUntil(id.clone()),
        Name::Event(id, attributes) => {
            let attribute = attributes
                .iter()
                .find(|(_, words)| remark.as_ref().is_some_and(|remark| words.contains(remark)));
            match attribute {
                Some((attribute, _)) => Target::EventAttribute(id.clone(), attribute.clone()),
                None => return incomplete(text, "（日期）、（核查至）", "(date), (checked until)"),
            }
        }
        Name::Judged(owner, criterion, by_itself)
            if is(&JUDGED) || (*by_itself && remark.is_none()) =>
        {
            Target::Judged(owner.clone(), criterion.clone())
        }
        Name::Judged(..) => return incomplete(text, "（判断）", "(judgement)"),
        Name::Uscc | Name::Firm | Name::Indicator(_) => return Fit::No,
    };
    Fit::Known(target)
}

fn fit_indicator(
    indicator: &Arc<Indicator>,
    years: &[i16],
    relative: Option<&str>,
    remarks: &[&str],
) -> Fit {
    let label = &indicator.label;
    let unit = match remarks {
        [] => None,
        [remark] => match unit_named(remark, &indicator.kind) {
            Some(unit) => Some(unit),
            None => return strange_remark(indicator, remark),
        },
        _ => return Fit::No,
    };
    if !indicator.given {
        return Fit::Unusable(Box::new(refused(
            ProblemKind::UnknownName,
            (
                format!("“{}”由其他指标计算得出，不能直接填写，这一列没有读入", label.zh),
                format!("{} is computed and cannot be given; this column was not read", label.en),
            ),
            (
                "请删去这一列，并填写计算它所用的指标",
                "drop this column and give what it is computed from",
            ),
        )));
    }
    let year = match (indicator.period, years, relative) {
        (_, [_, _, ..], _) => return Fit::No,
        (Period::State, [], None) => None,
        (Period::Yearly, [year], None) => Some(*year),
        (Period::State, _, _) => {
            return Fit::Unusable(Box::new(refused(
                ProblemKind::WrongYear,
                (
                    format!("“{}”不分年度，这一列没有读入", label.zh),
                    format!("{} is not given by year; this column was not read", label.en),
                ),
                (format!("表头请只写“{}”", label.zh), format!("write `{}` alone", label.en)),
            )));
        }
        (Period::Yearly, _, relative) => {
            let relative = relative.map(|word| format!("（“{word}”不是年度）")).unwrap_or_default();
            return Fit::Unusable(Box::new(refused(
                ProblemKind::WrongYear,
                (
                    format!("“{}”没有写明年度{relative}，这一列没有读入", label.zh),
                    format!("{} names no year; this column was not read", label.en),
                ),
                (
                    format!("表头请写明年份，例如“{}2025年”", label.zh),
                    format!("write the year, such as `{} 2025`", label.en),
                ),
            )));
        }
    };
    Fit::Known(Target::Fact { indicator: Arc::clone(indicator), year, unit })
}

/// The unit named by a squeezed text.
pub(crate) fn unit_named(text: &str, kind: &Kind) -> Option<Unit> {
    let own = || match kind {
        Kind::Number { unit, .. } => {
            let name = key(text);
            [&unit.zh, &unit.en]
                .into_iter()
                .find(|word| key(word) == name)
                .and_then(|word| Unit::parse(word, kind))
        }
        _ => None,
    };
    let without_currency = text.strip_prefix("人民币").unwrap_or(text);
    Unit::parse(text, kind)
        .or_else(|| Unit::parse(without_currency, kind))
        .or_else(|| Unit::parse(&text.to_uppercase(), kind))
        .or_else(own)
}

fn strange_remark(indicator: &Indicator, remark: &str) -> Fit {
    let label = &indicator.label;
    let remark = shown(remark);
    Fit::Unusable(Box::new(warning(
        ProblemKind::UnknownName,
        (
            format!("像是“{}”，但看不懂“（{remark}）”，这一列没有读入", label.zh),
            format!(
                "this looks like {}, but `({remark})` is not understood; the column was not read",
                label.en
            ),
        ),
        (
            "括号里请只写单位或年度；如果是另一项数据则不必改",
            "write only a unit or a year in brackets; if it is something else, leave it",
        ),
    )))
}

fn incomplete(text: &str, suffixes: &str, suffixes_en: &str) -> Fit {
    let text = shown(text);
    Fit::Unusable(Box::new(warning(
        ProblemKind::UnknownName,
        (
            format!("“{text}”没有说明填的是什么，这一列没有读入"),
            format!("`{text}` does not say what it holds; the column was not read"),
        ),
        (
            format!("表头请写成“{text}”加{suffixes}"),
            format!("write `{text}` with one of {suffixes_en}"),
        ),
    )))
}

/// Several names fit.
pub(crate) fn ambiguous(text: &str, found: &[Target]) -> Problem {
    let text = shown(text);
    let exact: Vec<String> = found
        .iter()
        .map(|target| match target {
            Target::Judged(owner, criterion) => format!("{owner}/{criterion}"),
            Target::Fact { indicator, .. } => indicator.id.clone(),
            Target::TitleFrom(id) | Target::TitleTo(id) => id.clone(),
            Target::EventDates(id) | Target::EventsUntil(id) | Target::EventAttribute(id, _) => {
                id.clone()
            }
            Target::Uscc => "uscc".to_owned(),
            Target::Name => "name".to_owned(),
        })
        .collect();
    refused(
        ProblemKind::UnknownName,
        (
            format!("“{text}”可以指不止一项，这一列没有读入"),
            format!("`{text}` can mean more than one thing; the column was not read"),
        ),
        (
            format!("表头请改用标识：{}", exact.join("、")),
            format!("use an id in the heading: {}", exact.join(", ")),
        ),
    )
}
