//! Signing in through a provider of identities: off to it, and back. Whoever comes back has to come with the browser
//! that went; whatever stands in the way is a page that says what to do next.

use app::Refusal;
use app::single_sign_on::{
    Back, Finished, NotSignedOn, Provider, begin_link, begin_sign_on, finish_sign_on,
};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;

use serde::Deserialize;

use super::own_identities;
use super::sign_in::second_factor;
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, wrong};
use crate::local::local;
use crate::view::{Act, Block, View};
use crate::{cookie, proof};

/// Why there was nothing to finish, or why it was not finished.
enum Stopped {
    /// It does not come from this browser, or so late that the browser has forgotten it.
    NotOurs,
    /// The provider says that the person did not agree.
    Denied,
    /// The provider says that something is wrong.
    Error,
    /// The provider cannot do it at the moment, and says so.
    Busy,
    /// The use case says why.
    Not(NotSignedOn),
}

impl From<NotSignedOn> for Stopped {
    fn from(why: NotSignedOn) -> Self {
        Self::Not(why)
    }
}

/// Off to the provider to sign in.
pub(crate) async fn begin(ask: Ask) -> Answer {
    let next = local(ask.query.text("next")).to_owned();
    if ask.caller.is_some() {
        return ask.go(&next);
    }
    ask.shared.meters.try_from(ask.address)?;
    let began = begin_sign_on(ask.platform(), provider(&ask)?, &next).await;
    match began {
        Ok((to, state)) => kept(&ask, &state, ask.go(&to)?),
        Err(why) => stopped(&ask, why.into()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shown {
    #[serde(default)]
    present: String,
}

/// Off to the provider to link the account there to one's own.
pub(crate) async fn link(ask: Ask) -> Answer {
    let provider = provider(&ask)?;
    let Shown { present } = ask.form()?;
    ask.shared.meters.try_from(ask.address)?;
    let began =
        begin_link(ask.platform(), ask.caller()?, provider, &present, "/own/identities").await;
    let (to, state) = match began {
        Ok(began) => began,
        Err(NotSignedOn::Refused(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_)))) => {
            return own_identities::show(&ask, &wrong(refusal, ask.say)?).await;
        }
        Err(why) => return stopped(&ask, why.into()),
    };
    // Not a redirect: the policy of our pages keeps forms from leading elsewhere.
    let mut view = View::new(&ask, ask.say.t1("sign-on.off-title", "name", &provider.name));
    view.push(Block::Text(ask.say.t1("sign-on.off", "name", &provider.name)));
    view.push(Block::Acts(vec![
        Act::main(&to, ask.say.t("sign-on.go-on")),
        Act::link("/own/identities", ask.say.t("form.cancel")),
    ]));
    let mut answer = view.show(&ask)?;
    if let Ok(at_once) = HeaderValue::try_from(format!("0;url={to}")) {
        answer.headers_mut().insert(HeaderName::from_static("refresh"), at_once);
    }
    kept(&ask, &state, answer)
}

/// Back from the provider.
pub(crate) async fn come_back(ask: Ask) -> Answer {
    let provider = provider(&ask)?;
    ask.shared.meters.try_from(ask.address)?;
    let secure = ask.shared.config.secure;
    let state = ask.query.get("state").unwrap_or_default();
    if !cookie::sign_on(&ask.headers, secure).is_some_and(|own| proof::same(&own, state)) {
        return stopped(&ask, Stopped::NotOurs);
    }
    let mut answer = match finish(&ask, provider, state).await {
        Ok(Finished::SignedIn { began, next }) => {
            ask.shared.metrics.signed_in("sign-on");
            let next = local(Some(&next));
            let to = if began.second_factor { second_factor(next) } else { next.to_owned() };
            ask.with_session(&began.secret, ask.go(&to)?)?
        }
        Ok(Finished::Linked { next }) => ask.done(local(Some(&next)), "identity-linked")?,
        Err(why) => {
            ask.shared.metrics.signed_in("sign-on-refused");
            stopped(&ask, why)?
        }
    };
    if let Some(cookie) = cookie::forget_sign_on(secure) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(answer)
}

async fn finish(ask: &Ask, provider: &Provider, state: &str) -> Result<Finished, Stopped> {
    // What else the provider says of an error is its own affair: it could say anything.
    match ask.query.get("error") {
        Some("access_denied") => return Err(Stopped::Denied),
        Some("temporarily_unavailable" | "server_error") => return Err(Stopped::Busy),
        Some(_) => return Err(Stopped::Error),
        None => {}
    }
    let code = ask.query.text("code").ok_or(Stopped::Error)?;
    let back = Back { state, code, issuer: ask.query.get("iss") };
    Ok(finish_sign_on(ask.platform(), ask.caller.as_ref(), provider, back, &ask.origin).await?)
}

/// The provider; where none is set, none of these pages is there.
pub(super) fn provider(ask: &Ask) -> Result<&Provider, Failure> {
    ask.shared.config.provider.as_ref().ok_or_else(Failure::missing)
}

fn kept(ask: &Ask, state: &str, mut answer: Response) -> Answer {
    let cookie = cookie::set_sign_on(state, ask.shared.config.secure)
        .ok_or_else(|| Refusal::broken("the state of a sign-on does not fit into a cookie"))?;
    answer.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(answer)
}

/// The page that says what stands in the way, and where to go from there.
fn stopped(ask: &Ask, why: Stopped) -> Answer {
    let say = ask.say;
    let (status, what) = match why {
        Stopped::Not(NotSignedOn::Refused(refusal)) => return Err(refusal.into()),
        Stopped::NotOurs => (StatusCode::BAD_REQUEST, say.t("sign-on.not-ours")),
        Stopped::Denied => (StatusCode::FORBIDDEN, say.t("sign-on.denied")),
        Stopped::Error => (StatusCode::BAD_REQUEST, say.t("sign-on.error")),
        Stopped::Busy => (StatusCode::SERVICE_UNAVAILABLE, say.t("sign-on.down")),
        Stopped::Not(NotSignedOn::Down(fault)) => {
            tracing::warn!(%fault, "the provider of identities does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, say.t("sign-on.down"))
        }
        Stopped::Not(NotSignedOn::Unconfirmed(fault)) => {
            tracing::warn!(%fault, "the provider of identities confirmed nobody");
            (StatusCode::FORBIDDEN, say.t("sign-on.unconfirmed"))
        }
        Stopped::Not(NotSignedOn::Late) => (StatusCode::CONFLICT, say.t("sign-on.late")),
        Stopped::Not(NotSignedOn::NotLinked) => {
            (StatusCode::FORBIDDEN, say.t("sign-on.not-linked"))
        }
        Stopped::Not(NotSignedOn::Taken) => (StatusCode::CONFLICT, say.t("sign-on.taken")),
        Stopped::Not(NotSignedOn::Left) => (StatusCode::FORBIDDEN, say.t("sign-on.left")),
    };
    let mut view = View::new(ask, say.t("sign-on.stopped"));
    // What somebody came back with serves once: this page has no address to come back to in the other language.
    let here = if ask.caller.is_some() { "/own/identities" } else { "/sign-in" };
    view.p.again = format!("{here}?");
    view.push(Block::Note("wrong", what));
    view.push(Block::Acts(match ask.caller {
        Some(_) => vec![Act::main("/own/identities", say.t("sign-on.to-own"))],
        None => vec![
            Act::main("/sign-on", say.t("sign-on.again")),
            Act::link("/sign-in", say.t("sign-on.password")),
        ],
    }));
    let mut answer = view.show_as(ask, status)?;
    if status == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    Ok(answer)
}
