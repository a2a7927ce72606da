//! The sheet of the work list: which data to collect first.

use enterprise::{Lang, Text};
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::screened::Screened;
use crate::workbook::{Cell, Column, Name, Sheet};

static NAME: Name = Name { zh: "补数清单", en: "Work list" };

static COLUMNS: &[Column] = &[
    Column { zh: "数据", en: "Figure", width: 44 },
    Column { zh: "列名", en: "Column", width: 30 },
    Column { zh: "补上即可判定（户×项目）", en: "Decides alone", width: 14 },
    Column { zh: "还需其他数据（户×项目）", en: "With others", width: 14 },
    Column { zh: "并入", en: "Part of", width: 12 },
    Column { zh: "其中", en: "Of which", width: 70 },
];

/// Writes the sheet, if anything is missing.
pub(super) fn sheet(
    screened: &Screened<'_>,
    book: &mut Workbook,
    lang: Lang,
) -> Result<(), XlsxError> {
    let wanted = screened.work();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut sheet = Sheet::new(book, COLUMNS, &NAME, lang)?;
    for own in &wanted {
        let programmes = screened.open(own).map(|(programme, open)| {
            let Text { zh, en } = &programme.title;
            Text::new(
                format!("{zh} {}＋{}", open.alone, open.together),
                format!("{en} {} + {}", open.alone, open.together),
            )
        });
        let programmes = words::join(&programmes.collect::<Vec<_>>(), "；", "; ");
        // Counts of a screening are far below the size at which a float would round them.
        #[allow(clippy::cast_precision_loss)]
        let number = |count: u64| Cell::Number(count as f64);
        let cells = [
            Cell::Text(own.label.get(lang).to_owned()),
            Cell::Text(own.name.clone()),
            number(own.open.alone),
            number(own.open.together),
            own.part_of.map_or(Cell::Empty, |name| Cell::Text(name.to_owned())),
            Cell::Text(programmes.get(lang).to_owned()),
        ];
        sheet.plain_row(book, &cells)?;
    }
    sheet.finish(book)
}
