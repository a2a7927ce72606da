//! Something that programs can ask for: what it takes, what it gives, and what is said of it. The type of a call is
//! all that the documentation is made from, so that neither can say what the other does not.

use access::Words;

use super::gives::Gives;
use super::shape::Draft;
use super::takes::Takes;
use crate::ask::Ask;
use crate::failure::Failure;

/// Something that programs can ask for. One of these for each row of the table that is for programs.
pub(crate) trait Call: 'static {
    /// Its name, which stays: clients are made from it.
    const ID: &'static str;
    /// What it does, in a few words.
    const SUMMARY: Words;
    /// What else there is to know.
    const WHAT: Words = says("", "");
    /// Whether there is something to answer only while a population is in use.
    const CITY: bool = false;
    /// What it is given, beside the variable parts of its path.
    type Takes: Takes;
    /// What it answers.
    type Gives: Gives;
    /// Does it, by one use case.
    fn call(
        ask: &Ask,
        takes: Self::Takes,
    ) -> impl Future<Output = Result<Self::Gives, Failure>> + Send;
}

/// A text in both languages.
pub(crate) const fn says(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}

/// A call, as its row of the table has it.
#[derive(Clone, Copy)]
pub(crate) struct Operation {
    pub id: &'static str,
    pub summary: Words,
    pub what: Words,
    /// Whether it takes a population in use.
    pub city: bool,
    pub describe: fn(&mut Draft),
}

impl Operation {
    pub const fn of<C: Call>() -> Self {
        Self {
            id: C::ID,
            summary: C::SUMMARY,
            what: C::WHAT,
            city: C::CITY,
            describe: |draft| {
                C::Takes::describe(draft);
                C::Gives::describe(draft);
            },
        }
    }
}
