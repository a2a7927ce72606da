//! Windows for applying: on a programme's page in full, on the page of contents in a table.

use enterprise::Lang;
use rules::{Programme, Round, Rulebook};
use words::{programme as say, provenance, verdict};

use crate::ladders;
use crate::markdown::escape;
use crate::programme::criteria_table;
use crate::sheet::Sheet;
use crate::site;

/// The rounds of a programme.
pub(crate) fn section(sheet: &mut Sheet, programme: &Programme, rulebook: &Rulebook) {
    let rounds: Vec<&Round> =
        rulebook.rounds.iter().filter(|round| round.programme == programme.id).collect();
    if rounds.is_empty() {
        return;
    }
    sheet.heading(2, sheet.say("申报批次", "Rounds"), None);
    for round in rounds {
        self::round(sheet, programme, round, rulebook);
    }
}

fn round(sheet: &mut Sheet, programme: &Programme, round: &Round, rulebook: &Rulebook) {
    let title = sheet.t(&say::round(round));
    sheet.heading(3, &title, Some(&site::round(round)));
    let mut items = vec![
        sheet.pair(sheet.say("用途", "For"), &purposes(sheet, round)),
        sheet.pair(
            sheet.say("申报时间", "Window"),
            &sheet.t(&say::period(round.from, Some(round.to))),
        ),
    ];
    if let Some(year) = round.base_year {
        items.push(match sheet.lang() {
            Lang::Zh => format!("上年度指 {year} 年"),
            Lang::En => format!("The last fiscal year is {year}"),
        });
    }
    items.push(
        sheet.pair(sheet.say("通知", "Notice"), &escape(&provenance::document(&round.document))),
    );
    items.push(sheet.pair(
        sheet.say("来源状态", "Source status"),
        &sheet.t(&provenance::official(&round.status)),
    ));
    if let Some(note) = &round.note {
        items.push(sheet.pair(sheet.say("说明", "Note"), &sheet.t(note)));
    }
    sheet.bullets(&items);
    let rows: Vec<Vec<String>> = round
        .stages
        .iter()
        .map(|stage| vec![sheet.t(&stage.label), sheet.t(&say::period(stage.from, Some(stage.to)))])
        .collect();
    sheet.table(&[sheet.say("阶段", "Stage"), sheet.say("时间", "Days")], &rows);
    if !round.criteria.is_empty() {
        let words = sheet.say(
            "本批次另有下列要求；它们只决定能否参加本批次，不影响是否符合标准。",
            "Who may take part in this round; the standard itself is not touched.",
        );
        sheet.paragraph(words);
        let prefix = site::round(round);
        criteria_table(sheet, programme, &round.criteria, &round.document, &prefix, rulebook);
    }
}

fn purposes(sheet: &Sheet, round: &Round) -> String {
    let names: Vec<String> =
        round.purposes.iter().map(|purpose| sheet.t(&verdict::purpose(*purpose))).collect();
    sheet.list(&names)
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
                purposes(sheet, round),
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
