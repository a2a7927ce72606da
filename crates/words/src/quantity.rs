//! Quantities of the law in words: `研发费用 2025 ÷ 营业收入 2025`.

use enterprise::Text;
use rules::{ElapsedUnit, FactRef, Limit, Measure, Quantity, Until};

use crate::join;
use crate::{amounts, relative};

/// Whether a quantity names its fiscal years, and from which base year they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Years {
    /// Named, with this base year.
    From(i16),
    /// Left out: the words around it say which years are meant.
    Unsaid,
    /// Said as the law says them: last fiscal year, the year before.
    Relative,
}

/// How tightly a quantity binds, for parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Atom,
}

/// A quantity in words.
pub fn quantity(quantity: &Quantity, years: Years) -> Text {
    if years == Years::Relative
        && let Some(words) = relative::phrase(quantity)
    {
        return words;
    }
    match quantity {
        Quantity::Fact(known) => fact(known, years),
        Quantity::Limit(known) => limit(known),
        Quantity::Constant(value) => Text::new(value.to_string(), value.to_string()),
        Quantity::Add(left, right) => infix(left, " + ", right, Binding::Sum, years),
        Quantity::Subtract(left, right) => infix(left, " − ", right, Binding::Sum, years),
        Quantity::Multiply(left, right) => infix(left, " × ", right, Binding::Product, years),
        Quantity::Divide(left, right) => infix(left, " ÷ ", right, Binding::Product, years),
        Quantity::Least(parts) => {
            let list = list(parts, years);
            Text::new(format!("{}中的较小者", list.zh), format!("the smallest of {}", list.en))
        }
        Quantity::Greatest(parts) => {
            let list = list(parts, years);
            Text::new(format!("{}中的较大者", list.zh), format!("the largest of {}", list.en))
        }
        Quantity::SumOverYears(parts) => over_years(parts, years, ("合计", "sum")),
        Quantity::MeanOverYears(parts) => match growing(parts) {
            Some(what) => {
                let (count, what) = (parts.len(), words_without_years(what));
                Text::new(
                    format!("近 {count} 年平均增长率（{}）", what.zh),
                    format!("mean growth over {count} years ({})", what.en),
                )
            }
            None => over_years(parts, years, ("平均", "mean")),
        },
        Quantity::Growth(this, _) => {
            let this = self::quantity(this, years);
            Text::new(format!("{} 增长率", this.zh), format!("growth of {}", this.en))
        }
        Quantity::CompoundGrowth { end, years: count, .. } => {
            let what = words_without_years(end);
            let in_chinese = match count {
                2 => "两".to_owned(),
                3 => "三".to_owned(),
                other => format!(" {other} "),
            };
            Text::new(
                format!("{}{in_chinese}年复合增长率", what.zh),
                format!("compound growth of {} over {count} years", what.en),
            )
        }
        Quantity::Elapsed { unit, from, to } => elapsed(*unit, from, *to, years),
    }
}

/// A fact with its year.
pub fn fact(fact: &FactRef, years: Years) -> Text {
    let label = &fact.indicator.label;
    match (fact.offset, years) {
        (Some(offset), Years::From(base)) => with_year(label, Some(base.saturating_add(offset))),
        (Some(_), Years::Relative) => relative::fact(fact),
        _ => label.clone(),
    }
}

/// A label with a fiscal year behind it, if there is one.
pub fn with_year(label: &Text, year: Option<i16>) -> Text {
    match year {
        Some(year) => Text::new(format!("{} {year}", label.zh), format!("{} {year}", label.en)),
        None => label.clone(),
    }
}

/// A threshold: as it is written in Chinese, by its value in English.
pub fn limit(limit: &Limit) -> Text {
    limit_in(limit, &limit.measure)
}

/// The same beside quantities of a measure that knows the English word of the unit.
pub fn limit_in(limit: &Limit, measure: &Measure) -> Text {
    match measure {
        Measure::Other => Text::new(limit.written.clone(), limit.written.clone()),
        _ => {
            let words = amounts::readable(limit.value, &in_english(measure));
            Text::new(limit.written.clone(), words.en)
        }
    }
}

/// A counting word that is only known as it is written in a rule file, in English.
fn in_english(measure: &Measure) -> Measure {
    const WORDS: [(&str, &str); 10] = [
        ("年", "years"),
        ("个月", "months"),
        ("月", "months"),
        ("天", "days"),
        ("日", "days"),
        ("分", "points"),
        ("项", "items"),
        ("人", "people"),
        ("家", "firms"),
        ("名", "places"),
    ];
    match measure {
        Measure::Count { unit, decimals } if unit.zh == unit.en => {
            let known = WORDS.iter().find(|(zh, _)| *zh == unit.zh);
            let en = known.map_or(unit.en.as_str(), |(_, en)| *en);
            Measure::Count { unit: Text::new(unit.zh.clone(), en), decimals: *decimals }
        }
        other => other.clone(),
    }
}

/// In what a quantity is measured: a fact knows its unit in both languages, a threshold beside it
/// only as it is written.
pub fn measure_of(quantity: &Quantity, edge: Option<&Limit>) -> Measure {
    match (quantity, edge) {
        (Quantity::Fact(fact), _) => Measure::of(&fact.indicator.kind),
        (_, Some(limit)) => limit.measure.clone(),
        (_, None) => Measure::Other,
    }
}

fn words_without_years(what: &Quantity) -> Text {
    quantity(what, Years::Unsaid)
}

fn infix(left: &Quantity, sign: &str, right: &Quantity, here: Binding, years: Years) -> Text {
    let part = |part: &Quantity, tighter: bool| {
        let words = quantity(part, years);
        let binding = binding(part);
        if binding < here || (tighter && binding == here) {
            Text::new(format!("（{}）", words.zh), format!("({})", words.en))
        } else {
            words
        }
    };
    // a − (b − c) and a ÷ (b ÷ c) need theirs.
    let strict = matches!(sign, " − " | " ÷ ");
    let parts = [part(left, false), part(right, strict)];
    join(&parts, sign, sign)
}

fn binding(quantity: &Quantity) -> Binding {
    match quantity {
        Quantity::Add(..) | Quantity::Subtract(..) => Binding::Sum,
        Quantity::Multiply(..) | Quantity::Divide(..) => Binding::Product,
        _ => Binding::Atom,
    }
}

fn list(parts: &[Quantity], years: Years) -> Text {
    let parts: Vec<Text> = parts.iter().map(|part| quantity(part, years)).collect();
    join(&parts, "、", ", ")
}

/// The same quantity in several years, or whatever the parts are.
fn over_years(parts: &[Quantity], years: Years, (zh, en): (&str, &str)) -> Text {
    let mut each = parts.iter().map(words_without_years);
    let first = each.next().unwrap_or_default();
    let count = parts.len();
    if each.all(|other| other == first) {
        return Text::new(
            format!("近 {count} 年{zh}（{}）", first.zh),
            format!("{en} over {count} years ({})", first.en),
        );
    }
    let list = list(parts, years);
    Text::new(format!("{zh}（{}）", list.zh), format!("{en} of {}", list.en))
}

/// What grows, if all parts are yearly growth of the same.
fn growing(parts: &[Quantity]) -> Option<&Quantity> {
    let mut first = None;
    for part in parts {
        let Quantity::Growth(this, _) = part else { return None };
        match first {
            None => first = Some(&**this),
            Some(known) if words_without_years(known) == words_without_years(this) => {}
            Some(_) => return None,
        }
    }
    first
}

fn elapsed(unit: ElapsedUnit, from: &FactRef, to: Until, years: Years) -> Text {
    let from = &from.indicator.label;
    let (zh, en) = match (to, years) {
        (Until::Today, _) => ("评估日".to_owned(), "the date".to_owned()),
        (Until::EndOfYear(offset), Years::From(base)) => {
            let year = base.saturating_add(offset);
            (format!(" {year} 年末"), format!("the end of {year}"))
        }
        (Until::EndOfYear(_), Years::Unsaid | Years::Relative) => {
            ("年末".to_owned(), "the end of the year".to_owned())
        }
        (Until::StartOfYear(offset), Years::From(base)) => {
            let year = base.saturating_add(offset);
            (format!(" {year} 年初"), format!("the start of {year}"))
        }
        (Until::StartOfYear(_), Years::Unsaid | Years::Relative) => {
            ("年初".to_owned(), "the start of the year".to_owned())
        }
    };
    match unit {
        ElapsedUnit::Years => Text::new(
            format!("{}至{zh}的整年数", from.zh),
            format!("full years from {} to {en}", from.en),
        ),
        ElapsedUnit::YearsBegun => Text::new(
            format!("{}至{zh}的年数（不满一年按一年计）", from.zh),
            format!("years begun from {} to {en}", from.en),
        ),
        ElapsedUnit::Days => {
            Text::new(format!("{}至{zh}的天数", from.zh), format!("days from {} to {en}", from.en))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use enterprise::{Indicator, Kind};

    use super::*;
    use crate::sample;

    fn indicator(zh: &str, en: &str) -> Arc<Indicator> {
        Arc::new(sample::indicator(en, Text::new(zh, en), Kind::Money))
    }

    fn in_year(name: (&str, &str), offset: Option<i16>) -> Quantity {
        Quantity::Fact(FactRef { indicator: indicator(name.0, name.1), offset })
    }

    fn boxed(quantity: Quantity) -> Box<Quantity> {
        Box::new(quantity)
    }

    #[test]
    fn quantities_read_like_the_law() {
        const SALES: (&str, &str) = ("营业收入", "revenue");
        const RESEARCH: (&str, &str) = ("研发费用", "R&D");
        let sales = |offset| in_year(SALES, Some(offset));
        let research = |offset| in_year(RESEARCH, Some(offset));
        let growth = |offset: i16| Quantity::Growth(boxed(sales(offset)), boxed(sales(offset - 1)));
        let founded = FactRef { indicator: indicator("成立日期", "founded"), offset: None };
        let cases = [
            (sales(0), "营业收入 2025", "revenue 2025"),
            (in_year(SALES, None), "营业收入", "revenue"),
            (
                Quantity::Divide(boxed(research(0)), boxed(sales(0))),
                "研发费用 2025 ÷ 营业收入 2025",
                "R&D 2025 ÷ revenue 2025",
            ),
            (
                Quantity::Divide(
                    boxed(research(0)),
                    boxed(Quantity::Subtract(boxed(sales(0)), boxed(research(0)))),
                ),
                "研发费用 2025 ÷ （营业收入 2025 − 研发费用 2025）",
                "R&D 2025 ÷ (revenue 2025 − R&D 2025)",
            ),
            (
                Quantity::Subtract(
                    boxed(Quantity::Subtract(boxed(sales(0)), boxed(research(0)))),
                    boxed(Quantity::Subtract(boxed(sales(-1)), boxed(research(-1)))),
                ),
                "营业收入 2025 − 研发费用 2025 − （营业收入 2024 − 研发费用 2024）",
                "revenue 2025 − R&D 2025 − (revenue 2024 − R&D 2024)",
            ),
            (
                Quantity::SumOverYears(vec![research(0), research(-1)]),
                "近 2 年合计（研发费用）",
                "sum over 2 years (R&D)",
            ),
            (
                Quantity::MeanOverYears(vec![growth(0), growth(-1)]),
                "近 2 年平均增长率（营业收入）",
                "mean growth over 2 years (revenue)",
            ),
            (
                Quantity::MeanOverYears(vec![research(0), sales(0)]),
                "平均（研发费用 2025、营业收入 2025）",
                "mean of R&D 2025, revenue 2025",
            ),
            (growth(0), "营业收入 2025 增长率", "growth of revenue 2025"),
            (
                Quantity::CompoundGrowth {
                    end: boxed(sales(0)),
                    start: boxed(sales(-2)),
                    years: 2,
                },
                "营业收入两年复合增长率",
                "compound growth of revenue over 2 years",
            ),
            (
                Quantity::Least(vec![sales(0), research(0)]),
                "营业收入 2025、研发费用 2025中的较小者",
                "the smallest of revenue 2025, R&D 2025",
            ),
            (
                Quantity::Elapsed {
                    unit: ElapsedUnit::Years,
                    from: founded.clone(),
                    to: Until::EndOfYear(0),
                },
                "成立日期至 2025 年末的整年数",
                "full years from founded to the end of 2025",
            ),
            (
                Quantity::Elapsed { unit: ElapsedUnit::Days, from: founded, to: Until::Today },
                "成立日期至评估日的天数",
                "days from founded to the date",
            ),
        ];
        for (given, zh, en) in cases {
            assert_eq!(quantity(&given, Years::From(2025)), Text::new(zh, en));
        }
    }
}
