//! The field in which somebody shows that the account is theirs, on every form whose outcome lets somebody in later.

use app::own::read_own_profile;

use crate::ask::Ask;
use crate::failure::Failure;
use crate::view::{Field, Form};

/// A form that asks for the present password. Who has none is asked for nothing: they have signed in elsewhere just
/// now, or are told to.
pub(super) async fn asking(ask: &Ask, form: Form) -> Result<Form, Failure> {
    let profile = read_own_profile(ask.platform(), ask.caller()?).await?;
    Ok(match profile.password_set {
        Some(_) => form.field(
            Field::password("present", ask.say.t("password.present"), "current-password")
                .hint(ask.say.t("password.why")),
        ),
        None => form,
    })
}
