//! Signing in with a password, and signing out.

use app::Refusal;
use app::sign_in::with_password;
use askama::Template;
use axum::http::StatusCode;
use serde::Deserialize;

use crate::ask::{Answer, Ask};
use crate::cookie;
use crate::failure::{Wrong, wrong};
use crate::frame::Frame;
use crate::local::local;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page {
    p: Frame,
    login: String,
    next: String,
    wrong: Wrong,
    /// Whether the browser has a session that is over.
    expired: bool,
    /// Whether a form was sent in a session that is over, and not taken.
    unsaved: bool,
    /// The provider of identities, and the way there.
    provider: Option<(String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    login: String,
    password: String,
    #[serde(default)]
    next: Option<String>,
}

/// The form.
pub(crate) async fn form(ask: Ask) -> Answer {
    if ask.caller.is_some() {
        return ask.go(local(ask.query.text("next")));
    }
    let next = local(ask.query.text("next")).to_owned();
    show(&ask, StatusCode::OK, String::new(), next, Wrong::default())
}

/// Signs in.
pub(crate) async fn sign_in(ask: Ask) -> Answer {
    let Form { login, password, next } = ask.form()?;
    let next = local(next.as_deref()).to_owned();
    let metrics = &ask.shared.metrics;
    let meters = &ask.shared.meters;
    let tried = meters.try_from(ask.address);
    if let Err(refusal) = tried.and_then(|()| meters.try_login(&login, ask.address)) {
        metrics.signed_in("too-many");
        return Err(refusal.into());
    }
    match with_password(ask.platform(), &login, &password, &ask.origin).await {
        Ok(began) => {
            metrics.signed_in("password");
            let to = if began.second_factor { second_factor(&next) } else { next };
            ask.with_session(&began.secret, ask.go(&to)?)
        }
        Err(refusal @ Refusal::Invalid(_)) => {
            metrics.signed_in("refused");
            let wrong = wrong(refusal, ask.say)?;
            show(&ask, StatusCode::UNPROCESSABLE_ENTITY, login, next, wrong)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Signs out.
pub(crate) async fn sign_out(ask: Ask) -> Answer {
    app::sign_in::sign_out(ask.platform(), ask.caller()?).await?;
    Ok(ask.without_session(ask.done("/sign-in", "signed-out")?))
}

/// Where the second factor is given, before going on.
pub(super) fn second_factor(next: &str) -> String {
    let next =
        url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("/second-factor?{next}")
}

fn show(ask: &Ask, status: StatusCode, login: String, next: String, wrong: Wrong) -> Answer {
    let p = ask.frame(&ask.say.t("sign-in.title"));
    let provider = ask.shared.config.provider.as_ref().map(|provider| {
        let next = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("next", &next)
            .finish();
        (ask.say.t1("sign-on.do", "name", &provider.name), format!("/sign-on?{next}"))
    });
    let kept = cookie::session(&ask.headers, ask.shared.config.secure).is_some();
    let expired = kept && status == StatusCode::OK;
    let unsaved = status == StatusCode::OK && ask.query.text("unsaved").is_some();
    ask.show_as(status, &Page { p, login, next, wrong, expired, unsaved, provider })
}
