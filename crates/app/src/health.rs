//! How the installation is: the database, the law, the population, the work behind, the last backup.

use access::Action;
use jiff::Timestamp;
use store::job::State;

use crate::backups::{Unreadable, newest};
use crate::caller::Caller;
use crate::permit::Look;
use crate::platform::Platform;
use crate::populations::Hold;
use crate::refusal::Refusal;

/// How the installation is.
#[derive(Clone, PartialEq, Debug)]
pub struct Health {
    /// The name of the database engine.
    pub engine: &'static str,
    /// The version of the tables, and the one that this program knows.
    pub tables: (i64, i64),
    /// How far this process is with the population in use.
    pub hold: Hold,
    /// How many jobs there are in each state.
    pub jobs: Vec<(State, u64)>,
    /// When the newest backup was written, if there is a folder for them and one in it.
    pub backup: Result<Option<Timestamp>, Unreadable>,
}

/// How the installation is.
pub async fn read_health(platform: &Platform, caller: &Caller) -> Result<Health, Refusal> {
    let look = Look::ask(platform, caller, Action::OperationReadHealth).await?;
    let jobs = store::job::counts(look.unit()).await?;
    Ok(Health {
        engine: platform.store().engine().name(),
        tables: (store::version(platform.store()).await?, store::newest()),
        hold: platform.hold(),
        jobs,
        backup: newest(platform),
    })
}
