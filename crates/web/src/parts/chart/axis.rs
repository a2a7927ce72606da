//! Round numbers for an axis.

/// The marks of an axis that reaches from nought over everything, a handful of them: 0, 500, 1000, 1500.
pub(super) fn marks(least: i64, most: i64) -> Vec<i64> {
    let (low, high) = (i128::from(least.min(0)), i128::from(most.max(0)));
    let reach = (high - low).max(1);
    let mut power: i128 = 1;
    let step = loop {
        let found = [1, 2, 5].into_iter().map(|lead| lead * power).find(|step| reach / step <= 5);
        match found {
            Some(step) => break step,
            None => power *= 10,
        }
    };
    let first = low.div_euclid(step);
    let last = (high + step - 1).div_euclid(step).max(first + 1);
    (first..=last).filter_map(|count| i64::try_from(count * step).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::marks;

    #[test]
    fn marks_are_round_few_and_reach_over_everything() {
        assert_eq!(marks(0, 0), [0, 1]);
        assert_eq!(marks(0, 3), [0, 1, 2, 3]);
        assert_eq!(marks(0, 1234), [0, 500, 1000, 1500]);
        assert_eq!(marks(-30, 70), [-40, -20, 0, 20, 40, 60, 80]);
        for most in [1, 9, 10, 11, 99, 12_345, i64::MAX / 2] {
            let all = marks(0, most);
            assert!((2..=7).contains(&all.len()) && all.last() >= Some(&most), "{most}: {all:?}");
        }
    }
}
