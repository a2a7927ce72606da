//! Digests, keyed seals and sealed secrets behind small traits, so that a certified module can take
//! their place.
//!
//! [`Digest`] makes fingerprints, [`Mac`] makes fingerprints that only the holder of a key can make,
//! [`Seal`] hides small secrets (second factors, phone numbers, mail addresses) in the database.
//! The providers here are software. **They are not certified products** (商用密码产品认证): where an
//! assessment (密评) asks for one, a certified module (密码机) is put in behind the same traits.
//! Passwords are not hashed here, and nothing here opens files.

mod digest;
mod error;
mod hex;
mod hmac;
mod key;
mod keys;
mod mac;
mod random;
mod seal;
mod sm4_ccm;

pub use digest::{DIGESTS, Digest, Sha256, Sm3, digest_named, sha256_of};
pub use error::{SealError, Unavailable};
pub use hex::{from_hex, hex};
pub use hmac::Hmac;
pub use key::Key;
pub use keys::{Keys, KeysError};
pub use mac::{Mac, MacRing};
pub use random::{one_time_password, random_bytes, same, secret_token};
pub use seal::Seal;
pub use sm4_ccm::Sm4Ccm;
