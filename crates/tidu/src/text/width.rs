//! How many columns a text takes on a terminal, where Chinese characters take two, and where a line
//! of it may be broken.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The columns that `text` takes.
pub(crate) fn of(text: &str) -> usize {
    text.width()
}

/// `text` with blanks behind it, to `columns`.
pub(crate) fn pad(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(of(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// `text` with blanks before it, to `columns`.
pub(crate) fn pad_left(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(of(text));
    format!("{}{text}", " ".repeat(blanks))
}

/// At most `columns` of `text`, with an ellipsis where something was cut off.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if of(text) <= columns {
        return text.to_owned();
    }
    let mut short = String::new();
    for character in text.chars() {
        if of(&short) + character.width().unwrap_or(0) + 1 > columns {
            break;
        }
        short.push(character);
    }
    short.push('…');
    short
}

/// `text` in lines of at most `columns`; only a word that is longer than a line is torn apart.
/// Blanks at its beginning stand before every line.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let blanks = text.len() - text.trim_start_matches(' ').len();
    if blanks > 0 && columns > blanks + 2 {
        let lines = wrap(text.trim_start_matches(' '), columns - blanks);
        return lines.iter().map(|line| format!("{}{line}", " ".repeat(blanks))).collect();
    }
    let columns = columns.max(2);
    let mut lines = Vec::new();
    let mut line = String::new();
    for piece in pieces(text).into_iter().flat_map(|piece| parts(piece, columns)) {
        if of(&line) + of(piece.trim_end()) > columns && !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
            line = String::new();
        }
        let piece = if line.is_empty() { piece.trim_start() } else { piece };
        if of(piece.trim_end()) <= columns {
            line.push_str(piece);
            continue;
        }
        for character in piece.chars() {
            let blank = character.is_whitespace();
            if !blank && of(&line) + character.width().unwrap_or(0) > columns {
                lines.push(line.trim_end().to_owned());
                line = String::new();
            }
            line.push(character);
        }
    }
    if !line.trim().is_empty() || lines.is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// `text` in as few lines as [`wrap`] needs, but of much the same length, for heads of columns.
pub(crate) fn wrap_evenly(text: &str, columns: usize) -> Vec<String> {
    let lines = wrap(text, columns);
    // Narrower than its longest word, a text would be torn.
    let longest = pieces(text).iter().map(|piece| of(piece.trim_end())).max().unwrap_or(2);
    let mut narrower = (longest.max(2)..columns).map(|narrow| wrap(text, narrow));
    narrower.find(|even| even.len() == lines.len()).unwrap_or(lines)
}

/// The pieces between which a line may be broken, each with the blanks behind it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, character, text.get(..at))) {
            pieces.extend(text.get(start..at));
            start = at;
        }
        before = Some(character);
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// A piece that is wider than a line, at its blanks.
fn parts(piece: &str, columns: usize) -> Vec<&str> {
    if of(piece.trim_end()) <= columns { vec![piece] } else { piece.split_inclusive(' ').collect() }
}

const NEVER_FIRST: &str = "，。；：、！？）】》〉”’%‰…·,.;:!?)]";
const NEVER_LAST: &str = "（【《〈“‘([≥≤><＜＞=";

/// Whether a line may end after `before` and the next begin with `character`.
fn may_break(before: char, character: char, so_far: Option<&str>) -> bool {
    if character.is_whitespace() || NEVER_FIRST.contains(character) || NEVER_LAST.contains(before) {
        return false;
    }
    let wide = |character: char| character.width() == Some(2);
    if before.is_whitespace() {
        // A number keeps its unit, and a sign of comparison its number.
        let word = so_far.unwrap_or_default().trim_end();
        let last = word.chars().next_back().unwrap_or(' ');
        let unit = wide(character) || character == '%' || character.is_ascii_lowercase();
        let number =
            last.is_ascii_digit() && unit || character.is_ascii_digit() && word.ends_with("CNY");
        return !number && !NEVER_LAST.contains(last);
    }
    if before == '-' {
        let word = so_far.unwrap_or_default().trim_end_matches('-');
        return word.chars().next_back().is_some_and(char::is_alphabetic);
    }
    // 万元 and 亿元 stay together, and a document's attachment keeps its number.
    if matches!((before, character), ('万' | '亿', '元') | ('附', '件'))
        || before == '件' && character.is_ascii_digit()
    {
        return false;
    }
    wide(before) || wide(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_a_reader_expects_it() {
        let cases: [(&str, usize, &[&str]); 13] = [
            ("at least CNY 29.4 m, by then", 16, &["at least", "CNY 29.4 m, by", "then"]),
            ("用于：附件1 三", 10, &["用于：", "附件1 三"]),
            ("3 items", 5, &["3", "items"]),
            ("营业收入总额", 8, &["营业收入", "总额"]),
            ("营业收入，总额", 8, &["营业收", "入，总额"]),
            ("差 12.5 万元（0.25 %）", 14, &["差 12.5 万元", "（0.25 %）"]),
            ("short by 5 %, or more", 10, &["short by", "5 %, or", "more"]),
            ("见 ≥ 5000 万元 为准", 14, &["见 ≥ 5000 万元", "为准"]),
            ("Technology-based SME", 12, &["Technology-", "based SME"]),
            ("自 2026-05-01 起", 12, &["自", "2026-05-01", "起"]),
            ("", 8, &[""]),
            ("  主营业务", 8, &["  主营业", "  务"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
        ];
        for (text, columns, lines) in cases {
            assert_eq!(wrap(text, columns), lines, "{text}");
        }
    }

    #[test]
    fn no_line_is_too_long_and_nothing_is_lost() {
        let text =
            "近 2 年合计（合格机构投资者股权融资） 1,200.5 万元 ≥ 2000 万元，or “another” one";
        for columns in 2..60 {
            let lines = wrap(text, columns);
            assert!(lines.iter().all(|line| of(line) <= columns), "{columns}: {lines:?}");
            let kept: String = lines.concat().split_whitespace().collect();
            assert_eq!(kept, text.split_whitespace().collect::<String>());
        }
    }

    #[test]
    fn a_cut_says_so() {
        assert_eq!(cut("岛城精密制造", 8), "岛城精…");
        assert_eq!(cut("岛城", 8), "岛城");
    }
}
