//! Keyed tags: only who holds the key can make one. The trait, and a ring of several keys.

use std::fmt;

use crate::error::Unavailable;
use crate::random::same;

/// Tags bytes with a key. A certified module keeps the key inside and may be out of reach, so that
/// every answer can fail.
pub trait Mac: Send + Sync {
    /// The name that is stored beside each tag; says the method and the key, such as
    /// `hmac-sm3:1f0c22d9`.
    fn name(&self) -> &str;

    /// The tag of `parts`, one after another as if they were one text.
    ///
    /// # Errors
    /// When the provider cannot answer.
    fn tag(&self, parts: &[&[u8]]) -> Result<[u8; 32], Unavailable>;

    /// Whether `tag` is the tag of `parts`; takes the same time however much of it is right.
    ///
    /// # Errors
    /// When the provider cannot answer.
    fn verify(&self, parts: &[&[u8]], tag: &[u8; 32]) -> Result<bool, Unavailable> {
        Ok(same(&self.tag(parts)?, tag))
    }
}

/// Several keys: the first tags, all of them check.
pub struct MacRing {
    macs: Vec<Box<dyn Mac>>,
}

impl MacRing {
    /// A ring of providers, the newest first.
    pub fn new(macs: impl IntoIterator<Item = Box<dyn Mac>>) -> Self {
        Self { macs: macs.into_iter().collect() }
    }

    /// The one that tags from now on.
    ///
    /// # Errors
    /// When the ring is empty.
    pub fn newest(&self) -> Result<&dyn Mac, Unavailable> {
        let first = self.macs.first().ok_or_else(|| Unavailable("no key".into()))?;
        Ok(first.as_ref())
    }

    /// The one whose tags are stored under `name`.
    pub fn named(&self, name: &str) -> Option<&dyn Mac> {
        self.macs.iter().find(|mac| mac.name() == name).map(AsRef::as_ref)
    }
}

/// The names only.
impl fmt::Debug for MacRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.macs.iter().map(|mac| mac.name())).finish()
    }
}
