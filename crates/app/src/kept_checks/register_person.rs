//! Making an account by oneself, in order to keep a self-check. The person has no role: what a firm is allowed to see
//! is given later by the ordinary proposal and its approval.

use access::Field;
use audit::{Actor, How, Outcome};
use serde_json::json;
use store::Unit;
use store::person::{Change, New};

use super::sealed::{Keeping, consent, keep, title};
use crate::caller::Origin;
use crate::password;
use crate::people::{Checks, sealed};
use crate::permit::{Said, record_as};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::sign_in::{Began, begin};

/// What somebody types who wants an account.
#[derive(Clone, Copy)]
pub struct Registration<'a> {
    /// What is typed to sign in.
    pub login: &'a str,
    /// The name that others see.
    pub name: &'a str,
    /// The password.
    pub password: &'a str,
    /// A telephone number, if they want to give one.
    pub phone: Option<&'a str>,
    /// What the self-check is called.
    pub title: &'a str,
    /// The self-check as [`crate::self_check::SelfCheck::document`] writes it.
    pub document: &'a str,
    /// Whether they agree to what is stored.
    pub consent: bool,
}

impl std::fmt::Debug for Registration<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Registration").finish_non_exhaustive()
    }
}

const ACTION: &str = "person.register";

/// Whether anybody can make an account.
pub async fn may_register(platform: &Platform) -> Result<bool, Refusal> {
    let unit = platform.store().read().await?;
    Ok(platform.security(&unit).await?.self_registration)
}

/// Makes an account without a role, keeps the self-check in it, and begins a session.
pub async fn register_person(
    platform: &Platform,
    new: &Registration<'_>,
    origin: &Origin,
) -> Result<Began, Refusal> {
    let security = {
        let unit = platform.store().read().await?;
        platform.security(&unit).await?
    };
    if !security.self_registration {
        return Err(closed());
    }
    let mut checks = Checks::default();
    let login = checks.login(new.login);
    let name = checks.name("name", new.name, 64);
    let phone = checks.phone(new.phone);
    let title = title(&mut checks, new.title);
    consent(&mut checks, new.consent);
    let good = checks.done();
    let strong = password::check(new.password, &login, &name, &security);
    both(good, strong)?;
    // Worked out whether the login is taken or not, so that the time is the same.
    let hash = password::hash(platform, new.password).await?;
    let now = platform.now();
    let unit = platform.store().write().await?;
    if !platform.security(&unit).await?.self_registration {
        return Err(closed());
    }
    let draft = New { login: &login, name: &name, phone: None, mail: None, at: now };
    let person = match store::person::insert(&unit, draft).await {
        Ok(person) => person,
        Err(store::Error::Taken(_)) => {
            drop(unit);
            return Err(taken(platform, login, origin).await);
        }
        Err(error) => return Err(error.into()),
    };
    if phone.is_some() {
        // Sealed under the person's number, which was not known before.
        let phone = sealed(platform, Field::Phone, person.id, phone.as_deref())?;
        let change = Change { phone: Some(phone), ..Change::default() };
        store::person::change(&unit, &person, person.version, change).await?;
    }
    store::person::set_password(&unit, person.id, &hash, false, now).await?;
    let keeping = Keeping { title: &title, document: new.document };
    let check = keep(platform, &unit, person.id, keeping).await?;
    let said = Said::of("person", person.id)
        .saying(json!({ "self-check": check }))
        .personal(format!("{login} {name}"));
    let actor = Actor { person: Some(person.id), how: How::Session };
    record_as(platform, &unit, ACTION, said, actor, None, origin).await?;
    begin(platform, unit, &person, "registration", None, origin).await
}

/// What is wrong with the fields and with the password, together.
fn both(one: Result<(), Refusal>, other: Result<(), Refusal>) -> Result<(), Refusal> {
    match (one, other) {
        (Err(Refusal::Invalid(mut all)), Err(Refusal::Invalid(more))) => {
            all.extend(more);
            Err(Refusal::Invalid(all))
        }
        (Err(refusal), _) | (Ok(()), Err(refusal)) => Err(refusal),
        (Ok(()), Ok(())) => Ok(()),
    }
}

fn closed() -> Refusal {
    Refusal::conflict(
        "本平台没有开放自助注册；可下载数据文件自行保存，或联系主管部门开通账号",
        "nobody can register here: download the answers, or ask the authority for an account",
    )
}

/// Recorded, since trying one login after another is a way to find out who has an account.
async fn taken(platform: &Platform, login: String, origin: &Origin) -> Refusal {
    let kept = async {
        let unit: Unit = platform.store().write().await?;
        let said = Said::of("person", "").saying(json!({ "why": "login-taken" })).personal(login);
        let said = Said { outcome: Some(Outcome::Refused), ..said };
        let nobody = Actor { person: None, how: How::Session };
        record_as(platform, &unit, ACTION, said, nobody, None, origin).await?;
        Ok::<_, Refusal>(unit.commit().await?)
    };
    match kept.await {
        Ok(()) => Refusal::invalid(
            "login",
            "这一登录名已被使用，请换一个",
            "this login is taken: choose another one",
        ),
        Err(error) => error,
    }
}
