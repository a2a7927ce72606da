//! Indicators in words: what kind of value, for which time, how far it can reach, who knows it.

use enterprise::{Choice, Indicator, Kind, Lack, Moves, Period, Text, Value};
use rules::{Exact, Measure};

use crate::amounts::readable;
use crate::condition;

/// The kind with its unit.
pub fn kind(indicator: &Indicator) -> Text {
    match &indicator.kind {
        Kind::Money => Text::new("金额", "money"),
        Kind::Ratio => Text::new("比率", "ratio"),
        Kind::Number { unit, .. } if unit.zh.is_empty() => Text::new("数量", "number"),
        Kind::Number { unit, .. } => {
            Text::new(format!("数量（{}）", unit.zh), format!("number ({})", unit.en))
        }
        Kind::Date => Text::new("日期", "date"),
        Kind::Flag => Text::new("是否", "yes or no"),
        Kind::Choice(_) => Text::new("选项", "choice"),
        Kind::Industry => Text::new("行业代码", "industry code"),
    }
}

/// By fiscal year, or as it stands; whether the value of a year is expected to repeat.
pub fn period(indicator: &Indicator) -> Text {
    match indicator.period {
        Period::Yearly if indicator.one_off => {
            let en = "by fiscal year, one-off (none in years to come unless known)";
            Text::new("按年度，一次性（以后年度没有数据的暂按没有）", en)
        }
        Period::Yearly => Text::new("按年度", "by fiscal year"),
        Period::State => Text::new("现状", "as it stands"),
    }
}

/// The smallest and the largest value that is accepted.
pub fn range(indicator: &Indicator) -> Option<Text> {
    let (low, high) = indicator.range?;
    let (low, high) = (number(indicator, low)?, number(indicator, high)?);
    Some(Text::new(format!("{} 至 {}", low.zh, high.zh), format!("{} to {}", low.en, high.en)))
}

/// From here on a bound of money is one of arithmetic and not of any firm: a trillion yuan, in fen.
const BEYOND_ANY_FIRM: i64 = 100_000_000_000_000;
/// The same of ratios: 10,000 %, in parts per million.
const BEYOND_ANY_RATIO: i64 = 100_000_000;

/// The range, where somebody could come up against it: not that money is at most what can be computed with.
pub fn range_to_mind(indicator: &Indicator) -> Option<Text> {
    let (low, high) = indicator.range?;
    let beyond = match indicator.kind {
        Kind::Money => high >= BEYOND_ANY_FIRM,
        Kind::Ratio => high >= BEYOND_ANY_RATIO,
        _ => false,
    };
    if !beyond {
        return range(indicator);
    }
    // That it may be less than nothing is worth knowing; that revenue may not goes without saying.
    (low < 0).then(|| Text::new("可以为负数", "may be negative"))
}

/// What it means that the value is lacking.
pub fn lack(lack: Lack) -> Text {
    match lack {
        Lack::Data => Text::new("缺数据", "data missing"),
        Lack::Judgement => Text::new("待判断", "judgement pending"),
        Lack::Open => Text::new("标准未公开", "standard not public"),
    }
}

/// How hard a firm can change it.
pub fn effort(effort: Option<u32>) -> Text {
    match effort {
        None => Text::new("提升方案不改变它", "no plan changes it"),
        Some(effort) => Text::new(
            format!("{effort}（经验估计，数字越大越难）"),
            format!("{effort} (our estimate; the higher, the harder)"),
        ),
    }
}

/// Which way a plan may move it.
pub fn moves(indicator: &Indicator) -> Text {
    if indicator.effort.is_none() {
        return Text::new("不变动", "not at all");
    }
    match (indicator.moves, &indicator.kind) {
        (Moves::Either, Kind::Flag | Kind::Choice(_)) => Text::new("不限", "either way"),
        (Moves::Either, _) => Text::new("可增可减", "up or down"),
        (Moves::Up, Kind::Flag) => Text::new("由否变是", "from no to yes"),
        (Moves::Down, Kind::Flag) => Text::new("由是变否", "from yes to no"),
        (Moves::Up, Kind::Choice(choices)) => towards(choices.first(), choices.last()),
        (Moves::Down, Kind::Choice(choices)) => towards(choices.last(), choices.first()),
        (Moves::Up, _) => Text::new("只增不减", "only up"),
        (Moves::Down, _) => Text::new("只减不增", "only down"),
    }
}

fn towards(from: Option<&Choice>, to: Option<&Choice>) -> Text {
    let label = |choice: Option<&Choice>| choice.map(|choice| choice.label.clone());
    let (from, to) = (label(from).unwrap_or_default(), label(to).unwrap_or_default());
    Text::new(
        format!("由“{}”往“{}”", from.zh, to.zh),
        format!("from “{}” towards “{}”", from.en, to.en),
    )
}

/// A value that stands in the rules.
pub fn value(indicator: &Indicator, value: &Value) -> Text {
    match value {
        Value::Number(stored) => number(indicator, *stored).unwrap_or_default(),
        Value::Flag(true) => Text::new("是", "yes"),
        Value::Flag(false) => Text::new("否", "no"),
        Value::Choice(index) => condition::choices(indicator, &[*index]),
        Value::Date(day) => Text::new(day.to_string(), day.to_string()),
        Value::Code(code) => Text::new(code.clone(), code.clone()),
    }
}

fn number(indicator: &Indicator, stored: i64) -> Option<Text> {
    let measure = Measure::of(&indicator.kind);
    let value = match measure {
        Measure::Money => Exact::whole(stored),
        _ => Exact::scaled(stored, indicator.kind.scale())?,
    };
    Some(readable(value, &measure))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn indicator(kind: Kind, effort: Option<u32>, moves: Moves) -> Indicator {
        let label = Text::new("指标", "it");
        Indicator { period: Period::State, effort, moves, ..sample::indicator("it", label, kind) }
    }

    #[test]
    fn a_range_is_told_where_somebody_could_come_up_against_it() {
        let of = |kind: Kind, range: (i64, i64)| {
            let mut known = indicator(kind, None, Moves::Either);
            known.range = Some(range);
            range_to_mind(&known).map(|text| text.zh)
        };
        let most = 9_000_000_000_000_000_000;
        assert_eq!(of(Kind::Money, (0, most)), None);
        assert_eq!(of(Kind::Money, (-most, most)).as_deref(), Some("可以为负数"));
        assert_eq!(of(Kind::Money, (0, 100_000_000)).as_deref(), Some("0 元 至 100 万元"));
        assert_eq!(of(Kind::Ratio, (0, 1_000_000)).as_deref(), Some("0 % 至 100 %"));
        assert_eq!(of(Kind::Ratio, (0, 1_000_000_000_000)), None);
    }

    #[test]
    fn every_kind_says_which_way_a_plan_moves_it() {
        let choice = |id: &str, zh: &str| Choice {
            id: id.to_owned(),
            label: Text::new(zh, id),
            aliases: Vec::new(),
        };
        let choices = Kind::Choice(vec![choice("none", "未建"), choice("national", "国家级")]);
        let cases = [
            (Kind::Money, Moves::Up, "只增不减", "only up"),
            (Kind::Ratio, Moves::Down, "只减不增", "only down"),
            (Kind::Money, Moves::Either, "可增可减", "up or down"),
            (Kind::Flag, Moves::Up, "由否变是", "from no to yes"),
            (Kind::Flag, Moves::Down, "由是变否", "from yes to no"),
            (Kind::Flag, Moves::Either, "不限", "either way"),
            (choices.clone(), Moves::Up, "由“未建”往“国家级”", "from “none” towards “national”"),
            (choices.clone(), Moves::Down, "由“国家级”往“未建”", "from “national” towards “none”"),
            (choices.clone(), Moves::Either, "不限", "either way"),
        ];
        for (kind, way, zh, en) in cases {
            let fixed = indicator(kind.clone(), None, way);
            assert_eq!(moves(&fixed), Text::new("不变动", "not at all"));
            assert_eq!(moves(&indicator(kind, Some(3), way)), Text::new(zh, en));
        }
    }
}
