//! Two lists of things with ids side by side.

use enterprise::Text;

use crate::change::{Change, Kind};
use crate::found::{Found, Here};
use crate::pairs::{Paired, Sign, pair};

/// Something with a stable id.
pub(crate) trait Named: Sized {
    /// Its id.
    fn id(&self) -> &str;
    /// What people read.
    fn label(&self) -> &Text;
    /// The change that it is, should it be new.
    fn sided(&self) -> Change;
    /// What is different between two with the same id or name.
    fn compare(found: &mut Found, here: &Here, old: &Self, new: &Self);
}

/// What is new, gone or different. One with another id but the same name is the same.
pub(crate) fn lists<T: Named>(found: &mut Found, here: &Here, old: &[T], new: &[T]) {
    let signs: [Sign<T>; 2] =
        [|old, new| old.id() == new.id(), |old, new| old.label() == new.label()];
    let Paired { both, gone, come } = pair(old, new, &signs);
    for (before, after) in both {
        T::compare(found, here, before, after);
        if before.id() != after.id() && !here.succession {
            let words = |one: &T| Text::new(one.id(), one.id());
            let change = Change { after: None, ..after.sided() };
            let change = Change {
                kind: Kind::Renamed,
                weight: crate::change::Weight::Wording,
                direction: None,
                ..change.between(words(before), words(after))
            };
            found.push(here, change);
        }
    }
    for one in come {
        found.push(here, one.sided());
    }
    for one in gone {
        found.push(here, one.sided().mirrored());
    }
}
