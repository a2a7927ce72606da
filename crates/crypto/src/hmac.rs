//! HMAC (RFC 2104, GB/T 15852.2) over a digest, in software.

use std::fmt;

use crate::digest::Digest;
use crate::error::Unavailable;
use crate::key::Key;
use crate::mac::Mac;

/// HMAC in software; not a certified product.
#[derive(Clone)]
pub struct Hmac {
    name: String,
    digest: &'static dyn Digest,
    key: Key,
}

impl Hmac {
    /// Tags with `key` over `digest`.
    pub fn new(digest: &'static dyn Digest, key: Key) -> Self {
        Self { name: format!("hmac-{}:{}", digest.name(), key.id()), digest, key }
    }
}

impl Mac for Hmac {
    fn name(&self) -> &str {
        &self.name
    }

    fn tag(&self, parts: &[&[u8]]) -> Result<[u8; 32], Unavailable> {
        Ok(hmac(self.digest, self.key.secret(), parts))
    }
}

/// The name only.
impl fmt::Debug for Hmac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hmac({})", self.name)
    }
}

/// HMAC with a key that is not longer than a block of the digest.
pub(crate) fn hmac(digest: &dyn Digest, key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let block = |pad: u8| -> [u8; 64] {
        let mut block = [pad; 64];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let (inner, outer) = (block(0x36), block(0x5c));
    let within: Vec<&[u8]> =
        std::iter::once(inner.as_slice()).chain(parts.iter().copied()).collect();
    digest.digest(&[&outer, &digest.digest(&within)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Sha256, Sm3, hex, keys::Keys};

    /// Shorter keys are filled up with zeros, so that the published examples can be asked.
    fn padded(key: &[u8]) -> [u8; 32] {
        let mut padded = [0; 32];
        padded[..key.len()].copy_from_slice(key);
        padded
    }

    #[test]
    fn hmac_answers_as_the_standards_say() {
        // RFC 4231, cases 1 and 2.
        let tag = hmac(&Sha256, &padded(&[0x0b; 20]), &[b"Hi ", b"There"]);
        assert_eq!(hex(&tag), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        let tag = hmac(&Sha256, &padded(b"Jefe"), &[b"what do ya want for nothing?"]);
        assert_eq!(hex(&tag), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        // GM/T 0042-2015, appendix D.3, the case whose key is 32 bytes long.
        let key: [u8; 32] = std::array::from_fn(|index| index as u8 + 1);
        let text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".repeat(2);
        let tag = hmac(&Sm3, &key, &[text.as_bytes()]);
        assert_eq!(hex(&tag), "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a");
    }

    #[test]
    fn a_tag_is_checked_by_the_key_that_made_it_only() {
        let keys = Keys::random().unwrap();
        let newer = keys.clone().renewed().unwrap().macs(&Sha256);
        let older = keys.macs(&Sm3);
        let mac = older.newest().unwrap();
        let tag = mac.tag(&[b"one", b"two"]).unwrap();
        assert_eq!(mac.verify(&[b"onetwo"], &tag), Ok(true));
        assert_eq!(mac.verify(&[b"onetw0"], &tag), Ok(false));
        assert_eq!(newer.named(mac.name()).unwrap().verify(&[b"onetwo"], &tag), Ok(true));
        assert_ne!(newer.newest().unwrap().name(), mac.name());
        assert_eq!(newer.newest().unwrap().verify(&[b"onetwo"], &tag), Ok(false));
        assert!(newer.newest().unwrap().name().starts_with("hmac-sha256:"));
    }
}
