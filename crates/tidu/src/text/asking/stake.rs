//! What hangs on a question.

use rules::inquiry::Inquiry;
use rules::{Missing, Programme};

use super::indented;
use crate::output::Screen;
use crate::text::paint::Style;

/// What hangs on a question.
pub(crate) fn at_stake(inquiry: &Inquiry<'_>, screen: &Screen) -> Vec<String> {
    let lang = screen.lang;
    let named = |programmes: &[&Programme]| {
        let titles: Vec<&str> = programmes.iter().map(|known| known.title.get(lang)).collect();
        titles.join(screen.say("、", ", "))
    };
    let mut lines = Vec::new();
    if !inquiry.decides.is_empty() {
        let words = format!(
            "{}{}",
            screen.say("单凭此项可能就定下：", "May decide alone: "),
            named(&inquiry.decides)
        );
        indented(&words, Style::Dim, screen, &mut lines);
    }
    let own = |known: &Programme| inquiry.what == Missing::Title(known.id.clone());
    let others: Vec<&Programme> = inquiry
        .missing_in
        .iter()
        .copied()
        .filter(|known| !inquiry.decides.iter().any(|decided| decided.id == known.id))
        .filter(|known| !own(known))
        .collect();
    // Who holds the title is judged by the rules for re-review.
    if inquiry.missing_in.iter().any(|known| own(known)) {
        let words =
            screen.say("决定按新申报还是按复核判断", "Tells new application from re-review");
        indented(words, Style::Dim, screen, &mut lines);
    }
    if !others.is_empty() {
        let words = format!("{}{}", screen.say("也用于：", "Also used for: "), named(&others));
        indented(&words, Style::Dim, screen, &mut lines);
    }
    lines
}
