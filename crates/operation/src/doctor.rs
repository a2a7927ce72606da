//! Examines an installation: what is fine, what is not, and what to do. Changes nothing.

use std::path::Path;

use app::populations::{Differs, Populations};
use app::{Clock as _, Machine};
use enterprise::Text;
use jiff::SignedDuration;
use store::Store;
use store::job::State;
use store::population::Population;

use crate::config::Config;
use crate::installation::populations;
use crate::keys::keys;
use crate::words::Trouble;

/// How much a finding weighs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Weight {
    /// As it should be.
    Fine,
    /// To be looked at.
    Remark,
    /// To be mended.
    Bad,
}

/// Something that was looked at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// How much it weighs.
    pub weight: Weight,
    /// What was found.
    pub what: Text,
    /// What to do, if anything.
    pub help: Text,
}

impl Finding {
    fn fine(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { weight: Weight::Fine, what: Text::new(zh, en), help: Text::new("", "") }
    }

    fn remark(what: Text, help: Text) -> Self {
        Self { weight: Weight::Remark, what, help }
    }

    fn bad(trouble: Trouble) -> Self {
        Self { weight: Weight::Bad, what: trouble.what, help: trouble.help }
    }
}

impl From<store::examine::Finding> for Finding {
    fn from(finding: store::examine::Finding) -> Self {
        use store::examine::Severity;
        Self {
            weight: match finding.severity {
                Severity::Note => Weight::Fine,
                Severity::Warning => Weight::Remark,
                Severity::Fault => Weight::Bad,
            },
            what: Text::new(finding.zh, finding.en),
            help: Text::new(finding.help_zh, finding.help_en),
        }
    }
}

/// A backup older than that is remarked.
const BACKUP_AGE: SignedDuration = SignedDuration::from_hours(48);

/// Examines an installation. Only what keeps it from looking at all is an error.
pub async fn examine(config: &Config) -> Result<Vec<Finding>, Trouble> {
    let mut found = Vec::new();
    if config.is_in_the_open() {
        found.push(Finding::remark(
            Text::new(
                format!("监听 {}，对外开放，而没有说明前面有 TLS", config.listen),
                format!(
                    "listens on {} for others, and nothing says that TLS stands in front",
                    config.listen
                ),
            ),
            Text::new(
                "请在前面放置 TLS 反向代理，并设置 public_url = \"https://…\"",
                "put a TLS proxy in front and set public_url = \"https://…\"",
            ),
        ));
    }
    let store = match Store::open_existing(&config.place).await {
        Ok(store) => store,
        Err(error) => {
            found.push(Finding::bad(error.into()));
            return Ok(found);
        }
    };
    found.push(Finding::fine(
        format!("数据库 {}（{}）可以打开", config.place, store.engine().name()),
        format!("the database {} ({}) can be opened", config.place, store.engine().name()),
    ));
    database(&store, config, &mut found).await;
    match keys(&config.keys, false) {
        Ok(_) => found.push(permissions(&config.keys)),
        Err(trouble) => found.push(Finding::bad(trouble)),
    }
    backups(config, &mut found);
    Ok(found)
}

async fn database(store: &Store, config: &Config, found: &mut Vec<Finding>) {
    match store::examine::examine(store).await {
        Ok(findings) => found.extend(findings.into_iter().map(Finding::from)),
        Err(error) => return found.push(Finding::bad(error.into())),
    }
    // What an older or damaged database lacks has been said; nouns are asked of one that fits.
    if store::version(store).await.is_ok_and(|version| version == store::newest())
        && let Err(error) = looked_at(store, config, found).await
    {
        found.push(Finding::bad(error.into()));
    }
}

async fn looked_at(
    store: &Store,
    config: &Config,
    found: &mut Vec<Finding>,
) -> Result<(), store::Error> {
    let unit = store.read().await?;
    let head = store::audit::head(&unit).await?;
    let wanted = store::audit::Wanted::default();
    let last = store::audit::list(&unit, &wanted, store::Page { skip: 0, take: 1 }).await?;
    match last.rows.first() {
        Some(last) if last.head() != head => found.push(Finding::bad(Trouble::new(
            "审计链的末端与最后一条记录不符",
            "the audit chain does not end with its last record",
            "请运行 `tidu audit verify` 并报告安全审计员",
            "run `tidu audit verify` and tell the auditor",
        ))),
        Some(last) if last.record.act.at > Machine.now() => found.push(Finding::remark(
            Text::new(
                format!("最后一条审计记录的时间 {} 晚于现在：时钟可能被拨回", last.record.act.at),
                format!("the last audit record is of {}, later than now: the clock may have been set back", last.record.act.at),
            ),
            Text::new("请检查本机时钟和时间同步", "see to the clock of this machine"),
        )),
        _ => found.push(Finding::fine(
            format!("审计链末端为第 {} 条", head.seq),
            format!("the audit chain ends with record {}", head.seq),
        )),
    }
    let dead =
        store::job::counts(&unit).await?.into_iter().find(|(state, _)| *state == State::Dead);
    if let Some((_, count)) = dead.filter(|(_, count)| *count > 0) {
        found.push(Finding::remark(
            Text::new(
                format!("有 {count} 个后台任务失败"),
                format!("{count} jobs have failed for good"),
            ),
            Text::new("请在“后台任务”页面查看原因并重试", "see why on the page of jobs, and retry"),
        ));
    }
    if store::rulebook::in_force(&unit).await?.is_none() {
        found.push(Finding::remark(
            Text::new("还没有启用规则库", "no rulebook is in force yet"),
            Text::new(
                "首次启动时会启用程序自带的规则库",
                "the first start puts the one in force that the program carries",
            ),
        ));
    }
    let in_use = store::population::in_use(&unit).await?.map(|last| last.population);
    let folder = Populations::new(populations(config));
    for known in store::population::all(&unit).await? {
        found.push(population(&folder, &known, in_use == Some(known.id)));
    }
    Ok(())
}

/// The file of a population, held against its fingerprint.
fn population(folder: &Populations, known: &Population, in_use: bool) -> Finding {
    let (name, file) = (&known.name, folder.path(&known.file));
    let file = file.display();
    let (zh, en) = match folder.examine(known) {
        Ok(()) => {
            let subjects = known.subjects;
            return Finding::fine(
                format!("底数“{name}”的文件完好，{subjects} 户"),
                format!("the file of the population `{name}` is sound: {subjects} subjects"),
            );
        }
        Err(Differs::Gone) => (
            format!("底数“{name}”的文件不见了：{file}"),
            format!("the file of the population `{name}` is gone: {file}"),
        ),
        Err(Differs::Altered) => (
            format!("底数“{name}”的文件被改动或已损坏：{file}"),
            format!("the file of the population `{name}` was altered or damaged: {file}"),
        ),
        Err(Differs::Unreadable) => (
            format!("底数“{name}”的文件读不了：{file}"),
            format!("the file of the population `{name}` cannot be read: {file}"),
        ),
    };
    let help = (
        "请从备份恢复到另一文件夹，把 populations 里的同名文件复制回来",
        "restore a backup into another folder and copy the file of this name from its `populations`",
    );
    let trouble = Trouble::new(zh, en, help.0, help.1);
    // Without the one in use nobody can be shown; the others are for replaying what was decided.
    match in_use {
        true => Finding::bad(trouble),
        false => Finding::remark(trouble.what, trouble.help),
    }
}

fn permissions(file: &Path) -> Finding {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let open = std::fs::metadata(file).is_ok_and(|file| file.permissions().mode() & 0o077 != 0);
        if open {
            return Finding::bad(Trouble::new(
                format!("密钥文件 {} 其他用户也能读", file.display()),
                format!("others can read the key file {}", file.display()),
                format!("chmod 600 {}", file.display()),
                format!("chmod 600 {}", file.display()),
            ));
        }
    }
    Finding::fine(
        format!("密钥文件 {} 完好", file.display()),
        format!("the key file {} is sound", file.display()),
    )
}

fn backups(config: &Config, found: &mut Vec<Finding>) {
    let newest = std::fs::read_dir(&config.backups)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "zip"))
        .filter_map(|entry| entry.metadata().ok()?.modified().ok())
        .max();
    let age = newest.and_then(|newest| newest.elapsed().ok());
    let Some(age) = age.and_then(|age| SignedDuration::try_from(age).ok()) else {
        return found.push(Finding::remark(
            Text::new(
                format!("{} 里没有备份", config.backups.display()),
                format!("there is no backup in {}", config.backups.display()),
            ),
            Text::new(
                "运行中的平台每天 4 点备份；也可用 `tidu backup`",
                "a running platform makes one each day at 4; or use `tidu backup`",
            ),
        ));
    };
    let hours = age.as_hours();
    if age > BACKUP_AGE {
        found.push(Finding::remark(
            Text::new(
                format!("最新的备份是 {hours} 小时前的"),
                format!("the newest backup is {hours} hours old"),
            ),
            Text::new(
                "请查看备份任务是否失败，并把备份复制到别处",
                "see whether the backup job fails, and copy backups elsewhere",
            ),
        ));
    } else {
        found.push(Finding::fine(
            format!("最新的备份是 {hours} 小时前的"),
            format!("the newest backup is {hours} hours old"),
        ));
    }
}
