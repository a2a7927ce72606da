//! All numbers: what is wrong on top, then how far each programme is.

use std::collections::BTreeMap;

use app::confirmations::{Held, read_confirmations};

use super::rows::rows;
use super::{Line, Wanted, lines, tiles};
use crate::ask::{Answer, Ask};
use crate::lang::Say;
use crate::law::{Book, Marks, Progress, class};
use crate::view::{Act, Block, Cell, Table, View};

/// All numbers: what is wrong on top, then how far each programme is.
pub(crate) async fn overview(ask: Ask) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let (owner, at) = (ask.query.text("owner"), ask.query.text("at"));
    if owner.is_some() || at.is_some() {
        let wanted = Wanted { owners: owner.map(|owner| vec![owner]), at };
        let named = owner.or_else(|| at.and_then(|at| at.split('@').next()));
        let title = named.map(|owner| book.title(owner, say)).unwrap_or_default();
        let view = View::new(&ask, say.t1("numbers.of", "title", title))
            .up("/numbers", say.t("numbers.title"));
        return rows(&ask, &book, view, wanted, "/numbers.xlsx").await;
    }
    let seen = read_confirmations(ask.platform(), ask.caller.as_ref(), None).await?;
    let marks = Marks::new(&book, &seen, say);
    let all = lines(&book, &marks, &Wanted { owners: None, at: None });
    let mut whole = Progress::default();
    let mut by_owner: BTreeMap<&str, Progress> = BTreeMap::new();
    let mut owners: Vec<&str> = Vec::new();
    for line in &all {
        whole.add(line.checked.held);
        by_owner.entry(&line.number.owner).or_default().add(line.checked.held);
        if !owners.contains(&line.number.owner.as_str()) {
            owners.push(&line.number.owner);
        }
    }
    // What programmes share comes behind them.
    owners.sort_by_key(|owner| book.programme(owner).is_none());
    let mut view = View::new(&ask, say.t("numbers.title"));
    view.acts.push(Act::link("/numbers.xlsx", say.t("numbers.excel")));
    view.push(Block::Text(say.t("numbers.what")));
    view.part(&tiles(whole, say))?;
    for (held, title, empty) in [
        (Held::Differs, "numbers.differing", "numbers.none-differ"),
        (Held::Outdated, "numbers.outdated", ""),
    ] {
        let found: Vec<&Line<'_>> = all.iter().filter(|line| line.checked.held == held).collect();
        if found.is_empty() && empty.is_empty() {
            continue;
        }
        if found.is_empty() {
            // As long as nobody has looked, nothing could have been found.
            let looked = whole.agrees + whole.differs + whole.outdated > 0;
            let (kind, key) = if looked { ("done", empty) } else { ("", "numbers.none-checked") };
            view.push(Block::Note(kind, say.t(key)));
            continue;
        }
        view.push(Block::Heading(say.t(title)));
        view.push(Block::Table(findings(&book, &found, say)));
    }
    view.push(Block::Heading(say.t("numbers.by-programme")));
    let columns =
        ["numbers.programme", "numbers.done", "numbers.open-count", "numbers.differ-count"];
    let columns = columns.iter().map(|key| say.t(key)).collect();
    let rows = owners
        .into_iter()
        .filter_map(|owner| Some((owner, by_owner.get(owner)?)))
        .map(|(owner, progress)| owner_row(&book, owner, progress, say))
        .collect();
    view.push(Block::Table(Table { caption: String::new(), columns, rows }));
    view.show(&ask)
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn owner_row(book: &Book, owner: &str, progress: &Progress, say: Say) -> Vec<Cell> {
    let to = match book.programme(owner) {
        Some(programme) => format!("/programmes/{}/numbers", programme.id),
        None => format!("/numbers?owner={owner}"),
    };
    let done = Cell::Progress {
        done: count(progress.agrees),
        of: count(progress.all),
        text: String::new(),
    };
    let open = progress.all - progress.agrees - progress.differs;
    let differs = match progress.differs {
        0 => Cell::none(),
        some => Cell::State("bad", some.to_string()),
    };
    vec![Cell::link(to, book.title(owner, say)), done, Cell::count(count(open)), differs]
}

/// What was found, number by number.
fn findings(book: &Book, found: &[&Line<'_>], say: Say) -> Table {
    let columns =
        ["numbers.number", "numbers.value", "numbers.says", "numbers.source", "numbers.state"];
    let rows = found
        .iter()
        .map(|line| {
            let last = line.checked.by.iter().find(|seen| {
                line.checked.held != Held::Differs || seen.confirmation.says.is_some()
            });
            let says = last.map(|seen| {
                let known = &seen.confirmation;
                known.says.clone().unwrap_or_else(|| known.value.clone())
            });
            vec![
                Cell::Link {
                    to: format!("/numbers/{}", line.told.address),
                    text: say.both(&line.told.name),
                    small: book.title(&line.number.owner, say),
                },
                Cell::text(say.both(&line.told.value)),
                Cell::maybe(says),
                Cell::maybe(last.map(|seen| seen.confirmation.source.clone())),
                Cell::State(class(line.checked.held), line.said.clone()),
            ]
        })
        .collect();
    Table { caption: String::new(), columns: columns.iter().map(|key| say.t(key)).collect(), rows }
}
