//! What a recognition would grant, as far as that is public.

use enterprise::Lang;
use rules::Assessment;

use super::paint::Style;
use super::width;
use crate::output::Screen;
use words::{programme, provenance};

/// The lines about benefits; none if the version grants nothing.
pub(crate) fn benefits(assessment: &Assessment<'_>, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    for result in &assessment.benefits {
        if lines.is_empty() {
            lines.push(String::new());
            let title = screen.say("认定后可享受", "What it would grant");
            lines.push(Style::Bold.paint(title, screen.colour));
        }
        let benefit = result.benefit;
        let amount = programme::granted(result);
        let clause = provenance::clause(&benefit.citation, &assessment.version.document);
        let status = provenance::status(&benefit.citation.status);
        let words = match screen.lang {
            Lang::Zh => {
                format!("{}：{}（{clause} · {}）", benefit.label.zh, amount.zh, status.zh)
            }
            Lang::En => {
                format!("{}: {} ({clause} · {})", benefit.label.en, amount.en, status.en)
            }
        };
        for (index, line) in width::wrap(&words, screen.width.saturating_sub(2)).iter().enumerate()
        {
            let sign = if index == 0 { "· " } else { "  " };
            lines.push(format!("{sign}{line}"));
        }
    }
    lines
}
