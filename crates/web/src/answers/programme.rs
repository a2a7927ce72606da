//! One programme in full: what it was judged by, every criterion with its values, the score, what it would grant.

use rules::{
    Answer, Assessment, CriterionResult, Document, Outcome, Population, PurposeBecause, Standing,
    Truth,
};
use words::explanation::Explainer;
use words::{programme as law, provenance, verdict, window};

use super::{Answers, chip};
use crate::failure::Failure;
use crate::view::{Block, Cell, Part};

impl Answers<'_> {
    /// One programme in full, without its heading.
    pub fn programme(&self, answer: &Answer<'_>) -> Result<Vec<Block>, Failure> {
        let mut blocks = self.verdict(answer)?;
        blocks.extend(self.findings(answer)?);
        Ok(blocks)
    }

    /// The verdict on one programme, by which text, and what makes it less than certain.
    pub fn verdict(&self, answer: &Answer<'_>) -> Result<Vec<Block>, Failure> {
        let mut blocks = vec![Block::Facts(self.head(answer)?)];
        blocks.extend(self.remarks(answer));
        Ok(blocks)
    }

    /// What the verdict follows from: every criterion, the score, what it would grant.
    pub fn findings(&self, answer: &Answer<'_>) -> Result<Vec<Block>, Failure> {
        let say = self.say;
        let mut blocks = Vec::new();
        let Outcome::Assessed(assessment) = &answer.outcome else { return Ok(blocks) };
        let explainer = self.explainer(answer);
        let document = &assessment.version.document;
        self.part(
            say.t("answers.criteria"),
            &assessment.criteria,
            (&explainer, document),
            &mut blocks,
        )?;
        if let Some(score) = &assessment.score {
            blocks.extend(self.score(score, &explainer)?);
        }
        self.part(
            say.t("answers.preferred"),
            &assessment.preferences,
            (&explainer, document),
            &mut blocks,
        )?;
        let asks = answer.round_criteria.iter().any(|result| result.truth != Truth::NotApplicable);
        if let Some(round) = answer.round.filter(|_| asks) {
            let title = say.t1("answers.round-asks", "round", self.text(&law::round(round)));
            self.part(title, &answer.round_criteria, (&explainer, document), &mut blocks)?;
        }
        let grants: Vec<_> = assessment.benefits.iter().map(|one| grant(one, document)).collect();
        self.list(say.t("answers.grants"), &grants, &mut blocks)?;
        self.list(say.t("answers.open-points"), &assessment.version.open_points, &mut blocks)?;
        Ok(blocks)
    }

    pub(super) fn explainer(&self, answer: &Answer<'_>) -> Explainer<'_> {
        Explainer::new(self.rulebook, self.facts, (answer.base_year, answer.as_of))
            .withholding(self.withheld)
    }

    /// Criteria under a heading, if there are any.
    pub(super) fn part(
        &self,
        title: String,
        results: &[CriterionResult<'_>],
        (explainer, document): (&Explainer<'_>, &Document),
        blocks: &mut Vec<Block>,
    ) -> Result<(), Failure> {
        let lines = explainer.criteria(results, document);
        if !lines.is_empty() {
            blocks.push(Block::Heading(title));
            blocks.push(Block::Part(Part::new(&self.tree(&lines))?));
        }
        Ok(())
    }

    /// The verdict, for which purpose, by which text, as of when.
    fn head(&self, answer: &Answer<'_>) -> Result<Vec<(String, Cell)>, Failure> {
        let say = self.say;
        let mut chip = chip(say, answer);
        if let Outcome::Assessed(assessment) = &answer.outcome
            && assessment.version.standing != Standing::Open
            && let population @ (Population::OneShort | Population::JudgementPending) =
                assessment.population
        {
            chip = chip.because(self.text(&verdict::population(population)));
        }
        let word = chip.text.clone();
        let mut facts = vec![
            (say.t("answers.verdict"), Cell::Part(Part::new(&chip)?, word)),
            (say.t("answers.purpose"), Cell::Text(self.text(&verdict::purpose(answer.purpose)))),
        ];
        if let Outcome::Assessed(assessment) = &answer.outcome {
            let version = assessment.version;
            let unverified =
                if verified(assessment) { String::new() } else { say.t("answers.unverified") };
            facts.push((say.t("answers.version"), Cell::Text(self.text(&law::version(version)))));
            let text = provenance::document(&version.document);
            facts.push((say.t("answers.source"), Cell::Two { text, small: unverified }));
        }
        let day = format!("{}", answer.as_of);
        let year = say.t1("answers.base-year", "year", answer.base_year);
        facts.push((say.t("answers.as-of"), Cell::Two { text: day, small: year }));
        if let Some(round) = answer.round {
            let text = self.text(&window::words(window::window(answer), answer.as_of));
            let small = self.text(&law::round(round));
            facts.push((say.t("answers.window"), Cell::Two { text, small }));
        }
        Ok(facts)
    }

    /// What the standing, the numbers and the round make of the verdict.
    fn remarks(&self, answer: &Answer<'_>) -> Vec<Block> {
        let say = self.say;
        let mut blocks = Vec::new();
        let mut remark = |kind, text| blocks.push(Block::Note(kind, text));
        if let Outcome::Assessed(assessment) = &answer.outcome {
            let standing = assessment.version.standing;
            if standing != Standing::Binding {
                remark("wait", self.text(&law::standing_means(standing)));
            }
            if assessment.rests_on_recalled {
                remark("wrong", say.t("answers.recalled"));
            }
            if let Some(note) = &assessment.version.note {
                remark("", self.text(note));
            }
        }
        if let Some(round) = answer.round {
            let now = answer.programme.version_on(answer.purpose, answer.as_of);
            let then = answer.programme.version_on(answer.purpose, round.from);
            if let (true, Some(then)) = (answer.as_of < round.from && now != then, then) {
                let name = self.text(&law::version(then));
                remark("wait", say.t1("answers.other-version", "version", name));
            }
        }
        if answer.purpose_because == PurposeBecause::TitlesUnknown {
            remark("wait", say.t("answers.titles-unknown"));
        }
        blocks
    }
}

/// Whether somebody compared every number that the verdict rests on with the official text.
pub(super) fn verified(assessment: &Assessment<'_>) -> bool {
    let mut results: Vec<&CriterionResult<'_>> = assessment.criteria.iter().collect();
    while let Some(result) = results.pop() {
        if !result.criterion.citation.status.is_verified() {
            return false;
        }
        if let rules::Finding::Children(children) = &result.finding {
            results.extend(children);
        }
    }
    !assessment.criteria.is_empty()
}

/// `省级奖补：最高 50 万元（第三条 · 2 个来源）`
fn grant(result: &rules::BenefitResult<'_>, document: &Document) -> enterprise::Text {
    let benefit = result.benefit;
    let amount = law::granted(result);
    let clause = provenance::clause(&benefit.citation, document);
    let status = provenance::status(&benefit.citation.status);
    enterprise::Text::new(
        format!("{}：{}（{clause} · {}）", benefit.label.zh, amount.zh, status.zh),
        format!("{}: {} ({clause} · {})", benefit.label.en, amount.en, status.en),
    )
}
