//! Lines that every page shares: headings, titles of parts, items of a list.

use enterprise::Text;

use super::paint::Style;
use super::width;
use crate::output::Screen;

/// A heading with a rule to the right edge.
pub(crate) fn heading(words: &str, screen: &Screen) -> Vec<String> {
    let rule = "─".repeat(screen.width.saturating_sub(width::of(words) + 4));
    let line = format!("── {words} {rule}");
    let mut lines = Vec::new();
    say(line.trim_end(), Style::Bold, screen, &mut lines);
    lines
}

/// Words in a style, wrapped.
pub(crate) fn say(words: &str, style: Style, screen: &Screen, lines: &mut Vec<String>) {
    let wrapped = width::wrap(words, screen.width);
    lines.extend(wrapped.iter().map(|line| style.paint(line, screen.colour)));
}

/// The title of a part, with a blank line above.
pub(crate) fn title(words: &str, screen: &Screen, lines: &mut Vec<String>) {
    lines.push(String::new());
    say(words, Style::Bold, screen, lines);
}

/// An item of a list.
pub(crate) fn item(words: &Text, screen: &Screen, lines: &mut Vec<String>) {
    for (index, line) in
        width::wrap(words.get(screen.lang), screen.width.saturating_sub(2)).iter().enumerate()
    {
        let sign = if index == 0 { "· " } else { "  " };
        lines.push(format!("{sign}{line}"));
    }
}
