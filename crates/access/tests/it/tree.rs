//! Paths in the tree of organisations.

use access::{OrganisationId, Path, Visible};
use proptest::prelude::*;

use crate::made::{path, row};

#[test]
fn a_subtree_covers_itself_and_what_is_below() {
    let table = [
        ("/1/4/", "/1/4/", true),
        ("/1/4/", "/1/4/9/", true),
        ("/1/4/", "/1/4/9/12/", true),
        ("/1/4/", "/1/40/", false),
        ("/1/4/", "/1/", false),
        ("/1/4/", "/1/5/", false),
        ("/1/4/", "/14/", false),
        ("/4/", "/1/4/", false),
    ];
    for (top, other, expected) in table {
        assert_eq!(Visible::Subtree(path(top)).covers(&row(other)), expected, "{top} {other}");
    }
}

#[test]
fn only_positive_numbers_between_slashes_are_a_path() {
    for text in [
        "",
        "/",
        "//",
        "1",
        "/1",
        "1/",
        "/0/",
        "/-1/",
        "/+1/",
        "/01/",
        "/1//2/",
        "/a/",
        "/1/%/",
        "/1/_/",
        "/１/",
        "/1/4/1/",
        " /1/",
        "/1/ ",
        "/9223372036854775808/",
    ] {
        let error = text.parse::<Path>().unwrap_err();
        assert!(error.to_string().contains("is not a path"), "{text}");
    }
    assert_eq!(path("/1/4/9/").organisation(), OrganisationId(9));
    assert!(Path::top(OrganisationId(0)).is_err());
}

fn numbers() -> impl Strategy<Value = Vec<i64>> {
    // Few digits, so that one number often begins with another.
    let number = prop_oneof![1..200_i64, 1..i64::MAX];
    prop::collection::btree_set(number, 1..6)
        .prop_map(|set| set.into_iter().collect::<Vec<_>>())
        .prop_shuffle()
}

fn built(numbers: &[i64]) -> Path {
    let (first, rest) = numbers.split_first().unwrap();
    let top = Path::top(OrganisationId(*first)).unwrap();
    rest.iter().fold(top, |path, number| path.below(OrganisationId(*number)).unwrap())
}

proptest! {
    #[test]
    fn a_path_covers_another_exactly_if_its_numbers_begin_the_others(a in numbers(), b in numbers(), cut in 1..6_usize) {
        prop_assert_eq!(built(&a).covers(&built(&b)), b.starts_with(&a));
        let above = &a[..cut.min(a.len())];
        prop_assert!(built(above).covers(&built(&a)));
        prop_assert_eq!(built(&a).covers(&built(above)), above.len() == a.len());
    }

    #[test]
    fn a_path_reads_as_it_was_written(a in numbers()) {
        let path = built(&a);
        prop_assert_eq!(path.to_string().parse::<Path>(), Ok(path.clone()));
        prop_assert_eq!(Some(&path.organisation().0), a.last());
    }

    #[test]
    fn no_text_that_is_taken_for_a_path_has_anything_but_digits_and_slashes(text in "[/0-9%_a' １]{0,12}") {
        if text.parse::<Path>().is_ok() {
            prop_assert!(text.bytes().all(|byte| byte == b'/' || byte.is_ascii_digit()));
        }
    }
}
