//! What can be done so that a programme passes by a day: the gap, the best plan step by step, other plans in short, and
//! what all of it rests on.

use enterprise::Text;
use rules::plan::{Later, Obstacle, Plan, Planning, Reach, TitleStep};
use rules::{Answer, Carry, Missing, Outcome, Truth};
use words::plan::{self as said, nothing_to_do, only_confirm};
use words::{carry, gap, join, reason, verdict};

use super::Answers;
use crate::failure::Failure;
use crate::view::{Block, Cell, Part};

impl Answers<'_> {
    /// One programme's plan in full, without its heading.
    pub fn plan(&self, planning: &Planning<'_>) -> Result<Vec<Block>, Failure> {
        let say = self.say;
        let mut blocks = vec![self.target(planning)];
        match &planning.reach {
            Reach::NoVersion => {
                let why = self.text(&reason::reason(&planning.unchanged, self.rulebook));
                blocks.push(Block::Note("wait", say.t1("answers.no-version", "why", why)));
            }
            Reach::NotPublic => blocks.push(Block::Note("wait", say.t("answers.not-public"))),
            Reach::Plans(plans) => self.plans(planning, plans, &mut blocks)?,
            Reach::NotByThen { obstacles, earliest, proven, looked_until } => {
                let earliest = earliest.as_deref();
                let said = match earliest {
                    Some(later) => say.t2(
                        "answers.not-by-then",
                        ("day", planning.target),
                        ("later", later.day),
                    ),
                    None => {
                        say.t2("answers.never", ("day", planning.target), ("until", looked_until))
                    }
                };
                let kind = if earliest.is_some() { "wait" } else { "wrong" };
                blocks.push(Block::Note(kind, said));
                self.gap(planning, &mut blocks)?;
                self.obstacles(planning, obstacles, *proven, &mut blocks)?;
                if let Some(later) = earliest {
                    self.later(planning, later, &mut blocks)?;
                }
            }
        }
        blocks.push(Block::Text(say.t("answers.only-what-happens")));
        Ok(blocks)
    }

    fn target(&self, planning: &Planning<'_>) -> Block {
        let say = self.say;
        let because = self.text(&said::because(planning));
        let year = say.t1("answers.base-year-then", "year", planning.unchanged.base_year);
        let day = format!("{}", planning.target);
        let closed = self.text(&said::closed_years(planning.today));
        Block::Facts(vec![
            (say.t("answers.target"), Cell::Two { text: day, small: because }),
            (say.t("answers.years"), Cell::Two { text: year, small: closed }),
        ])
    }

    fn plans(
        &self,
        planning: &Planning<'_>,
        plans: &[Plan<'_>],
        blocks: &mut Vec<Block>,
    ) -> Result<(), Failure> {
        let (say, day) = (self.say, planning.target);
        let Some(best) = plans.first() else { return Ok(()) };
        if nothing_to_do(best) {
            let said = if all_judged(&best.answer) {
                say.t("answers.all-judged")
            } else {
                say.t1("answers.nothing-to-do", "day", day)
            };
            blocks.push(Block::Note("done", said));
            self.awaited(best, blocks)?;
        } else {
            let said = if only_confirm(best) {
                say.t1("answers.if-confirmed", "day", day)
            } else {
                say.t1("answers.with-changes", "day", day)
            };
            blocks.push(Block::Note("done", said));
            self.gap(planning, blocks)?;
            self.best(best, &planning.unchanged, blocks)?;
            self.others(plans, blocks)?;
        }
        self.carried(&planning.carried, &planning.unchanged, plans, blocks)
    }

    /// What the verdict would be on the day if nothing but time passed, and what fails then.
    fn gap(&self, planning: &Planning<'_>, blocks: &mut Vec<Block>) -> Result<(), Failure> {
        let answer = &planning.unchanged;
        let Outcome::Assessed(assessment) = &answer.outcome else { return Ok(()) };
        let found = self.text(&verdict::conclusion(answer));
        let heading = self.say.t2("answers.gap", ("day", planning.target), ("verdict", found));
        blocks.push(Block::Heading(heading));
        let failing = assessment.criteria.iter().filter(|result| result.truth == Truth::NotMet);
        let lines = self.explainer(answer).criteria(failing, &assessment.version.document);
        if !lines.is_empty() {
            blocks.push(Block::Part(Part::new(&self.tree(&lines).failing())?));
        }
        if let Some(score) = assessment.score.as_ref().filter(|score| score.truth != Truth::Met) {
            blocks.push(Block::Part(Part::new(&self.bar(score))?));
        }
        let data: Vec<Missing> =
            assessment.lacking().into_iter().filter(|missing| missing.why().data).collect();
        if !data.is_empty() {
            let names: Vec<Text> =
                data.iter().map(|missing| gap::missing(missing, self.rulebook)).collect();
            let names = self.text(&join(&names, "、", "; "));
            blocks.push(Block::Text(self.say.t1("answers.also-missing", "names", names)));
        }
        Ok(())
    }

    /// The best plan in full.
    fn best(
        &self,
        plan: &Plan<'_>,
        before: &Answer<'_>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Failure> {
        let say = self.say;
        let heading =
            if only_confirm(plan) { say.t("answers.confirm") } else { say.t("answers.best") };
        blocks.push(Block::Heading(heading));
        let cost = self.cost(plan, before);
        if !cost.is_empty() {
            blocks.push(Block::Text(cost));
        }
        if !plan.proven && !only_confirm(plan) {
            blocks.push(Block::Text(say.t("answers.not-proven")));
        }
        self.steps(plan, before, blocks)?;
        let (kept, won): (Vec<_>, Vec<_>) = plan
            .titles
            .iter()
            .partition(|title| title.held_until.is_some_and(|day| self.today <= day));
        self.list(say.t("answers.win-titles"), &self.titles(&won), blocks)?;
        self.list(say.t("answers.keep-titles"), &self.titles(&kept), blocks)?;
        let trusted = said::trusted_lines(plan, before.base_year);
        self.list(say.t("answers.to-confirm"), &trusted, blocks)?;
        let overruled: Vec<Text> =
            plan.overruled.iter().map(|criterion| criterion.label.clone()).collect();
        self.list(say.t("answers.overruled"), &overruled, blocks)?;
        self.awaited(plan, blocks)
    }

    fn titles(&self, titles: &[&TitleStep<'_>]) -> Vec<Text> {
        titles.iter().map(|title| said::title(title, self.rulebook, self.today)).collect()
    }

    /// What persons and outside systems still have to say.
    fn awaited(&self, plan: &Plan<'_>, blocks: &mut Vec<Block>) -> Result<(), Failure> {
        let pending = plan.pending.iter().map(|what| gap::waits(what, self.rulebook));
        let words: Vec<Text> = pending.chain(plan.undefined.iter().map(said::undefined)).collect();
        self.list(self.say.t("answers.awaited"), &words, blocks)
    }

    /// What a plan takes, and the score before and after it.
    fn cost(&self, plan: &Plan<'_>, before: &Answer<'_>) -> String {
        let score = match &before.outcome {
            Outcome::Assessed(assessment) => said::score(assessment, plan),
            Outcome::NoVersion { .. } => None,
        };
        let mut parts = vec![said::effort(plan)];
        parts.extend(score);
        parts.retain(|text| !text.zh.is_empty());
        if !plan.steps.is_empty() {
            parts.push(said::effort_means());
        }
        self.text(&join(&parts, "；", "; "))
    }

    /// The plans beside the best one, each in short.
    fn others(&self, plans: &[Plan<'_>], blocks: &mut Vec<Block>) -> Result<(), Failure> {
        for (plan, number) in plans.iter().skip(1).zip(2..) {
            let steps = said::shown(plan, self.rulebook);
            let mut lines: Vec<Text> = steps.iter().map(|step| self.in_short(step)).collect();
            lines.extend(self.titles(&plan.titles.iter().collect::<Vec<_>>()));
            let effort = self.text(&said::effort(plan));
            let title = self.say.t2("answers.other", ("number", number), ("effort", effort));
            self.list(title, &lines, blocks)?;
        }
        Ok(())
    }

    fn obstacles(
        &self,
        planning: &Planning<'_>,
        obstacles: &[Obstacle<'_>],
        proven: bool,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Failure> {
        let (base_year, open_from) = (planning.unchanged.base_year, planning.today.year());
        let words: Vec<Text> = obstacles
            .iter()
            .map(|obstacle| said::obstacle_in_short(obstacle, base_year, open_from))
            .collect();
        let title = if proven {
            self.say.t1("answers.in-the-way", "day", planning.target)
        } else {
            self.say.t1("answers.none-found", "day", planning.target)
        };
        self.list(title, &words, blocks)
    }

    fn later(
        &self,
        planning: &Planning<'_>,
        later: &Later<'_>,
        blocks: &mut Vec<Block>,
    ) -> Result<(), Failure> {
        let (day, year) = (later.day, later.unchanged.base_year);
        let said = self.say.t2("answers.earliest", ("day", day), ("year", year));
        blocks.push(Block::Heading(said));
        match later.plans.first() {
            Some(best) if !nothing_to_do(best) => self.best(best, &later.unchanged, blocks)?,
            Some(best) => {
                blocks.push(Block::Text(self.say.t("answers.nothing-by-then")));
                self.awaited(best, blocks)?;
            }
            None => {}
        }
        self.others(&later.plans, blocks)?;
        let carried = if later.carried.is_empty() { &planning.carried } else { &later.carried };
        self.carried(carried, &later.unchanged, &later.plans, blocks)
    }

    /// What was taken for granted, as far as the answer makes use of it.
    fn carried(
        &self,
        carried: &[Carry],
        answer: &Answer<'_>,
        plans: &[Plan<'_>],
        blocks: &mut Vec<Block>,
    ) -> Result<(), Failure> {
        let carried = said::matters(carried, answer, plans);
        let words = carry::carry(&carried, &self.rulebook.catalogue);
        self.list(self.say.t("answers.holds-if"), &words, blocks)
    }

    /// The document that a plan's clauses are read in.
    pub(super) fn document<'d>(answer: &'d Answer<'_>) -> Option<&'d rules::Document> {
        match &answer.outcome {
            Outcome::Assessed(assessment) => Some(&assessment.version.document),
            Outcome::NoVersion { .. } => None,
        }
    }
}

fn all_judged(answer: &Answer<'_>) -> bool {
    matches!(&answer.outcome, Outcome::Assessed(assessment) if said::all_judged(assessment))
}
