//! What firms let advisers and banks see and do for them.

use access::{OrganisationKind, Words};
use app::delegations::{
    DelegationSeen, Recipient, grant_delegation, list_delegations, list_recipients,
    revoke_delegation,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::{Call, says};
use super::codes::{At, Code, Day};
use super::gives::{Created, Done, List};
use super::takes::{IfMatch, Json, Paging, Query};
use crate::ask::Ask;
use crate::failure::Failure;

/// 代办授权 | A delegation
#[derive(Serialize, JsonSchema)]
pub(crate) struct Delegation {
    /// 编号 | Its number
    id: i64,
    /// 企业的编号 | The number of the firm
    organisation: i64,
    /// 企业的名称 | The name of the firm
    organisation_name: String,
    /// 代办单位的编号 | The number of whom it was given to
    to: i64,
    /// 代办单位的名称 | The name of whom it was given to
    to_name: String,
    /// 自哪日起 | The first day
    from: Day,
    /// 截止日期 | The last day
    until: Day,
    /// 何时授权 | When it was given
    created: At,
    /// 何时终止 | When it was ended
    revoked: Option<At>,
    /// 版本，终止时在 If-Match 中给出 | The version, to be given when it is ended as If-Match
    version: i64,
}

impl From<DelegationSeen> for Delegation {
    fn from(seen: DelegationSeen) -> Self {
        let given = seen.delegation;
        Self {
            id: given.id,
            organisation: given.organisation,
            organisation_name: seen.firm,
            to: given.to,
            to_name: seen.to,
            from: Day(given.from),
            until: Day(given.until),
            created: At(given.created),
            revoked: given.revoked.map(At),
            version: given.version,
        }
    }
}

/// The list.
pub(crate) struct ListDelegations;

impl Call for ListDelegations {
    const ID: &'static str = "list-delegations";
    const SUMMARY: Words = says("代办授权", "List delegations");
    const WHAT: Words =
        says("新的在前，含已终止的。", "The newest first, also those that are over.");
    type Takes = Paging;
    type Gives = List<Delegation>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_delegations(ask.platform(), ask.caller()?).await?;
        Ok(List::part(found.into_iter().map(Delegation::from).collect(), paging))
    }
}

/// 可以代办的单位 | Somebody whom a firm can delegate to
#[derive(Serialize, JsonSchema)]
pub(crate) struct DelegationRecipient {
    /// 编号 | Its number
    id: i64,
    /// 类别 | What it is
    kind: Code<OrganisationKind>,
    /// 名称 | Its name
    name: String,
}

impl From<Recipient> for DelegationRecipient {
    fn from(one: Recipient) -> Self {
        Self { id: one.id, kind: Code(one.kind), name: one.name }
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Wanted {
    /// `adviser-office` 代办机构，`bank` 金融机构 | Which kind: advisers' offices or banks
    kind: Kind,
    /// 名称中的字词 | Words in the name
    #[schemars(length(max = 100))]
    q: Option<String>,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
enum Kind {
    AdviserOffice,
    Bank,
}

/// The directory that a firm chooses from.
pub(crate) struct ListRecipients;

impl Call for ListRecipients {
    const ID: &'static str = "list-delegation-recipients";
    const SUMMARY: Words = says("可以代办的单位", "List those whom a firm can delegate to");
    type Takes = (Query<Wanted>, Paging);
    type Gives = List<DelegationRecipient>;

    async fn call(ask: &Ask, (Query(wanted), paging): Self::Takes) -> Result<Self::Gives, Failure> {
        let kind = match wanted.kind {
            Kind::AdviserOffice => OrganisationKind::AdviserOffice,
            Kind::Bank => OrganisationKind::Bank,
        };
        let words = wanted.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
        let found =
            list_recipients(ask.platform(), ask.caller()?, kind, words, paging.page()).await?;
        Ok(List::found(found, paging, DelegationRecipient::from))
    }
}

/// 授权谁代办，到何时 | Who is let, until when
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "DelegationNew", example = serde_json::json!({ "organisation": 4, "to": 6, "until": "2027-06-30" }))]
pub(crate) struct New {
    /// 企业的编号 | The number of the firm
    #[schemars(range(min = 1))]
    organisation: i64,
    /// 代办单位的编号 | The number of whom it is given to
    #[schemars(range(min = 1))]
    to: i64,
    /// 截止日期，最长一年 | The last day, a year from now at most
    until: Day,
}

/// 新授权的编号 | The number of a new delegation
#[derive(Serialize, JsonSchema)]
pub(crate) struct NewDelegation {
    /// 编号 | Its number
    id: i64,
}

/// A new one.
pub(crate) struct GrantDelegation;

impl Call for GrantDelegation {
    const ID: &'static str = "grant-delegation";
    const SUMMARY: Words = says("授权代办", "Grant a delegation");
    type Takes = Json<New>;
    type Gives = Created<NewDelegation>;

    async fn call(ask: &Ask, Json(new): Self::Takes) -> Result<Self::Gives, Failure> {
        let (platform, caller) = (ask.platform(), ask.caller()?);
        let id = grant_delegation(platform, caller, new.organisation, new.to, new.until.0).await?;
        Ok(Created { value: NewDelegation { id }, at: "/api/v1/delegations".to_owned() })
    }
}

/// One that is over.
pub(crate) struct RevokeDelegation;

impl Call for RevokeDelegation {
    const ID: &'static str = "revoke-delegation";
    const SUMMARY: Words = says("终止代办授权", "End a delegation");
    type Takes = IfMatch;
    type Gives = Done;

    async fn call(ask: &Ask, IfMatch(version): IfMatch) -> Result<Done, Failure> {
        revoke_delegation(ask.platform(), ask.caller()?, ask.id()?, version).await?;
        Ok(Done(None))
    }
}
