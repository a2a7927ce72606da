//! A plan in full, step by step.

use enterprise::Text;
use jiff::civil::Date;
use rules::plan::{Plan, Step, TitleStep};
use rules::{Answer, Document, Outcome, Rulebook};

use super::Page;
use crate::text::lines::{item, title};
use crate::text::paint::Style;
use crate::text::width;
use words::plan::only_confirm;
use words::{gap, join, plan};

/// More matters to be confirmed than this are many.
const MANY: usize = 6;

impl Page<'_> {
    /// The best plan in full.
    pub(super) fn best(&self, plan: &Plan<'_>, before: &Answer<'_>, lines: &mut Vec<String>) {
        let screen = self.screen;
        let only_confirm = only_confirm(plan);
        let heading = if only_confirm {
            Text::new(
                "先核实以下事项，属实则不需要改变",
                "Confirm the following; if it is so, nothing has to change",
            )
        } else {
            Text::new("最佳方案", "Best plan")
        };
        let heading = self.with_cost(&heading, plan, before);
        title(heading.get(screen.lang), screen, lines);
        self.effort_told(plan, lines);
        if !plan.proven && !only_confirm {
            let words = screen.say("未证明为最省的方案。", "Not proven to take the least.");
            self.below(0, words, Style::Dim, lines);
        }
        for (step, number) in plan::shown(plan, self.rulebook).iter().zip(1..) {
            self.step(step, number, document(before), lines);
        }
        self.relax(plan, before);
        let today = self.wish.today;
        let (kept, won): (Vec<_>, Vec<_>) =
            plan.titles.iter().partition(|title| title.held_until.is_some_and(|day| today <= day));
        let words = |titles: Vec<&TitleStep<'_>>| {
            titles.into_iter().map(|title| plan::title(title, self.rulebook, today)).collect()
        };
        self.list("先取得的称号", "Titles to win first", words(won), lines);
        self.list("须保持有效的称号", "Titles to keep valid", words(kept), lines);
        let trusted = plan::trusted_lines(plan, before.base_year);
        let many = trusted.len() > MANY;
        if only_confirm {
            for words in &trusted {
                item(words, screen, lines);
            }
        } else {
            self.list("须先确认的事项", "To be confirmed", trusted, lines);
        }
        if many {
            let words = screen.say(
                "事项较多，可用 tidu ask 逐题补齐数据，只问影响结论的。",
                "That is much: tidu ask takes the data one by one, only what matters.",
            );
            self.below(0, words, Style::Open, lines);
        }
        let overruled = plan.overruled.iter().map(|criterion| criterion.label.clone()).collect();
        self.list(
            "现有判断不利，须重新判断",
            "Judged against it, to be judged anew",
            overruled,
            lines,
        );
        self.awaited(plan, lines);
    }

    /// What persons and outside systems still have to say.
    pub(super) fn awaited(&self, plan: &Plan<'_>, lines: &mut Vec<String>) {
        let pending = plan.pending.iter().map(|what| gap::waits(what, self.rulebook));
        let words = pending.chain(plan.undefined.iter().map(words::plan::undefined)).collect();
        self.list("仍由人或外部系统决定", "Still for others to decide", words, lines);
    }

    /// A heading with what the plan takes.
    pub(super) fn with_cost(&self, heading: &Text, plan: &Plan<'_>, before: &Answer<'_>) -> Text {
        let cost = self.cost(plan, before);
        if cost.is_empty() {
            return heading.clone();
        }
        Text::new(format!("{}（{cost}）", heading.zh), format!("{} ({cost})", heading.en))
    }

    /// What effort means, where a number for it stands for the first time.
    pub(super) fn effort_told(&self, plan: &Plan<'_>, lines: &mut Vec<String>) {
        if !plan.steps.is_empty() && !self.told.effort.replace(true) {
            let words = plan::effort_means();
            self.below(0, words.get(self.screen.lang), Style::Dim, lines);
        }
    }

    /// Where a step has a warning and the day was not asked for, the page's foot names a later one.
    fn relax(&self, plan: &Plan<'_>, before: &Answer<'_>) {
        let warned =
            plan.steps.iter().any(|step| !plan::warnings(step, self.wish.today).is_empty());
        let later = enterprise::year_end(before.as_of.year().saturating_add(1));
        if warned && self.wish.target.is_none() {
            self.told.relaxed.set(self.told.relaxed.get().max(later));
        }
    }

    fn step(
        &self,
        step: &Step<'_>,
        number: usize,
        shown: Option<&Document>,
        lines: &mut Vec<String>,
    ) {
        let (screen, lang) = (self.screen, self.screen.lang);
        let figure = plan::figure(step);
        let head = format!("{number:>2}. {}", figure.get(lang));
        let head = width::wrap(&head, screen.width);
        lines.extend(head.iter().map(|line| Style::Bold.paint(line, screen.colour)));
        let parts = [Some(plan::change(step)), plan::movement(step), Some(plan::by(step))];
        let parts: Vec<Text> = parts.into_iter().flatten().collect();
        self.below(4, join(&parts, "，", ", ").get(lang), Style::Open, lines);
        let warnings = plan::warnings(step, self.wish.today);
        if !warnings.is_empty() {
            let words = join(&warnings, "；", "; ");
            let word = screen.say("注意：", "mind: ");
            self.below(4, &format!("{word}{}", words.get(lang)), Style::Bad, lines);
        }
        if let Some(tied) = plan::tied(step) {
            self.below(4, tied.get(lang), Style::Dim, lines);
        }
        if let Some(shown) = shown {
            let serves: Vec<Text> =
                step.serves.iter().map(|serves| plan::serves(serves, shown)).collect();
            let serves = join(&serves, "、", "; ");
            let word = screen.say("用于：", "for: ");
            self.below(4, &format!("{word}{}", serves.get(lang)), Style::Plain, lines);
        }
        let note = plan::first_sentence(&step.indicator.note);
        if !note.get(lang).is_empty() {
            let word = screen.say("口径：", "meaning: ");
            self.below(4, &format!("{word}{}", note.get(lang)), Style::Dim, lines);
        }
    }

    /// A titled list, if there is anything in it.
    pub(super) fn list(&self, zh: &str, en: &str, items: Vec<Text>, lines: &mut Vec<String>) {
        if items.is_empty() {
            return;
        }
        title(self.screen.say(zh, en), self.screen, lines);
        for words in &items {
            item(words, self.screen, lines);
        }
    }

    /// Words below something, so many columns in.
    pub(super) fn below(&self, indent: usize, words: &str, style: Style, lines: &mut Vec<String>) {
        for line in width::wrap(words, self.screen.width.saturating_sub(indent)) {
            lines.push(format!("{}{}", " ".repeat(indent), style.paint(&line, self.screen.colour)));
        }
    }
}

pub(super) fn titles(plan: &Plan<'_>, rulebook: &Rulebook, today: Date) -> Vec<Text> {
    plan.titles.iter().map(|title| plan::title(title, rulebook, today)).collect()
}

/// The document that is being shown anyway.
fn document<'r>(answer: &Answer<'r>) -> Option<&'r Document> {
    match &answer.outcome {
        Outcome::Assessed(assessment) => Some(&assessment.version.document),
        Outcome::NoVersion { .. } => None,
    }
}
