//! Numbers as a workbook: every column, with what was found.

use app::confirmations::read_confirmations;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;

use super::rows::list;
use super::{Wanted, lines, owners};
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::law::{Book, Marks};
use crate::workbook::{self, Workbook};

/// All numbers as a workbook, or those that are asked for.
pub(crate) async fn export(ask: Ask) -> Answer {
    let book = ask.book().await?;
    let owners = ask.query.text("owner").map(|owner| vec![owner]);
    let wanted = Wanted { owners, at: ask.query.text("at") };
    workbook(&ask, &book, wanted, "numbers.xlsx").await
}

/// The numbers of a programme as a workbook.
pub(crate) async fn export_of_programme(ask: Ask) -> Answer {
    let book = ask.book().await?;
    let programme = book.programme(ask.part("id")).ok_or_else(Failure::missing)?;
    let wanted = Wanted { owners: Some(owners(&book, &programme.id)), at: ask.query.text("at") };
    workbook(&ask, &book, wanted, &format!("numbers-{}.xlsx", programme.id)).await
}

async fn workbook(ask: &Ask, book: &Book, wanted: Wanted<'_>, name: &str) -> Answer {
    let say = ask.say;
    let seen =
        read_confirmations(ask.platform(), ask.caller.as_ref(), wanted.owners.as_deref()).await?;
    let marks = Marks::new(book, &seen, say);
    let mut list = list(ask, book, lines(book, &marks, &wanted));
    list.asked.columns = Some(list.columns.iter().map(|one| one.key.to_string()).collect());
    let (heads, rows) = list.sheet();
    let today = app::today(ask.platform().now());
    let hash = book.law.rulebook.short_hash();
    let mark = say.t2("numbers.mark", ("hash", hash), ("day", today));
    let mut file = Workbook::new(say, &mark, false);
    file.sheet(&say.t("numbers.title"), &heads, &rows)?;
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""))
        .map_err(app::Refusal::broken)?;
    let kind = HeaderValue::from_static(workbook::KIND);
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, file.finish()?).into_response())
}
