//! The gap: what fails on the day and by how much if nothing but time passes, what is not known, what
//! waits for somebody's word.

use enterprise::{Lang, Text};
use rules::plan::Planning;
use rules::{Answer, Assessment, Missing, Outcome, Population, Truth};

use super::Page;
use crate::text::bar::bar;
use crate::text::lines::{item, say, title};
use crate::text::paint::{Style, mark};
use crate::text::{asking, gaps, programme};
use words::{amounts, gap, join, plan, score, verdict};

/// More missing facts than this are many: their notes would hide the plan.
const MANY: usize = 6;

impl Page<'_> {
    /// What the verdict would be on the day, and why.
    pub(super) fn gap(&self, planning: &Planning<'_>) -> Vec<String> {
        let (answer, day) = (&planning.unchanged, planning.target);
        let Outcome::Assessed(assessment) = &answer.outcome else { return Vec::new() };
        let (screen, lang) = (self.screen, self.screen.lang);
        let mut lines = vec![String::new()];
        let more = match assessment.population {
            population @ (Population::OneShort | Population::JudgementPending) => {
                format!(" · {}", verdict::population(population).get(lang))
            }
            _ => String::new(),
        };
        let found = verdict::conclusion(answer);
        let words = match lang {
            Lang::Zh => format!("差距：到 {day} 如无变化，{}{more}", found.zh),
            Lang::En => format!("Gap: on {day} if nothing changes, {}{more}", found.en),
        };
        say(&words, Style::of_verdict(answer.verdict()), screen, &mut lines);
        let failing = |result: &rules::CriterionResult<'_>| result.truth == Truth::NotMet;
        let mut tree = programme::criteria(self.facts, answer, failing, self.rulebook, screen);
        if tree.first().is_some_and(String::is_empty) {
            tree.remove(0);
        }
        lines.extend(tree);
        self.score(assessment, &mut lines);
        let missing = assessment.lacking();
        // Who decides it stands below the plan, which cannot do without it.
        let pending = missing.iter().filter(|missing| !missing.why().data);
        let pending: Vec<_> = pending.map(|what| gap::missing(what, self.rulebook)).collect();
        if !pending.is_empty() {
            let list = join(&pending, "、", ", ");
            let words = match lang {
                Lang::Zh => format!("? 待判断：{}", list.zh),
                Lang::En => format!("? Pending: {}", list.en),
            };
            say(&words, Style::Open, screen, &mut lines);
        }
        self.lacking(&missing, &mut lines);
        lines
    }

    /// The data that are missing: where each is found, or only their names where they are many.
    fn lacking(&self, missing: &[Missing], lines: &mut Vec<String>) {
        let mut names: Vec<Text> = Vec::new();
        let mut facts = 0;
        for what in missing.iter().filter(|what| what.why().data) {
            let name = match what {
                Missing::Fact { key, .. } => {
                    let known = self.rulebook.catalogue.indicator(&key.indicator);
                    known.map(|known| known.label.clone())
                }
                _ => None,
            };
            let name = name.unwrap_or_else(|| asking::name(what, self.rulebook));
            if !names.contains(&name) {
                facts += usize::from(matches!(what, Missing::Fact { .. }));
                names.push(name);
            }
        }
        let count = names.len();
        // All events are one line, and so are all titles.
        if facts <= MANY {
            lines.extend(gaps::data(missing, self.rulebook, self.screen));
            return;
        }
        let heading = match self.screen.lang {
            Lang::Zh => format!("还缺的数据（{count} 项，可用 tidu ask 逐题补齐）"),
            Lang::En => format!("Missing data ({count}; tidu ask takes them one by one)"),
        };
        title(&heading, self.screen, lines);
        let list = join(&names, "、", "; ");
        say(list.get(self.screen.lang), Style::Plain, self.screen, lines);
    }

    /// The score against its mark, and the parts that miss their floors.
    fn score(&self, assessment: &Assessment<'_>, lines: &mut Vec<String>) {
        let Some(found) = assessment.score.as_ref().filter(|score| score.truth != Truth::Met)
        else {
            return;
        };
        let screen = self.screen;
        let short = found.table.pass.points.0.saturating_sub(found.high.0);
        let mut words = format!("{}  {}", screen.say("评分", "Score"), bar(found));
        if short > 0 {
            let short = amounts::points(rules::Points(short));
            words.push_str(&match screen.lang {
                Lang::Zh => format!("，差 {short} 分"),
                Lang::En => format!(", {short} points short"),
            });
        }
        say(&format!("{} {words}", mark(found.truth)), Style::of_truth(found.truth), screen, lines);
        let low = found.groups.iter().filter(|group| group.floor == Some(Truth::NotMet));
        for group in low {
            let Some(floor) = &group.group.floor else { continue };
            let (label, points) = (&group.group.label, amounts::points(group.high));
            let floor = score::mark(floor);
            let words = enterprise::Text::new(
                format!("{}：最多 {points} 分，须 {}", label.zh, floor.zh),
                format!("{}: {points} at most, must be {}", label.en, floor.en),
            );
            item(&words, screen, lines);
        }
    }

    /// The score before and after a plan, with how much the plan takes.
    pub(super) fn cost(&self, plan: &rules::plan::Plan<'_>, before: &Answer<'_>) -> String {
        let effort = plan::effort(plan);
        let score = match &before.outcome {
            Outcome::Assessed(assessment) => plan::score(assessment, plan),
            Outcome::NoVersion { .. } => None,
        };
        let parts: Vec<_> = [Some(effort), score]
            .into_iter()
            .flatten()
            .filter(|text| !text.zh.is_empty())
            .collect();
        join(&parts, "；", "; ").get(self.screen.lang).to_owned()
    }
}
