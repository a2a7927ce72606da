//! Setting up one's second factor, or another one in its place.

use app::Refusal;
use app::own::{Confirming, Offer, confirm_second_factor, offer_second_factor, read_own_profile};
use serde::Deserialize;

use super::present;
use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::parts::qr::Qr;
use crate::view::{Act, Block, Cell, Field, Form, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Confirmed {
    ticket: String,
    secret: String,
    url: String,
    code: String,
    #[serde(default)]
    present_code: Option<String>,
    #[serde(default)]
    present: String,
}

/// An offer.
pub(crate) async fn form(ask: Ask) -> Answer {
    let offer = offer_second_factor(ask.platform(), ask.caller()?).await?;
    show(&ask, &offer, &Wrong::default()).await
}

/// Takes it up with a code.
pub(crate) async fn confirm(ask: Ask) -> Answer {
    let Confirmed { ticket, secret, url, code, present_code, present } = ask.form()?;
    let caller = ask.caller()?;
    let owed = caller.owes.is_some();
    let with = Confirming {
        ticket: &ticket,
        code: &code,
        present_code: present_code.as_deref(),
        present: &present,
    };
    match confirm_second_factor(ask.platform(), caller, &with).await {
        Ok(began) => {
            let to = if owed { "/" } else { "/own" };
            ask.with_session(&began.secret, ask.done(to, "factor-set")?)
        }
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let wrong = wrong(refusal, ask.say)?;
            show(&ask, &Offer { secret, url, ticket }, &wrong).await
        }
        Err(refusal) => Err(refusal.into()),
    }
}

async fn show(ask: &Ask, offer: &Offer, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let caller = ask.caller()?;
    let replaces = read_own_profile(ask.platform(), caller).await?.second_factor_since.is_some();
    let mut view = View::new(ask, say.t("factor.title"));
    if caller.owes.is_some() {
        view.push(Block::Note("", say.t("factor.owed")));
    } else {
        view = view.up("/own", say.t("own.title"));
    }
    view.push(Block::Text(say.t("factor.what")));
    // Only an address for apps: a form that was tampered with shows and opens nothing else.
    let for_apps = offer.url.starts_with("otpauth://totp/");
    if for_apps && let Ok(picture) = Qr::of(&offer.url, say.t("factor.picture")) {
        view.part(&picture)?;
    }
    view.push(Block::Facts(vec![
        (say.t("factor.account"), Cell::text(format!("Tidu · {}", caller.name))),
        (say.t("factor.secret"), Cell::Code(in_groups(&offer.secret))),
        (say.t("factor.kind"), Cell::text(say.t("factor.kind-is"))),
    ]));
    if for_apps {
        view.push(Block::Acts(vec![Act::link(offer.url.clone(), say.t("factor.open-app"))]));
    }
    let mut form = Form::new("/own/second-factor", say.t("factor.do"))
        .hide("ticket", &offer.ticket)
        .hide("secret", &offer.secret)
        .hide("url", &offer.url)
        .field(code("code", say.t("factor.code")));
    if replaces {
        let present = code("present_code", say.t("factor.present"));
        form = form.field(present.hint(say.t("factor.present-hint")));
    }
    form = present::asking(ask, form).await?;
    if caller.owes.is_none() {
        form = form.cancel("/own");
    }
    view.push(Block::Form(form.mistakes(wrong)));
    view.show_as(ask, wrong.status())
}

fn code(name: &'static str, label: String) -> Field {
    let mut field = Field::line(name, label, "").required();
    field.input = crate::view::Input::Line("text", "one-time-code");
    field
}

/// Groups of four are typed without losing one's place.
fn in_groups(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
