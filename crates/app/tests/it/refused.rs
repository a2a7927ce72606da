//! What a refusal was, or a test that fails.

use access::Why;
use app::Refusal;

/// Refused by the policy, and why.
#[track_caller]
pub fn forbidden<T>(result: Result<T, Refusal>) -> Why {
    match result {
        Err(Refusal::Forbidden(why)) => why,
        Err(other) => panic!("refused otherwise: {other:?}"),
        Ok(_) => panic!("it was done"),
    }
}

/// Refused for what was typed: the fields.
#[track_caller]
pub fn invalid<T>(result: Result<T, Refusal>) -> Vec<&'static str> {
    match result {
        Err(Refusal::Invalid(wrong)) => wrong.iter().map(|one| one.field).collect(),
        Err(other) => panic!("refused otherwise: {other:?}"),
        Ok(_) => panic!("it was done"),
    }
}

/// Refused in this way: its words in English.
macro_rules! refused {
    ($result:expr, $kind:pat) => {
        match $result {
            Err(refusal @ $kind) => refusal.words().en,
            Err(other) => panic!("refused otherwise: {other:?}"),
            Ok(_) => panic!("it was done"),
        }
    };
}

pub(crate) use refused;
