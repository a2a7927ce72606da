//! One secret key of 32 bytes with its public id. Is never printed; is overwritten when it is let go.

use std::fmt;

use crate::digest::{Digest as _, Sm3};
use crate::error::Unavailable;
use crate::hex::hex;
use crate::random::random_bytes;

/// A secret key. Its id is made from it, so that a mistyped key is noticed.
#[derive(Clone, PartialEq, Eq)]
pub struct Key {
    secret: [u8; 32],
}

impl Key {
    /// A key of 32 random bytes.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn random() -> Result<Self, Unavailable> {
        Ok(Self::from_bytes(random_bytes()?))
    }

    /// The key with this content.
    pub fn from_bytes(secret: [u8; 32]) -> Self {
        Self { secret }
    }

    /// Four bytes that name the key and tell nothing about it.
    pub(crate) fn short(&self) -> [u8; 4] {
        let [a, b, c, d, ..] = Sm3.digest(&[b"tidu-key-id-1", &self.secret]);
        [a, b, c, d]
    }

    /// The id of the key: eight hexadecimal digits, not secret.
    pub fn id(&self) -> String {
        hex(&self.short())
    }

    /// The content; for providers only.
    pub(crate) fn secret(&self) -> &[u8; 32] {
        &self.secret
    }
}

/// Only the id: a key never reaches a log.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.id())
    }
}

/// As well as safe code can: the compiler is asked not to leave the overwriting out.
impl Drop for Key {
    fn drop(&mut self) {
        self.secret.fill(0);
        std::hint::black_box(&self.secret);
    }
}
