//! A problem with given data: where, what, and what to do.

use enterprise::{Problem, Severity};

use super::paint::Style;
use super::width;
use crate::output::Screen;

/// The problem in words.
pub(crate) fn problem(problem: &Problem, screen: &Screen) -> String {
    let (word, style) = match problem.severity {
        Severity::Refused => (screen.say("未读入", "refused"), Style::Bad),
        Severity::Warning => (screen.say("提示", "note"), Style::Open),
    };
    let place = problem.place.to_string();
    let message = problem.message.get(screen.lang);
    let mut text = style.paint(word, screen.colour);
    if !place.is_empty() {
        text.push_str(&format!("  {place}"));
    }
    for line in width::wrap(message, screen.width.saturating_sub(4)) {
        text.push_str(&format!("\n    {line}"));
    }
    let help = problem.help.get(screen.lang);
    if !help.is_empty() {
        for line in width::wrap(help, screen.width.saturating_sub(4)) {
            text.push_str(&format!("\n    {}", Style::Dim.paint(&line, screen.colour)));
        }
    }
    text
}
