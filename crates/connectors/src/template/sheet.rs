//! The sheet to fill in: title, instruction, header, and below it empty rows whose cells already
//! have the right format and the right lists to choose from.

use enterprise::{Lang, Text};
use rust_xlsxwriter::{
    DataValidation, Format, FormatAlign, FormatBorder, Formula, Note, Worksheet, XlsxError,
};

use super::columns::FormColumn;
use super::kinds::Entry;

/// The header's row from 0; above it stand the title and the instruction.
const HEADER: u32 = 2;
/// The last row of a sheet.
const LAST: u32 = 1_048_575;

/// Writes the sheet.
pub(crate) fn write(
    sheet: &mut Worksheet,
    columns: &[FormColumn],
    options: &Options,
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(Text::new("填报", "Form").get(lang))?;
    let last = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let shown = last.clamp(1, 7);
    let large = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::VerticalCenter);
    let hint = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_color("#555555");
    sheet.merge_range(0, 0, 0, shown, title().get(lang), &large)?;
    sheet.merge_range(1, 0, 1, shown, instruction().get(lang), &hint)?;
    sheet.set_row_height(0, 28)?.set_row_height(1, 66)?.set_row_height(HEADER, 48)?;
    sheet.set_freeze_panes(HEADER + 1, 2)?;
    for (index, column) in (0u16..).zip(columns) {
        let required = column.entry == Entry::Code;
        let heading =
            if required { format!("*{}", column.heading) } else { column.heading.clone() };
        sheet.set_column_width(index, width(column))?;
        sheet.set_column_format(index, &entry_format(&column.entry))?;
        sheet.write_string_with_format(HEADER, index, &heading, &header_format(required))?;
        sheet.insert_note(HEADER, index, &note(column, lang))?;
        if let Some(range) = options.range(index) {
            let list = DataValidation::new().allow_list_formula(Formula::new(range));
            sheet.add_data_validation(HEADER + 1, index, LAST, index, &list)?;
        }
    }
    sheet.set_landscape().set_repeat_rows(HEADER, HEADER)?;
    Ok(())
}

fn title() -> Text {
    Text::new("企业数据填报表", "Enterprise data form")
}

fn instruction() -> Text {
    Text::new(
        "每户企业填一行，带 * 的必填。不知道的留空：留空表示“不知道”，填 0 表示“就是零”。\
         金额以万元填写，比率以 % 填写（35 表示 35%）。请不要改动表头；可以增加自己的列，多出的列不会读入。\
         每一列的含义见“说明”。",
        "One row for each enterprise; * is required. Leave empty what is not known: empty means unknown, \
         0 means zero. Money is in 万元 (10,000 yuan), ratios are in % (35 means 35 %). Do not change the \
         header; columns of your own may be added and are not read. See the sheet `Guide` for every column.",
    )
}

fn header_format(required: bool) -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(if required { "#F8CBAD" } else { "#DDEBF7" })
        .set_num_format("@")
}

fn entry_format(entry: &Entry) -> Format {
    match entry {
        Entry::Code | Entry::Text => Format::new().set_num_format("@"),
        Entry::Money => Format::new().set_num_format("#,##0.00"),
        Entry::Date => Format::new().set_num_format("yyyy-mm-dd"),
        Entry::Number | Entry::Options(_) => Format::new(),
    }
}

/// Wide characters take two places; headings wrap over three lines at most.
fn width(column: &FormColumn) -> f64 {
    let places: u32 = column.heading.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let least = match column.entry {
        Entry::Code => 24,
        Entry::Text => 20,
        _ => 12,
    };
    f64::from((places / 2 + 2).clamp(least, 40))
}

fn note(column: &FormColumn, lang: Lang) -> Note {
    let mut lines = vec![column.heading.clone()];
    for (label, text) in [
        (Text::new("含义", "Meaning"), &column.meaning),
        (Text::new("填法", "How to write it"), &column.form),
        (Text::new("来源", "Source"), &column.source),
    ] {
        let text: String = text.get(lang).chars().take(500).collect();
        if !text.is_empty() {
            lines.push(format!("{}: {text}", label.get(lang)));
        }
    }
    Note::new(lines.join("\n")).add_author_prefix(false).set_width(320).set_height(140)
}

/// The lists to choose from, on a hidden sheet: a list inside a rule holds 255 characters only and
/// no comma.
pub(crate) struct Options {
    lists: Vec<Vec<String>>,
    /// For each column of the form, its list.
    of_column: Vec<Option<usize>>,
}

const SHEET: &str = "选项";

impl Options {
    pub(crate) fn new(columns: &[FormColumn], lang: Lang) -> Self {
        let mut options = Self { lists: Vec::new(), of_column: Vec::new() };
        for column in columns {
            let list = match &column.entry {
                Entry::Options(labels) => {
                    let list: Vec<String> =
                        labels.iter().map(|label| label.get(lang).to_owned()).collect();
                    let known = options.lists.iter().position(|known| *known == list);
                    Some(known.unwrap_or_else(|| {
                        options.lists.push(list);
                        options.lists.len() - 1
                    }))
                }
                _ => None,
            };
            options.of_column.push(list);
        }
        options
    }

    fn range(&self, column: u16) -> Option<String> {
        let list = (*self.of_column.get(usize::from(column))?)?;
        let rows = self.lists.get(list)?.len();
        let letters = crate::table::letters(u32::try_from(list).ok()?);
        (rows > 0).then(|| format!("='{SHEET}'!${letters}$1:${letters}${rows}"))
    }

    pub(crate) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(SHEET)?.set_hidden(true);
        for (column, list) in (0u16..).zip(&self.lists) {
            for (row, option) in (0u32..).zip(list) {
                sheet.write_string(row, column, option)?;
            }
        }
        Ok(())
    }
}
