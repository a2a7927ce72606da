//! A demonstration in a folder: made at the first start, opened again at every other, and never in a folder that holds
//! a real installation.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::demo::{Account, prepare};
use app::{Clock as _, Machine, Platform, today};
use jiff::civil::Date;
use rulebook::Sources;
use store::Store;
use store::population::Population;
use tryout::{Ended, Size};

use crate::config::{Config, Given, read_config};
use crate::installation::opened;
use crate::serve::{Running, bound, only_here, run};
use crate::words::Trouble;

/// The file with the password, beside the database.
const PASSWORD: &str = "demo-password";
/// The same city each time.
const SEED: u64 = 1;

/// What somebody wants to try.
#[derive(Clone, Debug)]
pub struct DemoWish {
    /// The folder.
    pub data: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// How many entities the city has; it matters at the first start only.
    pub entities: u64,
    /// Whether other machines may reach it.
    pub exposed: bool,
}

/// How far the first start is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DemoStep {
    /// The city is made up: so many are done, of so many.
    Making(u64, u64),
    /// Everybody is screened.
    Screening,
    /// Organisations and accounts are entered.
    Entering,
}

/// A demonstration that answers.
#[derive(Debug)]
pub struct RunningDemo<'a> {
    /// The address to type.
    pub url: &'a str,
    /// The folder.
    pub data: &'a Path,
    /// Whether it was made just now.
    pub first: bool,
    /// How many entities the city has.
    pub entities: u64,
    /// Who can sign in.
    pub accounts: &'a [Account],
    /// The password of all of them; none if its file is gone.
    pub password: Option<&'a str>,
    /// Where the password is kept.
    pub password_file: PathBuf,
}

/// Runs a demonstration until the process is asked to stop. `told` hears how far the first start is and may stop it,
/// `up` hears when it answers.
pub async fn demo(
    wish: &DemoWish,
    carried: &Sources,
    version: &str,
    told: &mut dyn FnMut(DemoStep) -> ControlFlow<()>,
    up: impl FnOnce(&RunningDemo<'_>),
) -> Result<(), Trouble> {
    let config = configured(wish)?;
    only_here(&config, wish.exposed)?;
    let listener = bound(&config).await?;
    is_free(&config).await?;
    let installation = opened(&config, carried, version).await?;
    let file = config.data.join(PASSWORD);
    let first = !installation.platform.is_demo();
    if first {
        let password = password(&file)?;
        let population = made_up(&installation.platform, wish.entities, told)?;
        let _ = told(DemoStep::Screening);
        let prepared = prepare(&installation.platform, population, SEED).await?;
        let _ = told(DemoStep::Entering);
        if !prepared.enter(&installation.platform, &password).await? {
            return Err(taken(&config));
        }
    }
    let password = std::fs::read_to_string(&file).ok().map(|text| text.trim().to_owned());
    let (entities, accounts) = match installation.platform.demo() {
        Some(demo) => (demo.entities, demo.accounts.clone()),
        None => (0, Vec::new()),
    };
    let announced = |running: &Running<'_>| {
        up(&RunningDemo {
            url: &running.url,
            data: &config.data,
            first,
            entities,
            accounts: &accounts,
            password: password.as_deref(),
            password_file: file,
        });
        true
    };
    run(&config, listener, installation, announced).await
}

/// The settings: the folder, the address, and nothing of what is set up for a real installation on this machine.
fn configured(wish: &DemoWish) -> Result<Config, Trouble> {
    let flags = vec![
        ("data".to_owned(), wish.data.display().to_string()),
        ("listen".to_owned(), wish.listen.to_string()),
        ("patience_seconds".to_owned(), "3".to_owned()),
        // Everybody who tries it comes from one address.
        ("sign_ins_per_minute".to_owned(), "600".to_owned()),
        // Programs that somebody tries out against it should not have to wait.
        ("api_requests_per_minute".to_owned(), "60000".to_owned()),
    ];
    read_config(&Given { flags, alone: true, ..Given::default() })
        .map_err(|wrong| wrong.into_iter().next().unwrap_or_else(|| taken_nowhere(&wish.data)))
}

/// Whether the folder holds nothing yet, or a demonstration.
async fn is_free(config: &Config) -> Result<(), Trouble> {
    if !config.data.join("tidu.db").is_file() {
        // A folder with something else in it is somebody's: nothing is put among that.
        let others = std::fs::read_dir(&config.data).into_iter().flatten().flatten();
        let ours = |name: &str| ["keys", "keys.new", "populations", PASSWORD].contains(&name);
        let strange = others.map(|entry| entry.file_name().to_string_lossy().into_owned());
        return match strange.into_iter().find(|name| !ours(name)) {
            Some(name) => Err(Trouble::new(
                format!("文件夹 {} 里已有其他文件（{name}）", config.data.display()),
                format!("there are other files in {} ({name})", config.data.display()),
                "请用 --data 指定一个空的或新的文件夹",
                "name an empty or new folder with `--data`",
            )),
            None => Ok(()),
        };
    }
    let store = Store::open_existing(&config.place).await?;
    let is_real = if store::version(&store).await? == 0 {
        // Cut off before its tables were made.
        false
    } else {
        let unit = store.read().await?;
        let marked = store::setting::get(&unit, app::demo::MARK).await?.is_some();
        store::person::is_anybody_there(&unit).await? && !marked
    };
    store.close().await?;
    if is_real { Err(taken(config)) } else { Ok(()) }
}

fn taken(config: &Config) -> Trouble {
    Trouble::new(
        format!("文件夹 {} 里是正式的平台，不是演示", config.data.display()),
        format!("the folder {} holds a real installation, no demonstration", config.data.display()),
        "请用 --data 指定另一个文件夹；正式平台用 `tidu serve` 启动",
        "name another folder with `--data`; a real installation is started with `tidu serve`",
    )
}

fn taken_nowhere(data: &Path) -> Trouble {
    Trouble::new(
        format!("文件夹 {} 不能用", data.display()),
        format!("the folder {} cannot be used", data.display()),
        "请用 --data 指定另一个文件夹",
        "name another folder with `--data`",
    )
}

/// Makes the city up, in the folder of populations.
fn made_up(
    platform: &Arc<Platform>,
    entities: u64,
    told: &mut dyn FnMut(DemoStep) -> ControlFlow<()>,
) -> Result<Population, Trouble> {
    let (now, law) = (Machine.now(), platform.law());
    let (folder, as_of) = (platform.populations()?.clone(), today(now));
    let making = || -> Result<Population, Trouble> {
        let draft = folder.draft("parquet").map_err(|error| unmade(&error))?;
        let size = Size { entities, seed: SEED, stratified: true };
        let city = tryout::city(&law.rulebook, as_of, size).map_err(|error| unmade(&error))?;
        let says = tryout::says(&law.rulebook, as_of, size);
        let written =
            tryout::write(&city, &draft, says, &mut |rows| told(DemoStep::Making(rows, entities)));
        match written {
            Ok(_) => {}
            Err(Ended::Stopped) => return Err(unmade(&"interrupted")),
            Err(Ended::Unmade(error)) => return Err(unmade(&error)),
            Err(Ended::Unwritten(error)) => return Err(unmade(&error)),
        }
        let (file, print) = folder.keep(&draft).map_err(|error| unmade(&error))?;
        Ok(population(file, print, entities, as_of, now))
    };
    // It takes all cores for some seconds, and nobody is served yet.
    tokio::task::block_in_place(making)
}

fn population(
    file: String,
    print: app::populations::Fingerprint,
    entities: u64,
    as_of: Date,
    now: jiff::Timestamp,
) -> Population {
    Population {
        id: 0,
        name: format!("演示城市 {entities} 户"),
        file,
        hash: print.hash,
        bytes: i64::try_from(print.bytes).unwrap_or(i64::MAX),
        subjects: i64::try_from(entities).unwrap_or(i64::MAX),
        known_as_of: as_of,
        base_year: Some(as_of.year() - 1),
        made_up: true,
        refused: 0,
        report: "{}".to_owned(),
        by: None,
        at: now,
    }
}

fn unmade(error: &dyn std::fmt::Display) -> Trouble {
    Trouble::new(
        format!("演示城市没有建成：{error}"),
        format!("the city could not be made: {error}"),
        "请检查磁盘空间和文件夹权限，再启动一次",
        "see to the disk and the folder, and start again",
    )
}

/// The password: the one in the file, else a new one, kept in the file first so that it is never lost.
fn password(file: &Path) -> Result<String, Trouble> {
    let unkept = |error: io::Error| {
        Trouble::new(
            format!("口令文件 {} 写不了：{error}", file.display()),
            format!("the file of the password {}: {error}", file.display()),
            "请检查文件夹和权限",
            "see to the folder and permissions",
        )
    };
    if let Ok(known) = std::fs::read_to_string(file)
        && known.trim().len() >= 16
    {
        return Ok(known.trim().to_owned());
    }
    let password = crypto::one_time_password().map_err(app::Refusal::from)?;
    let written = (|| {
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut out = options.open(file)?;
        writeln!(out, "{password}")?;
        out.sync_all()
    })();
    written.map_err(unkept)?;
    Ok(password)
}
