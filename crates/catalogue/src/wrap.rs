//! Lines of a picture: how wide a text is at most, and where it may be broken. Fonts differ, so that
//! widths are estimated generously.

use unicode_width::UnicodeWidthChar as _;

/// Signs that must not begin a line.
const CLOSING: &str = "，。、；：？！）》”’】…";

/// `text` in lines of at most `pixels` at this font size.
pub(crate) fn wrap(text: &str, pixels: usize, size: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text) {
        let fits = width(&line, size) + width(piece.trim_end(), size) <= pixels;
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

fn width(text: &str, size: usize) -> usize {
    text.chars().map(hundredths).sum::<usize>() * size / 100
}

/// The width of a character in hundredths of the font size, in a wide font.
fn hundredths(character: char) -> usize {
    match character {
        'm' | 'w' | 'M' | 'W' | '&' | '%' | '@' => 95,
        'i' | 'j' | 'l' | 'I' | ' ' | '.' | ',' | ':' | ';' | '(' | ')' => 39,
        _ if character.width().unwrap_or(0) > 1 || "“”‘’…".contains(character) => 100,
        _ if character.is_uppercase() => 73,
        _ => 62,
    }
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
        for (text, pixels, lines) in [
            ("Little giant of the city", 95, vec!["Little giant of", "the city"]),
            ("专精特新小巨人企业", 55, vec!["专精特新小", "巨人企业"]),
            ("中小企业。", 40, vec!["中小企业。"]),
        ] {
            assert_eq!(wrap(text, pixels, 10), lines);
        }
    }
}
