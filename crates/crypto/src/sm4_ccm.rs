//! SM4 (GB/T 32907) in CCM mode, in software. Form of a sealed secret: one byte for the version (1),
//! four for the id of the key, twelve random ones, then the cipher text with its tag of 16 bytes.

use ccm::aead::{Aead as _, Payload};
use ccm::consts::{U12, U16};
use ccm::{Ccm, KeyInit as _};
use sm4::Sm4;

use crate::digest::Sm3;
use crate::error::{SealError, Unavailable};
use crate::hex::hex;
use crate::hmac::hmac;
use crate::key::Key;
use crate::random::random_bytes;
use crate::seal::Seal;

const VERSION: u8 = 1;

type Cipher = Ccm<Sm4, U16, U12>;

/// Seals with the newest key, opens with any; not a certified product.
#[derive(Debug, Clone)]
pub struct Sm4Ccm {
    keys: Vec<Key>,
}

impl Sm4Ccm {
    /// Seals with the first of `keys`.
    pub fn new(keys: Vec<Key>) -> Self {
        Self { keys }
    }

    /// Whether `sealed` was sealed with the newest key; what was not can be opened and sealed anew.
    pub fn is_newest(&self, sealed: &[u8]) -> bool {
        let newest = self.keys.first().map(Key::short);
        split(sealed).is_some_and(|(id, _, _)| Some(id) == newest)
    }
}

impl Seal for Sm4Ccm {
    fn name(&self) -> &str {
        "sm4-ccm"
    }

    fn seal(&self, plain: &[u8], context: &str) -> Result<Vec<u8>, SealError> {
        let key = self.keys.first().ok_or_else(|| Unavailable("no key".into()))?;
        let nonce = random_bytes::<12>()?;
        let bound = bound(key.short(), context);
        let hidden = cipher(key)
            .encrypt(&nonce.into(), Payload { msg: plain, aad: &bound })
            .map_err(|_| Unavailable("the secret is too long to be sealed".into()))?;
        Ok([&[VERSION], key.short().as_slice(), &nonce, &hidden].concat())
    }

    fn open(&self, sealed: &[u8], context: &str) -> Result<Vec<u8>, SealError> {
        let (id, nonce, hidden) = split(sealed).ok_or(SealError::Form)?;
        let key = self.keys.iter().find(|key| key.short() == id);
        let key = key.ok_or_else(|| SealError::UnknownKey(hex(&id)))?;
        let bound = bound(id, context);
        cipher(key)
            .decrypt(&nonce.into(), Payload { msg: hidden, aad: &bound })
            .map_err(|_| SealError::Altered)
    }
}

/// What is not hidden but cannot be changed either: the header and the place.
fn bound(id: [u8; 4], context: &str) -> Vec<u8> {
    [&[VERSION], id.as_slice(), context.as_bytes()].concat()
}

/// SM4 has keys of 16 bytes: they are derived, so that no part of the key material is used as it is.
fn cipher(key: &Key) -> Cipher {
    let [derived @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] =
        hmac(&Sm3, key.secret(), &[b"tidu-seal-sm4-ccm-1"]);
    let derived: [u8; 16] = derived;
    Cipher::new(&derived.into())
}

fn split(sealed: &[u8]) -> Option<([u8; 4], [u8; 12], &[u8])> {
    let (version, rest) = sealed.split_first()?;
    let (id, rest) = rest.split_first_chunk()?;
    let (nonce, hidden) = rest.split_first_chunk()?;
    (*version == VERSION).then_some((*id, *nonce, hidden))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Keys, from_hex};
    use proptest::prelude::*;

    #[test]
    fn the_cipher_answers_as_rfc_8998_says() {
        let key: [u8; 16] = from_hex("0123456789abcdeffedcba9876543210").unwrap();
        let nonce: [u8; 12] = from_hex("00001234567800000000abcd").unwrap();
        let bound: [u8; 20] = from_hex("feedfacedeadbeeffeedfacedeadbeefabaddad2").unwrap();
        let plain: Vec<u8> = [0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0xee, 0xaa]
            .into_iter()
            .flat_map(|byte: u8| [byte; 8])
            .collect();
        let hidden = Cipher::new(&key.into())
            .encrypt(&nonce.into(), Payload { msg: &plain, aad: &bound })
            .unwrap();
        assert_eq!(
            hex(&hidden),
            "48af93501fa62adbcd414cce6034d895dda1bf8f132f042098661572e7483094\
             fd12e518ce062c98acee28d95df4416bed31a2f04476c18bb40c84a74b97dc5b\
             16842d4fa186f56ab33256971fa110f4"
        );
    }

    #[test]
    fn older_keys_open_and_the_newest_seals() {
        let keys = Keys::random().unwrap();
        let older = keys.sealer();
        let newer = keys.renewed().unwrap().sealer();
        let sealed = older.seal("13800000000".as_bytes(), "person.phone:1").unwrap();
        assert_eq!(newer.open(&sealed, "person.phone:1").unwrap(), b"13800000000");
        assert!(older.is_newest(&sealed) && !newer.is_newest(&sealed));
        let sealed = newer.seal(b"13800000000", "person.phone:1").unwrap();
        let id = newer.keys[0].id();
        assert_eq!(older.open(&sealed, "person.phone:1"), Err(SealError::UnknownKey(id)));
    }

    #[test]
    fn a_secret_does_not_open_in_another_place_and_never_looks_the_same() {
        let sealer = Keys::random().unwrap().sealer();
        let sealed = sealer.seal(b"secret", "person.totp:1").unwrap();
        assert_eq!(sealer.open(&sealed, "person.totp:2"), Err(SealError::Altered));
        assert_ne!(sealer.seal(b"secret", "person.totp:1").unwrap(), sealed);
        assert_eq!(sealer.open(b"secret", "person.totp:1"), Err(SealError::Form));
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_and_what_was_changed_does_not(
            plain: Vec<u8>, context: String, place: prop::sample::Index, flip in 1..=255_u8,
        ) {
            let sealer = Keys::random().unwrap().sealer();
            let mut sealed = sealer.seal(&plain, &context).unwrap();
            prop_assert_eq!(sealer.open(&sealed, &context).unwrap(), plain);
            let place = place.index(sealed.len());
            prop_assert!(sealer.open(&sealed[..place], &context).is_err());
            sealed[place] ^= flip;
            prop_assert!(sealer.open(&sealed, &context).is_err());
        }
    }
}
