//! Taking back what was found about a number.

use app::confirmations::{number_history, withdraw_confirmation};
use serde::Deserialize;

use super::find;
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::view::{Cell, Confirm, Field, Form};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Taken {
    why: String,
}

/// Asks why something that was found is withdrawn.
pub(crate) async fn ask_withdraw(ask: Ask) -> Answer {
    withdrawing(&ask, "", &Wrong::default()).await
}

/// Withdraws it.
pub(crate) async fn withdraw(ask: Ask) -> Answer {
    let Taken { why } = ask.form()?;
    let address = ask.part("address").to_owned();
    let id = ask.part("confirmation").parse().map_err(|_| Failure::missing())?;
    match withdraw_confirmation(ask.platform(), ask.caller()?, &address, id, &why).await {
        Ok(()) => ask.done(&format!("/numbers/{address}"), "law.withdrawn"),
        Err(refusal) => withdrawing(&ask, &why, &wrong(refusal, ask.say)?).await,
    }
}

async fn withdrawing(ask: &Ask, why: &str, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let address = ask.part("address").to_owned();
    let (_, _, told) = find(&book, &address)?;
    let id: i64 = ask.part("confirmation").parse().map_err(|_| Failure::missing())?;
    let history = number_history(ask.platform(), ask.caller.as_ref(), &address).await?;
    let found = history.iter().find(|seen| seen.confirmation.id == id);
    let seen = found.ok_or_else(Failure::missing)?;
    let known = &seen.confirmation;
    Confirm {
        title: say.t("numbers.withdraw-title"),
        what: say.t("numbers.withdraw-what"),
        facts: vec![
            (say.t("numbers.number"), Cell::text(say.both(&told.name))),
            (say.t("numbers.value-then"), Cell::text(known.value.clone())),
            (say.t("numbers.source"), Cell::text(known.source.clone())),
            (say.t("numbers.by"), Cell::maybe(seen.by.clone())),
        ],
        form: Form::new(format!("/numbers/{address}/withdraw/{id}"), say.t("numbers.withdraw"))
            .field(Field::area("why", say.t("numbers.why"), why).required())
            .cancel(format!("/numbers/{address}")),
        danger: true,
    }
    .show(ask, wrong)
}
