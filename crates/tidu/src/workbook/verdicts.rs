//! The sheet of verdicts: a row for each firm and programme.

use enterprise::{Facts, Lang, Text};
use rules::{Answer, Assessment, Outcome, Rulebook, Truth, Verdict};

use super::sheet::{Cell, Column, Look, Name};
use words::reason::reason;
use words::{gap, join, verdict, window};

pub(super) static NAME: Name = Name { zh: "结论", en: "Verdicts" };

const RESULT: usize = 5;

pub(super) static COLUMNS: &[Column] = &[
    Column { zh: "企业", en: "Firm", width: 32 },
    Column { zh: "统一社会信用代码", en: "Code", width: 21 },
    Column { zh: "项目", en: "Programme", width: 24 },
    Column { zh: "用途", en: "Purpose", width: 9 },
    Column { zh: "版本", en: "Version", width: 9 },
    Column { zh: "结论", en: "Verdict", width: 18 },
    Column { zh: "筛查分类", en: "Population", width: 20 },
    Column { zh: "主要原因", en: "Main reason", width: 34 },
    Column { zh: "最低得分", en: "Lowest score", width: 9 },
    Column { zh: "最高得分", en: "Highest score", width: 9 },
    Column { zh: "及格分", en: "Pass mark", width: 8 },
    Column { zh: "申报窗口", en: "Window", width: 16 },
    Column { zh: "不符合的条件", en: "Criteria not met", width: 40 },
    Column { zh: "还缺的数据", en: "Missing data", width: 40 },
    Column { zh: "待定事项", en: "Pending", width: 40 },
    Column { zh: "假定", en: "Assumptions", width: 20 },
    Column { zh: "依据", en: "Document", width: 30 },
];

pub(super) fn style(answer: &Answer<'_>) -> (usize, Look) {
    let look = match answer.verdict() {
        Some(Verdict::Eligible) => Look::Good,
        Some(Verdict::Ineligible) => Look::Bad,
        Some(Verdict::Undetermined(_)) => Look::Open,
        None => Look::Plain,
    };
    (RESULT, look)
}

pub(super) fn cells(
    facts: &Facts,
    answer: &Answer<'_>,
    rulebook: &Rulebook,
    lang: Lang,
) -> Vec<Cell> {
    let text = |text: &Text| Cell::Text(text.get(lang).to_owned());
    let assessment = match &answer.outcome {
        Outcome::Assessed(assessment) => Some(&**assessment),
        Outcome::NoVersion { .. } => None,
    };
    let score = assessment.and_then(|assessment| assessment.score.as_ref());
    let points =
        |points: Option<rules::Points>| points.map_or(Cell::Empty, |p| Cell::Hundredths(p.0));
    let version = assessment.map(|assessment| assessment.version);
    let mut cells = who(facts);
    cells.extend([
        text(&answer.programme.title),
        text(&verdict::purpose(answer.purpose)),
        Cell::Text(version.map(|version| version.id.clone()).unwrap_or_default()),
        text(&verdict::conclusion(answer)),
        assessment.map_or(Cell::Empty, |found| text(&verdict::population(found.population))),
        text(&reason(answer, rulebook)),
        points(score.map(|score| score.low)),
        points(score.map(|score| score.high)),
        points(score.map(|score| score.table.pass.points)),
        text(&window::words(window::window(answer), answer.as_of)),
    ]);
    match assessment {
        Some(assessment) => cells.extend(lists(assessment, rulebook).iter().map(text)),
        None => cells.extend((0..4).map(|_| Cell::Empty)),
    }
    let document = version.map(|version| words::provenance::document(&version.document));
    cells.push(Cell::Text(document.unwrap_or_default()));
    cells
}

/// Name and code of a firm.
pub(super) fn who(facts: &Facts) -> Vec<Cell> {
    let uscc = facts.uscc.as_ref().map(ToString::to_string).unwrap_or_default();
    vec![Cell::Text(facts.name.clone().unwrap_or_default()), Cell::Text(uscc)]
}

/// What is not met, missing, pending, assumed.
fn lists(assessment: &Assessment<'_>, rulebook: &Rulebook) -> [Text; 4] {
    let list = |texts: Vec<Text>| join(&texts, "；", "; ");
    let failing = assessment.criteria.iter().filter(|result| result.truth == Truth::NotMet);
    let failing = failing.map(|result| result.criterion.label.clone()).collect();
    let lacking = |data: bool| {
        let missing = assessment.missing.iter().filter(|missing| missing.why().data == data);
        missing.map(|missing| gap::missing(missing, rulebook)).collect::<Vec<_>>()
    };
    let assumed = assessment.assumptions.iter().map(|assume| assume.indicator.label.clone());
    [list(failing), list(lacking(true)), list(lacking(false)), list(assumed.collect())]
}
