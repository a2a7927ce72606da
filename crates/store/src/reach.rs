//! Whether a server can be reached. The pool only says that it waited; why, the server itself is asked. And while it
//! is known not to be there, nobody waits for it: one of many tries again now and then.

use std::str::FromStr as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{ConnectOptions as _, Connection as _, Row as _};
use sea_orm::{DbErr, sqlx};
use tokio::time::timeout;

use crate::error::{Error, Unusable};
use crate::place::Place;
use crate::unreachable::Unreachable;

/// Who has no connection after so long asks whether the server is there.
const MOMENT: Duration = Duration::from_millis(500);
/// So long it has to answer, to those who wait for a page
const KNOCK: Duration = Duration::from_secs(2);
/// and at the start.
const FIRST_KNOCK: Duration = Duration::from_secs(5);
/// A server that is gone is looked for again after so long.
const REST: Duration = Duration::from_millis(500);

/// The way to a server.
#[derive(Debug)]
pub(crate) struct Reach {
    options: PgConnectOptions,
    gone: Mutex<Option<Gone>>,
}

#[derive(Clone, Debug)]
struct Gone {
    why: Unreachable,
    /// Nobody tries before then.
    until: Instant,
}

impl Reach {
    /// The way to the server of a place.
    pub(crate) fn to(place: &Place) -> Result<Self, Error> {
        let options = PgConnectOptions::from_str(place.url()).map_err(|_| Error::Address {
            given: place.to_string(),
            why: Unusable::NotAnAddress,
        })?;
        Ok(Self { options: options.disable_statement_logging(), gone: Mutex::default() })
    }

    /// Looks at the server before anything is done with it: whether it is there, and keeps text as UTF-8.
    pub(crate) async fn look(&self) -> Result<(), Error> {
        let mut connection = self.knock(FIRST_KNOCK).await.map_err(Error::Unreachable)?;
        let asked = sqlx::query("SHOW server_encoding").fetch_one(&mut connection).await;
        let found: Result<String, sqlx::Error> = asked.and_then(|row| row.try_get(0));
        let _ = connection.close().await;
        match found {
            Ok(found) if found.eq_ignore_ascii_case("UTF8") => Ok(()),
            Ok(found) => Err(Error::Encoding { found }),
            Err(error) => Err(Error::Unreachable(error.into())),
        }
    }

    /// Waits for a unit to begin, as long as the server is there.
    pub(crate) async fn while_there<T>(
        &self,
        begin: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, Error> {
        if let Some(why) = self.is_gone() {
            return Err(Error::Unreachable(why));
        }
        tokio::pin!(begin);
        let begun = match timeout(MOMENT, &mut begin).await {
            Ok(begun) => begun,
            Err(_) => match self.knock(KNOCK).await {
                Ok(connection) => {
                    let _ = connection.close().await;
                    // It is there: a place among its connections comes with time.
                    begin.await
                }
                Err(why) => return Err(self.has_gone(why)),
            },
        };
        match begun {
            Ok(begun) => {
                *self.gone.lock().unwrap_or_else(PoisonError::into_inner) = None;
                Ok(begun)
            }
            Err(error) => match Error::from(error) {
                // It has an end at once: as it was cut off, or as it lets nobody in.
                Error::Unavailable(said) => match self.knock(KNOCK).await {
                    Ok(connection) => {
                        let _ = connection.close().await;
                        Err(Error::Unavailable(said))
                    }
                    Err(why) => Err(self.has_gone(why)),
                },
                other => Err(other),
            },
        }
    }

    /// Why it is gone, if it is known to be. Who is told nothing tries, and others go on being told meanwhile.
    fn is_gone(&self) -> Option<Unreachable> {
        let mut gone = self.gone.lock().unwrap_or_else(PoisonError::into_inner);
        let known = gone.as_mut()?;
        let now = Instant::now();
        if now < known.until {
            return Some(known.why.clone());
        }
        known.until = now + MOMENT + KNOCK;
        None
    }

    fn has_gone(&self, why: Unreachable) -> Error {
        let until = Instant::now() + REST;
        *self.gone.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Gone { why: why.clone(), until });
        Error::Unreachable(why)
    }

    /// A connection of one's own, past the pool.
    async fn knock(&self, patience: Duration) -> Result<PgConnection, Unreachable> {
        match timeout(patience, self.options.connect()).await {
            Ok(answered) => answered.map_err(Unreachable::from),
            Err(_) => Err(Unreachable::TimedOut),
        }
    }
}
