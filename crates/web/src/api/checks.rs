//! One's own self-checks that are kept. Keeping one takes its owner's consent, and is done on the page.

use access::Words;
use app::kept_checks::{KeptCheck, drop_check, list_checks, open_check};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::call::{Call, says};
use super::codes::At;
use super::gives::{Done, List, One};
use super::takes::Paging;
use crate::ask::Ask;
use crate::failure::Failure;

/// 保存的自测 | A self-check that is kept
#[derive(Serialize, JsonSchema)]
pub(crate) struct SelfCheck {
    /// 编号 | Its number
    id: i64,
    /// 名称 | What its owner calls it
    title: String,
    /// 何时保存 | When it was kept
    created: At,
    /// 何时删除 | When it is taken away
    expires: At,
    /// 规则库是否仍是当时的 | Whether the rulebook in force is the one of that time
    same_rulebook: bool,
}

impl From<KeptCheck> for SelfCheck {
    fn from(kept: KeptCheck) -> Self {
        Self {
            id: kept.id,
            title: kept.title,
            created: At(kept.created),
            expires: At(kept.expires),
            same_rulebook: kept.same_rulebook,
        }
    }
}

/// The list.
pub(crate) struct ListChecks;

impl Call for ListChecks {
    const ID: &'static str = "list-own-checks";
    const SUMMARY: Words = says("本人保存的自测", "List one's self-checks");
    const WHAT: Words = says("新的在前。", "The newest first.");
    type Takes = Paging;
    type Gives = List<SelfCheck>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_checks(ask.platform(), ask.caller()?).await?;
        Ok(List::part(found.into_iter().map(SelfCheck::from).collect(), paging))
    }
}

/// 自测及其回答 | A self-check with its answers
#[derive(Serialize, JsonSchema)]
pub(crate) struct SelfCheckWhole {
    /// 自测 | The self-check
    check: SelfCheck,
    /// 回答 | What was answered
    document: Value,
}

/// One of them.
pub(crate) struct ShowCheck;

impl Call for ShowCheck {
    const ID: &'static str = "show-own-check";
    const SUMMARY: Words = says("查看本人的自测", "Show one of one's self-checks");
    type Takes = ();
    type Gives = One<SelfCheckWhole>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let (check, text) = open_check(ask.platform(), ask.caller()?, ask.id()?).await?;
        let document = serde_json::from_str(&text).map_err(app::Refusal::broken)?;
        Ok(One::of(SelfCheckWhole { check: check.into(), document }))
    }
}

/// One that is gone.
pub(crate) struct DropCheck;

impl Call for DropCheck {
    const ID: &'static str = "drop-own-check";
    const SUMMARY: Words = says("删除本人的自测", "Delete one of one's self-checks");
    const WHAT: Words = says("删除后不能恢复。", "Nothing brings it back.");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        drop_check(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(Done(None))
    }
}
