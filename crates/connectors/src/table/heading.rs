//! The text of a heading: normal form, and the parts that can be peeled off its name (a year, a
//! unit or another remark in brackets). Knows no catalogue.

use unicode_normalization::UnicodeNormalization as _;

use super::cell::invisible;
use crate::subject::YEARS;

/// Longer headings are prose.
pub(crate) const LONGEST: usize = 200;

/// Something peeled off a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Year(i16),
    /// “上年度” and the like: a year that depends on when one reads it.
    RelativeYear(String),
    /// A unit, or a word such as “有效期起”.
    Remark(String),
}

/// NFKC without blanks and line breaks, all brackets round. Cut at [`LONGEST`] characters.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|character| !invisible(*character))
        .take(LONGEST)
        .nfkc()
        .filter(|character| !invisible(*character))
        .map(|character| match character {
            '[' | '【' | '〔' | '〖' | '{' => '(',
            ']' | '】' | '〕' | '〗' | '}' => ')',
            other => other,
        })
        .collect()
}

/// The form in which headings and names are compared.
pub(crate) fn key(text: &str) -> String {
    squeeze(text).to_lowercase()
}

/// Marks of required and optional columns, which mean nothing here.
const MARKS: [&str; 8] =
    ["*", "(必填)", "(选填)", "(必填项)", "(选填项)", "(required)", "(optional)", "★"];

/// The heading without such marks.
pub(crate) fn without_marks(mut text: &str) -> &str {
    loop {
        let shorter = MARKS
            .iter()
            .find_map(|mark| text.strip_suffix(mark).or_else(|| text.strip_prefix(mark)));
        match shorter {
            Some(shorter) => text = shorter,
            None => return text,
        }
    }
}

/// Every way to peel one layer off a squeezed heading: what remains, and the parts peeled off.
pub(crate) fn peel(text: &str) -> Vec<(&str, Vec<Part>)> {
    let mut ways = Vec::new();
    if let Some((rest, content)) = trailing_group(text) {
        ways.push((rest, vec![part(content)]));
        let pieces: Vec<&str> = content.split([',', '、', ';', '/']).collect();
        if pieces.len() > 1 && pieces.len() <= 3 {
            ways.push((rest, pieces.into_iter().map(part).collect()));
        }
    }
    if let Some((rest, content)) = leading_group(text) {
        ways.push((rest, vec![part(content)]));
    }
    for (rest, year) in [trailing_year(text), leading_year(text)].into_iter().flatten() {
        ways.push((rest, vec![Part::Year(year)]));
    }
    for word in RELATIVE {
        for rest in [text.strip_suffix(word), text.strip_prefix(word)].into_iter().flatten() {
            ways.push((rest, vec![Part::RelativeYear((*word).to_owned())]));
        }
    }
    if let Some((rest, word)) = text.rsplit_once(['/', ':']) {
        ways.push((rest, vec![part(word)]));
    }
    ways.into_iter()
        .map(|(rest, parts)| (rest.trim_matches(['-', '_', ':', '.', '·', ',']), parts))
        .filter(|(rest, _)| !rest.is_empty())
        .collect()
}

/// The name alone, as far as one can tell without knowing any name. For suggestions.
pub(crate) fn bare(text: &str) -> &str {
    let mut text = without_marks(text);
    while let Some((rest, _)) = peel(text).into_iter().next() {
        text = without_marks(rest);
    }
    text
}

fn part(content: &str) -> Part {
    let content = content.strip_prefix("单位:").unwrap_or(content);
    match whole_year(content) {
        Some(year) => Part::Year(year),
        None if RELATIVE.contains(&content) => Part::RelativeYear(content.to_owned()),
        None => Part::Remark(content.to_owned()),
    }
}

const RELATIVE: [&str; 20] = [
    "上上年度",
    "上上年",
    "上年度",
    "上一年度",
    "上一年",
    "上年",
    "前年度",
    "前年",
    "去年",
    "本年度",
    "本年",
    "当年度",
    "当年",
    "今年",
    "最近一年",
    "近一年",
    "最近一个会计年度",
    "lastyear",
    "thisyear",
    "previousyear",
];

const YEAR_WORDS: [&str; 4] = ["年度", "财年", "年", ""];

fn whole_year(text: &str) -> Option<i16> {
    YEAR_WORDS.iter().find_map(|word| text.strip_suffix(word)).and_then(|digits| {
        year(digits.strip_prefix("fy").or(digits.strip_prefix("FY")).unwrap_or(digits))
    })
}

fn year(digits: &str) -> Option<i16> {
    let plain = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|year| plain && YEARS.contains(year))
}

fn trailing_year(text: &str) -> Option<(&str, i16)> {
    let text = YEAR_WORDS.iter().find_map(|word| text.strip_suffix(word))?;
    let (rest, digits) = text.split_at_checked(text.len().checked_sub(4)?)?;
    Some((rest, year(digits)?))
}

fn leading_year(text: &str) -> Option<(&str, i16)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let rest = YEAR_WORDS.iter().find_map(|word| rest.strip_prefix(word))?;
    Some((rest, year(digits)?))
}

/// `name(content)` with matching brackets.
fn trailing_group(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_suffix(')')?;
    let mut depth = 0usize;
    for (place, character) in inner.char_indices().rev() {
        match character {
            ')' => depth += 1,
            '(' if depth == 0 => {
                let (rest, content) = inner.split_at_checked(place)?;
                return Some((rest, content.strip_prefix('(')?));
            }
            '(' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `(content)name`, without brackets inside.
fn leading_group(text: &str) -> Option<(&str, &str)> {
    let (content, rest) = text.strip_prefix('(')?.split_once(')')?;
    (!content.contains('(')).then_some((rest, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_compared_without_blanks_and_widths() {
        assert_eq!(squeeze(" 营业收入\n（ 万元 ）２０２５ "), "营业收入(万元)2025");
        assert_eq!(without_marks("*统一社会信用代码(必填)"), "统一社会信用代码");
        assert_eq!(bare("2025年度营业收人(万元)"), "营业收人");
    }

    #[test]
    fn parts_come_off_one_by_one() {
        let year = vec![Part::Year(2025)];
        for text in [
            "营业收入2025",
            "2025年营业收入",
            "营业收入2025年度",
            "营业收入(2025年)",
            "2025-营业收入",
        ] {
            assert!(peel(text).contains(&("营业收入", year.clone())), "{text}: {:?}", peel(text));
        }
        let both = vec![Part::Year(2025), Part::Remark("万元".into())];
        assert!(peel("营业收入(2025年,万元)").contains(&("营业收入", both)));
        let relative = vec![Part::RelativeYear("上年度".into())];
        assert!(peel("上年度营业收入").contains(&("营业收入", relative)));
    }
}
