//! Roles of people: proposed, waiting, ended. Approving one takes a second factor, and is done on the page.

use access::Words;
use app::people::{NewMembership, Proposal, end_membership, list_proposals, propose_membership};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::{Call, says};
use super::codes::{At, Code, Day};
use super::gives::{Created, Done, List};
use super::people::Shown;
use super::takes::{IfMatch, Json, Paging};
use crate::ask::Ask;
use crate::failure::Failure;

/// 某人在某单位的角色 | A role of a person in an organisation
#[derive(Serialize, JsonSchema)]
pub(crate) struct Membership {
    /// 编号 | Its number
    id: i64,
    /// 人员编号 | The number of the person
    person: i64,
    /// 单位编号 | The number of the organisation
    organisation: i64,
    /// 单位名称 | The name of the organisation
    organisation_name: String,
    /// 角色 | The role
    role: Code<access::Role>,
    /// `proposed` 待审批，`active` 有效，`refused` 未批准，`ended` 已终止 | `proposed`: waits, `active`: counts, `refused`: was not approved, `ended`: is over
    state: Code<store::membership::State>,
    /// 自哪日起 | The first day
    from: Day,
    /// 截止日期 | The last day; none if it has no end
    until: Option<Day>,
    /// 何时提出 | When it was proposed
    created: At,
    /// 何时终止 | When it was ended
    ended: Option<At>,
    /// 版本，终止时在 If-Match 中给出 | The version, to be given when it is ended as If-Match
    version: i64,
}

impl From<store::membership::Membership> for Membership {
    fn from(held: store::membership::Membership) -> Self {
        Self {
            id: held.id,
            person: held.person,
            organisation: held.organisation,
            organisation_name: held.organisation_name,
            role: Code(held.role),
            state: Code(held.state),
            from: Day(held.from),
            until: held.until.map(Day),
            created: At(held.created),
            ended: held.ended.map(At),
            version: held.version,
        }
    }
}

/// 待审批的角色 | A role that waits for approval
#[derive(Serialize, JsonSchema)]
pub(crate) struct ProposedMembership {
    /// 角色 | The role
    membership: Membership,
    /// 给谁 | The name of whom it is for
    person: Shown,
    /// 由谁提出 | The name of who proposed it
    proposed_by: Option<Shown>,
}

impl From<Proposal> for ProposedMembership {
    fn from(proposal: Proposal) -> Self {
        Self {
            membership: proposal.membership.into(),
            person: proposal.person.into(),
            proposed_by: proposal.proposed_by.map(Shown::from),
        }
    }
}

/// Roles that wait.
pub(crate) struct ListProposals;

impl Call for ListProposals {
    const ID: &'static str = "list-proposed-memberships";
    const SUMMARY: Words = says("待审批的角色", "List roles that wait for approval");
    const WHAT: Words = says(
        "审批须由安全保密管理员二次验证后在页面上办理。",
        "They are approved by the security officer with a second factor, on the page.",
    );
    type Takes = Paging;
    type Gives = List<ProposedMembership>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_proposals(ask.platform(), ask.caller()?).await?;
        Ok(List::part(found.into_iter().map(ProposedMembership::from).collect(), paging))
    }
}

/// 要授予的角色 | A role that somebody is to have
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MembershipProposal", example = serde_json::json!({
    "organisation": 1, "role": "city-officer", "until": "2099-12-31"
}))]
pub(crate) struct Proposed {
    /// 单位编号 | The number of the organisation
    #[schemars(range(min = 1))]
    organisation: i64,
    /// 角色 | The role
    role: Code<access::Role>,
    /// 截止日期 | The last day; none if it has no end
    until: Option<Day>,
}

/// 已提出的角色 | A role that was proposed
#[derive(Serialize, JsonSchema)]
pub(crate) struct NewMembershipMade {
    /// 编号 | Its number
    id: i64,
    /// 是否已生效（`active`）还是待审批（`proposed`） | Whether it counts already (`active`) or waits (`proposed`)
    state: Code<store::membership::State>,
}

/// Another role for somebody.
pub(crate) struct ProposeMembership;

impl Call for ProposeMembership {
    const ID: &'static str = "propose-membership";
    const SUMMARY: Words = says("提出授予角色", "Propose a role");
    type Takes = Json<Proposed>;
    type Gives = Created<NewMembershipMade>;

    async fn call(ask: &Ask, Json(new): Self::Takes) -> Result<Self::Gives, Failure> {
        let person = ask.id()?;
        let new = NewMembership {
            organisation: new.organisation,
            role: new.role.0,
            until: new.until.map(|day| day.0),
        };
        let (id, state) = propose_membership(ask.platform(), ask.caller()?, person, new).await?;
        let value = NewMembershipMade { id, state: Code(state) };
        Ok(Created { value, at: format!("/api/v1/people/{person}") })
    }
}

/// A role that is over.
pub(crate) struct EndMembership;

impl Call for EndMembership {
    const ID: &'static str = "end-membership";
    const SUMMARY: Words = says("终止角色", "End a role");
    const WHAT: Words = says("待审批的也可撤回。", "One that is only proposed is withdrawn.");
    type Takes = IfMatch;
    type Gives = Done;

    async fn call(ask: &Ask, IfMatch(version): IfMatch) -> Result<Done, Failure> {
        end_membership(ask.platform(), ask.caller()?, ask.id()?, version).await?;
        Ok(Done(None))
    }
}
