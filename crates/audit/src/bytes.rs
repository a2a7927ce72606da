//! The bytes of a record that its hash is made of: versioned, every field in its fixed place, every
//! text with its length before it. Different records never give the same bytes.

use crypto::Digest;

use crate::act::Record;
use crate::hash::Hash;

const VERSION: &str = "tidu-audit-record-1";
const LINK: &str = "tidu-audit-link-1";

/// Bytes that can be taken apart again in one way only.
#[derive(Default)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Bytes {
    pub(crate) fn int(&mut self, value: i64) -> &mut Self {
        self.0.extend(value.to_be_bytes());
        self
    }

    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.0.extend((text.len() as u64).to_be_bytes());
        self.0.extend(text.as_bytes());
        self
    }

    pub(crate) fn hash(&mut self, hash: &Hash) -> &mut Self {
        self.0.extend(hash.0);
        self
    }

    /// Whether there is something, then what it is.
    fn maybe<T>(
        &mut self,
        value: Option<T>,
        put: impl FnOnce(&mut Self, T) -> &mut Self,
    ) -> &mut Self {
        self.0.push(u8::from(value.is_some()));
        match value {
            Some(value) => put(self, value),
            None => self,
        }
    }
}

impl Record {
    /// The bytes that stand for the record in its hash.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let (act, mut bytes) = (&self.act, Bytes::default());
        bytes
            .text(VERSION)
            .int(self.seq)
            .int(act.at.as_microsecond())
            .maybe(act.actor.person, Bytes::int)
            .text(act.actor.how.as_str())
            .maybe(act.organisation, Bytes::int)
            .text(&act.action)
            .text(&act.object.kind)
            .text(&act.object.id)
            .text(act.outcome.as_str())
            .maybe(act.origin.as_deref(), Bytes::text)
            .maybe(act.request.as_deref(), Bytes::text)
            .maybe(act.rulebook.as_deref(), Bytes::text)
            .text(act.details.as_str())
            .maybe(self.personal.as_ref(), Bytes::hash);
        bytes.0
    }

    /// The hash of the record when it follows `previous`.
    pub(crate) fn hash(&self, previous: &Hash, digest: &dyn Digest) -> Hash {
        let mut link = Bytes::default();
        link.text(LINK).text(digest.name()).hash(previous);
        Hash(digest.digest(&[&link.0, &self.canonical_bytes()]))
    }
}
