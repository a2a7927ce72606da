//! The seal of a day: how far the chain went, tagged with a key that is not in the database.

use crypto::{Mac, Unavailable};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::append::Head;
use crate::bytes::Bytes;
use crate::hash::Hash;

const VERSION: &str = "tidu-audit-seal-1";

/// How far the chain went by the end of a day in Shanghai. A seal covers every record since the one
/// before, whatever their clocks said; days without records may be sealed too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DaySeal {
    /// The day.
    #[serde(with = "crate::instant::day")]
    pub day: Date,
    /// The number of the last record that it covers.
    pub last: i64,
    /// The hash of that record.
    pub hash: Hash,
    /// How many records it covers.
    pub count: i64,
    /// The tag of the seal before; zeros for the first.
    pub previous: Hash,
    /// The name of the method and the key.
    pub mac: String,
    /// The tag over all of it.
    pub tag: Hash,
}

impl DaySeal {
    /// Seals what came after `before` up to `head` as the records of `day`.
    ///
    /// # Errors
    /// When the provider of the key cannot answer.
    pub fn new(
        day: Date,
        head: &Head,
        before: Option<&Self>,
        mac: &dyn Mac,
    ) -> Result<Self, Unavailable> {
        let mut seal = Self {
            day,
            last: head.seq,
            hash: head.hash,
            count: head.seq.saturating_sub(before.map_or(0, |before| before.last)),
            previous: before.map_or(Hash::NONE, |before| before.tag),
            mac: mac.name().to_owned(),
            tag: Hash::NONE,
        };
        seal.tag = Hash(mac.tag(&[&seal.canonical_bytes()])?);
        Ok(seal)
    }

    /// Whether the tag is the one that `mac` makes for this content.
    ///
    /// # Errors
    /// When the provider of the key cannot answer.
    pub fn fits(&self, mac: &dyn Mac) -> Result<bool, Unavailable> {
        mac.verify(&[&self.canonical_bytes()], &self.tag.0)
    }

    fn canonical_bytes(&self) -> Vec<u8> {
        let mut bytes = Bytes::default();
        bytes
            .text(VERSION)
            .text(&self.day.to_string())
            .int(self.last)
            .hash(&self.hash)
            .int(self.count)
            .hash(&self.previous)
            .text(&self.mac);
        bytes.0
    }
}
