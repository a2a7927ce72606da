//! A ladder: where the firm stands, the plan for the next rung, and in short what the one after it
//! will need.

use enterprise::{Lang, Text};
use rules::plan::{Climb, NextRung, Plan, Planning, Reach};
use rules::{Programme, Standing, Version};

use super::Page;
use super::reach::ALL_JUDGED;
use crate::text::lines::say;
use crate::text::paint::Style;
use crate::text::width;
use words::plan::{nothing_to_do, only_confirm};
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
            let remark = if *held == Some(true) { "" } else { self.not_public(id) };
            let rung = format!("{sign} {}{remark}", name.get(self.screen.lang));
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

    /// Why a rung is passed over: its conditions, or those of every title that counts as it, are not
    /// public.
    fn not_public(&self, rung: &str) -> &'static str {
        let programme = self.rulebook.programme(rung);
        let versions = |programme: &Programme| {
            let known = |version: &Version| version.standing != Standing::Open;
            programme.versions.iter().any(known)
        };
        let through = programme.iter().flat_map(|known| &known.held_through);
        let mut ways = through.filter_map(|id| self.rulebook.programme(id));
        if programme.is_some_and(versions) || ways.any(versions) {
            return "";
        }
        self.screen.say("（条件未公开）", " (conditions not public)")
    }

    /// Other titles that count as the same rung.
    fn other_ways(&self, others: &[Planning<'_>], lines: &mut Vec<String>) {
        for planning in others {
            let title = &planning.programme.title;
            let outlook = self.outlook(planning);
            lines.push(String::new());
            let words = match self.screen.lang {
                Lang::Zh => format!("也可以走“{}”：{}", title.zh, outlook.zh),
                Lang::En => format!("Counts as well: {}: {}", title.en, outlook.en),
            };
            say(&words, Style::Plain, self.screen, lines);
            if let Reach::Plans(plans) = &planning.reach
                && let Some(best) = plans.first()
            {
                self.effort_told(best, lines);
            }
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
        if let Reach::NotByThen { obstacles, .. } = &planning.reach {
            let words = match screen.lang {
                Lang::Zh => format!("到 {} 还不能达到，因为", planning.target),
                Lang::En => format!("Not by {} yet, because", planning.target),
            };
            say(&words, Style::Open, screen, lines);
            for obstacle in obstacles {
                let words = plan::obstacle(obstacle, planning.unchanged.base_year);
                crate::text::lines::item(&words, screen, lines);
            }
        }
        let (day, before, best) = match &planning.reach {
            Reach::Plans(plans) => (planning.target, &planning.unchanged, plans.first()),
            Reach::NotByThen { earliest: Some(later), .. } => {
                (later.day, &later.unchanged, later.plans.first())
            }
            _ => (planning.target, &planning.unchanged, None),
        };
        match best {
            Some(best) if !nothing_to_do(best) => {
                let heading = match &planning.reach {
                    Reach::Plans(_) => {
                        Text::new(format!("到 {day} 需要"), format!("Needed by {day}"))
                    }
                    _ => Text::new(
                        format!("最早到 {day}，需要"),
                        format!("At the earliest on {day}, needed"),
                    ),
                };
                self.short(&heading, best, before, None, lines);
                self.still_pending(best, lines);
            }
            Some(best) => {
                let words = if self.all_judged(&best.answer) {
                    screen.say(ALL_JUDGED.0, ALL_JUDGED.1).to_owned()
                } else if day == planning.target {
                    screen.say("不需要再改变。", "Nothing more has to change.").to_owned()
                } else {
                    match screen.lang {
                        Lang::Zh => format!("到 {day} 不需要再改变就能达到。"),
                        Lang::En => format!("By {day} it is reached with no further change."),
                    }
                };
                say(&words, Style::Good, screen, lines);
                self.still_pending(best, lines);
            }
            None => say(self.outlook(planning).get(screen.lang), Style::Bad, screen, lines),
        }
    }

    fn still_pending(&self, plan: &Plan<'_>, lines: &mut Vec<String>) {
        let pending: Vec<Text> = plan
            .pending
            .iter()
            .map(|what| gap::missing(what, self.rulebook))
            .chain(plan.undefined.iter().map(|undefined| undefined.label.clone()))
            .collect();
        if !pending.is_empty() {
            let list = words::join(&pending, "、", ", ");
            let words = match self.screen.lang {
                Lang::Zh => format!("仍由人或外部系统决定：{}", list.zh),
                Lang::En => format!("Still for others to decide: {}", list.en),
            };
            say(&words, Style::Plain, self.screen, lines);
        }
    }

    /// What can be reached, in a few words.
    fn outlook(&self, planning: &Planning<'_>) -> Text {
        let day = planning.target;
        match &planning.reach {
            Reach::Plans(plans) => match plans.first() {
                Some(best) if only_confirm(best) => Text::new(
                    format!("到 {day} 不需要改变，但须先确认若干事项"),
                    format!("nothing has to change by {day} if some matters are confirmed"),
                ),
                Some(best) if !nothing_to_do(best) => {
                    let effort = plan::effort(best);
                    Text::new(
                        format!("到 {day} 可以达到，{}", effort.zh),
                        format!("by {day}, {}", effort.en),
                    )
                }
                Some(best) if self.all_judged(&best.answer) => {
                    Text::new(ALL_JUDGED.0, ALL_JUDGED.1)
                }
                _ => Text::new(
                    format!("到 {day} 不需要改变"),
                    format!("nothing has to change by {day}"),
                ),
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
}
