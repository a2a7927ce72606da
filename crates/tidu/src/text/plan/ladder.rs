//! A ladder: where the firm stands, the plan for the next rung, and in short what the one after it
//! will need.

use enterprise::{Lang, Text};
use rules::plan::{Climb, NextRung, Plan, Planning, Reach};

use super::Page;
use crate::text::lines::say;
use crate::text::paint::Style;
use crate::text::width;
use words::plan::nothing_to_do;
use words::{gap, plan, verdict};

impl Page<'_> {
    pub(super) fn climb(&self, climb: &Climb<'_>) -> Vec<String> {
        let (screen, lang) = (self.screen, self.screen.lang);
        let title = climb.ladder.title.get(lang);
        let rule = "═".repeat(screen.width.saturating_sub(width::of(title) + 4));
        let line = format!("══ {title} {rule}");
        let mut lines = vec![Style::Bold.paint(line.trim_end(), screen.colour)];
        self.rungs(climb, &mut lines);
        let Some(next) = &climb.next else {
            let words = screen.say(
                "再往上没有条件公开的级别，不能制定方案。",
                "No rung further up has public criteria, so there is no plan.",
            );
            say(words, Style::Open, screen, &mut lines);
            return lines;
        };
        if let Some((first, others)) = next.plannings.split_first() {
            lines.push(String::new());
            lines.extend(self.planning(first));
            self.other_ways(others, &mut lines);
        }
        if let Some(after) = &climb.after {
            lines.push(String::new());
            self.after(climb, next, after, &mut lines);
        }
        lines
    }

    /// The rungs from below: `✓ 科技和创新型中小企业  → 专精特新中小企业`. A line ends between two.
    fn rungs(&self, climb: &Climb<'_>, lines: &mut Vec<String>) {
        let next = climb.next.as_ref().map(|next| next.rung);
        let mut row = String::new();
        for (place, (id, held)) in climb.ladder.rungs.iter().zip(&climb.held).enumerate() {
            let name = gap::title(&self.rulebook.catalogue, id);
            let sign = match held {
                Some(true) => "✓",
                _ if Some(place) == next => "→",
                Some(false) => "○",
                None => "?",
            };
            let rung = format!("{sign} {}", name.get(self.screen.lang));
            if !row.is_empty() && width::of(&row) + 2 + width::of(&rung) > self.screen.width {
                say(&std::mem::take(&mut row), Style::Plain, self.screen, lines);
            }
            if !row.is_empty() {
                row.push_str("  ");
            }
            row.push_str(&rung);
        }
        say(&row, Style::Plain, self.screen, lines);
        let legend = self
            .screen
            .say("✓ 已取得  → 下一级  ○ 未取得  ? 不详", "✓ held  → next  ○ not held  ? not known");
        say(legend, Style::Dim, self.screen, lines);
    }

    /// Other titles that count as the same rung.
    fn other_ways(&self, others: &[Planning<'_>], lines: &mut Vec<String>) {
        for planning in others {
            let title = &planning.programme.title;
            let outlook = outlook(planning);
            lines.push(String::new());
            let words = match self.screen.lang {
                Lang::Zh => format!("也可以走“{}”：{}", title.zh, outlook.zh),
                Lang::En => format!("Counts as well: {}: {}", title.en, outlook.en),
            };
            say(&words, Style::Plain, self.screen, lines);
        }
    }

    /// The rung after the next one, in short.
    fn after(
        &self,
        climb: &Climb<'_>,
        next: &NextRung<'_>,
        after: &NextRung<'_>,
        lines: &mut Vec<String>,
    ) {
        let screen = self.screen;
        let Some(planning) = after.plannings.first() else { return };
        let below = climb.ladder.rungs.get(next.rung).map_or("", String::as_str);
        let below = gap::title(&self.rulebook.catalogue, below);
        let title = &planning.programme.title;
        let words = match screen.lang {
            Lang::Zh => format!("再上一级：{}（{}）", title.zh, planning.target),
            Lang::En => format!("The rung after: {} ({})", title.en, planning.target),
        };
        let heading = width::wrap(&words, screen.width);
        lines.extend(heading.iter().map(|line| Style::Bold.paint(line, screen.colour)));
        if let Some(from) = after.below_from {
            let words = match screen.lang {
                Lang::Zh => format!("假定自 {from} 起已取得“{}”，并已按上述方案改变。", below.zh),
                Lang::En => format!(
                    "Assumes that {} is held from {from} on and the plan above is carried out.",
                    below.en
                ),
            };
            say(&words, Style::Dim, screen, lines);
        }
        let (day, best) = match &planning.reach {
            Reach::Plans(plans) => (planning.target, plans.first()),
            Reach::NotByThen { earliest: Some(later), .. } => (later.day, later.plans.first()),
            _ => (planning.target, None),
        };
        match best {
            Some(best) if !nothing_to_do(best) => {
                let heading = match screen.lang {
                    Lang::Zh => format!("到 {day} 需要"),
                    Lang::En => format!("Needed by {day}"),
                };
                self.short(&heading, best, &planning.unchanged, &[], lines);
                self.still_pending(best, lines);
            }
            Some(best) => {
                let words = screen.say("不需要再改变。", "Nothing more has to change.");
                say(words, Style::Good, screen, lines);
                self.still_pending(best, lines);
            }
            None => say(outlook(planning).get(screen.lang), Style::Bad, screen, lines),
        }
        if let Reach::NotByThen { obstacles, .. } = &planning.reach {
            for obstacle in obstacles {
                let words = plan::obstacle(obstacle, planning.unchanged.base_year);
                crate::text::lines::item(&words, screen, lines);
            }
        }
    }

    fn still_pending(&self, plan: &Plan<'_>, lines: &mut Vec<String>) {
        let pending: Vec<Text> =
            plan.pending.iter().map(|what| gap::missing(what, self.rulebook)).collect();
        if !pending.is_empty() {
            let list = words::join(&pending, "、", ", ");
            let words = match self.screen.lang {
                Lang::Zh => format!("仍由人或外部系统决定：{}", list.zh),
                Lang::En => format!("Still for others to decide: {}", list.en),
            };
            say(&words, Style::Plain, self.screen, lines);
        }
    }
}

/// What can be reached, in a few words.
fn outlook(planning: &Planning<'_>) -> Text {
    let day = planning.target;
    match &planning.reach {
        Reach::Plans(plans) => match plans.first() {
            Some(best) if !nothing_to_do(best) => {
                let effort = plan::effort(best);
                let (zh, en) = if effort.zh.is_empty() {
                    ("须先确认若干事项".to_owned(), "some matters to be confirmed".to_owned())
                } else {
                    (effort.zh, effort.en)
                };
                Text::new(format!("到 {day} 可以达到，{zh}"), format!("by {day}, {en}"))
            }
            _ => {
                Text::new(format!("到 {day} 不需要改变"), format!("nothing has to change by {day}"))
            }
        },
        Reach::NotByThen { earliest: Some(later), .. } => {
            let later = later.day;
            Text::new(format!("最早 {later}"), format!("{later} at the earliest"))
        }
        Reach::NotByThen { looked_until, .. } => Text::new(
            format!("查到 {looked_until} 为止不能达到"),
            format!("not reached by {looked_until}"),
        ),
        Reach::NoVersion | Reach::NotPublic => verdict::conclusion(&planning.unchanged),
    }
}
