//! What a recognition would grant, as far as that is public.

use enterprise::{Lang, Text};
use rules::{Assessment, BenefitResult, Measure};

use super::paint::Style;
use super::width;
use crate::output::Screen;
use words::{amounts, provenance};

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
        let amount = amount(result);
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

fn amount(result: &BenefitResult<'_>) -> Text {
    let money = |value| amounts::readable(value, &Measure::Money);
    match (&result.amount, result.most) {
        (Some(amount), _) => match amount.as_exact() {
            Some(value) => money(value),
            None => Text::new("数据不全，金额待定", "facts missing, amount open"),
        },
        (None, Some(most)) => {
            let most = money(most);
            Text::new(
                format!("最高 {}，具体金额未公开", most.zh),
                format!("at most {}; the amount is not public", most.en),
            )
        }
        (None, None) => Text::new("金额未公开", "the amount is not public"),
    }
}
