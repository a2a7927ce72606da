//! Fingerprints of 32 bytes: the trait, SM3 and SHA-256 in software, and their names.

use std::io::{self, Read};

use sha2::Digest as _;

/// A digest of 32 bytes that works in blocks of 64, as SM3 and SHA-256 do.
pub trait Digest: Send + Sync {
    /// The name that is stored beside each fingerprint, such as `sm3`.
    fn name(&self) -> &str;

    /// The fingerprint of `parts`, one after another as if they were one text. Where the parts end is
    /// not part of it: whoever needs that says their lengths.
    fn digest(&self, parts: &[&[u8]]) -> [u8; 32];
}

/// SM3 (GM/T 0004-2012, GB/T 32905-2016) in software; not a certified product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sm3;

/// SHA-256 (FIPS 180-4) in software; not a certified product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sha256;

/// Every digest that a stored name can mean; the first is used unless a setting says otherwise.
pub const DIGESTS: [&dyn Digest; 2] = [&Sm3, &Sha256];

/// The digest called `name`, exactly as it is stored.
pub fn digest_named(name: &str) -> Option<&'static dyn Digest> {
    DIGESTS.into_iter().find(|digest| digest.name() == name)
}

impl Digest for Sm3 {
    fn name(&self) -> &str {
        "sm3"
    }

    fn digest(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut running = sm3::Sm3::new();
        parts.iter().for_each(|part| running.update(part));
        running.finalize().into()
    }
}

impl Digest for Sha256 {
    fn name(&self) -> &str {
        "sha256"
    }

    fn digest(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut running = sha2::Sha256::new();
        parts.iter().for_each(|part| running.update(part));
        running.finalize().into()
    }
}

/// SHA-256 of everything that is read, piece by piece, and how many bytes that was.
///
/// # Errors
/// It cannot be read to its end.
pub fn sha256_of(mut from: impl Read) -> io::Result<([u8; 32], u64)> {
    let mut running = sha2::Sha256::new();
    let mut piece = vec![0; 1 << 16];
    let mut bytes = 0;
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok((running.finalize().into(), bytes)),
            Ok(read) => {
                running.update(piece.get(..read).unwrap_or_default());
                bytes += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    const KNOWN: [(&dyn Digest, &str, usize, &str); 6] = [
        // GM/T 0004-2012, appendix A.1 and A.2.
        (&Sm3, "abc", 1, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (&Sm3, "abcd", 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        (&Sm3, "", 1, "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b"),
        // FIPS 180, the examples of one block and of two, and the empty text.
        (&Sha256, "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            &Sha256,
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            1,
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
        (&Sha256, "", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ];

    #[test]
    fn the_digests_answer_as_their_standards_say() {
        for (digest, text, times, known) in KNOWN {
            let parts = vec![text.as_bytes(); times];
            assert_eq!(hex(&digest.digest(&parts)), known, "{} of {text}", digest.name());
            let whole = text.repeat(times);
            assert_eq!(digest.digest(&[whole.as_bytes()]), digest.digest(&parts));
        }
    }

    #[test]
    fn what_is_read_piece_by_piece_has_the_same_digest() {
        for length in [0, 1, 65_535, 65_536, 200_000] {
            let text: Vec<u8> = (0..=255).cycle().take(length).collect();
            let found = sha256_of(text.as_slice()).unwrap();
            assert_eq!(found, (Sha256.digest(&[&text]), length as u64));
        }
    }

    #[test]
    fn a_digest_is_found_by_its_exact_name() {
        for digest in DIGESTS {
            assert_eq!(digest_named(digest.name()).map(Digest::name), Some(digest.name()));
        }
        assert!(digest_named("SM3").is_none());
        assert!(digest_named("md5").is_none());
    }
}
