//! Whether the keys at hand are those of the data. Something that is sealed under them lies in the database from the
//! start: with the keys of another installation it does not open, and nothing is begun.

use access::Field;
use crypto::{Keys, Seal as _};
use jiff::Timestamp;
use store::person::Sealed;
use store::{Store, Unit};

use crate::people;
use crate::refusal::Refusal;
use crate::second_factor;

/// The setting in which it lies, and what it is sealed for.
const NAME: &str = "keys";
/// What is sealed.
const SAID: &[u8] = b"tidu";

/// Whether the keys open what lies in the database. Unknown as long as nothing is sealed.
pub async fn fit(unit: &Unit, keys: &Keys) -> Result<Option<bool>, Refusal> {
    let sealer = keys.sealer();
    if let Some(setting) = store::setting::get(unit, NAME).await? {
        let sealed: String = serde_json::from_str(&setting.value).map_err(Refusal::broken)?;
        let sealed = second_factor::unhex(&sealed)
            .ok_or_else(|| Refusal::broken("the setting `keys` holds no seal"))?;
        return Ok(Some(sealer.open(&sealed, NAME).is_ok_and(|said| said == SAID)));
    }
    // One that was made before this was kept.
    let Some((person, sealed)) = store::person::anything_sealed(unit).await? else {
        return Ok(None);
    };
    let (sealed, context) = match sealed {
        Sealed::SecondFactor(sealed) => (sealed, second_factor::context(person.id)),
        Sealed::Phone(sealed) => (sealed, people::context(Field::Phone, person.id)),
        Sealed::Mail(sealed) => (sealed, people::context(Field::Mail, person.id)),
    };
    Ok(Some(sealer.open(&sealed, &context).is_ok()))
}

/// Seals something under the keys, unless that was done before. False if the data was sealed with others.
pub async fn bind(store: &Store, keys: &Keys, now: Timestamp) -> Result<bool, Refusal> {
    let unit = store.write().await?;
    if fit(&unit, keys).await? == Some(false) {
        return Ok(false);
    }
    if store::setting::get(&unit, NAME).await?.is_none() {
        let sealed = keys.sealer().seal(SAID, NAME).map_err(Refusal::broken)?;
        let value = serde_json::Value::from(crypto::hex(&sealed)).to_string();
        match store::setting::set(&unit, NAME, 0, &value, None, now).await {
            // Another process that starts has done so.
            Err(store::Error::Changed) => return Ok(true),
            other => other?,
        }
        unit.commit().await?;
    }
    Ok(true)
}
