//! The check of the audit chain from the command line: of an installation's database, or of an exported file.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use app::audit_trail::Verification;
use audit::{Report, verify_file};
use crypto::{MacRing, Sm3};
use store::Store;

use crate::config::Config;
use crate::keys::keys;
use crate::words::{Trouble, unreadable};

/// Holds the chain in the database against its digests, seals and keys. `told` hears how many records were read
/// and how many there are.
pub async fn verify_audit(
    config: &Config,
    mut told: impl FnMut(u64, u64),
) -> Result<Report, Trouble> {
    let macs = keys(&config.keys, false)?.macs(&Sm3);
    let store = Store::open_existing(&config.place).await?;
    let mut verification = Verification::begin(&store, Some(&macs)).await?;
    loop {
        let more = verification.part(&store).await?;
        let (read, all) = verification.progress();
        told(read, all);
        if !more {
            break;
        }
    }
    store.close().await?;
    Ok(verification.finish())
}

/// Holds an exported file against its digests and, with a key file, against its seals' keys.
pub fn verify_exported(file: &Path, key_file: Option<&Path>) -> Result<Report, Trouble> {
    let macs: Option<MacRing> = match key_file {
        Some(key_file) => Some(keys(key_file, false)?.macs(&Sm3)),
        None => None,
    };
    let reader = BufReader::new(File::open(file).map_err(|error| unreadable(file, &error))?);
    verify_file(reader, macs.as_ref()).map_err(|error| unreadable(file, &error))
}
