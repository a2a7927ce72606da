//! Codes and names that are nobody's. A code passes the check of GB 32100, so that every reader takes
//! it, and fails that of the organisation code within (GB 11714), so that no real entity has it.

use enterprise::Uscc;

use crate::ranks::EntityKind;

const LETTERS: [char; 31] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J',
    'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'T', 'U', 'W', 'X', 'Y',
];
/// Six letters count so far; a prime number of letters, so that any step visits them all.
const CODES: u64 = 31 * 31 * 31 * 31 * 31 * 31;
const STEP: u64 = 387_420_489;
const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// How many entities can have codes of their own.
pub const MOST: u64 = CODES;

/// The social credit code of a row.
pub(crate) fn code(seed: u64, row: u64, kind: EntityKind, district: &str) -> String {
    let kind = match kind {
        EntityKind::Enterprise => "91",
        EntityKind::SoleTrader => "92",
        EntityKind::Cooperative => "93",
    };
    let mut number = (row % CODES * STEP + seed % CODES) % CODES;
    let mut organisation = ['M', 'A', '0', '0', '0', '0', '0', '0'];
    for place in organisation.iter_mut().skip(2).rev() {
        let digit = usize::try_from(number % 31).unwrap_or(0);
        *place = LETTERS.get(digit).copied().unwrap_or('0');
        number /= 31;
    }
    let sum: u32 = organisation
        .iter()
        .zip(WEIGHTS)
        .map(|(letter, weight)| letter.to_digit(36).unwrap_or(0) * weight)
        .sum();
    // One more than the digit that would be right.
    let wrong = char::from_digit((11 - sum % 11 + 1) % 10, 10).unwrap_or('0');
    let mut text = format!("{kind}{district}");
    text.extend(organisation);
    text.push(wrong);
    if let Ok(check) = Uscc::check_character(&text) {
        text.push(check);
    }
    text
}

/// The name of a row's entity; `word` says its trade.
pub(crate) fn name(row: u64, kind: EntityKind, word: &str, large: bool) -> String {
    let form = match kind {
        EntityKind::SoleTrader => "经营部",
        EntityKind::Cooperative => "农民专业合作社",
        EntityKind::Enterprise if large => "股份有限公司",
        EntityKind::Enterprise => "有限公司",
    };
    format!("青岛示例{word}{form} {:07}", row + 1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_valid_unique_and_nobodys() {
        let mut seen = BTreeSet::new();
        for row in (0..5_000).chain(2_000_000..2_005_000) {
            let code = code(11, row, EntityKind::Enterprise, "370202");
            let read: Uscc = code.parse().unwrap();
            assert!(!read.organisation_code_checks(), "{code}");
            assert!(seen.insert(code));
        }
    }
}
