//! Which thing of one list is which of another: the surest sign first.

/// Two lists side by side.
pub(crate) struct Paired<'a, T> {
    /// What both have, in the order in which it was found.
    pub both: Vec<(&'a T, &'a T)>,
    /// What only the former has.
    pub gone: Vec<&'a T>,
    /// What only the later has.
    pub come: Vec<&'a T>,
}

/// A sign that two things are the same.
pub(crate) type Sign<T> = fn(&T, &T) -> bool;

/// Pairs what shows the first sign, then of the rest what shows the second, and so on.
pub(crate) fn pair<'a, T>(old: &'a [T], new: &'a [T], signs: &[Sign<T>]) -> Paired<'a, T> {
    let mut gone: Vec<&T> = old.iter().collect();
    let mut come: Vec<&T> = new.iter().collect();
    let mut both = Vec::new();
    for same in signs {
        gone.retain(|before| {
            let place = come.iter().position(|after| same(before, after));
            if let Some(place) = place {
                both.push((*before, come.remove(place)));
            }
            place.is_none()
        });
    }
    Paired { both, gone, come }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surest_sign_comes_first() {
        let old = ["a1", "b1", "c1"];
        let new = ["b2", "a1", "d4"];
        let found = pair(&old, &new, &[|a, b| a == b, |a, b| a.chars().next() == b.chars().next()]);
        assert_eq!(found.both, [(&"a1", &"a1"), (&"b1", &"b2")]);
        assert_eq!((found.gone, found.come), (vec![&"c1"], vec![&"d4"]));
    }
}
