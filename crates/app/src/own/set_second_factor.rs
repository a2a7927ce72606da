//! Setting up a second factor, or another one in its place: an offer, then a code of it, of the present one if there is
//! one, and the password: else whoever finds an unlocked screen could bind the account to a telephone of theirs. The session counts from then on as one with a second factor.

use access::Action;
use serde_json::json;

use super::owner::Owner;
use super::proven::{look, permit, wrong};
use crate::caller::Caller;
use crate::permit::Said;
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::second_factor::{self, NotTaken, Offer};
use crate::sign_in::Began;

const ACTION: Action = Action::OwnChangeSecondFactor;

/// A secret for an authenticator app. It is kept nowhere before it is confirmed.
pub async fn offer_second_factor(platform: &Platform, caller: &Caller) -> Result<Offer, Refusal> {
    let (_look, person) = look(platform, caller, ACTION).await?;
    second_factor::offer(platform, &person)
}

/// With what an offer is confirmed.
#[derive(Clone, Copy)]
pub struct Confirming<'a> {
    /// The ticket of the offer.
    pub ticket: &'a str,
    /// A code of it.
    pub code: &'a str,
    /// A code of the second factor that there is.
    pub present_code: Option<&'a str>,
    /// The present password.
    pub present: &'a str,
}

/// Confirms an offer. Gives the session's new secret; all other sessions end.
pub async fn confirm_second_factor(
    platform: &Platform,
    caller: &Caller,
    with: &Confirming<'_>,
) -> Result<Began, Refusal> {
    let owner = Owner::shown(platform, caller, ACTION, with.present).await?;
    let permit = permit(platform, caller, ACTION).await?;
    let session = caller.session.as_ref().ok_or(Refusal::SignIn)?;
    let person = owner.again(platform, permit.unit()).await?;
    let taken = match second_factor::take_up(platform, &person, with.ticket, with.code)? {
        Ok(taken) => taken,
        Err(NotTaken::Offer) => {
            return Err(Refusal::invalid(
                "ticket",
                "这次设置已经过期，请重新开始",
                "this took too long: begin anew",
            ));
        }
        Err(NotTaken::Code) => {
            return Err(Refusal::invalid(
                "code",
                "新验证器的验证码不对；请核对手机时间后输入最新的验证码",
                "the new code is wrong: check the clock of the phone and type the newest code",
            ));
        }
    };
    let replaces = person.second_factor_since.is_some();
    if replaces {
        let present = with.present_code.unwrap_or_default();
        if !second_factor::take(platform, permit.unit(), &person, present).await? {
            drop(permit);
            let refusal = Refusal::invalid(
                "present_code",
                "原验证器的验证码不对或已用过；请等它显示下一个",
                "the present code is wrong or was used: wait for the next one",
            );
            return Err(wrong(platform, caller, ACTION, "code", refusal).await);
        }
    }
    let now = platform.now();
    let unit = permit.unit();
    store::person::set_second_factor(unit, person.id, Some(taken.sealed), Some(now)).await?;
    // The code that confirmed it opens nothing any more. False means that a later one was taken, which is as well.
    store::person::take_step(unit, person.id, taken.step).await?;
    let ended = store::session::end_all(unit, person.id, Some(session.id), now).await?;
    let secret = crypto::secret_token("tidus_")?;
    store::session::rotate(
        unit,
        session.id,
        &platform.hash_secret(&secret),
        &crypto::secret_token("")?,
        Some(now),
    )
    .await?;
    let details = json!({ "replaces": replaces, "sessions": ended });
    permit.keep(Said::of("person", person.id).saying(details)).await?;
    Ok(Began { secret, second_factor: false })
}
