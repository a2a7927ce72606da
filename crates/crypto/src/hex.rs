//! Bytes as lower-case hexadecimal text and back. One text for each value: capitals are refused.

/// `bytes` in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes that `text` says, when it is exactly `N` of them in lower-case hexadecimal.
pub fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let value = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    let pairs = text.as_bytes().chunks(2);
    if pairs.len() != N {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        let [high, low] = pair else { return None };
        *byte = value(*high)? << 4 | value(*low)?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn hexadecimal_reads_back(bytes: [u8; 7]) {
            prop_assert_eq!(from_hex(&hex(&bytes)), Some(bytes));
        }
    }

    #[test]
    fn only_the_one_way_of_writing_is_read() {
        for text in ["0", "0g", "AB", "abcd", "", "é", " a"] {
            assert_eq!(from_hex::<1>(text), None, "{text}");
        }
    }
}
