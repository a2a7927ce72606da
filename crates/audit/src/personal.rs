//! Personal data of a record, kept apart from the chain. The chain has a commitment to it only: the
//! data and its salt can be erased by law (个人信息保护法), and nobody can guess it from what is left.

use std::fmt;

use crypto::Digest;
use serde::{Deserialize, Serialize};

use crate::hash::Hash;

/// Personal data and the salt of its commitment; both are erased together.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Personal {
    /// 32 random bytes: without them a phone number would be found by trying all of them.
    pub salt: Hash,
    /// What is personal, such as the name or the mail address that was typed.
    pub text: String,
}

impl Personal {
    /// The commitment that the chain has.
    pub fn commitment(&self, digest: &dyn Digest) -> Hash {
        Hash(digest.digest(&[b"tidu-audit-personal-1", &self.salt.0, self.text.as_bytes()]))
    }
}

/// Never says the data: records are printed in logs.
impl fmt::Debug for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Personal(…)")
    }
}
