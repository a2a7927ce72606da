//! Why a text is not a quantity, in words: what is wrong with it, and what may be written instead.

use enterprise::{Catalogue, DecimalError, Kind, QuantityError, Text};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};

const MONEY: &str = "元、千元、万元、百万元、千万元、亿元";
const RATIO: &str = "%、‰";

/// A text that is no quantity of `kind`, or no quantity at all.
pub(crate) fn bad_quantity(
    span: Span,
    text: &str,
    error: &QuantityError,
    kind: Option<&Kind>,
) -> Diagnostic {
    let (zh, en) = match error {
        QuantityError::Decimal(DecimalError::NotANumber) => number_missing(text),
        QuantityError::Decimal(DecimalError::TooManyDigits) => {
            ("小数位数过多".to_owned(), "it has too many decimals".to_owned())
        }
        QuantityError::Decimal(DecimalError::TooLarge) => {
            ("数值过大".to_owned(), "it is too large".to_owned())
        }
        QuantityError::WrongUnit(unit) | QuantityError::Contradicts { written: unit, .. } => {
            match kind {
                Some(_) => (
                    format!("“{unit}”不是此指标的单位"),
                    format!("`{unit}` is no unit of this indicator"),
                ),
                None => (format!("“{unit}”不是单位"), format!("`{unit}` is no unit")),
            }
        }
        QuantityError::NotAQuantity => {
            ("此指标没有数量".to_owned(), "this indicator has no quantities".to_owned())
        }
    };
    let (help_zh, help_en) = help(error, kind);
    Diagnostic::new(
        Code::BadQuantity,
        span,
        format!("“{text}”不是数量：{zh}"),
        format!("`{text}` is not a quantity: {en}"),
    )
    .help(help_zh, help_en)
}

fn number_missing(text: &str) -> (String, String) {
    let begins = text.trim().starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    if begins {
        return (
            "数字写法不对；千分位每三位一个逗号".to_owned(),
            "the number is not written well; separators stand at every third digit".to_owned(),
        );
    }
    ("数字须写在最前面".to_owned(), "the number comes first".to_owned())
}

fn help(error: &QuantityError, kind: Option<&Kind>) -> (String, String) {
    let units = match kind {
        Some(Kind::Money) => Some(MONEY.to_owned()),
        Some(Kind::Ratio) => Some(RATIO.to_owned()),
        Some(Kind::Number { unit, .. }) => Some(format!("{0}、万{0}", unit.zh)),
        _ => None,
    };
    match (error, units) {
        (QuantityError::Decimal(DecimalError::TooManyDigits), _) => (
            "金额最小到分，比率最小到百万分之一，其他最多六位小数".to_owned(),
            "money goes down to a fen, a ratio to a millionth, others have at most six decimals"
                .to_owned(),
        ),
        (QuantityError::WrongUnit(_), Some(units)) => {
            (format!("可用的单位：{units}"), format!("units: {units}"))
        }
        (QuantityError::WrongUnit(_), None) => (
            format!("金额用 {MONEY}，比率用 {RATIO}，其他用量词，如 人、项、年"),
            format!("money: {MONEY}; ratios: {RATIO}; else a counting word such as 人, 项, 年"),
        ),
        _ => (
            "写成“1500 万元”“3 %”“4 项”".to_owned(),
            "write \"1500 万元\", \"3 %\", \"4 项\"".to_owned(),
        ),
    }
}

/// What to say of a counting word that no indicator is counted in: mostly a mistyped unit.
pub(crate) fn unknown_word(catalogue: &Catalogue, word: &str) -> Option<Text> {
    let counted = catalogue.indicators().iter().filter_map(|known| match &known.kind {
        Kind::Number { unit, .. } => Some(unit),
        _ => None,
    });
    let words: Vec<&str> = counted.flat_map(|unit| [unit.zh.as_str(), &unit.en]).collect();
    if word.is_empty() || ["年", "天"].contains(&word) || words.contains(&word) {
        return None;
    }
    Some(Text::new(
        format!("没有以“{word}”计的指标；金额用 {MONEY}，比率用 {RATIO}"),
        format!("no indicator is counted in `{word}`; money: {MONEY}; ratios: {RATIO}"),
    ))
}
