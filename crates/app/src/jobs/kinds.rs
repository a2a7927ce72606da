//! The kinds of jobs: one row for each.

use std::pin::Pin;

use serde_json::Value;
use store::Unit;

use super::running::{Running, Stop};
use crate::platform::Platform;
use crate::refusal::Refusal;
use crate::{audit_trail, backups, populations, upkeep};

type Work<'a> = Pin<Box<dyn Future<Output = Result<Value, Stop>> + Send + 'a>>;

/// A kind of job.
pub struct Kind {
    /// Its code.
    pub code: &'static str,
    /// What it is called, in Chinese.
    pub zh: &'static str,
    /// The same in English.
    pub en: &'static str,
    /// How often it may be begun.
    pub attempts: i64,
    /// When it is to be done by itself, as cron writes it, in the time of China.
    pub schedule: Option<&'static str>,
    pub(crate) work: for<'a> fn(&'a Running<'a>) -> Work<'a>,
}

/// All kinds.
pub const KINDS: &[Kind] = &[
    Kind {
        code: "audit.seal",
        zh: "封存前一日审计记录",
        en: "Seal the audit records of the day before",
        attempts: 20,
        schedule: Some("5 0 * * *"),
        work: |running| Box::pin(audit_trail::seal_days(running)),
    },
    Kind {
        code: "audit.verify",
        zh: "校验全部审计记录",
        en: "Verify all audit records",
        attempts: 3,
        schedule: Some("0 2 * * 0"),
        work: |running| Box::pin(audit_trail::verify_job(running)),
    },
    Kind {
        code: "upkeep.forget",
        zh: "清理过期会话和已完成任务",
        en: "Forget expired sessions and finished jobs",
        attempts: 5,
        schedule: Some("30 3 * * *"),
        work: |running| Box::pin(upkeep::forget(running)),
    },
    Kind {
        code: "backup.make",
        zh: "备份数据库",
        en: "Back up the database",
        attempts: 3,
        schedule: Some("0 4 * * *"),
        work: |running| Box::pin(backups::make(running)),
    },
    Kind {
        code: "screening.run",
        zh: "筛查全部企业",
        en: "Screen all enterprises",
        attempts: 3,
        schedule: Some("30 1 * * *"),
        work: |running| Box::pin(populations::screen(running)),
    },
];

impl Kind {
    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<&'static Kind> {
        KINDS.iter().find(|kind| kind.code == code)
    }
}

/// Asks for a job in a unit; it is there when the unit is kept, and then the worker is woken by
/// [`Platform::wake`]. Only one of each kind waits or runs at a time.
pub async fn ask(
    platform: &Platform,
    unit: &Unit,
    kind: &'static Kind,
    payload: &Value,
    by: Option<i64>,
) -> Result<Option<i64>, Refusal> {
    let now = platform.now();
    let new = store::job::New {
        kind: kind.code,
        payload: &payload.to_string(),
        only_one: Some(kind.code),
        attempts_allowed: kind.attempts,
        run_at: now,
        asked_by: by,
        at: now,
    };
    Ok(store::job::ask(unit, &new).await?)
}
