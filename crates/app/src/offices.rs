//! How many people hold each of the three offices, for whoever looks after an installation.

use access::Role;
use jiff::Timestamp;
use store::Unit;

use crate::clock::today;
use crate::refusal::{Refusal, Words};

/// One of the three offices.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Office {
    /// What it is called.
    pub name: Words,
    /// How many hold it with an account that they can sign in with.
    pub holders: u64,
}

/// The three offices.
pub async fn offices(unit: &Unit, now: Timestamp) -> Result<Vec<Office>, Refusal> {
    let mut all = Vec::new();
    for role in Role::ALL.iter().copied().filter(|role| role.is_officer()) {
        let holders = store::membership::holders(unit, role, today(now)).await?;
        let words = role.words();
        all.push(Office { name: Words::new(words.zh, words.en.to_lowercase()), holders });
    }
    Ok(all)
}
