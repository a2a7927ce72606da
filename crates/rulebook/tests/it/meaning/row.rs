//! One row of a page: what its columns say goes in, what its columns expect comes out.
//!
//! Every column has a name that is known here, or is called like an indicator (then it is given) or
//! like a criterion (then its status is expected). A column that is neither stops the test.

use enterprise::{Catalogue, Facts};
use rules::inquiry::{Inquiry, Spans, further_question, next_question};
use rules::{
    Answer, Assessment, CriterionResult, Finding, Lacking, Outcome, Question, Rulebook, Test,
    classify, evaluate,
};

use super::document::{Row, Section, Table, parts};
use super::facts::{add, date, set};
use super::forecast::Told;
use super::law::{self, PROGRAMME};
use super::plan::Planned;
use super::words;

/// Statuses in the columns of the logic tables, for the flags 甲, 乙, 丙 and whether they apply.
const PARTS: [&str; 3] = ["甲", "乙", "丙"];

/// Runs one row; answers what came out otherwise than the page says.
pub(crate) fn run(section: &Section, table: &Table, row: &Row) -> Vec<String> {
    let cell = |name: &str| -> Option<&str> {
        let column = table.header.iter().position(|column| column == name)?;
        Some(row.cells[column].as_str())
    };
    let condition = cell("条件").map(|condition| {
        let when = cell("前提").filter(|when| *when != "—").unwrap_or_default();
        (condition, when, parts(cell("阈值").unwrap_or_default()))
    });
    let condition =
        condition.as_ref().map(|(body, when, limits)| (*body, *when, limits.as_slice()));
    let rulebook = law::rulebook(section, condition);
    let (facts, question) = given(&rulebook.catalogue, table, row, &cell);
    let programme = rulebook.programme(PROGRAMME).unwrap();
    let answer = evaluate(&rulebook, programme, &facts, &question);
    let told = cell("至").map(|until| Told::of(&rulebook, &facts, &question, date(until)));
    let planned = cell("目标日").map(|target| {
        Planned::of(&rulebook, &facts, &question, (target != "—").then(|| date(target)))
    });
    let mut differences = Vec::new();
    for (column, wanted) in table.header.iter().zip(&row.cells) {
        let ahead = told.as_ref().and_then(|told| told.found(&rulebook, column));
        let found = || found(&rulebook, &answer, &facts, &question, column);
        let plan = || planned.as_ref().and_then(|planned| planned.found(&rulebook, column));
        let found = ahead.or_else(plan).or_else(found);
        if let Some(found) = found
            && found != *wanted
        {
            differences.push(format!("line {}, {column}: {wanted} ≠ {found}", row.line));
        }
    }
    differences
}

fn given<'t>(
    catalogue: &Catalogue,
    table: &'t Table,
    row: &'t Row,
    cell: &dyn Fn(&str) -> Option<&'t str>,
) -> (Facts, Question) {
    let mut facts = Facts::default();
    let mut question = Question::on(date(cell("评估日").unwrap_or("2026-05-01")));
    question.purpose = match cell("用途") {
        None => Some(rules::Purpose::New),
        Some("—") => None,
        Some(word) => Some(words::purpose_named(word)),
    };
    if let Some(year) = cell("指定年度").filter(|year| *year != "—") {
        question.base_year = Some(year.parse().unwrap());
    }
    add(catalogue, &mut facts, cell("事实").unwrap_or_default());
    for (column, value) in table.header.iter().zip(&row.cells) {
        if PARTS.contains(&column.as_str())
            && ["符合", "不符合", "待定", "不适用", "—"].contains(&value.as_str())
        {
            part(catalogue, &mut facts, column, value);
        } else if catalogue.indicators().iter().any(|known| known.label.zh == *column)
            && !is_result(column)
        {
            set(catalogue, &mut facts, column, None, value, None);
        }
    }
    if let Some(day) = cell("已知日").filter(|day| *day != "—") {
        question.known_on = Some(date(day));
        facts = facts.as_known_on(date(day));
    }
    (facts, question)
}

/// A status as facts: whether the part applies, and whether it holds.
fn part(catalogue: &Catalogue, facts: &mut Facts, label: &str, status: &str) {
    let (applies, holds) = match status {
        "符合" => ("是", "是"),
        "不符合" => ("是", "否"),
        "待定" => ("是", "—"),
        "不适用" => ("否", "—"),
        _ => ("—", "—"),
    };
    set(catalogue, facts, &format!("{label}适用"), None, applies, None);
    set(catalogue, facts, label, None, holds, None);
}

fn is_result(column: &str) -> bool {
    column == "划型"
}

/// What came out in a column; `None` for columns that say what goes in.
fn found(
    rulebook: &Rulebook,
    answer: &Answer<'_>,
    facts: &Facts,
    question: &Question,
    column: &str,
) -> Option<String> {
    let catalogue = &rulebook.catalogue;
    let inputs = [
        "条件",
        "前提",
        "阈值",
        "事实",
        "评估日",
        "用途",
        "指定年度",
        "已知日",
        "至",
        "目标日",
        "说明",
    ];
    if inputs.contains(&column) {
        return None;
    }
    let given = catalogue.indicators().iter().any(|known| known.label.zh == column);
    if given && !is_result(column) {
        return None;
    }
    let none = || "—".to_owned();
    Some(match column {
        "判定用途" => words::purpose(answer.purpose).to_owned(),
        "基准年度" => answer.base_year.to_string(),
        "下一问" => asked(rulebook, answer, facts, question)
            .map_or_else(none, |next| words::missing(catalogue, &next.what)),
        "再问" => {
            let spans = Spans::new(rulebook, &[answer.programme], question);
            further_question(rulebook, &[answer], &spans, &[])
                .map_or_else(none, |next| words::missing(catalogue, &next.what))
        }
        "单凭此项" => asked(rulebook, answer, facts, question).map_or_else(none, |next| {
            if next.decides.is_empty() { "定不下" } else { "可能定下" }.to_owned()
        }),
        "本批次" => words::truth(answer.round_criteria.first().unwrap().truth),
        "版本" | "后一版" | "前一版" => version(answer, column).unwrap_or_else(none),
        "划型" => {
            let possible = classify(rulebook, "size_class", facts, question);
            if possible.is_empty() {
                none()
            } else {
                words::options(catalogue, "size_class", &possible)
            }
        }
        _ => {
            let Outcome::Assessed(assessment) = &answer.outcome else { return Some(none()) };
            in_assessment(catalogue, assessment, column)
        }
    })
}

fn asked<'r>(
    rulebook: &'r Rulebook,
    answer: &Answer<'r>,
    facts: &Facts,
    question: &Question,
) -> Option<Inquiry<'r>> {
    next_question(rulebook, &[answer.programme], facts, question, &[])
}

fn version(answer: &Answer<'_>, column: &str) -> Option<String> {
    match (&answer.outcome, column) {
        (Outcome::Assessed(assessment), "版本") => Some(assessment.version.id.clone()),
        (Outcome::NoVersion { next: Some((day, version)), .. }, "后一版")
        | (Outcome::NoVersion { previous: Some((day, version)), .. }, "前一版") => {
            let side = if column == "后一版" { "自" } else { "至" };
            Some(format!("{}（{side} {day}）", version.id))
        }
        _ => None,
    }
}

fn in_assessment(catalogue: &Catalogue, assessment: &Assessment<'_>, column: &str) -> String {
    let none = || "—".to_owned();
    let list = |words: Vec<String>| {
        if words.is_empty() { none() } else { words.join("；") }
    };
    match column {
        "结论" => words::verdict(assessment.verdict),
        "结果" => words::truth(assessment.criteria.first().unwrap().truth),
        "人群" => words::population(assessment.population).to_owned(),
        "最近差距" => assessment.nearest.map_or_else(none, words::nearest),
        "路径" => words::path(assessment.path).to_owned(),
        "得分" => {
            let score = assessment.score.as_ref().unwrap();
            words::points(score.low, score.high)
        }
        "缺少" => list(
            assessment.missing.iter().map(|missing| words::missing(catalogue, missing)).collect(),
        ),
        "原因" => list(
            lacking(&assessment.criteria)
                .iter()
                .flat_map(|l| &l.pending)
                .map(words::pending)
                .collect(),
        ),
        "假定" => {
            list(assessment.assumptions.iter().map(|a| a.indicator.label.zh.clone()).collect())
        }
        "优先" => list(
            assessment
                .preferences
                .iter()
                .filter(|result| result.truth == rules::Truth::Met)
                .map(|result| result.criterion.label.zh.clone())
                .collect(),
        ),
        "金额" => {
            let result = assessment.benefits.first().unwrap();
            let known = result.amount.as_ref().and_then(rules::Amount::as_exact);
            known.map_or_else(none, words::yuan)
        }
        "至多" => {
            let most = assessment.benefits.first().unwrap().most;
            most.map_or_else(none, words::yuan)
        }
        "据记忆" => if assessment.rests_on_recalled { "是" } else { "否" }.to_owned(),
        label => {
            let version = assessment.version;
            let criterion = words::criterion_called(&version.criteria, label);
            let criterion = criterion.unwrap_or_else(|| panic!("nothing is called `{label}`"));
            words::truth(status(&assessment.criteria, &criterion.id).unwrap())
        }
    }
}

fn status(results: &[CriterionResult<'_>], id: &str) -> Option<rules::Truth> {
    results.iter().find_map(|result| match &result.finding {
        _ if result.criterion.id == id => Some(result.truth),
        Finding::Children(children) => status(children, id),
        _ => None,
    })
}

/// What the conditions at the top lack.
fn lacking<'a>(results: &'a [CriterionResult<'_>]) -> Vec<&'a Lacking> {
    results
        .iter()
        .filter_map(|result| match &result.finding {
            Finding::Condition(condition) => match &condition.test {
                Test::Not(inner) => Some(&inner.lacking),
                _ => Some(&condition.lacking),
            },
            _ => None,
        })
        .collect()
}
