//! The nearest known name for a mistyped one. A suggestion, never a silent correction.

/// The candidate most like `name`, if any is alike enough to be worth suggesting.
///
/// The distance counts characters, so that Chinese names are compared character by character;
/// ties go to the earlier candidate.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A name of this length is no typo, and the distance takes time in the product of the lengths.
    const LONGEST: usize = 80;
    let length = name.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let allowed = if length <= 2 { 1 } else { (length / 3).max(1) };
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count() <= LONGEST)
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, candidate)| {
            *distance <= allowed && *distance < candidate.chars().count()
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_only_what_is_alike() {
        let names = ["revenue", "rd_expense", "营业收入", "研发费用"];
        assert_eq!(nearest("revenu", names), Some("revenue"));
        assert_eq!(nearest("营业收人", names), Some("营业收入"));
        assert_eq!(nearest("联系人", names), None);
        assert_eq!(nearest("", names), None);
    }
}
