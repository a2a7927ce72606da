//! The sheet of criteria: a row for each firm, programme and test.

use enterprise::{Facts, Lang, Text};
use rules::{
    Answer, Body, CriterionResult, Document, Finding, Outcome, Rulebook, ScoreResult, Truth,
};

use super::sheet::{Cell, Column, Look, Name};
use super::verdicts::who;
use words::amounts::points;
use words::explanation::{Explainer, Line, Row};
use words::score::bounds;
use words::{provenance, verdict};

pub(super) static NAME: Name = Name { zh: "条件", en: "Criteria" };

const RESULT: usize = 5;

pub(super) static COLUMNS: &[Column] = &[
    Column { zh: "企业", en: "Firm", width: 32 },
    Column { zh: "统一社会信用代码", en: "Code", width: 21 },
    Column { zh: "项目", en: "Programme", width: 24 },
    Column { zh: "用途", en: "Purpose", width: 9 },
    Column { zh: "条件", en: "Criterion", width: 34 },
    Column { zh: "结果", en: "Result", width: 14 },
    Column { zh: "考查内容", en: "Tested", width: 36 },
    Column { zh: "数值", en: "Value", width: 16 },
    Column { zh: "标准", en: "Threshold", width: 18 },
    Column { zh: "差距或说明", en: "Distance or remark", width: 34 },
    Column { zh: "相对差距（%）", en: "Short by (%)", width: 13 },
    Column { zh: "条款", en: "Clause", width: 18 },
    Column { zh: "数值来源状态", en: "How well known", width: 14 },
];

type Styled = (Vec<Cell>, (usize, Look));

pub(super) fn rows(
    facts: &Facts,
    answer: &Answer<'_>,
    rulebook: &Rulebook,
    lang: Lang,
) -> Vec<Styled> {
    let Outcome::Assessed(assessment) = &answer.outcome else { return Vec::new() };
    let leaves = Leaves {
        facts,
        answer,
        score: assessment.score.as_ref(),
        document: &assessment.version.document,
        explainer: Explainer::new(rulebook, facts, (answer.base_year, answer.as_of)),
        lang,
    };
    let mut found = Vec::new();
    for result in &assessment.criteria {
        leaves.criterion(result, "", &mut found);
    }
    found
}

struct Leaves<'a, 'r> {
    facts: &'a Facts,
    answer: &'a Answer<'r>,
    score: Option<&'a ScoreResult<'r>>,
    document: &'a Document,
    explainer: Explainer<'r>,
    lang: Lang,
}

impl Leaves<'_, '_> {
    fn criterion(&self, result: &CriterionResult<'_>, above: &str, found: &mut Vec<Styled>) {
        let label = result.criterion.label.get(self.lang);
        let path = if above.is_empty() { label.to_owned() } else { format!("{above} › {label}") };
        match &result.finding {
            Finding::Children(children) if result.truth != Truth::NotApplicable => {
                for child in children {
                    self.criterion(child, &path, found);
                }
            }
            Finding::Condition(condition) if result.truth != Truth::NotApplicable => {
                let lines = self.explainer.condition(condition);
                let tests = lines.iter().filter_map(|line| match line {
                    Line::Row(row) if !row.fact => Some(row),
                    _ => None,
                });
                for row in tests {
                    let truth = row.truth.unwrap_or(result.truth);
                    found.push(self.row(result, &path, truth, row));
                }
            }
            _ => found.push(self.row(result, &path, result.truth, &self.whole(result))),
        }
    }

    /// A criterion without a test of its own: judged, scored or not applicable.
    fn whole(&self, result: &CriterionResult<'_>) -> Row {
        let same = |text: String| Text::new(text.clone(), text);
        match (&result.finding, &result.criterion.body) {
            _ if result.truth == Truth::NotApplicable => Row::default(),
            (Finding::Score, _) => match self.score {
                Some(score) => Row {
                    value: same(bounds(score.low, score.high)),
                    limit: same(format!("≥ {}", points(score.table.pass.points))),
                    ..Row::default()
                },
                None => Row::default(),
            },
            (Finding::Judged(judgement), Body::Judged { by, question }) => Row {
                label: question.clone().unwrap_or_default(),
                value: match judgement {
                    Some(judgement) => same(judgement.by.clone().unwrap_or_default()),
                    None => provenance::judge(by),
                },
                note: same(
                    judgement.as_ref().and_then(|known| known.note.clone()).unwrap_or_default(),
                ),
                ..Row::default()
            },
            _ => Row::default(),
        }
    }

    fn row(&self, result: &CriterionResult<'_>, path: &str, truth: Truth, row: &Row) -> Styled {
        let citation = &result.criterion.citation;
        let say = |text: &Text| Cell::Text(text.get(self.lang).to_owned());
        let mut cells = who(self.facts);
        cells.extend([
            say(&self.answer.programme.title),
            say(&verdict::purpose(self.answer.purpose)),
            Cell::Text(path.to_owned()),
            say(&verdict::truth(truth)),
            say(&row.label),
            say(&row.value),
            say(&row.limit),
            say(&row.note),
            match row.ppm.filter(|ppm| *ppm > 0) {
                // Parts per million as percent with two decimals, rounded up.
                Some(ppm) => Cell::Hundredths(ppm.div_euclid(100) + i64::from(ppm % 100 > 0)),
                None => Cell::Empty,
            },
            Cell::Text(provenance::clause(citation, self.document)),
            say(&provenance::status(&citation.status)),
        ]);
        let look = match truth {
            Truth::Met => Look::Good,
            Truth::NotMet => Look::Bad,
            Truth::Unknown(_) => Look::Open,
            Truth::NotApplicable => Look::Plain,
        };
        (cells, (RESULT, look))
    }
}
