//! What every page of a self-check has in common: the answers that it carries, and the work behind it, which is bounded.

use std::time::Duration;

use app::self_check::{Read, SelfCheck};
use app::{Fault, Refusal, today};
use askama::Template;
use jiff::civil::Date;
use rules::Rulebook;

use crate::ask::Ask;
use crate::failure::Failure;
use crate::view::{Block, Part};

/// Whoever waits longer is told to come back.
const PATIENCE: Duration = Duration::from_secs(4);

/// The form of the page that carries the answers: buttons elsewhere on the page belong to it by its id.
#[derive(Template)]
#[template(path = "self_check/carry.html")]
pub(super) struct Carry {
    pub secret: String,
    pub check: String,
    /// The programme that the page is about.
    pub programme: String,
}

/// The id of that form.
pub(super) const FORM: &str = "check";

/// Does the work behind a page where it hinders nobody: so much at once and no more.
pub(super) async fn work<T: Send + 'static>(
    ask: &Ask,
    text: Option<String>,
    of: impl FnOnce(&Rulebook, Date, SelfCheck) -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    ask.shared.meters.check(ask.address)?;
    let busy = || Refusal::Later(Fault::new("more self-checks than can be worked on"));
    let turn = std::sync::Arc::clone(&ask.shared.checking).acquire_owned();
    let turn = tokio::time::timeout(PATIENCE, turn).await.map_err(|_| busy())?;
    let turn = turn.map_err(Refusal::broken)?;
    let (law, today) = (ask.platform().law(), today(ask.platform().now()));
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let check = match text {
            Some(text) => match SelfCheck::read(&law.rulebook, &text, today) {
                Some(Read { check, .. }) => check,
                None => return Err(Failure::Form),
            },
            None => SelfCheck::default(),
        };
        of(&law.rulebook, today, check)
    });
    done.await.map_err(Refusal::broken)?
}

/// The block that carries the answers.
pub(super) fn carry(secret: &str, check: String, programme: &str) -> Result<Block, Failure> {
    let (secret, programme) = (secret.to_owned(), programme.to_owned());
    Ok(Block::Part(Part::new(&Carry { secret, check, programme })?))
}

/// The form secret of who is signed in; empty if nobody is.
pub(super) fn secret(ask: &Ask) -> String {
    ask.frame("").form_secret
}
