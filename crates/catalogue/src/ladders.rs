//! Ladders on the page of contents: picture, and the same as a table with links.

use enterprise::Text;
use rules::{Ladder, Programme, Rulebook};

use crate::sheet::Sheet;
use crate::site;

/// A section for each ladder.
pub(crate) fn sections(sheet: &mut Sheet, rulebook: &Rulebook) {
    let mut ladders: Vec<&Ladder> = rulebook.ladders.iter().collect();
    // The longest is what most readers come for.
    ladders.sort_by_key(|ladder| std::cmp::Reverse(ladder.rungs.len()));
    for ladder in ladders {
        let title = sheet.t(&ladder.title);
        sheet.heading(3, &title, Some(&format!("ladder-{}", ladder.id)));
        let described = sheet.t(&described(ladder, rulebook));
        sheet.paragraph(&format!("![{described}]({})", site::picture(&ladder.id)));
        let note = ladder.note.as_ref().map(|note| sheet.t(note)).unwrap_or_default();
        sheet.paragraph(&note);
        let rows: Vec<Vec<String>> = ladder
            .rungs
            .iter()
            .zip(1..)
            .map(|(id, number)| {
                vec![
                    format!("{number}"),
                    linked(sheet, rulebook, id),
                    others(sheet, rulebook, ladder.beside.get(id)),
                    others(sheet, rulebook, ladder.fed_by.get(id)),
                ]
            })
            .collect();
        let headings = [
            sheet.say("层级（由低到高）", "Rung, lowest first"),
            sheet.say("项目", "Programme"),
            sheet.say("并列", "Beside it"),
            sheet.say("来源", "Fed by"),
        ];
        sheet.table(&headings, &rows);
    }
}

/// The programme's name with a link to its page, if it has one.
pub(crate) fn linked(sheet: &Sheet, rulebook: &Rulebook, id: &str) -> String {
    let name = sheet.t(&name(rulebook, id));
    match rulebook.programme(id) {
        Some(programme) => sheet.link(&name, &site::programme(&programme.id)),
        None => name,
    }
}

fn others(sheet: &Sheet, rulebook: &Rulebook, ids: Option<&Vec<String>>) -> String {
    let names: Vec<String> =
        ids.into_iter().flatten().map(|id| linked(sheet, rulebook, id)).collect();
    sheet.list(&names)
}

/// The name of a programme.
pub(crate) fn name(rulebook: &Rulebook, id: &str) -> Text {
    rulebook.programme(id).map_or_else(|| Text::new(id, id), |programme| programme.title.clone())
}

/// What the rulebook has of a programme: its versions with their standing.
pub(crate) fn standing(programme: &Programme) -> Text {
    if programme.versions.is_empty() {
        return Text::new("未收录标准", "standard not recorded");
    }
    let versions: Vec<Text> = programme
        .versions
        .iter()
        .map(|version| {
            let standing = words::programme::standing(version.standing);
            let name = words::programme::version(version);
            let standing = words::join(&[name, standing], "：", ": ");
            let last: Option<Vec<_>> = version.applies.iter().map(|applies| applies.to).collect();
            match last.and_then(|last| last.into_iter().max()) {
                Some(last) => Text::new(
                    format!("{}，至 {last}", standing.zh),
                    format!("{}, until {last}", standing.en),
                ),
                None => standing,
            }
        })
        .collect();
    words::join(&versions, "；", "; ")
}

/// A ladder in one sentence, for who cannot see the picture.
pub(crate) fn described(ladder: &Ladder, rulebook: &Rulebook) -> Text {
    let rungs: Vec<Text> = ladder.rungs.iter().map(|id| name(rulebook, id)).collect();
    let rungs = words::join(&rungs, " → ", " → ");
    Text::new(
        format!("{}，由低到高：{}", ladder.title.zh, rungs.zh),
        format!("{}, from the lowest: {}", ladder.title.en, rungs.en),
    )
}
