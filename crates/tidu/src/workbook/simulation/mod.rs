//! A simulation as a workbook: where subjects stand before and after, groups, money, and everybody
//! who moves; what was changed, and by which rules.

mod columns;
mod rows;

use std::io;
use std::path::Path;

use enterprise::Lang;
use rust_xlsxwriter::{Workbook, XlsxError};

use super::about::About;
use super::sheet::{Cell, Sheet};
use super::{dated, io_error, save};
use crate::commands::simulate::{Changed, Effect, Simulated};
use crate::text::screening::grouped;
use crate::text::simulation::not_simulated;
use columns::Kind;
use rows::Rows;

/// A sheet, the rows that it has for the effect of a variant on a programme, and whether a workbook of
/// names has it.
type Effects = (&'static Kind, fn(&Rows<'_>, &Effect) -> Vec<Vec<Cell>>, bool);

const EFFECTS: [Effects; 4] = [
    (&columns::SUMMARY, |rows, effect| rows.summary(effect), false),
    (&columns::GROUPS, |rows, effect| rows.groups(effect), false),
    (&columns::COSTS, |rows, effect| rows.costs(effect), false),
    (&columns::NAMES, |rows, effect| rows.names(effect), true),
];

/// Writes the workbook into a new file; with names only, everything else is left out.
pub(crate) fn simulation(
    simulated: &Simulated<'_>,
    path: &Path,
    names_only: bool,
    lang: Lang,
) -> io::Result<()> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&dated(simulated.ask.question.as_of));
    let rows = Rows { simulated, lang };
    let wanted = EFFECTS.into_iter().filter(|(_, _, of_names)| *of_names || !names_only);
    for (kind, of_effect, _) in wanted {
        effects(&mut workbook, kind, rows, of_effect).map_err(io_error)?;
    }
    settings(&mut workbook, rows).map_err(io_error)?;
    about(simulated, lang).write(&mut workbook).map_err(io_error)?;
    save(&mut workbook, path)
}

/// A sheet with the rows of all effects.
fn effects(
    workbook: &mut Workbook,
    kind: &Kind,
    rows: Rows<'_>,
    of_effect: fn(&Rows<'_>, &Effect) -> Vec<Vec<Cell>>,
) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(workbook, kind.columns, &kind.name, rows.lang)?;
    let simulated = rows.simulated;
    for (pair, effect) in simulated.ask.pairs.iter().zip(&simulated.effects.effects) {
        for cells in of_effect(&rows, effect) {
            let cells: Vec<Cell> = rows.whose(*pair).into_iter().chain(cells).collect();
            sheet.plain_row(workbook, &cells)?;
        }
    }
    sheet.finish(workbook)
}

/// The sheet of what was changed.
fn settings(workbook: &mut Workbook, rows: Rows<'_>) -> Result<(), XlsxError> {
    let kind = &columns::SETTINGS;
    let mut sheet = Sheet::new(workbook, kind.columns, &kind.name, rows.lang)?;
    for variant in &rows.simulated.ask.variants {
        for cells in rows.settings(variant) {
            sheet.plain_row(workbook, &cells)?;
        }
    }
    sheet.finish(workbook)
}

fn about(simulated: &Simulated<'_>, lang: Lang) -> About {
    let ask = simulated.ask;
    let mut about = About::new(lang);
    about.row("企业总体", "Population", &simulated.file);
    if simulated.synthetic {
        about.made_up();
    }
    about.asked(ask.rulebook(), &ask.question, ask.base_year());
    about.row("对象", "Subjects", grouped(simulated.effects.subjects));
    about.row("未读入", "Refused", grouped(simulated.refused));
    if let Some(outdated) = simulated.outdated() {
        about.row("事件未核查到评估日", "Events not up to date", outdated.get(lang));
    }
    for variant in &ask.variants {
        about.row(&format!("方案 {}", variant.name), &format!("Variant {}", variant.name), {
            let hash = &variant.rulebook.hash;
            called(
                variant,
                lang,
                match lang {
                    Lang::Zh => format!("改后规则库 {hash}"),
                    Lang::En => format!("changed rulebook {hash}"),
                },
            )
        });
    }
    about.caveat();
    about.note(&not_simulated());
    ask.variants.iter().flat_map(|variant| &variant.notes).for_each(|note| about.note(note));
    about
}

/// What a variant is called, if it says so, before the words.
fn called(variant: &Changed, lang: Lang, words: String) -> String {
    match (&variant.label, lang) {
        (None, _) => words,
        (Some(label), Lang::Zh) => format!("{}；{words}", label.zh),
        (Some(label), Lang::En) => format!("{}; {words}", label.en),
    }
}
