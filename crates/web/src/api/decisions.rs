//! Decisions: recorded, read, come to again.

use access::Words;
use app::decisions::{Asked, list_decisions, record_decision, replay_decision, show_decision};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::call::{Call, says};
use super::codes::{At, Day};
use super::gives::{Created, List, One};
use super::judging::{Facts, For};
use super::takes::{Json, Paging, Query};
use crate::ask::Ask;
use crate::failure::Failure;

/// 登记的结论 | A decision
#[derive(Serialize, JsonSchema)]
pub(crate) struct Decision {
    /// 编号 | Its number
    id: i64,
    /// 登记单位的编号 | The organisation for which it was recorded
    organisation: i64,
    /// 企业的统一社会信用代码 | The unified social credit code of the firm
    subject: String,
    /// 项目 | The programme
    programme: String,
    /// 目的 | The purpose
    purpose: String,
    /// 判定日 | The day of the verdict
    as_of: Day,
    /// 上一会计年度 | The last fiscal year
    base_year: i16,
    /// 规则库 | The hash of the rulebook
    rulebook: String,
    /// 语义版本 | The version of the meaning
    semantics: i64,
    /// 结论 | The verdict
    verdict: String,
    /// 由谁登记 | Who recorded it
    by: Option<i64>,
    /// 何时登记 | When
    at: At,
}

impl From<store::decision::Decision> for Decision {
    fn from(one: store::decision::Decision) -> Self {
        Self {
            id: one.id,
            organisation: one.organisation,
            subject: one.subject,
            programme: one.programme,
            purpose: one.purpose,
            as_of: Day(one.as_of),
            base_year: one.base_year,
            rulebook: one.rulebook,
            semantics: one.semantics,
            verdict: one.verdict,
            by: one.by,
            at: At(one.at),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Wanted {
    /// 企业的统一社会信用代码 | The unified social credit code of a firm
    #[schemars(length(max = 18))]
    subject: Option<String>,
}

/// The list.
pub(crate) struct ListDecisions;

impl Call for ListDecisions {
    const ID: &'static str = "list-decisions";
    const SUMMARY: Words = says("登记的结论", "List decisions");
    const WHAT: Words = says("新的在前。", "The newest first.");
    type Takes = (Query<Wanted>, Paging);
    type Gives = List<Decision>;

    async fn call(ask: &Ask, (Query(wanted), paging): Self::Takes) -> Result<Self::Gives, Failure> {
        let subject =
            wanted.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
        let found = list_decisions(ask.platform(), ask.caller()?, subject, paging.page()).await?;
        Ok(List::found(found, paging, Decision::from))
    }
}

/// 登记的结论及其依据 | A decision with what it rests on
#[derive(Serialize, JsonSchema)]
pub(crate) struct DecisionWhole {
    /// 结论 | The decision
    decision: Decision,
    /// 当时的数据 | The facts as they were given
    facts: Value,
    /// 当时的答案 | The answer as it was kept
    answer: Value,
    /// 答案的 SHA-256 | SHA-256 over the answer
    answer_hash: String,
}

impl From<store::decision::Decision> for DecisionWhole {
    fn from(one: store::decision::Decision) -> Self {
        let json = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| text.into());
        Self {
            facts: json(&one.facts),
            answer: json(&one.answer),
            answer_hash: one.answer_hash.clone(),
            decision: one.into(),
        }
    }
}

/// One of them.
pub(crate) struct ShowDecision;

impl Call for ShowDecision {
    const ID: &'static str = "show-decision";
    const SUMMARY: Words = says("查看登记的结论", "Show a decision");
    type Takes = ();
    type Gives = One<DecisionWhole>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let found = show_decision(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(One::of(found.into()))
    }
}

/// 要登记的结论 | What is to be decided
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DecisionNew")]
pub(crate) struct New {
    /// 登记单位的编号，须是本人所在单位 | The organisation for which it is recorded: one of one's own
    #[schemars(range(min = 1))]
    organisation: i64,
    /// 企业数据，须有统一社会信用代码 | The facts of the firm, with its unified social credit code
    facts: Facts,
    /// 项目编号 | The id of the programme
    #[schemars(length(min = 1, max = 100))]
    programme: String,
    /// 目的，同测算 | The purpose, as for an evaluation
    purpose: Option<For>,
    /// 判定日，默认今天 | The day of the verdict; today by default
    as_of: Option<Day>,
    /// 上一会计年度 | The last fiscal year
    #[schemars(range(min = 1990, max = 2200))]
    base_year: Option<i16>,
}

/// 登记的编号 | The number of a new decision
#[derive(Serialize, JsonSchema)]
pub(crate) struct NewDecision {
    /// 编号 | Its number
    id: i64,
}

/// A new one.
pub(crate) struct RecordDecision;

impl Call for RecordDecision {
    const ID: &'static str = "record-decision";
    const SUMMARY: Words = says("登记结论", "Record a decision");
    const WHAT: Words = says(
        "按现行规则库判定一户企业，连同数据、规则库和答案一并保存，多年后可复算。",
        "Judges one firm by the rulebook in force and keeps the answer with facts and rulebook, so that it can be come to \
         again years later.",
    );
    type Takes = Json<New>;
    type Gives = Created<NewDecision>;

    async fn call(ask: &Ask, Json(new): Self::Takes) -> Result<Self::Gives, Failure> {
        let platform = ask.platform();
        let asked = Asked {
            facts: new.facts.document(),
            programme: new.programme,
            purpose: new.purpose.map(rules::Purpose::from),
            as_of: new.as_of.map_or_else(|| app::today(platform.now()), |day| day.0),
            base_year: new.base_year,
        };
        let id = record_decision(platform, ask.caller()?, new.organisation, &asked).await?;
        Ok(Created { value: NewDecision { id }, at: format!("/api/v1/decisions/{id}") })
    }
}

/// 复算的结果 | What came out once more
#[derive(Serialize, JsonSchema)]
pub(crate) struct Replay {
    /// 与当时的答案是否逐字节相同 | Whether it is the same answer, to the byte
    same: bool,
    /// 语义版本是否相同；不同时答案可以不同 | Whether this program reads rules as the one that decided did; only then it has to be the same
    same_semantics: bool,
    /// 今天的答案 | The answer of today
    answer: Value,
}

/// A decision that is come to again.
pub(crate) struct ReplayDecision;

impl Call for ReplayDecision {
    const ID: &'static str = "replay-decision";
    const SUMMARY: Words = says("复算登记的结论", "Come to a decision again");
    type Takes = ();
    type Gives = One<Replay>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let found = replay_decision(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(One::of(Replay {
            same: found.same,
            same_semantics: found.same_semantics,
            answer: serde_json::from_str(&found.answer).map_err(app::Refusal::broken)?,
        }))
    }
}
