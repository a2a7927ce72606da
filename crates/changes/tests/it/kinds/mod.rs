//! Every kind of change, one edit of a rule file each: what is told, what it weighs, whether it became
//! easier (↓) or harder (↑), and for whom (@, 若).

mod around;
mod conditions;
mod criteria;
mod scores;
mod shared_parts;

use changes::compare;

use crate::books::{book, edited, said, small};

const COMMON: &str = "definitions/common/2026.toml";
const SIZE: &str = "definitions/size/2011.toml";
const HEAD: &str = "programmes/city/model-firm/programme.toml";
const ALL: &str = "indicators/all.toml";

/// A file, what stands there, what stands there instead, and what is told.
type Case<'a> = (&'a str, &'a str, &'a str, &'a [&'a str]);

fn check(cases: &[Case<'_>]) {
    let old = book(&small());
    for (path, from, to, expected) in cases {
        let new = book(&edited(small(), path, from, to));
        let found = said(&compare(&old, &new));
        assert_eq!(found, *expected, "{from} → {to}");
    }
}
