//! Windows for applying: on a programme's page in full, on the page of contents in a table.

use enterprise::{Lang, Text};
use rules::{Programme, Round, Rulebook};
use words::{programme as say, provenance, verdict};

use crate::ladders;
use crate::paper::Paper;
use crate::part::{ColumnKind, Line, Row};
use crate::programme::{Listed, criteria_table};
use crate::sheet::Sheet;
use crate::site;

/// The rounds of a programme.
pub(crate) fn section(paper: &mut Paper, programme: &Programme, rulebook: &Rulebook) {
    let rounds: Vec<&Round> =
        rulebook.rounds.iter().filter(|round| round.programme == programme.id).collect();
    if rounds.is_empty() {
        return;
    }
    paper.heading(2, paper.say("申报批次", "Rounds"), None);
    for round in rounds {
        self::round(paper, programme, round, rulebook);
    }
}

fn round(paper: &mut Paper, programme: &Programme, round: &Round, rulebook: &Rulebook) {
    let name = site::round(round);
    paper.heading(3, &paper.t(&say::round(round)), Some(&name));
    let window = paper.t(&say::period(round.from, Some(round.to)));
    let mut items = vec![
        paper.pair(paper.say("用途", "For"), paper.t(&purposes(round))),
        paper.pair(paper.say("申报时间", "Window"), window),
    ];
    if let Some(year) = round.base_year {
        items.push(Line::from(match paper.lang() {
            Lang::Zh => format!("上年度指 {year} 年"),
            Lang::En => format!("The last fiscal year is {year}"),
        }));
    }
    let notice = provenance::document(&round.document);
    items.push(paper.pair(paper.say("通知", "Notice"), notice.trim()));
    items.push(paper.pair(paper.say("来源状态", "Source status"), paper.official(&round.status)));
    if let Some(note) = &round.note {
        items.push(paper.pair(paper.say("说明", "Note"), paper.t(note)));
    }
    paper.bullets(items);
    let rows = round
        .stages
        .iter()
        .map(|stage| {
            let days = paper.t(&say::period(stage.from, Some(stage.to)));
            Row::of_lines(vec![paper.t(&stage.label).into(), days.into()])
        })
        .collect();
    let columns = [
        (ColumnKind::Words, paper.say("阶段", "Stage")),
        (ColumnKind::Words, paper.say("时间", "Days")),
    ];
    paper.table(&columns, rows);
    if !round.criteria.is_empty() {
        let words = paper.say(
            "本批次另有下列要求；它们只决定能否参加本批次，不影响是否符合标准。",
            "Who may take part in this round; the standard itself is not touched.",
        );
        paper.paragraph(words);
        let listed = Listed {
            programme,
            criteria: &round.criteria,
            document: &round.document,
            prefix: &name,
            of: None,
            rulebook,
        };
        criteria_table(paper, &listed);
    }
}

fn purposes(round: &Round) -> Text {
    let names: Vec<Text> =
        round.purposes.iter().map(|purpose| verdict::purpose(*purpose)).collect();
    words::join(&names, "、", ", ")
}

/// All rounds, newest first.
pub(crate) fn overview(sheet: &mut Sheet, rulebook: &Rulebook) {
    if rulebook.rounds.is_empty() {
        return;
    }
    sheet.heading(2, sheet.say("申报批次", "Rounds"), Some("rounds"));
    let mut rounds: Vec<&Round> = rulebook.rounds.iter().collect();
    rounds.sort_by_key(|round| std::cmp::Reverse((round.from, round.to)));
    let rows: Vec<Vec<String>> = rounds
        .into_iter()
        .map(|round| {
            let place = format!("{}#{}", site::programme(&round.programme), site::round(round));
            let window = sheet.t(&say::period(round.from, Some(round.to)));
            vec![
                ladders::linked(sheet, rulebook, &round.programme),
                round.label.as_ref().map(|label| sheet.t(label)).unwrap_or_default(),
                sheet.t(&purposes(round)),
                sheet.link(&window, &place),
                sheet.t(&provenance::status(&round.status)),
            ]
        })
        .collect();
    let headings = [
        sheet.say("项目", "Programme"),
        sheet.say("批次", "Round"),
        sheet.say("用途", "For"),
        sheet.say("申报时间", "Window"),
        sheet.say("来源状态", "Source status"),
    ];
    sheet.table(&headings, &rows);
}
