//! From a cell to an admitted value. What Excel knows about a number (percent, date, formula) is
//! taken into account; everything else is the business of the admission of texts.

use enterprise::{Indicator, Kind, Problem, ProblemKind, Unit, Value, admit_value, parse_date};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use super::cell::Cell;
use super::heading::key;
use crate::number::shift;
use crate::says::{refused, shown};

/// The value of `indicator` in `cell`; `None` if it is blank. `unit` is that of the heading.
pub(crate) fn value(
    indicator: &Indicator,
    cell: &Cell,
    unit: Option<&Unit>,
) -> Result<Option<Value>, Box<Problem>> {
    let value = unchecked(indicator, cell, unit)?;
    // 43 without a % anywhere may mean 43 % as well as 4300 %: nobody guesses.
    let bare = match cell {
        Cell::Number { percent, .. } => !percent,
        _ => !cell.words().contains(['%', '％', '‰']),
    };
    if bare
        && unit.is_none()
        && indicator.kind == Kind::Ratio
        && matches!(value, Some(Value::Number(ppm)) if ppm > 1_000_000)
    {
        let (label, words) = (&indicator.label, cell.words());
        return Err(Box::new(refused(
            ProblemKind::WrongUnit,
            (
                format!("“{}”的“{}”没有写 %，看不出是百分数还是小数", label.zh, shown(&words)),
                format!("`{}` for {} has no %: percent or decimal?", shown(&words), label.en),
            ),
            ("请在数后写 %，或在表头写（%）", "write % behind the number, or (%) in the heading"),
        )));
    }
    Ok(value)
}

fn unchecked(
    indicator: &Indicator,
    cell: &Cell,
    unit: Option<&Unit>,
) -> Result<Option<Value>, Box<Problem>> {
    let quantity = matches!(indicator.kind, Kind::Money | Kind::Ratio | Kind::Number { .. });
    match cell {
        Cell::Blank => Ok(None),
        Cell::Text(text) => admit_text(indicator, text, unit).map(Some),
        Cell::Number { text, percent, formula } if quantity => {
            let percent_text =
                percent.then(|| shift(text, 2).map(|text| format!("{text}%"))).flatten();
            let text = percent_text.as_deref().unwrap_or(text);
            admit_value(indicator, text, unit).map(Some).map_err(|mut problem| {
                if *formula && problem.kind == ProblemKind::TooManyDigits {
                    problem.help.zh.push_str("；这是公式的结果，请在公式外加 ROUND");
                    problem.help.en.push_str("; this is the result of a formula: wrap it in ROUND");
                }
                problem
            })
        }
        Cell::Number { text, .. } if indicator.kind == Kind::Date => {
            if text.len() == 8 && parse_date(text).is_some() {
                return admit_value(indicator, text, None).map(Some);
            }
            Err(number_for_date(text))
        }
        // Excel drops leading zeros, and 0111 and 111 are different industries.
        Cell::Number { text, .. } if indicator.kind == Kind::Industry && text.len() != 4 => {
            Err(Box::new(refused(
                ProblemKind::WrongType,
                (
                    format!("行业代码“{text}”存成了数字，前面的 0 可能已经丢失"),
                    format!(
                        "the industry code `{text}` is stored as a number and may have lost its leading zero"
                    ),
                ),
                (
                    "请写成带门类字母的文本，例如 A0111",
                    "write it as text with its letter, such as A0111",
                ),
            )))
        }
        Cell::Number { text, .. } => admit_value(indicator, text, None).map(Some),
        Cell::Date(date) if indicator.kind == Kind::Date => {
            admit_value(indicator, &date.to_string(), None).map(Some)
        }
        Cell::Date(date) => Err(Box::new(refused(
            ProblemKind::WrongType,
            (
                format!("“{}”不能是日期（{date}）", indicator.label.zh),
                format!("{} cannot be a date ({date})", indicator.label.en),
            ),
            (
                "请把单元格格式改为“常规”后重新填写",
                "format the cell as General and enter the value again",
            ),
        ))),
        Cell::Flag(flag) if indicator.kind == Kind::Flag => Ok(Some(Value::Flag(*flag))),
        Cell::Flag(_) => admit_value(indicator, &cell.words(), None).map(Some),
        _ => Err(unusable(cell)),
    }
}

/// The text as it stands, then in its normal form, then by the normal form of an option's name.
fn admit_text(
    indicator: &Indicator,
    text: &str,
    unit: Option<&Unit>,
) -> Result<Value, Box<Problem>> {
    let problem = match admit_value(indicator, text, unit) {
        Ok(value) => return Ok(value),
        Err(problem) => problem,
    };
    if let Kind::Choice(choices) = &indicator.kind {
        let wanted = key(text);
        let option = choices.iter().find(|one| {
            [&one.id, &one.label.zh, &one.label.en].into_iter().any(|word| key(word) == wanted)
        });
        return match option {
            Some(option) => admit_value(indicator, &option.id, None),
            None => Err(problem),
        };
    }
    let normal: String = text.nfkc().collect();
    let normal = match indicator.kind {
        Kind::Date => without_midnight(normal.trim()),
        _ => normal.trim(),
    };
    if normal == text {
        return Err(problem);
    }
    admit_value(indicator, normal, unit)
}

/// A single date; `None` if the cell is blank.
pub(crate) fn date(cell: &Cell) -> Result<Option<Date>, Box<Problem>> {
    match cell {
        Cell::Blank => Ok(None),
        Cell::Date(date) => Ok(Some(*date)),
        Cell::Text(text) => match date_in(text) {
            Some(date) => Ok(Some(date)),
            None => Err(no_date(text)),
        },
        Cell::Number { text, .. } => match parse_date(text).filter(|_| text.len() == 8) {
            Some(date) => Ok(Some(date)),
            None => Err(number_for_date(text)),
        },
        Cell::Flag(_) => Err(no_date(&cell.words())),
        _ => Err(unusable(cell)),
    }
}

/// A date as text, in any width, with or without a midnight behind it.
pub(crate) fn date_in(text: &str) -> Option<Date> {
    let normal: String = text.nfkc().collect();
    parse_date(without_midnight(normal.trim()))
}

/// Databases write dates with a time of zero.
fn without_midnight(text: &str) -> &str {
    [" 00:00:00.000", " 00:00:00", " 0:00:00", " 00:00", " 0:00", "T00:00:00Z", "T00:00:00"]
        .iter()
        .find_map(|midnight| text.strip_suffix(midnight))
        .unwrap_or(text)
}

/// Words that say no, and words that say yes.
pub(crate) fn yes_or_no(cell: &Cell) -> Option<bool> {
    if let Cell::Flag(flag) = cell {
        return Some(*flag);
    }
    match key(&cell.words()).as_str() {
        "是" | "符合" | "满足" | "yes" | "y" | "true" | "met" | "√" | "1" => Some(true),
        "否" | "不符合" | "不满足" | "不是" | "no" | "n" | "false" | "notmet" | "×" | "0" => {
            Some(false)
        }
        _ => None,
    }
}

/// A text where a date was expected.
pub(crate) fn no_date(text: &str) -> Box<Problem> {
    let text = shown(text);
    Box::new(refused(
        ProblemKind::WrongType,
        (format!("“{text}”不是日期"), format!("`{text}` is not a date")),
        ("请写成 2024-03-01 这样的日期", "write a date such as 2024-03-01"),
    ))
}

fn number_for_date(text: &str) -> Box<Problem> {
    let text = shown(text);
    Box::new(refused(
        ProblemKind::WrongType,
        (
            format!("这里应是日期，单元格里却是普通数字 {text}"),
            format!("a date is expected here, but the cell holds the plain number {text}"),
        ),
        (
            "请把单元格格式改为日期，或写成 2024-03-01",
            "format the cell as a date, or write 2024-03-01",
        ),
    ))
}

/// A cell that holds nothing usable, whatever is expected.
pub(crate) fn unusable(cell: &Cell) -> Box<Problem> {
    let (zh, en, help, help_en) = match cell {
        Cell::Error(error) => (
            format!("单元格里是错误值 {error}"),
            format!("the cell holds the error {error}"),
            "请改正公式，或留空表示不知道",
            "correct the formula, or leave the cell empty if it is not known",
        ),
        Cell::Uncomputed => (
            "公式还没有计算结果".to_owned(),
            "the formula has no stored result".to_owned(),
            "请在 Excel 或 WPS 中打开并保存一次，或改成数值",
            "open and save the file in Excel or WPS, or replace the formula by its value",
        ),
        Cell::NoDate(number) => (
            format!("单元格设成了日期或时间格式，但 {number} 不是一个日期"),
            format!("the cell is formatted as a date or time, but {number} is no date"),
            "请改正单元格格式或重新填写",
            "correct the format of the cell or enter the value again",
        ),
        Cell::TooLong => (
            "单元格里的文字太长".to_owned(),
            "the text in the cell is too long".to_owned(),
            "请只填所需的值",
            "write only the value that is needed",
        ),
        _ => (
            format!("看不懂“{}”", shown(&cell.words())),
            format!("`{}` is not understood", shown(&cell.words())),
            "请改正或留空",
            "correct it or leave it empty",
        ),
    };
    Box::new(refused(ProblemKind::WrongType, (zh, en), (help, help_en)))
}
