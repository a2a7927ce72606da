//! "Keep this": a form that says what is stored and for how long; an account for who has none.

use app::Refusal;
use app::kept_checks::{KEPT_DAYS, Registration, may_register, register_person};
use app::self_check::SelfCheck;
use askama::Template;
use serde::Deserialize;

use super::asking::Made;
use super::carry::{FORM, carry, secret, work};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::lang::Say;
use crate::pages::invitation::differs;
use crate::view::{Block, Choice, Field, Form, Part};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Keep {
    check: String,
}

/// What the form of an account sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    check: String,
    title: String,
    login: String,
    name: String,
    password: String,
    again: String,
    #[serde(default)]
    phone: Option<String>,
    #[serde(default)]
    firm: Option<String>,
    #[serde(default)]
    uscc: Option<String>,
    #[serde(default)]
    consent: Vec<String>,
}

/// The way of who has an account already.
#[derive(Template)]
#[template(path = "self_check/account.html")]
struct Account {
    say: Say,
    form: &'static str,
}

/// Asks how it is to be kept: in an account that is there, or in a new one.
pub(crate) async fn keep(ask: Ask) -> Answer {
    let Keep { check } = ask.form()?;
    match &ask.caller {
        Some(caller) if caller.owes.is_none() => {
            own_form(&ask, &check, None, &Wrong::default()).await
        }
        _ => account_form(&ask, &check, None, &Wrong::default()).await,
    }
}

/// The form for somebody who has signed in.
pub(super) async fn own_form(ask: &Ask, check: &str, title: Option<&str>, wrong: &Wrong) -> Answer {
    let (say, secret, wrong) = (ask.say, secret(ask), wrong.clone());
    let typed = title.map(str::to_owned);
    let made = work(ask, Some(check.to_owned()), move |rulebook, today, check| {
        let text = check.text(rulebook, today);
        let title = typed.unwrap_or_else(|| name_of(say, &check, today));
        let mut blocks = vec![carry(&secret, text.clone(), "")?];
        blocks.extend(stored(say, today));
        let form = Form::new("/own/checks", say.t("check.keep-do"))
            .hide("check", text)
            .field(Field::line("title", say.t("check.keep-title"), &title).required())
            .field(consent(say))
            .mistakes(&wrong);
        blocks.push(Block::Form(form));
        Ok(Made {
            title: say.t("check.keep"),
            path: "/self-check/keep",
            status: wrong.status(),
            wide: false,
            blocks,
        })
    })
    .await?;
    made.show(ask)
}

async fn account_form(ask: &Ask, check: &str, typed: Option<&Typed>, wrong: &Wrong) -> Answer {
    let open = may_register(ask.platform()).await?;
    let (say, secret, wrong) = (ask.say, secret(ask), wrong.clone());
    let given = |of: fn(&Typed) -> Option<&str>| typed.and_then(of).unwrap_or_default().to_owned();
    let title = typed.map(|typed| typed.title.clone());
    let (login, name) = (given(|one| Some(&one.login)), given(|one| Some(&one.name)));
    let phone = given(|one| one.phone.as_deref());
    let (firm, uscc) = (given(|one| one.firm.as_deref()), given(|one| one.uscc.as_deref()));
    let made = work(ask, Some(check.to_owned()), move |rulebook, today, check| {
        let text = check.text(rulebook, today);
        let mut blocks = vec![carry(&secret, text.clone(), "")?];
        blocks.push(Block::Part(Part::new(&Account { say, form: FORM })?));
        if open {
            blocks.extend(stored(say, today));
            blocks.push(Block::Note("", say.t("check.no-role")));
            let title = title.unwrap_or_else(|| name_of(say, &check, today));
            let facts = check.facts(rulebook, today);
            let firm = if firm.is_empty() { facts.name.unwrap_or_default() } else { firm };
            let known = facts.uscc.map(|code| code.to_string()).unwrap_or_default();
            let uscc = if uscc.is_empty() { known } else { uscc };
            let form = Form::new("/self-check/register", say.t("check.register-do"))
                .hide("check", text)
                .field(Field::line("title", say.t("check.keep-title"), &title).required())
                .field(
                    Field::kind("login", say.t("sign-in.login"), "text", &login)
                        .hint(say.t("check.login-hint"))
                        .required(),
                )
                .field(Field::line("name", say.t("check.your-name"), &name).required())
                .field(
                    Field::password("password", say.t("password.new"), "new-password")
                        .hint(say.t("password.rule")),
                )
                .field(Field::password("again", say.t("password.again"), "new-password"))
                .field(Field::kind("phone", say.t("check.phone"), "tel", &phone))
                .field(Field::line("firm", say.t("check.firm"), &firm))
                .field(
                    Field::line("uscc", say.t("check.uscc"), &uscc).hint(say.t("check.uscc-hint")),
                )
                .field(consent(say))
                .mistakes(&wrong);
            blocks.push(Block::Form(form));
        } else {
            blocks.push(Block::Note("wait", say.t("check.no-registration")));
        }
        Ok(Made {
            title: say.t("check.keep"),
            path: "/self-check/keep",
            status: wrong.status(),
            wide: false,
            blocks,
        })
    })
    .await?;
    made.show(ask)
}

/// Makes an account and keeps the self-check in it.
pub(crate) async fn register(ask: Ask) -> Answer {
    let typed: Typed = ask.form()?;
    ask.shared.meters.try_from(ask.address)?;
    ask.shared.meters.try_login(&typed.login, ask.address)?;
    ask.shared.meters.register(ask.address)?;
    if let Some(wrong) = differs(&ask, &typed.password, &typed.again) {
        return account_form(&ask, &typed.check, Some(&typed), &wrong).await;
    }
    let (firm, uscc) = (typed.firm.clone(), typed.uscc.clone());
    let document = work(&ask, Some(typed.check.clone()), move |rulebook, today, mut check| {
        match check.identify(firm.as_deref(), uscc.as_deref()) {
            Ok(()) => Ok(Ok(check.document(rulebook, today))),
            Err(refusal) => Ok(Err(refusal)),
        }
    })
    .await?;
    let done = match document {
        Ok(document) => {
            let new = Registration {
                login: &typed.login,
                name: &typed.name,
                password: &typed.password,
                phone: typed.phone.as_deref(),
                title: &typed.title,
                document: &document,
                consent: !typed.consent.is_empty(),
            };
            register_person(ask.platform(), &new, &ask.origin).await
        }
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(began) => {
            ask.shared.metrics.signed_in("registration");
            ask.with_session(&began.secret, ask.done("/own/checks", "check-kept")?)
        }
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Conflict(_))) => {
            let wrong = wrong(refusal, ask.say)?;
            account_form(&ask, &typed.check, Some(&typed), &wrong).await
        }
        Err(refusal) => Err(Failure::from(refusal)),
    }
}

/// What is stored, for how long, and how it is erased.
fn stored(say: Say, today: jiff::civil::Date) -> Vec<Block> {
    let until = today.saturating_add(jiff::Span::new().days(KEPT_DAYS));
    vec![
        Block::Text(say.t("check.what-is-stored")),
        Block::Text(say.t1("check.how-long", "day", until)),
    ]
}

fn consent(say: Say) -> Field {
    let choice = Choice::new("yes", say.t("check.consent"), false);
    Field::checks("consent", String::new(), vec![choice])
}

/// What a self-check is called unless its owner says otherwise.
fn name_of(say: Say, check: &SelfCheck, today: jiff::civil::Date) -> String {
    match check.firm() {
        Some(name) => format!("{name} {today}"),
        None => say.t1("check.of-day", "day", today),
    }
}
