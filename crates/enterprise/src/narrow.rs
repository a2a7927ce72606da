//! Full-width signs, as Chinese keyboards write them.

/// The narrow form of a full-width digit, letter, sign or bracket; every other sign as it is.
///
/// ```
/// let typed: String = "＋１０％".chars().map(enterprise::narrow).collect();
/// assert_eq!(typed, "+10%");
/// ```
pub fn narrow(sign: char) -> char {
    match sign {
        '\u{3000}' => ' ',
        '！'..='～' => {
            u32::from(sign).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(sign)
        }
        _ => sign,
    }
}
