//! Lines of a picture: how wide a text is, and where it may be broken.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Signs that must not begin a line.
const CLOSING: &str = "，。、；：？！）》”’】…";

/// `text` in lines of at most `columns`, where a Chinese character takes two.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let fits = (line.width() + piece.trim_end().width()) <= columns;
        let must_stay = piece.chars().all(|character| CLOSING.contains(character));
        if !fits && !must_stay && !line.trim().is_empty() {
            lines.push(line.trim_end().to_owned());
            line = String::new();
        }
        line.push_str(if line.is_empty() { piece.trim_start() } else { &piece });
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Words with the blank behind them; Chinese characters one by one.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        let is_wide = character.width().unwrap_or(0) > 1;
        if is_wide && !word.is_empty() {
            pieces.push(std::mem::take(&mut word));
        }
        word.push(character);
        if is_wide || character == ' ' {
            pieces.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        pieces.push(word);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_breaks_between_words_and_characters_but_not_before_a_closing_sign() {
        for (text, columns, lines) in [
            ("Little giant of the city", 12, vec!["Little giant", "of the city"]),
            ("专精特新“小巨人”企业", 10, vec!["专精特新", "“小巨人”", "企业"]),
            ("中小企业。", 8, vec!["中小企业。"]),
        ] {
            assert_eq!(wrap(text, columns), lines);
        }
    }
}
