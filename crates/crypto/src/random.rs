//! Random bytes from the operating system and what is made of them; comparing without telling how far
//! two secrets agree.

use subtle::ConstantTimeEq as _;

use crate::error::Unavailable;
use crate::hex::hex;

/// 31 characters that nobody takes for one another: no 0, 1, i, l, o, and no capitals.
const READABLE: [u8; 31] = *b"23456789abcdefghjkmnpqrstuvwxyz";

/// `N` random bytes.
///
/// # Errors
/// When the operating system gives none.
pub fn random_bytes<const N: usize>() -> Result<[u8; N], Unavailable> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Unavailable(error.to_string()))?;
    Ok(bytes)
}

/// A secret of 32 random bytes as a text that fits into an address or a header, after a `prefix` such
/// as `tidu_` by which people and scanners know it.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn secret_token(prefix: &str) -> Result<String, Unavailable> {
    Ok(format!("{prefix}{}", hex(&random_bytes::<32>()?)))
}

/// A password to be read aloud or typed once: four groups of five characters, 99 bits.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn one_time_password() -> Result<String, Unavailable> {
    let mut password = String::new();
    let mut characters = 0;
    while characters < 20 {
        for byte in random_bytes::<32>()? {
            // One value in 32 has no character: it is drawn again, so that all are equally likely.
            let Some(character) = READABLE.get(usize::from(byte & 31)) else { continue };
            if characters == 20 {
                break;
            }
            if characters > 0 && characters % 5 == 0 {
                password.push('-');
            }
            password.push(char::from(*character));
            characters += 1;
        }
    }
    Ok(password)
}

/// Whether two secrets are the same; takes the same time wherever they differ. Their lengths are not
/// hidden.
pub fn same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_token_is_long_safe_in_an_address_and_never_the_same() {
        let tokens: BTreeSet<String> = (0..50).map(|_| secret_token("tidu_").unwrap()).collect();
        assert_eq!(tokens.len(), 50);
        for token in tokens {
            assert_eq!(token.len(), 5 + 64);
            assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
        }
    }

    #[test]
    fn a_one_time_password_is_readable_and_uses_every_character() {
        let mut seen = BTreeSet::new();
        for _ in 0..200 {
            let password = one_time_password().unwrap();
            let groups: Vec<&str> = password.split('-').collect();
            assert_eq!(groups.iter().map(|group| group.len()).collect::<Vec<_>>(), [5; 4]);
            seen.extend(password.bytes().filter(|byte| *byte != b'-'));
        }
        assert_eq!(seen, READABLE.into_iter().collect());
    }

    #[test]
    fn only_equal_secrets_are_the_same() {
        assert!(same(b"abc", b"abc") && same(b"", b""));
        assert!(!same(b"abc", b"abd") && !same(b"abc", b"ab"));
    }
}
