//! How the installation is.

use access::Words;
use app::health::read_health;
use app::populations::Hold;
use schemars::JsonSchema;
use serde::Serialize;

use super::call::{Call, says};
use super::codes::{At, Code};
use super::gives::One;
use crate::ask::Ask;
use crate::failure::Failure;

/// 一种状态的任务数 | How many jobs are in a state
#[derive(Serialize, JsonSchema)]
pub(crate) struct JobCount {
    /// 状态 | How far they have come
    state: Code<store::job::State>,
    /// 个数 | How many
    count: u64,
}

/// 系统状况 | How the installation is
#[derive(Serialize, JsonSchema)]
pub(crate) struct HealthReport {
    /// 程序版本 | The version of the program
    program: &'static str,
    /// 数据库 | The database engine
    engine: &'static str,
    /// 数据库表的版本 | The version of the tables
    tables: i64,
    /// 程序所用的表版本；两者不同时应先升级 | The one that this program knows; where they differ, migrate
    tables_known: i64,
    /// 现行规则库的哈希 | The hash of the rulebook in force
    rulebook: String,
    /// `none` 没有企业底数，`loading` 正在载入，`ready` 就绪，`failed` 不能读取 | `none`, `loading`, `ready` or `failed`: how far the population in use is
    population: &'static str,
    /// 各状态的后台任务 | The jobs in each state
    jobs: Vec<JobCount>,
    /// 最近一份备份；没有或不能读取则为空 | The newest backup, if there is one and the folder can be read
    backup: Option<At>,
    /// 备份文件夹能否读取；不能时备份也不会成功 | Whether the folder of backups can be read; where not, no backup succeeds
    backups_readable: bool,
}

/// How it is.
pub(crate) struct ShowHealth;

impl Call for ShowHealth {
    const ID: &'static str = "show-health";
    const SUMMARY: Words = says("系统状况", "Show how the installation is");
    type Takes = ();
    type Gives = One<HealthReport>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let health = read_health(ask.platform(), ask.caller()?).await?;
        let (tables, tables_known) = health.tables;
        let jobs = health.jobs.into_iter();
        Ok(One::of(HealthReport {
            program: env!("CARGO_PKG_VERSION"),
            engine: health.engine,
            tables,
            tables_known,
            rulebook: ask.platform().law().rulebook.hash.clone(),
            population: match health.hold {
                Hold::Nothing => "none",
                Hold::Loading(_) => "loading",
                Hold::Ready(_) => "ready",
                Hold::Failed(..) => "failed",
            },
            jobs: jobs.map(|(state, count)| JobCount { state: Code(state), count }).collect(),
            backups_readable: health.backup.is_ok(),
            backup: health.backup.ok().flatten().map(At),
        }))
    }
}
