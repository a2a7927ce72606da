//! The page of contents: ladders, all programmes by who grants them, what applies when, windows, and
//! what nobody knows yet.

use enterprise::{Lang, Text};
use rules::{Programme, Rulebook, Standing};
use words::{programme as say, verdict};

use crate::sheet::Sheet;
use crate::{ladders, open, rounds, site};

/// The page.
pub(crate) fn sheet(rulebook: &Rulebook, lang: Lang) -> Sheet {
    let title = Text::new("政策标准目录", "Catalogue of programmes");
    let mut sheet = Sheet::new(lang, site::INDEX, &title);
    let caveat = sheet.say(
        "凡未标“已核对”的数字，均尚未与官方原文核对（待核对原文）。没有查到公开标准的，如实列为未公开，不作结论。",
        "Unless it is marked verified, no number has been compared with the official text yet. What is \
         not public is left open and listed as such.",
    );
    sheet.paragraph(caveat);
    legend(&mut sheet);
    if !rulebook.ladders.is_empty() {
        sheet.heading(2, sheet.say("梯度", "Ladders"), Some("ladders"));
        ladders::sections(&mut sheet, rulebook);
    }
    programmes(&mut sheet, rulebook);
    periods(&mut sheet, rulebook);
    rounds::overview(&mut sheet, rulebook);
    open::section(&mut sheet, rulebook);
    others(&mut sheet, rulebook);
    sheet
}

/// What the standings and the statuses mean.
fn legend(sheet: &mut Sheet) {
    let standings = [Standing::Binding, Standing::Indicative, Standing::Historical, Standing::Open];
    let mut items: Vec<String> =
        standings.iter().map(|standing| sheet.t(&say::standing_means(*standing))).collect();
    items.push(
        sheet
            .say(
                "来源状态，由强到弱：已核对（有人与官方原文逐字核对过）、多处转载（逐字见于转载）、几个来源（独立来源一致）、\
                 仅凭记忆（没有人见过文本）。",
                "Source status, from strong to weak: verified (a named person compared it with the official \
                 text), reposted (word for word in reposts), so many sources (independent ones agree), from \
                 memory (nobody saw the text).",
            )
            .to_owned(),
    );
    sheet.bullets(&items);
}

/// All programmes, by who grants them.
fn programmes(sheet: &mut Sheet, rulebook: &Rulebook) {
    sheet.heading(2, sheet.say("全部项目", "All programmes"), Some("programmes"));
    let mut authorities: Vec<&Text> = Vec::new();
    for programme in &rulebook.programmes {
        if !authorities.contains(&&programme.authority) {
            authorities.push(&programme.authority);
        }
    }
    for authority in authorities {
        let title = sheet.t(authority);
        sheet.heading(3, &title, None);
        let rows: Vec<Vec<String>> = rulebook
            .programmes
            .iter()
            .filter(|programme| programme.authority == *authority)
            .map(|programme| row(sheet, programme, rulebook))
            .collect();
        let headings = [
            sheet.say("项目", "Programme"),
            sheet.say("对象", "Subject"),
            sheet.say("类别", "Kind"),
            sheet.say("版本与效力", "Versions and standing"),
        ];
        sheet.table(&headings, &rows);
    }
}

fn row(sheet: &Sheet, programme: &Programme, rulebook: &Rulebook) -> Vec<String> {
    vec![
        ladders::linked(sheet, rulebook, &programme.id),
        sheet.t(&say::subject(&programme.subject)),
        sheet.t(&say::kind(&programme.kind)),
        sheet.t(&ladders::standing(programme)),
    ]
}

/// Which version applies for which purpose from when to when.
fn periods(sheet: &mut Sheet, rulebook: &Rulebook) {
    let mut rows = Vec::new();
    for programme in &rulebook.programmes {
        let mut of_one = Vec::new();
        for version in &programme.versions {
            for applies in &version.applies {
                let place = format!("{}#{}", site::programme(&programme.id), version.id);
                of_one.push((
                    (applies.purpose, applies.from),
                    vec![
                        ladders::linked(sheet, rulebook, &programme.id),
                        sheet.t(&verdict::purpose(applies.purpose)),
                        sheet.t(&say::period(applies.from, applies.to)),
                        sheet.link(&sheet.t(&say::version(version)), &place),
                        sheet.t(&say::standing(version.standing)),
                    ],
                ));
            }
        }
        of_one.sort_by_key(|(key, _)| *key);
        rows.extend(of_one.into_iter().map(|(_, row)| row));
    }
    if rows.is_empty() {
        return;
    }
    sheet.heading(2, sheet.say("适用期一览", "What applies when"), Some("periods"));
    let headings = [
        sheet.say("项目", "Programme"),
        sheet.say("用途", "Purpose"),
        sheet.say("适用期", "Period"),
        sheet.say("版本", "Version"),
        sheet.say("效力", "Standing"),
    ];
    sheet.table(&headings, &rows);
}

/// What the programmes are made of.
fn others(sheet: &mut Sheet, rulebook: &Rulebook) {
    let mut items = Vec::new();
    for id in rulebook.classifications.keys() {
        if let Some(indicator) = rulebook.catalogue.indicator(id) {
            items.push(sheet.link(&sheet.t(&indicator.label), &site::classification(id)));
        }
    }
    let kinds: Vec<String> = crate::indicators::kinds(rulebook)
        .iter()
        .map(|(path, title)| sheet.link(&sheet.t(title), path))
        .collect();
    if !kinds.is_empty() {
        items.push(sheet.pair(sheet.say("指标", "Indicators"), &sheet.list(&kinds)));
    }
    if !rulebook.catalogue.events.is_empty() {
        items.push(sheet.link(sheet.say("事件", "Events"), site::EVENTS));
    }
    let tables: Vec<String> = rulebook
        .codes
        .values()
        .map(|table| sheet.link(&sheet.t(&table.title), &site::codes(&table.id)))
        .collect();
    if !tables.is_empty() {
        items.push(sheet.pair(sheet.say("代码表", "Tables of codes"), &sheet.list(&tables)));
    }
    if !items.is_empty() {
        sheet.heading(2, sheet.say("共用内容", "What they share"), Some("shared"));
        sheet.bullets(&items);
    }
}
