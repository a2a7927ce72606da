//! What becomes of what reviewers found about numbers when another rulebook is put in force.

use app::confirmations::{Held, Seen, held};
use rulebook::{Number, Sources, numbers};

use crate::lang::Say;

/// How many confirmed numbers have to be looked at again, and how many that differ are mended; nothing if neither is
/// to be said.
pub(super) fn found(say: Say, present: &[Number], sources: &Sources, seen: &[Seen]) -> Vec<String> {
    let next = numbers(sources);
    let state = |number: &Number| held(number, seen).0;
    let then = |number: &Number| {
        let address = number.address();
        next.iter().find(|other| other.address() == address).map(state)
    };
    let count = |was: Held, is: &dyn Fn(Option<Held>) -> bool| {
        let all = present.iter().filter(|number| state(number) == was);
        all.filter(|number| is(then(number))).count()
    };
    let again = count(Held::Agrees, &|then| then == Some(Held::Outdated));
    let (differ, mended) = (
        count(Held::Differs, &|_| true),
        count(Held::Differs, &|then| then != Some(Held::Differs)),
    );
    let mut said = Vec::new();
    if again > 0 {
        said.push(say.t1("law.again", "count", again));
    }
    if differ > 0 {
        said.push(say.t2("law.mended", ("count", mended), ("of", differ)));
    }
    said
}
