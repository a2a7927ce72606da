//! What is said about columns. What is said about single values stands beside their checks.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use arrow::datatypes::{DataType, Field, Schema};
pub(crate) use enterprise::says::{nearest_hint, refused, shown, unreadable, warning};
use enterprise::{Indicator, Kind, Problem, ProblemKind, Unit};

use crate::shape::Holds;
use crate::storage::{Unfit, sql_name, wanted};

/// More problems of one kind than anybody reads.
pub(crate) const MOST_SAID: usize = 20;
/// More columns that are not known than anybody wants to see.
pub(crate) const MOST_UNKNOWN: usize = 20;
/// More of them than anybody misnamed.
pub(crate) const MOST_LOOKED_UP: usize = 300;

/// The key in the metadata of a column under which its unit can be stated.
const UNIT: &str = "unit";

pub(crate) fn twice(name: &str, times: usize) -> Problem {
    let name = shown(name);
    refused(
        ProblemKind::Duplicate,
        (format!("“{name}”列出现了 {times} 次"), format!("there are {times} columns `{name}`")),
        ("请只保留一列", "keep only one of them"),
    )
}

pub(crate) fn unknown(name: &str, like: Option<&str>) -> Problem {
    let name = shown(name);
    let message = (
        format!("不认识“{name}”列，没有读取"),
        format!("the column `{name}` is not known and was not read"),
    );
    match like {
        Some(like) => warning(
            ProblemKind::UnknownName,
            message,
            (format!("最接近的是“{like}”"), format!("the nearest is `{like}`")),
        ),
        None => warning(
            ProblemKind::UnknownName,
            message,
            ("列名用指标目录中的标识", "columns are called by their ids in the catalogue"),
        ),
    }
}

pub(crate) fn more_unknown(count: usize) -> Problem {
    warning(
        ProblemKind::UnknownName,
        (
            format!("另有 {count} 列不认识，没有读取"),
            format!("{count} more columns are not known and were not read"),
        ),
        ("列名用指标目录中的标识", "columns are called by their ids in the catalogue"),
    )
}

pub(crate) fn more_problems(count: usize) -> Problem {
    refused(
        ProblemKind::TooLarge,
        (
            format!("另有 {count} 个列的问题未列出"),
            format!("{count} more problems of columns are not listed"),
        ),
        ("请先改正已列出的", "correct those listed first"),
    )
}

pub(crate) fn nobody(schema: &Schema) -> Problem {
    let mut names = String::new();
    for field in schema.fields().iter().take(5) {
        let _ =
            write!(names, "{}{}", if names.is_empty() { "" } else { "、" }, shown(field.name()));
    }
    let more = if schema.fields().len() > 5 { "…" } else { "" };
    refused(
        ProblemKind::Uscc,
        (
            format!("没有“uscc”列，也没有“id”列，不知道每行是谁（现有列：{names}{more}）"),
            format!(
                "there is neither a column `uscc` nor `id` to say who each row is (there are: {}{more})",
                names.replace('、', ", ")
            ),
        ),
        (
            "请加上“uscc”列（统一社会信用代码，VARCHAR）；没有代码的对象用“id”列",
            "add a column `uscc` (the unified social credit code, VARCHAR), or `id` for subjects without one",
        ),
    )
}

pub(crate) fn only_computed(indicator: &Indicator) -> Problem {
    refused(
        ProblemKind::UnknownName,
        (
            format!("“{}”由其他指标计算得出，不能直接给出", indicator.label.zh),
            format!("{} is computed from other indicators and cannot be given", indicator.label.en),
        ),
        (
            "请去掉这一列，并给出计算它所用的指标",
            "leave the column out and give the indicators it is computed from",
        ),
    )
}

pub(crate) fn without_year(indicator: &Indicator) -> Problem {
    let id = &indicator.id;
    refused(
        ProblemKind::WrongYear,
        (
            format!("“{}”要分年度，列名中没有年度", indicator.label.zh),
            format!("{} is given by year, and the column's name has none", indicator.label.en),
        ),
        (
            format!("请改名为“{id}_2025”这样，每年一列"),
            format!("call it `{id}_2025` or the like, one column for each year"),
        ),
    )
}

pub(crate) fn with_year(indicator: &Indicator) -> Problem {
    let id = &indicator.id;
    refused(
        ProblemKind::WrongYear,
        (
            format!("“{}”不分年度", indicator.label.zh),
            format!("{} is not given by year", indicator.label.en),
        ),
        (format!("请改名为“{id}”，只留一列"), format!("call it `{id}`, and keep one column")),
    )
}

pub(crate) fn wrong_year(indicator: &Indicator, year: i16, years: &RangeInclusive<i16>) -> Problem {
    let (first, last) = (years.start(), years.end());
    refused(
        ProblemKind::WrongYear,
        (
            format!("{year} 不是“{}”可用的年度", indicator.label.zh),
            format!("{year} is not a year of {}", indicator.label.en),
        ),
        (
            format!("年度应在 {first} 至 {last} 之间"),
            format!("a year lies between {first} and {last}"),
        ),
    )
}

/// A column that cannot be read as what its name says.
pub(crate) fn unfit(name: &str, holds: &Holds, unfit: Unfit) -> Problem {
    let name = shown(name);
    match unfit {
        Unfit::Lacking(part) => refused(
            ProblemKind::WrongType,
            (
                format!("“{name}”的记录缺少“{part}”"),
                format!("the records of `{name}` lack `{part}`"),
            ),
            (format!("应为 {}", wanted(holds)), format!("it should be {}", wanted(holds))),
        ),
        Unfit::Type { part, found, wanted } => {
            let path = if part.is_empty() { name.clone() } else { format!("{name}.{part}") };
            let (unit, unit_en) = unit_words(holds);
            let type_found = sql_name(&found);
            let (why, why_en) = reason(&found, &wanted);
            refused(
                ProblemKind::WrongType,
                (
                    format!("“{path}”是 {type_found}，应为 {wanted}{unit}"),
                    format!("`{path}` is {type_found}, it should be {wanted}{unit_en}"),
                ),
                if is_float(&found) && wanted.contains(',') {
                    (
                        format!(
                            "{why}请从来源处就按 {wanted} 读入和写出；只有浮点数时，\
                             CAST({name} AS {wanted}) 取最近的值，须与来源核对"
                        ),
                        format!(
                            "{why_en}read and write it as {wanted} from its source on; where there \
                             is nothing but floating point, CAST({name} AS {wanted}) takes the \
                             nearest: compare with the source"
                        ),
                    )
                } else if part.is_empty() && !wanted.ends_with("[]") {
                    (
                        format!("{why}可用 CAST({name} AS {wanted}) 换算"),
                        format!("{why_en}CAST({name} AS {wanted}) converts it"),
                    )
                } else {
                    (format!("{why}请改正类型"), format!("{why_en}correct the type"))
                },
            )
        }
    }
}

fn reason(found: &DataType, wanted: &str) -> (&'static str, &'static str) {
    match found {
        _ if is_float(found) && wanted.contains(',') => (
            "浮点数不能准确表示小数，差一分结论就可能不同；",
            "floating point cannot hold decimals exactly, and a fen can change a verdict; ",
        ),
        DataType::Timestamp(..) => ("只要日期，不要时刻；", "a day is wanted, not a moment; "),
        _ => ("", ""),
    }
}

fn is_float(found: &DataType) -> bool {
    matches!(found, DataType::Float16 | DataType::Float32 | DataType::Float64)
}

fn unit_words(holds: &Holds) -> (String, String) {
    match holds {
        Holds::Fact(indicator, _) => match &indicator.kind {
            Kind::Money => ("（元）".to_owned(), " (yuan)".to_owned()),
            Kind::Ratio => ("（3 % 写作 0.03）".to_owned(), " (3 % is 0.03)".to_owned()),
            Kind::Number { unit, .. } => (format!("（{}）", unit.zh), format!(" ({})", unit.en)),
            _ => Default::default(),
        },
        Holds::Special(_) => Default::default(),
    }
}

/// A unit that the column states and that is not the one in which it is read.
pub(crate) fn other_unit(holds: &Holds, field: &Field) -> Option<Problem> {
    let stated = field.metadata().get(UNIT)?.trim();
    let Holds::Fact(indicator, _) = holds else { return None };
    let own = match &indicator.kind {
        Kind::Money => Unit::Money(100),
        Kind::Ratio if matches!(stated, "1" | "ratio" | "比率") => return None,
        Kind::Ratio => Unit::Ratio(1_000_000),
        Kind::Number { unit, .. } => Unit::Counted(unit.zh.clone(), 1),
        _ => return None,
    };
    if Unit::parse(stated, &indicator.kind).is_some_and(|unit| unit == own) {
        return None;
    }
    let (unit, unit_en) = match &indicator.kind {
        Kind::Money => ("元".to_owned(), "yuan".to_owned()),
        Kind::Number { unit, .. } => (unit.zh.clone(), unit.en.clone()),
        _ => ("小数（3 % 写作 0.03）".to_owned(), "plain decimals (3 % is 0.03)".to_owned()),
    };
    let stated = shown(stated);
    Some(refused(
        ProblemKind::WrongUnit,
        (
            format!(
                "“{}”列标明的单位是“{stated}”，而“{}”以{unit}计",
                shown(field.name()),
                indicator.label.zh
            ),
            format!(
                "the column `{}` states the unit `{stated}`, but {} is in {unit_en}",
                shown(field.name()),
                indicator.label.en
            ),
        ),
        (
            format!("请换算成{unit}，并改正列的单位说明"),
            format!("convert it to {unit_en} and correct the unit of the column"),
        ),
    ))
}
