//! Examines an installation: what is fine, what is not, and what to do. Changes nothing.

use std::io::Write as _;

use app::first_passwords::nobody_signed_in;
use app::offices::{Office, offices};
use app::populations::{Differs, Populations};
use app::{Clock as _, Machine};
use enterprise::Text;
use jiff::SignedDuration;
use store::Store;
use store::job::State;
use store::population::Population;

use crate::config::Config;
use crate::installation::populations;
use crate::keys::{keys, others};
use crate::rights::{open_to_others, somebody_elses};
use crate::words::{Trouble, system};

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

/// So much room a database needs to go on for a while.
const ROOM: usize = 1 << 20;

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
    rights(config, &mut found);
    if config.data.is_dir() {
        found.extend(room(config));
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
    let fits = database(&store, config, &mut found).await;
    match keys(&config.keys, false) {
        Ok(keys) if fits => found.push(key_file(config, &store, &keys).await),
        Ok(_) => {}
        Err(trouble) => found.push(Finding::bad(trouble)),
    }
    backups(config, &mut found);
    store.close().await?;
    Ok(found)
}

/// Looks at the database, and says whether it is one of this program's.
async fn database(store: &Store, config: &Config, found: &mut Vec<Finding>) -> bool {
    match store::examine::examine(store).await {
        Ok(findings) => found.extend(findings.into_iter().map(Finding::from)),
        Err(error) => {
            found.push(Finding::bad(error.into()));
            return false;
        }
    }
    // What an older or damaged database lacks has been said; nouns are asked of one that fits.
    let fits = store::version(store).await.is_ok_and(|version| version == store::newest());
    if fits && let Err(trouble) = looked_at(store, config, found).await {
        found.push(Finding::bad(trouble));
    }
    fits
}

async fn looked_at(
    store: &Store,
    config: &Config,
    found: &mut Vec<Finding>,
) -> Result<(), Trouble> {
    let unit = store.read().await?;
    let now = Machine.now();
    let (head, last_seq) = store::audit::ends(&unit).await?;
    let wanted = store::audit::Wanted::default();
    let page = store::Page { skip: 0, take: 1 };
    let last = store::audit::list(&unit, &wanted, page).await?.rows.into_iter().next();
    let last = last.and_then(|(_, linked)| linked.ok());
    let ends_well = match (&head, &last) {
        (Some(head), Some(last)) => last.head() == *head,
        (Some(head), None) => last_seq == 0 && head.seq == 0,
        (None, _) => false,
    };
    if !ends_well {
        found.push(Finding::bad(Trouble::new(
            "审计链的末端与最后一条记录不符，或末端标记缺失",
            "the audit chain does not end with its last record, or nothing says which is the last",
            "请运行 `tidu audit verify` 并报告安全审计员；先保留数据库的副本，再从完好备份恢复",
            "run `tidu audit verify` and tell the auditor; keep a copy of the database, then restore a sound backup",
        )));
    } else if let Some(last) = last.filter(|last| last.record.act.at > now) {
        let at = last.record.act.at;
        found.push(Finding::remark(
            Text::new(
                format!("最后一条审计记录的时间 {at} 晚于现在：时钟可能被拨回"),
                format!(
                    "the last audit record is of {at}, later than now: the clock may have been set back"
                ),
            ),
            Text::new("请检查本机时钟和时间同步", "see to the clock of this machine"),
        ));
    } else {
        found.push(Finding::fine(
            format!("审计链末端为第 {last_seq} 条"),
            format!("the audit chain ends with record {last_seq}"),
        ));
    }
    found.extend(times(&unit, now).await?);
    if nobody_signed_in(&unit).await? {
        found.push(Finding::remark(
            Text::new(
                "三员中还没有任何人登录过",
                "none of the three officers has ever signed in",
            ),
            Text::new(
                "请用首次启动时显示的一次性密码登录；密码遗失时用 tidu rescue 登录名 --password 另发",
                "sign in with the passwords that the first start has shown; if they are lost, `tidu rescue LOGIN --password` \
                 gives another",
            ),
        ));
    }
    for office in offices(&unit, now).await? {
        found.extend(held(&office));
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

/// What a clock that was wrong forward has left behind.
async fn times(unit: &store::Unit, now: jiff::Timestamp) -> Result<Option<Finding>, Trouble> {
    // No schedule is due more rarely than once a week.
    let far = now + jiff::SignedDuration::from_hours(24 * 8);
    let schedules = store::schedule::all(unit).await?;
    if let Some(schedule) = schedules.iter().find(|one| one.on_duty && one.next > far) {
        let (name, next) = (&schedule.name, schedule.next);
        return Ok(Some(Finding::bad(Trouble::new(
            format!("定时任务 {name} 要到 {next} 才会进行：时钟可能曾经超前"),
            format!("the schedule {name} is due only at {next}: the clock may have been ahead"),
            "请校准本机时钟后启动平台，平台会自行改正",
            "set the clock of this machine right and start the platform, which mends it by itself",
        ))));
    }
    let last = store::audit::last_seal(unit).await?;
    Ok(last.filter(|seal| seal.day > app::today(now)).map(|seal| {
        let day = seal.day;
        Finding::remark(
            Text::new(
                format!("最新的审计日封印是 {day} 的，晚于今天：时钟曾经超前；封印照常进行"),
                format!("the newest audit seal is of {day}, later than today: the clock was ahead; sealing goes on"),
            ),
            Text::new("请检查本机时钟和时间同步", "see to the clock of this machine"),
        )
    }))
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

/// Each of the three offices has somebody, and better two: the only one cannot be helped by another.
fn held(office: &Office) -> Option<Finding> {
    let (zh, en) = (&office.name.zh, &office.name.en);
    match office.holders {
        0 => Some(Finding::bad(Trouble::new(
            format!("没有能登录的{zh}"),
            format!("there is no {en} who can sign in"),
            "请在服务器上用 tidu rescue 找回三员账号；若账号已停用或角色已终止，请从完好备份恢复",
            "let one in again with `tidu rescue` on the machine; if the account was disabled or the role ended, restore a sound backup",
        ))),
        1 => Some(Finding::remark(
            Text::new(
                format!("只有一名{zh}能登录"),
                format!("there is only one {en} who can sign in"),
            ),
            Text::new(
                "请再任命一名：唯一的一名忘记密码或丢失验证器时，只能在服务器上用 tidu rescue 找回",
                "appoint a second one: the only one who forgets the password or loses the authenticator can only be let in again with `tidu rescue` on the machine",
            ),
        )),
        _ => None,
    }
}

fn rights(config: &Config, found: &mut Vec<Finding>) {
    for path in open_to_others(config) {
        // Backups may be meant for somebody who takes them elsewhere.
        let weight = if path.starts_with(&config.backups) { Weight::Remark } else { Weight::Bad };
        let path = path.display();
        let close = format!("chmod go-rwx {path}");
        found.push(Finding {
            weight,
            what: Text::new(
                format!("本机其他用户也能打开 {path}"),
                format!("others on this machine can get at {path}"),
            ),
            help: Text::new(close.clone(), close),
        });
    }
    for path in somebody_elses(config) {
        let (path, data) = (path.display(), config.data.display());
        found.push(Finding::remark(
            Text::new(
                format!("{path} 与数据文件夹 {data} 不属于同一用户，平台可能无法读写"),
                format!("{path} does not belong to whom the folder {data} belongs to: the platform may not be able to use it"),
            ),
            Text::new(
                "如果平台以数据文件夹的属主运行，请用 chown 改正",
                "mend it with chown, if the platform runs as the owner of the folder",
            ),
        ));
    }
}

/// Whether there is room to write where the data lies.
fn room(config: &Config) -> Option<Finding> {
    let tried = tempfile::NamedTempFile::new_in(&config.data).and_then(|mut file| {
        file.write_all(&vec![0; ROOM])?;
        file.as_file().sync_all()
    });
    let why = system(&tried.err()?);
    let data = config.data.display();
    Some(Finding::bad(Trouble::new(
        format!("数据文件夹 {data} 里写不进文件：{}", why.zh),
        format!("nothing can be written in the folder {data}: {}", why.en),
        "请清理磁盘空间，或检查文件夹的权限与属主",
        "make room on the disk, or see to rights and owner of the folder",
    )))
}

/// Whether the key file is that of the data.
async fn key_file(config: &Config, store: &Store, keys: &crypto::Keys) -> Finding {
    let fit = async { app::keys::fit(&store.read().await?, keys).await };
    match fit.await {
        Ok(Some(false)) => Finding::bad(others(&config.keys)),
        Ok(_) => Finding::fine(
            format!("密钥文件 {} 完好", config.keys.display()),
            format!("the key file {} is sound", config.keys.display()),
        ),
        Err(refusal) => Finding::bad(refusal.into()),
    }
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
