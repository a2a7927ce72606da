//! Letting one of the three officers in again, from the command line of the machine. It may be done beside the running
//! platform.

use app::Machine;
use app::rescue::{Rescue, Rescued};
use store::Store;

use crate::config::Config;
use crate::keys::{keys, others};
use crate::words::Trouble;

/// Gives an officer a password for one time, takes the second factor away, or both. Whoever may open the data of the
/// installation may do so; it is recorded.
pub async fn rescue(config: &Config, login: &str, rescue: Rescue) -> Result<Rescued, Trouble> {
    let store = Store::open_existing(&config.place).await?;
    if store::version(&store).await? != store::newest() {
        return Err(Trouble::new(
            "数据库还不是本程序的版本",
            "the database is not of the version of this program",
            "请先运行 `tidu migrate`，或用正在运行的那个程序办理",
            "run `tidu migrate` first, or use the program that runs the platform",
        ));
    }
    let keys = keys(&config.keys, false)?;
    let unit = store.read().await?;
    if app::keys::fit(&unit, &keys).await? == Some(false) {
        return Err(others(&config.keys));
    }
    drop(unit);
    let done = app::rescue::rescue(store, keys, Machine, login, rescue).await;
    done.map_err(|refusal| match refusal {
        app::Refusal::Invalid(_) | app::Refusal::Conflict(_) => {
            let words = refusal.words();
            Trouble::new(
                words.zh,
                words.en,
                "没有改动；请核对登录名（首次启动的三员为 admin、security、auditor）",
                "nothing was changed: see the login (those of the first start are admin, security, auditor)",
            )
        }
        other => other.into(),
    })
}
