//! Plans in short: each step in one line; beside the best plan only what is different.

use enterprise::Text;
use rules::Answer;
use rules::plan::{Plan, Step};

use super::Page;
use super::steps::titles;
use crate::text::lines::{item, title};
use crate::text::paint::Style;
use words::{join, plan};

/// Matters to be confirmed that are listed before the rest is only counted.
const LISTED: usize = 6;

impl Page<'_> {
    /// The plans beside the best one.
    pub(super) fn others(&self, plans: &[Plan<'_>], before: &Answer<'_>, lines: &mut Vec<String>) {
        let Some((best, others)) = plans.split_first() else { return };
        for (plan, number) in others.iter().zip(2..) {
            if number == 2 {
                title(self.screen.say("其他方案", "Other plans"), self.screen, lines);
            }
            let heading = Text::new(format!("方案 {number}"), format!("Plan {number}"));
            self.short(&heading, plan, before, Some(best), lines);
        }
    }

    /// A plan in short; beside another plan, what that one says is not told again.
    pub(super) fn short(
        &self,
        heading: &Text,
        plan: &Plan<'_>,
        before: &Answer<'_>,
        beside: Option<&Plan<'_>>,
        lines: &mut Vec<String>,
    ) {
        let heading = self.with_cost(heading, plan, before);
        self.below(0, heading.get(self.screen.lang), Style::Plain, lines);
        self.effort_told(plan, lines);
        let mut steps = plan::shown(plan, self.rulebook);
        let mut titles = titles(plan, self.rulebook, self.wish.today);
        let difference = beside.and_then(|best| self.difference(best, &mut steps, &mut titles));
        if let Some(words) = &difference {
            item(words, self.screen, lines);
        }
        for step in &steps {
            item(&self.one_line(step), self.screen, lines);
        }
        for words in &titles {
            item(words, self.screen, lines);
        }
        let told = difference.is_some();
        self.confirm_in_short(plan, before.base_year, (beside, told), lines);
    }

    /// What a plan has in common with the best one, which is then left out; `None` where little is.
    fn difference(
        &self,
        best: &Plan<'_>,
        steps: &mut Vec<Step<'_>>,
        own_titles: &mut Vec<Text>,
    ) -> Option<Text> {
        let known = plan::shown(best, self.rulebook);
        let known_titles = titles(best, self.rulebook, self.wish.today);
        let same = |one: &Step<'_>, other: &Step<'_>| one.key == other.key && one.to == other.to;
        let common = steps.iter().filter(|step| known.iter().any(|one| same(one, step))).count()
            + own_titles.iter().filter(|title| known_titles.contains(title)).count();
        if common < 2 {
            return None;
        }
        let gone = known.iter().filter(|one| !steps.iter().any(|step| step.key == one.key));
        let mut left_out: Vec<Text> = gone.map(plan::figure).collect();
        let gone = known_titles.iter().filter(|title| !own_titles.contains(title));
        left_out.extend(gone.cloned());
        steps.retain(|step| !known.iter().any(|one| same(one, step)));
        own_titles.retain(|title| !known_titles.contains(title));
        let list = join(&left_out, "、", ", ");
        let (mut zh, mut en) = ("与最佳方案相同".to_owned(), "as the best plan".to_owned());
        if !left_out.is_empty() {
            zh.push_str(&format!("，但不改变{}", list.zh));
            en.push_str(&format!(", but without: {}", list.en));
        }
        if !steps.is_empty() || !own_titles.is_empty() {
            zh.push_str("，改为：");
            en.push_str("; instead:");
        }
        Some(Text::new(zh, en))
    }

    /// `营业收入 2026：4000 万元 → 至少 5000 万元，最迟 2026-12-31；距最后期限只有 38 天`
    fn one_line(&self, step: &Step<'_>) -> Text {
        let (figure, change, by) = (plan::figure(step), plan::change(step), plan::by(step));
        let mut words = Text::new(
            format!("{}：{}，{}", figure.zh, change.zh, by.zh),
            format!("{}: {}, {}", figure.en, change.en, by.en),
        );
        for warning in plan::warnings(step, self.wish.today) {
            words.zh.push_str(&format!("；{}", warning.zh));
            words.en.push_str(&format!("; {}", warning.en));
        }
        words
    }

    fn confirm_in_short(
        &self,
        plan: &Plan<'_>,
        base_year: i16,
        (beside, told): (Option<&Plan<'_>>, bool),
        lines: &mut Vec<String>,
    ) {
        let known = beside.map(|best| plan::trusted_lines(best, base_year)).unwrap_or_default();
        let all = plan::trusted_lines(plan, base_year);
        let new: Vec<&Text> = all.iter().filter(|words| !known.contains(words)).collect();
        for words in new.iter().take(LISTED) {
            let words = Text::new(
                format!("须先确认：{}", words.zh),
                format!("to be confirmed: {}", words.en),
            );
            item(&words, self.screen, lines);
        }
        let more = new.len().saturating_sub(LISTED);
        if more > 0 {
            let words = Text::new(
                format!("另有 {more} 项须先确认，可用 tidu ask 逐题补齐"),
                format!("{more} more to be confirmed; tidu ask takes them one by one"),
            );
            item(&words, self.screen, lines);
        }
        // That all is as in the best plan has been said where only the difference is.
        if new.len() < all.len() && !(told && new.is_empty()) {
            let (zh, en) = if new.is_empty() {
                ("须先确认的事项与最佳方案相同", "to be confirmed: as in the best plan")
            } else {
                ("其余须先确认的事项与最佳方案相同", "the rest to be confirmed as in the best plan")
            };
            item(&Text::new(zh, en), self.screen, lines);
        }
    }
}
