//! The sheet on what was asked: day, base year, rulebook, counts, and what the numbers are worth.

use enterprise::{Lang, Text};
use rules::{Question, Rulebook};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

pub(super) fn write(
    workbook: &mut Workbook,
    rulebook: &Rulebook,
    question: &Question,
    base_year: i16,
    (firms, refused): (u64, u64),
    remarks: &[Text],
    lang: Lang,
) -> Result<(), XlsxError> {
    let say = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let mut rows = vec![
        (say("评估日", "As of"), question.as_of.to_string()),
        (say("上一会计年度", "Last fiscal year"), base_year.to_string()),
        (say("规则库", "Rulebook"), rulebook.hash.clone()),
        (say("语义版本", "Semantics"), rules::SEMANTICS.to_string()),
        (say("已判定企业", "Firms judged"), firms.to_string()),
        (say("未读入企业", "Firms refused"), refused.to_string()),
    ];
    if let Some(day) = question.known_on {
        rows.push((say("按此日已知", "As known on"), day.to_string()));
    }
    rows.push((
        say("说明", "Note"),
        say(
            "法定数值除标“已核对”者外，均为待核对原文；本表只供参考，不是行政认定。",
            "No number of the law has been compared with the official text unless it is marked \
             verified; for orientation only, not an official decision.",
        )
        .to_owned(),
    ));
    rows.extend(remarks.iter().map(|remark| ("", remark.get(lang).to_owned())));
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(say("说明", "About"))?;
    worksheet.set_column_width(0, 18)?;
    worksheet.set_column_width(1, 72)?;
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (index, (name, value)) in rows.iter().enumerate() {
        let row = u32::try_from(index).unwrap_or(u32::MAX);
        worksheet.write_string_with_format(row, 0, *name, &bold)?;
        worksheet.write_string_with_format(row, 1, value, &wrapped)?;
    }
    Ok(())
}
