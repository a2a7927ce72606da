//! The sheet that explains every column: meaning, form, source, example.

use enterprise::{Lang, Text};
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::columns::FormColumn;

/// Writes the sheet.
pub(crate) fn write(
    sheet: &mut Worksheet,
    columns: &[FormColumn],
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(Text::new("说明", "Guide").get(lang))?;
    let bold = Format::new().set_bold().set_background_color("#DDEBF7");
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let rules = [
        Text::new(
            "留空表示不知道；填 0 表示就是零。两者的结论不同。",
            "Empty means unknown, 0 means zero: they lead to different verdicts.",
        ),
        Text::new(
            "称号：填有效期；明确没有的在（有效期起）填“无”。事件：填日期；没有发生过的，在（核查至）填核查到哪一天。",
            "Titles: give the validity, or 无 (none) under (valid from). Events: give dates; if there were none, give the day under (checked until).",
        ),
    ];
    for (row, rule) in (0u32..).zip(&rules) {
        sheet.write_string(row, 0, rule.get(lang))?;
    }
    let heads = [
        (Text::new("表头", "Heading"), 32),
        (Text::new("含义", "Meaning"), 60),
        (Text::new("填法", "How to write it"), 36),
        (Text::new("哪里可以找到", "Where to find it"), 30),
        (Text::new("示例", "Example"), 24),
    ];
    for (index, (head, width)) in (0u16..).zip(&heads) {
        sheet.write_string_with_format(3, index, head.get(lang), &bold)?;
        sheet.set_column_width(index, *width)?;
    }
    sheet.set_freeze_panes(4, 1)?;
    for (row, column) in (4u32..).zip(columns) {
        let texts = [
            column.heading.as_str(),
            column.meaning.get(lang),
            column.form.get(lang),
            column.source.get(lang),
            column.example.get(lang),
        ];
        for (index, text) in (0u16..).zip(texts) {
            // A cell of Excel holds 32 767 characters.
            let text: String = text.chars().take(30_000).collect();
            sheet.write_string_with_format(row, index, text, &wrapped)?;
        }
    }
    Ok(())
}
