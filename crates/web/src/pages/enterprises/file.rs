//! The list of firms as a workbook: exactly what the filter shows, as far as the caller may take it out.

use app::enterprises::export_enterprises;

use super::asked::{asked, wish};
use super::list::{columns, rows};
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::parts::list::List;
use crate::workbook::Workbook;

/// The workbook.
pub(crate) async fn export(ask: Ask) -> Answer {
    let say = ask.say;
    let city = ask.platform().city().ok_or_else(Failure::missing)?;
    let (filter, wrong) = asked(&ask, &city);
    if !wrong.0.is_empty() {
        return Err(Failure::Form);
    }
    let law = ask.platform().law();
    let mut list = List::new(&ask, say.t("enterprises.title"), columns(&ask, &city, &filter));
    let asked = wish(filter.clone(), list.sort());
    let what = ask.uri.query().unwrap_or_default();
    let found = export_enterprises(ask.platform(), ask.caller()?, asked, what).await?;
    let found = found.ok_or_else(Failure::missing)?;
    rows(&ask, &mut list, &found.list, &law.rulebook, &filter)?;
    let (heads, lines) = list.sheet();
    let made_up = found.list.city.snapshot().is_made_up();
    let watermark = say.either(&found.watermark.zh, &found.watermark.en);
    let mut book = Workbook::new(say, watermark, made_up);
    book.sheet(&say.t("enterprises.title"), &heads, &lines)?;
    ask.workbook("enterprises.xlsx", book)
}
