//! A new value for a number: absolute or relative to the present one, in the units of rule files.
//! Gives the text to write; what it means is decided by compiling it.

use enterprise::{Unit as Named, format_decimal, narrow, parse_date, parse_decimal};
use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use rules::{Exact, Measure};

use crate::expression::cause::bad_quantity;
use crate::expression::measure::{Written, quantity};
use crate::overlay::number::{Number, NumberKind};
use crate::overlay::refusal::Refusal;

/// So many decimals may a value have.
const DECIMALS: u32 = 6;
/// Points and the like are kept in hundredths.
const HUNDREDTHS: i64 = 100;

/// What somebody asks for.
enum Wanted<'a> {
    /// This value.
    Exactly(&'a str),
    /// So much more (`true`) or less.
    By(bool, &'a str),
}

/// The text to write for a number, from what somebody asks for.
pub(super) fn new_value(number: &Number, given: &str) -> Result<String, Refusal> {
    let given: String = given.chars().map(narrow).collect();
    let wanted = wanted(given.trim());
    match number.kind {
        NumberKind::Quantity => new_quantity(number, &wanted),
        NumberKind::Points => new_points(number, &wanted),
        NumberKind::Months => new_count(number, &wanted, &["个月", "月", "months", "month"]),
        NumberKind::Count => new_count(number, &wanted, &["项", "条"]),
        NumberKind::Day => new_day(number, &wanted),
    }
}

/// A sign makes a value relative; `=` before it makes `=-5 %` a value below zero.
fn wanted(given: &str) -> Wanted<'_> {
    if let Some(value) = given.strip_prefix('=') {
        return Wanted::Exactly(value.trim());
    }
    for (sign, more) in [("+", true), ("-", false), ("−", false)] {
        if let Some(by) = given.strip_prefix(sign) {
            return Wanted::By(more, by.trim());
        }
    }
    Wanted::Exactly(given)
}

fn new_quantity(number: &Number, wanted: &Wanted<'_>) -> Result<String, Refusal> {
    let present = present(number)?;
    let known = quantity(present).map_err(|_| unreadable(number))?;
    let value = match wanted {
        Wanted::Exactly(text) => {
            return in_unit(number, present, &known, text).map(|(text, _)| text);
        }
        Wanted::By(more, text) => {
            let by = match (share(text), points_of_percent(text)) {
                (Some(share), _) => known.value.times(share),
                (None, Some(points)) if known.unit.measure(0) == Measure::Ratio => Some(points),
                (None, _) => Some(in_unit(number, present, &known, text)?.1.value),
            };
            by.and_then(|by| if *more { known.value.plus(by) } else { known.value.minus(by) })
        }
    };
    if value.is_some_and(Exact::is_negative) && !known.value.is_negative() {
        return Err(below_zero(number, present));
    }
    let unit = unit_of(present);
    let one = quantity(&format!("1 {unit}")).map_err(|_| unreadable(number))?;
    let count = value.and_then(|value| value.over(one.value));
    let text = count.and_then(decimal).ok_or_else(|| no_decimal(number, present))?;
    let text = if unit.is_empty() { text } else { format!("{text} {unit}") };
    quantity(&text).map(|_| text).map_err(|_| no_decimal(number, present))
}

/// A quantity as given, in the unit of the present one. A bare number counts what the present one counts.
fn in_unit(
    number: &Number,
    present: &str,
    known: &Written,
    text: &str,
) -> Result<(String, Written), Refusal> {
    let bare = !text.is_empty() && unit_of(text).is_empty();
    let counted = known.unit.counting_word().is_some_and(|word| !word.is_empty());
    let text =
        if bare && counted { format!("{text} {}", unit_of(present)) } else { text.to_owned() };
    let read = quantity(&text).map_err(|error| {
        let span = number.place().cloned();
        let words = span.map(|span| bad_quantity(span, &text, &error, None));
        match words {
            Some(words) => {
                Refusal { help: words.help, ..Refusal::new(words.message.zh, words.message.en) }
            }
            None => unreadable(number),
        }
    })?;
    if known.unit.agrees(&read.unit) {
        let unit = unit_of(&text);
        let digits = text.strip_suffix(unit).unwrap_or(&text).trim();
        let text = if unit.is_empty() { text } else { format!("{digits} {unit}") };
        return Ok((text, read));
    }
    let (is, was) = (read.unit.words(), known.unit.words());
    let refusal = if bare {
        Refusal::new(
            format!("“{text}”没有单位；现为“{present}”"),
            format!("`{text}` has no unit; the present value is `{present}`"),
        )
    } else {
        Refusal::new(
            format!("“{text}”是{}，此处须为{}；现为“{present}”", is.zh, was.zh),
            format!(
                "`{text}` is {}, {} is needed; the present value is `{present}`",
                is.en, was.en
            ),
        )
    };
    let unit = unit_of(present);
    Err(refusal.help(
        format!("带单位写，如“{}={present}”", number.path.join(".")),
        format!("write it with a unit such as {unit}"),
    ))
}

fn new_points(number: &Number, wanted: &Wanted<'_>) -> Result<String, Refusal> {
    let present = present(number)?;
    let hundredths = |text: &str| {
        let bare = without(text, &["分", "points", "point"]);
        parse_decimal(bare, HUNDREDTHS).map_err(|_| {
            Refusal::new(format!("“{text}”不是分数"), format!("`{text}` is not a number of points"))
                .help("如 5 或 2.5，最多两位小数", "such as 5 or 2.5, at most two decimals")
        })
    };
    let value = moved(hundredths(present)?, wanted, &hundredths, number, present)?;
    if value < 0 {
        return Err(below_zero(number, present));
    }
    let text = format_decimal(value, HUNDREDTHS);
    Ok(if present.contains('分') { format!("{text} 分") } else { text })
}

fn new_count(number: &Number, wanted: &Wanted<'_>, units: &[&str]) -> Result<String, Refusal> {
    let present = present(number)?;
    let whole = |text: &str| {
        let text = without(text, units);
        if text.len() > 5 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            // One it is, but too large for anything that is counted: said below.
            return Ok(i64::MAX / 4);
        }
        text.parse::<u32>().map(i64::from).map_err(|_| {
            Refusal::new(format!("“{text}”不是整数"), format!("`{text}` is not a whole number"))
                .help(format!("现为 {present}"), format!("the present value is {present}"))
        })
    };
    let value = moved(whole(present)?, wanted, &whole, number, present)?;
    if !(1..=i64::from(u16::MAX)).contains(&value) {
        return Err(Refusal::new(
            format!("须为 1 至 {} 的整数", u16::MAX),
            format!("must be a whole number from 1 to {}", u16::MAX),
        ));
    }
    Ok(value.to_string())
}

/// A stored integer after the change.
fn moved(
    known: i64,
    wanted: &Wanted<'_>,
    read: &dyn Fn(&str) -> Result<i64, Refusal>,
    number: &Number,
    present: &str,
) -> Result<i64, Refusal> {
    match wanted {
        Wanted::Exactly(text) => read(text),
        Wanted::By(more, text) => {
            let by = match share(text) {
                Some(share) => Exact::whole(known)
                    .times(share)
                    .and_then(|by| by.exactly_at(1))
                    .ok_or_else(|| no_decimal(number, present))?,
                None => read(text)?,
            };
            let by = if *more { Some(by) } else { by.checked_neg() };
            by.and_then(|by| known.checked_add(by)).ok_or_else(|| no_decimal(number, present))
        }
    }
}

fn new_day(number: &Number, wanted: &Wanted<'_>) -> Result<String, Refusal> {
    let known =
        number.written.as_deref().map(|text| parse_date(text).ok_or_else(|| unreadable(number)));
    let day = match (wanted, known.transpose()?) {
        (Wanted::Exactly(text), _) => parse_date(text),
        (Wanted::By(more, text), Some(known)) => span(text).and_then(|span| {
            if *more { known.checked_add(span) } else { known.checked_sub(span) }.ok()
        }),
        (Wanted::By(..), None) => None,
    };
    day.map(|day: Date| day.to_string()).ok_or_else(|| {
        let (Wanted::Exactly(text) | Wanted::By(_, text)) = wanted;
        Refusal::new(format!("“{text}”不是日期"), format!("`{text}` is not a date")).help(
            "写成 2026-04-01；已有日期的也可写 +30 天、-6 个月",
            "write 2026-04-01; where there is a day already, also +30 days or -6 months",
        )
    })
}

/// `30 天`, `6 months`, `1 年`.
fn span(text: &str) -> Option<Span> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let number = i64::from(number.parse::<u16>().ok()?);
    match unit.trim() {
        "天" | "日" | "days" | "day" => Some(number.days()),
        "个月" | "月" | "months" | "month" => Some(number.months()),
        "年" | "years" | "year" => Some(number.years()),
        _ => None,
    }
}

/// `10 %` of something.
fn share(text: &str) -> Option<Exact> {
    let unit = unit_of(text);
    let is_share = matches!(Named::parse(unit, &enterprise::Kind::Ratio), Some(Named::Ratio(_)));
    (is_share && !unit.is_empty()).then(|| quantity(text).ok()).flatten().map(|read| read.value)
}

/// `2 个百分点`, `2 pp`: a difference between two ratios.
fn points_of_percent(text: &str) -> Option<Exact> {
    let number = ["个百分点", "百分点", "pp"].iter().find_map(|unit| text.strip_suffix(unit))?;
    let millionths = parse_decimal(number.trim(), 10_000).ok()?;
    Exact::scaled(millionths, 1_000_000)
}

/// The unit behind a number.
pub(super) fn unit_of(text: &str) -> &str {
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | ' ');
    text.trim_start_matches(digit).trim()
}

fn without<'a>(text: &'a str, units: &[&str]) -> &'a str {
    units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim()
}

/// The shortest decimal that says it exactly.
fn decimal(value: Exact) -> Option<String> {
    let scales = (0..=DECIMALS).map(|digits| 10i64.pow(digits));
    scales.into_iter().find_map(|scale| Some(format_decimal(value.exactly_at(scale)?, scale)))
}

fn present(number: &Number) -> Result<&str, Refusal> {
    number.written.as_deref().ok_or_else(|| unreadable(number))
}

fn unreadable(number: &Number) -> Refusal {
    let address = number.short_address();
    Refusal::new(
        format!("“{address}”现在的值不能这样改"),
        format!("the present value of `{address}` cannot be changed this way"),
    )
}

/// A sign that was meant as part of the value, or more taken away than there is.
fn below_zero(number: &Number, present: &str) -> Refusal {
    let address = number.short_address();
    let refusal = Refusal::new(
        format!("“{address}”现为“{present}”，这样减会低于零"),
        format!("`{address}` is `{present}`: so much less would be below zero"),
    );
    match number.kind {
        NumberKind::Quantity => refusal.help(
            "减号表示在现值上减少；确要设为负数，请在前面加等号，如“=-5 %”",
            "a minus takes away from the present value; for a value below zero write `=` before it, such as `=-5 %`",
        ),
        _ => refusal,
    }
}

fn no_decimal(number: &Number, present: &str) -> Refusal {
    let address = number.short_address();
    Refusal::new(
        format!("“{address}”现为“{present}”，这样改得不到最多 {DECIMALS} 位小数的值"),
        format!("`{address}` is `{present}`: this gives no value of at most {DECIMALS} decimals"),
    )
    .help("直接写出新的值", "write the new value itself")
}
