//! Looks at what is sensitive leave a record. Whoever looks at the same again and again within a short time looked once:
//! else the records of a morning's work would be pages opened, and nobody would read them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use access::Action;
use jiff::Timestamp;

use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Within so many seconds it is the same look.
const AGAIN: i64 = 10 * 60;
/// With more than so many at hand, those that are over are forgotten.
const MANY: usize = 10_000;

/// Who looked at what, from where and by what means.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Seen {
    person: i64,
    token: Option<i64>,
    address: Option<String>,
    action: Action,
    kind: &'static str,
    id: String,
}

/// What was recorded lately by this process. One that starts anew records anew.
#[derive(Debug, Default)]
pub(crate) struct Looks(Mutex<HashMap<Seen, Timestamp>>);

impl Looks {
    fn lately(&self, seen: &Seen, now: Timestamp) -> bool {
        let looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        looks.get(seen).is_some_and(|then| is_same(*then, now))
    }

    fn note(&self, seen: Seen, now: Timestamp) {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if looks.len() >= MANY {
            looks.retain(|_, then| is_same(*then, now));
        }
        looks.insert(seen, now);
    }
}

/// A clock that was set back makes no look the same as one to come.
fn is_same(then: Timestamp, now: Timestamp) -> bool {
    (0..AGAIN).contains(&(now.as_second() - then.as_second()))
}

/// Puts a look on the record. What cannot be recorded is not shown.
pub(crate) async fn on_record(
    platform: &Platform,
    caller: &Caller,
    action: Action,
    (kind, id): (&'static str, &str),
) -> Result<(), Refusal> {
    let seen = Seen {
        person: caller.person(),
        token: caller.token,
        address: caller.origin.address.clone(),
        action,
        kind,
        id: id.to_owned(),
    };
    let now = platform.now();
    if platform.looks().lately(&seen, now) {
        return Ok(());
    }
    let permit = Permit::ask(platform, caller, action).await?;
    permit.keep(Said::of(kind, id).looked()).await?;
    platform.looks().note(seen, now);
    Ok(())
}
