//! The sheet that says what the lists are: of whom, as of when, by which rules.

use enterprise::Lang;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::sheets::Written;
use crate::screened::Screened;
use crate::text::screening::grouped;

pub(super) fn write(
    book: &mut Workbook,
    screened: &Screened<'_>,
    sheets: &[Written],
    lang: Lang,
) -> Result<(), XlsxError> {
    let say = |zh: &'static str, en: &'static str| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    let mut rows = vec![
        (say("企业总体", "Population").to_owned(), screened.population.clone()),
        (say("户数", "Subjects").to_owned(), grouped(screened.summary.rows)),
        (say("筛查结果", "Result").to_owned(), screened.result.clone()),
        (say("评估日", "As of").to_owned(), screened.question.as_of.to_string()),
        (say("上一会计年度", "Last fiscal year").to_owned(), screened.base_year.to_string()),
        (say("规则库", "Rulebook").to_owned(), screened.rulebook.hash.clone()),
        (say("语义版本", "Semantics").to_owned(), rules::SEMANTICS.to_string()),
    ];
    if screened.synthetic {
        let made_up = say("企业均为虚构，不对应任何真实企业", "all subjects are made up");
        rows.push((say("演示数据", "Demo data").to_owned(), made_up.to_owned()));
    }
    if let Some(outdated) = screened.outdated() {
        let name = say("事件未核查到评估日", "Events not up to date");
        rows.push((name.to_owned(), outdated.get(lang).to_owned()));
    }
    let note = say(
        "每个项目一张表：先列符合的，再列可量化条件全部满足、待人工判断的，最后列只差一项可量化条件的\
         （按相对差距由近到远）。超过 Excel 行数上限的，续在后面的表中。法定数值除标“已核对”者外，\
         均为待核对原文；名单只供参考，不是行政认定。",
        "A sheet for each programme: those who qualify, those who meet all measurable criteria and wait \
         for a judgement, those who are one measurable criterion short, nearest first. What exceeds \
         Excel's rows goes on in a further sheet. No number of the law has been compared with the \
         official text unless it is marked verified; for orientation only, not an official decision.",
    );
    rows.push((say("说明", "Note").to_owned(), note.to_owned()));
    for own in sheets {
        let [eligible, pending, short] = own.counts.map(grouped);
        let counts = match lang {
            Lang::Zh => format!("符合 {eligible}，待判断 {pending}，只差一项 {short}"),
            Lang::En => format!("{eligible} eligible, {pending} pending, {short} one short"),
        };
        let title = screened.programmes.get(own.place).map(|known| known.title.get(lang));
        rows.push((title.unwrap_or(&own.sheet).to_owned(), counts));
    }
    let sheet = book.add_worksheet();
    sheet.set_name(say("说明", "About"))?;
    sheet.set_column_width(0, 34)?;
    sheet.set_column_width(1, 72)?;
    let bold = Format::new().set_bold().set_align(FormatAlign::Top).set_text_wrap();
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (index, (name, value)) in rows.iter().enumerate() {
        let row = u32::try_from(index).unwrap_or(u32::MAX);
        sheet.write_string_with_format(row, 0, name, &bold)?;
        sheet.write_string_with_format(row, 1, value, &wrapped)?;
    }
    Ok(())
}
