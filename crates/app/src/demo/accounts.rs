//! The mark of a demonstration, and who can sign in to it.

use access::Role;
use serde::{Deserialize, Serialize};
use store::Unit;

use crate::platform::Platform;
use crate::refusal::Refusal;

/// The name of the setting that marks it.
pub const MARK: &str = "demo";

/// What a demonstration says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Demo {
    /// The seed of its city.
    pub seed: u64,
    /// How many entities the city has.
    pub entities: u64,
    /// Who can sign in.
    pub accounts: Vec<Account>,
}

/// Somebody who can sign in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Account {
    /// What is typed.
    pub login: String,
    /// The made-up name.
    pub name: String,
    /// The code of the role.
    pub role: String,
    /// The organisation.
    pub organisation: String,
    /// Whether it shows how a second factor is set up and given.
    pub shows_second_factor: bool,
    /// What there is to see, in Chinese.
    pub zh: String,
    /// The same in English.
    pub en: String,
}

impl Account {
    /// The role.
    pub fn role(&self) -> Option<Role> {
        Role::from_code(&self.role)
    }
}

impl Demo {
    /// Whether the password alone is enough for somebody.
    pub(crate) fn waives_second_factor(&self, login: &str) -> bool {
        !self.accounts.iter().any(|one| one.login == login && one.shows_second_factor)
    }

    pub(super) async fn mark(&self, unit: &Unit, now: jiff::Timestamp) -> Result<(), Refusal> {
        let text = serde_json::to_string(self).map_err(Refusal::broken)?;
        Ok(store::setting::set(unit, MARK, 0, &text, None, now).await?)
    }
}

/// Recognises a platform that was marked. To be called when it is opened.
pub async fn recognise(platform: &Platform) -> Result<(), Refusal> {
    let unit = platform.store().read().await?;
    if let Some(setting) = store::setting::get(&unit, MARK).await? {
        platform.set_demo(serde_json::from_str(&setting.value).map_err(Refusal::broken)?);
    }
    Ok(())
}
