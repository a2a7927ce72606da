//! The security settings.

use access::{Action, Role};
use app::Security;
use app::settings::{change_security, read_security};
use serde::Deserialize;

use crate::ask::{Answer, Ask};
use crate::failure::{Wrong, wrong};
use crate::view::{Block, Cell, Choice, Field, Form, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    version: i64,
    password_length: String,
    password_days: String,
    lock_after: String,
    lock_minutes: String,
    session_idle_minutes: String,
    session_hours: String,
    invitation_days: String,
    token_days: String,
    #[serde(default)]
    second_factor_roles: Vec<String>,
    audit_digest: String,
    #[serde(default)]
    self_registration: bool,
}

/// The settings; a form for whoever may change them.
pub(crate) async fn show(ask: Ask) -> Answer {
    let (security, version) = read_security(ask.platform(), ask.caller()?).await?;
    page(&ask, &typed(&security, version), &Wrong::default())
}

/// Changes them.
pub(crate) async fn change(ask: Ask) -> Answer {
    let typed: Typed = ask.form()?;
    // What is no number is out of every bound.
    let number = |text: &str| text.trim().parse().unwrap_or(u32::MAX);
    let security = Security {
        password_length: number(&typed.password_length),
        password_days: number(&typed.password_days),
        lock_after: number(&typed.lock_after),
        lock_minutes: number(&typed.lock_minutes),
        session_idle_minutes: number(&typed.session_idle_minutes),
        session_hours: number(&typed.session_hours),
        invitation_days: number(&typed.invitation_days),
        token_days: number(&typed.token_days),
        second_factor_roles: typed.second_factor_roles.clone(),
        audit_digest: typed.audit_digest.clone(),
        self_registration: typed.self_registration,
    };
    match change_security(ask.platform(), ask.caller()?, typed.version, &security).await {
        Ok(()) => ask.done("/security", "security-changed"),
        Err(refusal) => page(&ask, &typed, &wrong(refusal, ask.say)?),
    }
}

fn typed(security: &Security, version: i64) -> Typed {
    Typed {
        version,
        password_length: security.password_length.to_string(),
        password_days: security.password_days.to_string(),
        lock_after: security.lock_after.to_string(),
        lock_minutes: security.lock_minutes.to_string(),
        session_idle_minutes: security.session_idle_minutes.to_string(),
        session_hours: security.session_hours.to_string(),
        invitation_days: security.invitation_days.to_string(),
        token_days: security.token_days.to_string(),
        second_factor_roles: security.second_factor_roles.clone(),
        audit_digest: security.audit_digest.clone(),
        self_registration: security.self_registration,
    }
}

fn page(ask: &Ask, typed: &Typed, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let mut view = View::new(ask, say.t("security.title"));
    view.push(Block::Text(say.t("security.what")));
    let numbers = [
        ("password_length", say.t("security.password-length"), &typed.password_length),
        ("password_days", say.t("security.password-days"), &typed.password_days),
        ("lock_after", say.t("security.lock-after"), &typed.lock_after),
        ("lock_minutes", say.t("security.lock-minutes"), &typed.lock_minutes),
        ("session_idle_minutes", say.t("security.session-idle"), &typed.session_idle_minutes),
        ("session_hours", say.t("security.session-hours"), &typed.session_hours),
        ("invitation_days", say.t("security.invitation-days"), &typed.invitation_days),
        ("token_days", say.t("security.token-days"), &typed.token_days),
    ];
    let needs: Vec<Role> = Role::ALL.iter().copied().filter(|role| !role.is_officer()).collect();
    let chosen = |role: &Role| typed.second_factor_roles.iter().any(|code| code == role.code());
    if !ask.may(Action::SecurityChangeSettings) {
        let mut facts: Vec<(String, Cell)> = numbers
            .into_iter()
            .map(|(_, label, value)| (label, Cell::Num(value.clone())))
            .collect();
        let names: Vec<&str> =
            needs.iter().filter(|role| chosen(role)).map(|role| say.name(role.words())).collect();
        let names =
            if names.is_empty() { "—".to_owned() } else { names.join(say.either("、", ", ")) };
        facts.push((say.t("security.factor-roles"), Cell::text(names)));
        facts.push((say.t("security.digest"), Cell::text(typed.audit_digest.to_uppercase())));
        let open = if typed.self_registration { "check.yes" } else { "check.no" };
        facts.push((say.t("security.self-registration"), Cell::text(say.t(open))));
        view.push(Block::Facts(facts));
        return view.show(ask);
    }
    let mut form = Form::new("/security", say.t("form.save")).hide("version", typed.version);
    for (name, label, value) in numbers {
        form = form.field(Field::kind(name, label, "number", value).required());
    }
    let roles = needs
        .iter()
        .map(|role| Choice::new(role.code(), say.name(role.words()), chosen(role)))
        .collect();
    let digests = [("sm3", "SM3"), ("sha256", "SHA-256")]
        .map(|(code, name)| Choice::new(code, name, typed.audit_digest == code));
    let form = form
        .field(
            Field::checks("second_factor_roles", say.t("security.factor-roles"), roles)
                .hint(say.t("security.factor-hint")),
        )
        .field(Field::select("audit_digest", say.t("security.digest"), digests.into()))
        .field(Field::checks(
            "self_registration",
            say.t("security.self-registration"),
            vec![Choice::new(
                "on",
                say.t("security.self-registration-on"),
                typed.self_registration,
            )],
        ))
        .mistakes(wrong);
    view.push(Block::Form(form));
    view.show_as(ask, wrong.status())
}
