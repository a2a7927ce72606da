//! How far the numbers of the law were held against the official texts: for those who do that.

use access::Action;
use app::confirmations::read_confirmations;

use crate::ask::Ask;
use crate::failure::Failure;
use crate::law::{Marks, Progress};
use crate::pages::numbers;
use crate::view::{Block, View};

/// How many numbers there are, and how many stand how.
pub(super) async fn progress(ask: &Ask) -> Result<Progress, Failure> {
    let book = ask.book().await?;
    let seen = read_confirmations(ask.platform(), ask.caller.as_ref(), None).await?;
    let marks = Marks::new(&book, &seen, ask.say);
    let mut progress = Progress::default();
    let all = (0..book.law.numbers().len()).filter_map(|at| marks.checked(at));
    all.for_each(|checked| progress.add(checked.held));
    Ok(progress)
}

/// The section.
pub(super) async fn show(ask: &Ask, view: &mut View) -> Result<(), Failure> {
    if !ask.may(Action::RulebookConfirmNumber) {
        return Ok(());
    }
    view.push(Block::Heading(ask.say.t("numbers.title")));
    let mut tiles = numbers::tiles(progress(ask).await?, ask.say);
    for tile in &mut tiles.tiles {
        tile.to = Some("/numbers".to_owned());
    }
    view.part(&tiles)
}
