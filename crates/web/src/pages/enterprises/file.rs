//! The list of firms as a workbook: exactly what the filter shows, as far as the caller may take it out.

use app::enterprises::export_enterprises;

use super::asked::{asked, wish};
use super::list::{columns, filters, rows};
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::pages::about::about;
use crate::parts::figure::Figure;
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
    list.filters(filters(&ask, &city, &law.rulebook));
    let asked = wish(filter.clone(), list.sort());
    let what = ask.uri.query().unwrap_or_default();
    let found = export_enterprises(ask.platform(), ask.caller()?, asked, what).await?;
    let found = found.ok_or_else(Failure::missing)?;
    rows(&ask, &mut list, &found.list, &law.rulebook, &filter)?;
    let (heads, lines) = list.sheet();
    let city = &found.list.city;
    let watermark = say.either(&found.watermark.zh, &found.watermark.en);
    // What is brought to a demonstration is not to be taken for the city either.
    let demo = city.snapshot().is_made_up() || ask.shared.config.demo;
    let mut book = Workbook::new(say, watermark, demo);
    book.sheet(&say.t("enterprises.title"), &heads, &lines)?;
    let mut told = list.told();
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    told.push((say.t("about.rows"), Figure::count(count).to_string()));
    told.extend(about(&ask, city, watermark));
    book.about(&say.t("about.title"), &told)?;
    ask.workbook("enterprises.xlsx", book)
}
