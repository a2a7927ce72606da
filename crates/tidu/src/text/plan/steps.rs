//! A plan: step by step in full, or each step in one line.

use enterprise::{Lang, Text};
use rules::plan::{Plan, Step};
use rules::{Answer, Document, Outcome, Rulebook};

use super::Page;
use crate::text::gaps;
use crate::text::lines::{item, title};
use crate::text::paint::Style;
use crate::text::width;
use words::{join, plan};

impl Page<'_> {
    /// The best plan in full.
    pub(super) fn best(&self, plan: &Plan<'_>, before: &Answer<'_>, lines: &mut Vec<String>) {
        let screen = self.screen;
        let cost = self.cost(plan, before);
        let words = match screen.lang {
            Lang::Zh if cost.is_empty() => "最佳方案".to_owned(),
            Lang::Zh => format!("最佳方案（{cost}）"),
            Lang::En if cost.is_empty() => "Best plan".to_owned(),
            Lang::En => format!("Best plan ({cost})"),
        };
        title(&words, screen, lines);
        if !plan.proven {
            let words = screen.say("未证明为最省的方案。", "Not proven to take the least.");
            self.below(0, words, Style::Dim, lines);
        }
        for (step, number) in plan.steps.iter().zip(1..) {
            self.step(step, number, document(before), lines);
        }
        self.list("先取得的称号", "Titles to win first", titles(plan, self.rulebook), lines);
        self.list("须先确认的事项", "To be confirmed", trusted(plan, before.base_year), lines);
        let overruled = plan.overruled.iter().map(|criterion| criterion.label.clone()).collect();
        self.list(
            "现有判断不利，须重新判断",
            "Judged against it, to be judged anew",
            overruled,
            lines,
        );
        let pending = plan.pending.iter().map(|what| gaps::pending_words(what, self.rulebook));
        self.list("仍由人或外部系统决定", "Still for others to decide", pending.collect(), lines);
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

    /// A plan in short: each step in one line. What is known from the best plan is not told again.
    pub(super) fn short(
        &self,
        heading: &str,
        plan: &Plan<'_>,
        before: &Answer<'_>,
        known: &[Text],
        lines: &mut Vec<String>,
    ) {
        let screen = self.screen;
        let cost = self.cost(plan, before);
        let words = match screen.lang {
            _ if cost.is_empty() => heading.to_owned(),
            Lang::Zh => format!("{heading}（{cost}）"),
            Lang::En => format!("{heading} ({cost})"),
        };
        self.below(0, &words, Style::Plain, lines);
        for step in &plan.steps {
            let (figure, change, by) = (plan::figure(step), plan::change(step), plan::by(step));
            let words = Text::new(
                format!("{}：{}，{}", figure.zh, change.zh, by.zh),
                format!("{}: {}, {}", figure.en, change.en, by.en),
            );
            item(&words, screen, lines);
        }
        for words in titles(plan, self.rulebook) {
            item(&words, screen, lines);
        }
        let trusted = trusted(plan, before.base_year);
        let told = |words: &&Text| known.contains(words);
        for words in trusted.iter().filter(|words| !told(words)) {
            let words = Text::new(
                format!("须先确认：{}", words.zh),
                format!("to be confirmed: {}", words.en),
            );
            item(&words, screen, lines);
        }
        let count = trusted.iter().filter(told).count();
        if count > 0 {
            let words = Text::new(
                format!("须先确认的事项中有 {count} 项与最佳方案相同"),
                format!("{count} to be confirmed as in the best plan"),
            );
            item(&words, screen, lines);
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

fn titles(plan: &Plan<'_>, rulebook: &Rulebook) -> Vec<Text> {
    plan.titles.iter().map(|title| plan::title(title, rulebook)).collect()
}

pub(super) fn trusted(plan: &Plan<'_>, base_year: i16) -> Vec<Text> {
    plan.trusted.iter().map(|trusted| plan::trusted(trusted, base_year)).collect()
}

/// The document that is being shown anyway.
fn document<'r>(answer: &Answer<'r>) -> Option<&'r Document> {
    match &answer.outcome {
        Outcome::Assessed(assessment) => Some(&assessment.version.document),
        Outcome::NoVersion { .. } => None,
    }
}
