//! How many seals there are and which is the newest, tagged with the key of the seals and kept apart from them: seals
//! that are taken away, all of them or the last ones, are missed.

use crypto::{Mac, MacRing, Unavailable};
use serde::{Deserialize, Serialize};

use crate::bytes::Bytes;
use crate::hash::Hash;
use crate::seal::DaySeal;

const VERSION: &str = "tidu-audit-mark-1";

/// What stands for all seals so far. Begun with the first record, renewed with each seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// How many seals were made.
    pub seals: i64,
    /// The tag of the newest; zeros while there is none.
    pub last: Hash,
    /// How many records there were already when the mark was begun: 0, unless it had to be begun anew.
    pub begun_after: i64,
    /// The name of the method and the key.
    pub mac: String,
    /// The tag over all of it.
    pub tag: Hash,
}

impl Mark {
    /// The mark of a chain that begins.
    ///
    /// # Errors
    /// When the provider of the key cannot answer.
    pub fn begin(mac: &dyn Mac) -> Result<Self, Unavailable> {
        Self::tagged(0, Hash::NONE, 0, mac)
    }

    /// The mark after one more seal. Where seals are missing, they are missing after it as well.
    ///
    /// # Errors
    /// When the provider of the key cannot answer.
    pub fn renew(&self, seal: &DaySeal, mac: &dyn Mac) -> Result<Self, Unavailable> {
        Self::tagged(self.seals.saturating_add(1), seal.tag, self.begun_after, mac)
    }

    /// A mark where there is none that fits: it says for ever that it was begun late, with the newest of `seals`.
    ///
    /// # Errors
    /// When the provider of the key cannot answer.
    pub fn begin_late(seals: i64, seal: &DaySeal, mac: &dyn Mac) -> Result<Self, Unavailable> {
        Self::tagged(seals, seal.tag, seal.last.max(1), mac)
    }

    fn tagged(
        seals: i64,
        last: Hash,
        begun_after: i64,
        mac: &dyn Mac,
    ) -> Result<Self, Unavailable> {
        let mac_name = mac.name().to_owned();
        let mut mark = Self { seals, last, begun_after, mac: mac_name, tag: Hash::NONE };
        mark.tag = Hash(mac.tag(&[&mark.canonical_bytes()])?);
        Ok(mark)
    }

    /// Whether one of the keys made it.
    ///
    /// # Errors
    /// When the provider of the key cannot answer.
    pub fn fits(&self, macs: &MacRing) -> Result<bool, Unavailable> {
        match macs.named(&self.mac) {
            Some(mac) => mac.verify(&[&self.canonical_bytes()], &self.tag.0),
            None => Ok(false),
        }
    }

    fn canonical_bytes(&self) -> Vec<u8> {
        let mut bytes = Bytes::default();
        bytes.text(VERSION).int(self.seals).hash(&self.last).int(self.begun_after).text(&self.mac);
        bytes.0
    }
}
