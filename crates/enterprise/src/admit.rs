//! From text to an admitted value, and from a whole file to an admitted file. Refuses with a reason
//! and a remedy; never guesses and never judges.

use jiff::civil::{Date, date};

use crate::calendar::parse_date;
use crate::catalogue::Catalogue;
use crate::decimal::{DecimalError, format_decimal};
use crate::facts::{Facts, Value};
use crate::indicator::{Indicator, Kind};
use crate::industry::IndustryCode;
use crate::nearest::nearest;
use crate::problem::{Problem, ProblemKind};
use crate::text::Text;
use crate::unit::{QuantityError, Unit, parse_quantity};

/// The id under which the founding date stands; years before it are absent, not unknown.
pub const FOUNDED_ON: &str = "founded_on";

/// Reads `text` as a value of `indicator`. `context` is the unit stated by the surroundings.
///
/// # Errors
/// A [`Problem`] without a place, which the caller knows.
pub fn admit_value(
    indicator: &Indicator,
    text: &str,
    context: Option<&Unit>,
) -> Result<Value, Box<Problem>> {
    let text = text.trim();
    let value = match &indicator.kind {
        Kind::Money | Kind::Ratio | Kind::Number { .. } => {
            let number = parse_quantity(text, &indicator.kind, context)
                .map_err(|error| quantity_problem(indicator, text, error))?;
            Value::Number(number)
        }
        Kind::Date => Value::Date(parse_date(text).ok_or_else(|| {
            wrong_type(
                indicator,
                text,
                Text::new("请写成 2024-03-01 这样的日期", "write a date such as 2024-03-01"),
            )
        })?),
        Kind::Flag => Value::Flag(parse_flag(text).ok_or_else(|| {
            wrong_type(indicator, text, Text::new("请填“是”或“否”", "write yes or no (是/否)"))
        })?),
        Kind::Choice(choices) => {
            let index = choices.iter().position(|choice| {
                choice.id == text
                    || choice.label.zh == text
                    || choice.label.en.eq_ignore_ascii_case(text)
                    || choice.aliases.iter().any(|alias| alias == text)
            });
            Value::Choice(index.ok_or_else(|| {
                let labels: Vec<&str> = choices.iter().map(|c| c.label.zh.as_str()).collect();
                let ids: Vec<&str> = choices.iter().map(|c| c.id.as_str()).collect();
                let like = nearest(text, labels.iter().chain(&ids).copied());
                let hint = like.map(|name| format!("；最接近的是“{name}”")).unwrap_or_default();
                let hint_en =
                    like.map(|name| format!("; the nearest is `{name}`")).unwrap_or_default();
                wrong_type(
                    indicator,
                    text,
                    Text::new(
                        format!("可填：{}{hint}", labels.join("、")),
                        format!("one of: {}{hint_en}", ids.join(", ")),
                    ),
                )
            })?)
        }
        Kind::Industry => {
            let code = IndustryCode::parse(text).ok_or_else(|| {
                wrong_type(
                    indicator,
                    text,
                    Text::new(
                        "请填国民经济行业分类（GB/T 4754-2017）代码，如 C3484 或 3484",
                        "write a code of GB/T 4754-2017, such as C3484 or 3484",
                    ),
                )
            })?;
            Value::Code(code.to_string())
        }
    };
    check_range(indicator, &value)?;
    Ok(value)
}

fn parse_flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "是" | "有" | "yes" | "true" | "y" | "√" | "1" => Some(true),
        "否" | "无" | "没有" | "no" | "false" | "n" | "×" | "0" => Some(false),
        _ => None,
    }
}

fn wrong_type(indicator: &Indicator, text: &str, help: Text) -> Box<Problem> {
    let shown: String = text.chars().take(40).collect();
    Box::new(Problem::refused(
        ProblemKind::WrongType,
        Text::new(
            format!("“{}”不能是“{shown}”", indicator.label.zh),
            format!("`{shown}` cannot be a value of {}", indicator.label.en),
        ),
        help,
    ))
}

fn quantity_problem(indicator: &Indicator, text: &str, error: QuantityError) -> Box<Problem> {
    let shown: String = text.chars().take(40).collect();
    let (kind, message, help) = match error {
        QuantityError::Decimal(DecimalError::TooManyDigits) => (
            ProblemKind::TooManyDigits,
            Text::new(
                format!("“{}”的“{shown}”位数过多", indicator.label.zh),
                format!("`{shown}` has too many digits for {}", indicator.label.en),
            ),
            match indicator.kind {
                Kind::Money => {
                    Text::new("金额最小到分（0.01 元）", "money goes down to a fen (0.01 yuan)")
                }
                Kind::Ratio => Text::new(
                    "比率最多六位小数（百分数最多四位）",
                    "a ratio has at most six decimals (a percentage four)",
                ),
                _ => Text::new("请减少小数位", "write fewer decimals"),
            },
        ),
        QuantityError::Decimal(DecimalError::TooLarge) => (
            ProblemKind::OutOfRange,
            Text::new(
                format!("“{}”的“{shown}”过大", indicator.label.zh),
                format!("`{shown}` is too large for {}", indicator.label.en),
            ),
            Text::new("请检查单位是否写错", "check the unit"),
        ),
        QuantityError::WrongUnit(unit) => (
            ProblemKind::WrongUnit,
            Text::new(
                format!("“{}”的单位不能是“{unit}”", indicator.label.zh),
                format!("`{unit}` is not a unit of {}", indicator.label.en),
            ),
            match &indicator.kind {
                Kind::Money => Text::new("请用元、万元或亿元", "use 元 (yuan), 万元 or 亿元"),
                Kind::Ratio => Text::new("请用 % 或小数", "use % or a plain decimal"),
                Kind::Number { unit, .. } => Text::new(
                    format!("单位是“{}”，也可以不写", unit.zh),
                    format!("the unit is {}, or none", unit.en),
                ),
                _ => Text::new("请删去单位", "leave the unit out"),
            },
        ),
        QuantityError::Contradicts { written, expected } => (
            ProblemKind::WrongUnit,
            Text::new(
                format!("“{shown}”的单位是“{written}”，而表头写的是“{expected}”"),
                format!("`{shown}` is in {written}, but the header says {expected}"),
            ),
            Text::new(
                format!("请换算成“{expected}”，或改正表头"),
                format!("convert it to {expected}, or correct the header"),
            ),
        ),
        QuantityError::Decimal(DecimalError::NotANumber) | QuantityError::NotAQuantity => {
            return wrong_type(
                indicator,
                text,
                Text::new(
                    "请填数字；没有数据请留空，不要填 0",
                    "write a number; leave it empty if it is not known, not 0",
                ),
            );
        }
    };
    Box::new(Problem::refused(kind, message, help))
}

/// No fact of a firm of today is older than this; a day before it is a slip of the keyboard.
const FIRST_DAY: Date = date(1900, 1, 1);

fn check_day(indicator: &Indicator, day: Date) -> Result<(), Box<Problem>> {
    if day >= FIRST_DAY {
        return Ok(());
    }
    Err(Box::new(Problem::refused(
        ProblemKind::OutOfRange,
        Text::new(
            format!("“{}”不能是 {day}", indicator.label.zh),
            format!("{} cannot be {day}", indicator.label.en),
        ),
        Text::new("不早于 1900 年；请核对年份", "not before 1900: check the year"),
    )))
}

/// Whether the indicator can have this value at all.
///
/// # Errors
/// A [`Problem`] without a place, which the caller knows.
pub fn check_range(indicator: &Indicator, value: &Value) -> Result<(), Box<Problem>> {
    if let Value::Date(day) = value {
        return check_day(indicator, *day);
    }
    let (Value::Number(number), Some((low, high))) = (value, indicator.range) else {
        return Ok(());
    };
    if (low..=high).contains(number) {
        return Ok(());
    }
    let scale = indicator.kind.scale();
    let [number, low, high] = [*number, low, high].map(|value| format_decimal(value, scale));
    // A file may have counted in 万元: what is said here is not the figure that stands there.
    let unit = match &indicator.kind {
        Kind::Money => Text::new(" 元", " yuan"),
        Kind::Number { unit, .. } if !unit.zh.is_empty() => {
            Text::new(format!(" {}", unit.zh), format!(" {}", unit.en).trim_end())
        }
        _ => Text::default(),
    };
    let Text { zh: unit, en: unit_en } = unit;
    Err(Box::new(Problem::refused(
        ProblemKind::OutOfRange,
        Text::new(
            format!("“{}”不能是 {number}{unit}", indicator.label.zh),
            format!("{} cannot be {number}{unit_en}", indicator.label.en),
        ),
        Text::new(
            format!("应在 {low} 至 {high}{unit}{}之间", if unit.is_empty() { " " } else { "" }),
            format!("it must lie between {low} and {high}{unit_en}"),
        ),
    )))
}

/// What is wrong with a whole file, beyond its single values: years before the founding are refused,
/// other dates before it are worth a look (a business may be older than the firm that took it over).
pub fn check_facts(catalogue: &Catalogue, facts: &Facts) -> Vec<Problem> {
    let Some(Value::Date(founded)) = facts.get(FOUNDED_ON, None).map(|fact| fact.value.clone())
    else {
        return Vec::new();
    };
    let early = facts.iter().filter_map(|(key, fact)| match fact.value {
        Value::Date(date) if date < founded => {
            let indicator = catalogue.indicator(&key.indicator)?;
            Some(Problem::warning(
                ProblemKind::OutOfRange,
                Text::new(
                    format!("“{}” {date} 早于成立日期 {founded}", indicator.label.zh),
                    format!(
                        "{}, {date}, lies before the founding on {founded}",
                        indicator.label.en
                    ),
                ),
                Text::new("已采用；请核对两个日期", "it was taken; check both dates"),
            ))
        }
        _ => None,
    });
    let absent = facts
        .iter()
        .filter(|(key, _)| key.year.is_some_and(|year| year < founded.year()))
        .map(|(key, _)| {
            let label = catalogue
                .indicator(&key.indicator)
                .map_or_else(|| Text::new(&key.indicator, &key.indicator), |i| i.label.clone());
            let year = key.year.unwrap_or_default();
            before_founding(&label, year, founded)
        });
    absent.chain(early).collect()
}

/// A yearly value of a year in which the firm did not exist.
pub fn before_founding(label: &Text, year: i16, founded: Date) -> Problem {
    Problem::refused(
        ProblemKind::WrongYear,
        Text::new(
            format!("{year} 年的“{}”早于成立日期 {founded}", label.zh),
            format!("{} of {year} lies before the founding on {founded}", label.en),
        ),
        Text::new("请核对成立日期和年度", "check the founding date and the year"),
    )
}
