//! Opening an installation: the folder, the database, the keys, the law in force.

use std::path::PathBuf;
use std::sync::Arc;

use app::backups::Backups;
use app::first_start::{FirstAccounts, first_start};
use app::populations::{Populations, expect as populations_in_use};
use app::{Clock as _, Machine, Platform, demo, jobs, rulebooks};
use rulebook::Sources;
use store::Store;

use crate::config::Config;
use crate::keys::{keys, others};
use crate::rights::open_to_others;
use crate::words::{Trouble, system};

/// An open installation.
#[derive(Debug)]
pub struct Installation {
    /// The platform over it.
    pub platform: Arc<Platform>,
    /// What happened on the way.
    pub start: Start,
}

/// What happened when an installation was opened.
#[derive(Default)]
pub struct Start {
    /// The versions of the database before and after.
    pub migrated: Option<(i64, i64)>,
    /// The first accounts, if this is the first start.
    pub accounts: Option<FirstAccounts>,
    /// Whether the program carries another rulebook than the one in force.
    pub carries_another: bool,
}

impl std::fmt::Debug for Start {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Start").field("migrated", &self.migrated).finish_non_exhaustive()
    }
}

/// Opens an installation, and makes what is not there yet: folder, database, keys, the first accounts.
pub async fn open(
    config: &Config,
    carried: &Sources,
    version: &str,
) -> Result<Installation, Trouble> {
    let mut installation = opened(config, carried, version).await?;
    installation.start.accounts = first_start(&installation.platform, &config.bureau).await?;
    Ok(installation)
}

/// The same, but for the first accounts.
pub(crate) async fn opened(
    config: &Config,
    carried: &Sources,
    version: &str,
) -> Result<Installation, Trouble> {
    folder(config)?;
    let store = Store::open(&config.place).await?;
    let now = Machine.now();
    let applied = store::migrate(&store, now).await?;
    let fresh = {
        let unit = store.read().await?;
        !store::person::is_anybody_there(&unit).await?
    };
    let keys = keys(&config.keys, fresh)?;
    if !app::keys::bind(&store, &keys, now).await? {
        return Err(others(&config.keys));
    }
    for open in open_to_others(config) {
        tracing::warn!(path = %open.display(), "others on this machine can get at it: see `tidu doctor`");
    }
    let adopted =
        rulebooks::adopt_rulebook(&store, &Machine, carried, &format!("Tidu {version}")).await?;
    let backups = Backups {
        folder: config.backups.clone(),
        kept: config.backups_kept,
        program: version.to_owned(),
    };
    let platform = Platform::new(store, Machine, keys, adopted.law)
        .with_backups(backups)
        .with_populations(Populations::new(populations(config)));
    demo::recognise(&platform).await?;
    populations_in_use(&platform).await?;
    let platform = Arc::new(platform);
    if adopted.first {
        rulebooks::record_first(&platform).await?;
    }
    jobs::enter_schedules(&platform).await?;
    let migrated = (applied.from != applied.to).then_some((applied.from, applied.to));
    Ok(Installation {
        platform,
        start: Start { migrated, accounts: None, carries_another: adopted.carries_another },
    })
}

/// Brings the database to the version of this program and does nothing else. The versions before and after.
pub async fn bring_up(config: &Config) -> Result<(i64, i64), Trouble> {
    folder(config)?;
    let store = Store::open(&config.place).await?;
    let applied = store::migrate(&store, Machine.now()).await?;
    store.close().await?;
    Ok((applied.from, applied.to))
}

/// The folder with the files of populations.
pub(crate) fn populations(config: &Config) -> PathBuf {
    config.data.join("populations")
}

pub(crate) fn folder(config: &Config) -> Result<(), Trouble> {
    let mut maker = std::fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        maker.mode(0o700);
    }
    maker.create(&config.data).map_err(|error| {
        let why = system(&error);
        Trouble::new(
            format!("数据文件夹 {} 建不了：{}", config.data.display(), why.zh),
            format!("the folder {} cannot be made: {}", config.data.display(), why.en),
            "请检查上级文件夹和权限，或用 --data 指定别处",
            "see to the folder above and permissions, or name another with `--data`",
        )
    })
}
