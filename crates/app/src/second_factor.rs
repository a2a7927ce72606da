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
}

/// A fresh secret for a person, and how it is kept.
pub(crate) fn offer(platform: &Platform, person: &Person) -> Result<(Offer, Vec<u8>), Refusal> {
    let bytes: [u8; 20] = crypto::random_bytes()?;
    let totp = totp(bytes.to_vec(), &person.login)?;
    let secret = Secret::new_stack(bytes).to_base32();
    let url = totp.to_url().map_err(Refusal::broken)?;
    let sealed = platform.seal(&secret, &context(person.id))?;
    Ok((Offer { secret, url }, sealed))
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
    let secret = Secret::try_from_base32(secret).map_err(Refusal::broken)?;
    let totp = totp(secret.as_bytes().to_vec(), &person.login)?;
    let now = u64::try_from(platform.now().as_second()).map_err(Refusal::broken)?;
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    match totp.check(&code, now) {
        Some(step) => {
            let step = i64::try_from(step).map_err(Refusal::broken)?;
            Ok(store::person::take_step(unit, person.id, step).await?)
        }
        None => Ok(false),
    }
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

fn context(person: i64) -> String {
    format!("second-factor/{person}")
}
