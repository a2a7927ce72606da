//! The audit trail: its records, and whether the chain is whole. Its file is taken from the page, with a second factor.

use ::answers::Label;
use access::Words;
use app::audit_trail::{Asked, list_records, verify_records};
use audit::{How, Linked, Outcome, Report};
use enterprise::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::{Call, says};
use super::codes::{At, Code, Day};
use super::gives::{List, One};
use super::takes::{Paging, Query};
use crate::ask::Ask;
use crate::failure::Failure;

/// 审计记录 | An audit record
#[derive(Serialize, JsonSchema)]
pub(crate) struct AuditRecord {
    /// 序号，从 1 起不间断 | Its number: 1 is the first, none is left out
    seq: i64,
    /// 何时 | When
    at: At,
    /// 何人 | Who
    person: Option<i64>,
    /// `session` 会话，`token` 令牌，`system` 系统，`command` 命令行 | How they acted
    how: Code<How>,
    /// 代表哪个单位 | For which organisation
    organisation: Option<i64>,
    /// 事项 | What was done
    action: String,
    /// 对象的类别 | The kind of thing that it was done to
    object_kind: String,
    /// 对象的编号或名称 | Its number or name
    object: String,
    /// `done` 已办理，`refused` 已拒绝，`looked` 查看 | How it ended
    outcome: Code<Outcome>,
    /// 来自哪个地址 | From which address
    origin: Option<String>,
    /// 请求编号 | The number of the request
    request: Option<String>,
    /// 当时的规则库 | The rulebook that was in force
    rulebook: Option<String>,
    /// 细节 | What else there is to say
    details: Option<Value>,
    /// 记录的摘要 | The hash of the record
    hash: String,
    /// 前一条记录的摘要 | The hash of the record before
    previous: String,
}

impl From<Linked> for AuditRecord {
    fn from(linked: Linked) -> Self {
        let (record, hash) = (linked.record, |hash: audit::Hash| hex(&hash.0));
        let act = record.act;
        Self {
            seq: record.seq,
            at: At(act.at),
            person: act.actor.person,
            how: Code(act.actor.how),
            organisation: act.organisation,
            action: act.action,
            object_kind: act.object.kind,
            object: act.object.id,
            outcome: Code(act.outcome),
            origin: act.origin,
            request: act.request,
            rulebook: act.rulebook,
            details: act.details.value(),
            hash: hash(linked.hash),
            previous: hash(linked.previous),
        }
    }
}

/// 无法读取、可能被改动的记录 | A record that cannot be read: it may have been altered
#[derive(Serialize, JsonSchema)]
pub(crate) struct UnreadableRecord {
    /// 序号 | Its number
    seq: i64,
    /// 总是 `true` | Always `true`
    unreadable: bool,
}

/// 一条审计记录 | One of the audit records
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum AuditRow {
    /// 可以读取的 | One that can be read
    Record(Box<AuditRecord>),
    /// 无法读取的 | One that cannot
    Unreadable(UnreadableRecord),
}

impl From<(i64, Option<Linked>)> for AuditRow {
    fn from((seq, linked): (i64, Option<Linked>)) -> Self {
        match linked {
            Some(linked) => Self::Record(Box::new(linked.into())),
            None => Self::Unreadable(UnreadableRecord { seq, unreadable: true }),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Wanted {
    /// 自哪日起 | The first day
    from: Option<Day>,
    /// 至哪日止 | The last day
    until: Option<Day>,
    /// 何人，编号 | The number of a person
    person: Option<i64>,
    /// 事项；以“.”结尾的为一类事项，如 `person.` | An action; one that ends with a point is all of a kind, such as `person.`
    #[schemars(length(max = 100))]
    action: Option<String>,
    /// 结果 | How it ended
    outcome: Option<Code<Outcome>>,
    /// 对象的类别 | The kind of thing that it was done to
    #[schemars(length(max = 100))]
    object_kind: Option<String>,
    /// 对象的编号或名称，须同时给出类别 | Its number or name, together with its kind
    #[schemars(length(max = 100))]
    object: Option<String>,
}

/// The records.
pub(crate) struct ListRecords;

impl Call for ListRecords {
    const ID: &'static str = "list-audit-records";
    const SUMMARY: Words = says("审计记录", "List audit records");
    const WHAT: Words = says(
        "新的在前。安全保密管理员看到业务用户的记录，安全审计员看到全部。查看本身留审计记录。",
        "The newest first. The security officer sees those of ordinary users, the auditor all. The look is recorded.",
    );
    type Takes = (Query<Wanted>, Paging);
    type Gives = List<AuditRow>;

    async fn call(ask: &Ask, (Query(wanted), paging): Self::Takes) -> Result<Self::Gives, Failure> {
        if wanted.object.is_some() && wanted.object_kind.is_none() {
            let (zh, en) =
                ("给出对象时须同时给出其类别", "an object is named together with its kind");
            let mistake = super::check::Mistake::new("object_kind", "required", zh, en);
            return Err(Failure::Query(vec![mistake]));
        }
        let asked = Asked {
            from: wanted.from.map(|day| day.0),
            until: wanted.until.map(|day| day.0),
            person: wanted.person,
            action: wanted.action,
            outcome: wanted.outcome.map(|outcome| outcome.0),
            object: wanted.object_kind.map(|kind| (kind, wanted.object)),
        };
        let found = list_records(ask.platform(), ask.caller()?, &asked, paging.page()).await?;
        Ok(List::found(found, paging, AuditRow::from))
    }
}

/// 校验结果 | What a check of the chain found
#[derive(Serialize, JsonSchema)]
pub(crate) struct AuditVerification {
    /// 是否完好 | Whether nothing is wrong
    whole: bool,
    /// 读取的记录数 | How many records were read
    records: u64,
    /// 读取的封存数 | How many seals were read
    seals: u64,
    /// 个人信息已依法删除的记录数 | How many records had personal data that was erased
    erased: u64,
    /// 问题 | What is wrong
    problems: Vec<Label>,
    /// 需要说明的情况 | What should be explained
    remarks: Vec<Label>,
    /// 未列出的数目 | How many more there are
    unlisted: u64,
}

impl From<Report> for AuditVerification {
    fn from(report: Report) -> Self {
        Self {
            whole: report.is_clean(),
            records: report.records,
            seals: report.seals,
            erased: report.erased,
            problems: report
                .problems
                .iter()
                .map(|one| Text::new(one.zh(), one.en()).into())
                .collect(),
            remarks: report
                .remarks
                .iter()
                .map(|one| Text::new(one.zh(), one.en()).into())
                .collect(),
            unlisted: report.unlisted,
        }
    }
}

/// Whether the chain is whole.
pub(crate) struct VerifyRecords;

impl Call for VerifyRecords {
    const ID: &'static str = "verify-audit-records";
    const SUMMARY: Words = says("校验审计记录", "Verify the audit records");
    type Takes = ();
    type Gives = One<AuditVerification>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        Ok(One::of(verify_records(ask.platform(), ask.caller()?).await?.into()))
    }
}
