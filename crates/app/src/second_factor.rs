//! The second factor: codes of six digits that change every thirty seconds (TOTP, RFC 6238), each taken once.

use store::Unit;
use store::person::Person;
use totp_rs::{Builder, Secret, Totp};

use crate::platform::Platform;
use crate::refusal::Refusal;

/// What an authenticator app is told.
#[derive(Clone)]
pub struct Offer {
    /// The secret, to be typed.
    pub secret: String,
    /// The same as an address, which apps read from a picture.
    pub url: String,
    /// What the form carries back with the first code, sealed: the offer itself is kept nowhere.
    pub ticket: String,
}

/// An offer holds for so many seconds.
const OFFER_HOLDS: i64 = 15 * 60;

/// A fresh secret for a person. Nothing is kept: the second factor that is there holds until the new one is
/// confirmed, and an offer that nobody takes up leaves nothing behind.
pub(crate) fn offer(platform: &Platform, person: &Person) -> Result<Offer, Refusal> {
    let bytes: [u8; 20] = crypto::random_bytes()?;
    let totp = totp(bytes.to_vec(), &person.login)?;
    let secret = Secret::new_stack(bytes).to_base32();
    let url = totp.to_url().map_err(Refusal::broken)?;
    let until = platform.now().as_second() + OFFER_HOLDS;
    let ticket = platform.seal(&format!("{until} {secret}"), &offer_context(person.id))?;
    Ok(Offer { secret, url, ticket: crypto::hex(&ticket) })
}

/// An offer that was taken up: the secret as it is kept, and the time step of the code.
pub(crate) struct TakenUp {
    pub(crate) sealed: Vec<u8>,
    pub(crate) step: i64,
}

/// Why an offer is not taken up.
pub(crate) enum NotTaken {
    /// It is another person's, too old, or none.
    Offer,
    /// The code is not one of the offered secret.
    Code,
}

/// Takes up an offer with a code of its secret.
pub(crate) fn take_up(
    platform: &Platform,
    person: &Person,
    ticket: &str,
    code: &str,
) -> Result<Result<TakenUp, NotTaken>, Refusal> {
    let opened =
        unhex(ticket).and_then(|sealed| platform.open(&sealed, &offer_context(person.id)).ok());
    let parts = opened.as_deref().and_then(|plain| plain.split_once(' '));
    let Some((until, secret)) = parts else {
        return Ok(Err(NotTaken::Offer));
    };
    if until.parse::<i64>().map_or(true, |until| until < platform.now().as_second()) {
        return Ok(Err(NotTaken::Offer));
    }
    let Some(step) = step_of(platform, secret, &person.login, code)? else {
        return Ok(Err(NotTaken::Code));
    };
    Ok(Ok(TakenUp { sealed: platform.seal(secret, &context(person.id))?, step }))
}

/// The bytes of hexadecimal digits.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// Takes a code of a person, once. False if it is wrong or has been used.
pub(crate) async fn take(
    platform: &Platform,
    unit: &Unit,
    person: &Person,
    code: &str,
) -> Result<bool, Refusal> {
    let Some(sealed) = &person.second_factor else {
        return Ok(false);
    };
    let secret = platform.open(sealed, &context(person.id))?;
    match step_of(platform, &secret, &person.login, code)? {
        Some(step) => Ok(store::person::take_step(unit, person.id, step).await?),
        None => Ok(false),
    }
}

/// The time step of a code, if it is one of a secret.
fn step_of(
    platform: &Platform,
    secret: &str,
    login: &str,
    code: &str,
) -> Result<Option<i64>, Refusal> {
    let secret = Secret::try_from_base32(secret).map_err(Refusal::broken)?;
    let totp = totp(secret.as_bytes().to_vec(), login)?;
    let now = u64::try_from(platform.now().as_second()).map_err(Refusal::broken)?;
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    totp.check(&code, now).map(|step| i64::try_from(step).map_err(Refusal::broken)).transpose()
}

fn totp(secret: Vec<u8>, login: &str) -> Result<Totp, Refusal> {
    // A colon would end the name in the address that apps read.
    let account = login.replace(':', "_");
    Builder::new()
        .with_secret(secret)
        .with_skew(1)
        .with_issuer(Some("Tidu"))
        .with_account_name(account)
        .build()
        .map_err(Refusal::broken)
}

fn offer_context(person: i64) -> String {
    format!("second-factor-offer/{person}")
}

/// What the secret of a person is sealed for.
pub(crate) fn context(person: i64) -> String {
    format!("second-factor/{person}")
}
