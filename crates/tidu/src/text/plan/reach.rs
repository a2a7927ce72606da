//! What can be reached by the day: plans, nothing to do, not by then, or nothing that can be said.

use enterprise::Lang;
use rules::plan::{Later, Obstacle, Plan, Planning, Reach};
use rules::{Answer, Carry, Outcome};

use super::Page;
use crate::text::gaps;
use crate::text::lines::{item, say};
use crate::text::paint::Style;
use words::plan::nothing_to_do;
use words::{carry, plan, reason};

/// What is said where nothing can be measured.
pub(super) const ALL_JUDGED: (&str, &str) = (
    "没有必须满足的可量化条件，由人评审。",
    "No measurable criterion has to be met: persons decide.",
);

impl Page<'_> {
    pub(super) fn all_judged(&self, answer: &Answer<'_>) -> bool {
        matches!(&answer.outcome, Outcome::Assessed(assessment) if plan::all_judged(assessment))
    }

    pub(super) fn reach(&self, planning: &Planning<'_>) -> Vec<String> {
        let screen = self.screen;
        let mut lines = Vec::new();
        self.summary(planning, &mut lines);
        match &planning.reach {
            Reach::NoVersion => {
                let why = reason::reason(&planning.unchanged, self.rulebook);
                let words = match screen.lang {
                    Lang::Zh => format!("这一天没有现行的版本，不能制定方案（{}）。", why.zh),
                    Lang::En => format!(
                        "No version is in force on that day, so there is no plan ({}).",
                        why.en
                    ),
                };
                say(&words, Style::Open, screen, &mut lines);
            }
            Reach::NotPublic => {
                let words = screen.say(
                    "条件没有公开，不能制定方案。",
                    "The criteria are not public, so there is no plan.",
                );
                say(words, Style::Open, screen, &mut lines);
                if let Outcome::Assessed(assessment) = &planning.unchanged.outcome {
                    let version = assessment.version;
                    if let Some(note) = &version.note {
                        say(note.get(screen.lang), Style::Dim, screen, &mut lines);
                    }
                    lines.extend(gaps::open_points(&version.open_points, screen));
                }
            }
            Reach::Plans(plans) => {
                self.plans(planning, plans, &mut lines);
                self.carried(&planning.carried, &planning.unchanged, plans, &mut lines);
            }
            Reach::NotByThen { obstacles, earliest, proven, looked_until } => {
                lines.extend(self.gap(planning));
                self.obstacles(planning, obstacles, *proven, &mut lines);
                match earliest {
                    Some(later) => self.later(later, &mut lines),
                    None => {
                        let words = match screen.lang {
                            Lang::Zh => {
                                format!("查到 {looked_until} 为止，没有找到能够达到的一天。")
                            }
                            Lang::En => format!(
                                "No day up to {looked_until} was found on which it can be reached."
                            ),
                        };
                        lines.push(String::new());
                        say(&words, Style::Bad, screen, &mut lines);
                    }
                }
            }
        }
        lines
    }

    fn plans(&self, planning: &Planning<'_>, plans: &[Plan<'_>], lines: &mut Vec<String>) {
        let Some(best) = plans.first() else { return };
        if nothing_to_do(best) {
            let words = match self.screen.lang {
                _ if self.all_judged(&best.answer) => {
                    self.screen.say(ALL_JUDGED.0, ALL_JUDGED.1).to_owned()
                }
                Lang::Zh => format!("不需要改变：到 {} 可量化的条件均已满足。", planning.target),
                Lang::En => format!(
                    "Nothing has to change: on {} all measurable criteria are met.",
                    planning.target
                ),
            };
            say(&words, Style::Good, self.screen, lines);
            self.awaited(best, lines);
            return;
        }
        lines.extend(self.gap(planning));
        self.best(best, &planning.unchanged, lines);
        self.others(plans, &planning.unchanged, lines);
    }

    fn obstacles(
        &self,
        planning: &Planning<'_>,
        obstacles: &[Obstacle<'_>],
        proven: bool,
        lines: &mut Vec<String>,
    ) {
        let (screen, day) = (self.screen, planning.target);
        lines.push(String::new());
        let words = match screen.lang {
            Lang::Zh if !proven => format!("到 {day} 没有找到可行的方案（未能穷尽）："),
            Lang::En if !proven => {
                format!("No plan was found by {day}; not every way could be tried:")
            }
            Lang::Zh => format!("到 {day} 无论怎样改变都不能达到："),
            Lang::En => format!("Not by {day}, whatever is done:"),
        };
        say(&words, Style::Bad, screen, lines);
        let (base_year, open_from) = (planning.unchanged.base_year, planning.today.year());
        for obstacle in obstacles {
            // The figures stand in the gap above.
            item(&plan::obstacle_in_short(obstacle, base_year, open_from), screen, lines);
        }
    }

    fn later(&self, later: &Later<'_>, lines: &mut Vec<String>) {
        let (screen, day, year) = (self.screen, later.day, later.unchanged.base_year);
        lines.push(String::new());
        let words = match screen.lang {
            Lang::Zh => format!("最早可在 {day} 达到（以 {year} 年度为上一会计年度）。"),
            Lang::En => format!("The earliest day is {day} (last fiscal year {year})."),
        };
        say(&words, Style::Good, screen, lines);
        match later.plans.first() {
            Some(best) if !nothing_to_do(best) => self.best(best, &later.unchanged, lines),
            _ => {
                let words = screen.say("到那天不需要改变什么。", "Nothing has to change by then.");
                say(words, Style::Plain, screen, lines);
            }
        }
        self.others(&later.plans, &later.unchanged, lines);
        self.carried(&later.carried, &later.unchanged, &later.plans, lines);
    }

    /// What was taken for granted, as far as the answer makes use of it.
    fn carried(
        &self,
        carried: &[Carry],
        answer: &Answer<'_>,
        plans: &[Plan<'_>],
        lines: &mut Vec<String>,
    ) {
        let carried = plan::matters(carried, answer, plans);
        let words = carry::carry(&carried, &self.rulebook.catalogue);
        self.list("以下前提不变时方案才成立", "Holds only if this stays true", words, lines);
    }
}
