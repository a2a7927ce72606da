//! Giving the second factor after the password.

use app::Refusal;
use app::caller::Owes;
use app::sign_in::give_second_factor;
use askama::Template;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::frame::Frame;
use crate::local::local;

#[derive(Template)]
#[template(path = "second_factor.html")]
struct Page {
    p: Frame,
    next: String,
    wrong: Wrong,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    code: String,
    #[serde(default)]
    next: Option<String>,
}

/// The form; whoever owes no second factor has nothing to do here.
pub(crate) async fn form(ask: Ask) -> Answer {
    let next = local(ask.query.text("next")).to_owned();
    if ask.caller()?.owes != Some(Owes::SecondFactor) {
        return ask.go(&next);
    }
    show(&ask, StatusCode::OK, next, Wrong::default())
}

/// Gives it.
pub(crate) async fn give(ask: Ask) -> Answer {
    let Form { code, next } = ask.form()?;
    let next = local(next.as_deref()).to_owned();
    ask.shared.meters.try_from(ask.address)?;
    match give_second_factor(ask.platform(), ask.caller()?, &code).await {
        Ok(began) => {
            ask.shared.metrics.signed_in("second-factor");
            ask.with_session(&began.secret, ask.go(&next)?)
        }
        Err(refusal @ Refusal::Invalid(_)) => {
            ask.shared.metrics.signed_in("second-factor-refused");
            let wrong = wrong(refusal, ask.say)?;
            show(&ask, StatusCode::UNPROCESSABLE_ENTITY, next, wrong)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn show(ask: &Ask, status: StatusCode, next: String, wrong: Wrong) -> Answer {
    let p = ask.frame(&ask.say.t("second-factor.title"));
    ask.show_as(status, &Page { p, next, wrong })
}
