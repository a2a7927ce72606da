//! Oneself: who a token acts for and what it may, the profile, linked accounts.

use access::Words;
use app::own::{NewProfile, change_own_profile, list_own_identities, read_own_profile};
use app::people::ask_erasure;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::{Call, says};
use super::codes::{At, Code};
use super::gives::{Done, List, One};
use super::memberships::Membership;
use super::takes::{IfMatch, Json, Paging};
use crate::ask::Ask;
use crate::failure::Failure;

/// 本人 | Oneself
#[derive(Serialize, JsonSchema)]
pub(crate) struct Profile {
    /// 编号 | One's number
    id: i64,
    /// 登录名 | What one signs in with
    login: String,
    /// 姓名 | The name that others see
    name: String,
    /// 电话 | Telephone number
    phone: Option<String>,
    /// 邮箱 | Mail address
    mail: Option<String>,
    /// 全部角色，含待审批的和已结束的 | All roles, also proposed and ended ones
    memberships: Vec<Membership>,
    /// 现在可以办理的事项；凭令牌时以令牌所含为限 | What may be done now; with a token, no more than that carries
    may: Vec<Code<access::Action>>,
    /// 密码何时设置 | Since when the password holds
    password_set: Option<At>,
    /// 二次验证何时设置 | Since when there is a second factor
    second_factor_since: Option<At>,
    /// 何时申请删除个人信息 | Since when the erasure of one's data is asked for
    erasure_asked: Option<At>,
    /// 版本，修改时在 If-Match 中给出 | The version, to be given with a change as If-Match
    version: i64,
}

/// Who asks.
pub(crate) struct ShowOwn;

impl Call for ShowOwn {
    const ID: &'static str = "show-own-profile";
    const SUMMARY: Words = says("本人资料与权限", "Show who a token acts for, and what it may");
    type Takes = ();
    type Gives = One<Profile>;

    async fn call(ask: &Ask, (): ()) -> Result<One<Profile>, Failure> {
        let found = read_own_profile(ask.platform(), ask.caller()?).await?;
        let may = access::Action::ALL.iter().filter(|action| ask.may(**action));
        let value = Profile {
            id: found.id,
            login: found.login,
            name: found.name,
            phone: found.phone,
            mail: found.mail,
            memberships: found.memberships.into_iter().map(Membership::from).collect(),
            may: may.map(|action| Code(*action)).collect(),
            password_set: found.password_set.map(At),
            second_factor_since: found.second_factor_since.map(At),
            erasure_asked: found.erasure_asked.map(At),
            version: found.version,
        };
        Ok(One { value, version: Some(found.version) })
    }
}

/// 修改后的本人资料 | What one's profile is to be
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({ "name": "王丽", "phone": "0532-85911234", "mail": "wang.li@example.cn" }))]
pub(crate) struct ProfileChange {
    /// 姓名 | The name that others see
    #[schemars(length(min = 1, max = 64))]
    name: String,
    /// 电话；不给出则清除 | Telephone number; without it there is none any more
    #[schemars(length(max = 40))]
    phone: Option<String>,
    /// 邮箱；不给出则清除 | Mail address; without it there is none any more
    #[schemars(length(max = 254))]
    mail: Option<String>,
}

/// Another profile.
pub(crate) struct ChangeOwn;

impl Call for ChangeOwn {
    const ID: &'static str = "change-own-profile";
    const SUMMARY: Words = says("修改本人资料", "Change one's profile");
    type Takes = (IfMatch, Json<ProfileChange>);
    type Gives = Done;

    async fn call(ask: &Ask, (IfMatch(version), Json(new)): Self::Takes) -> Result<Done, Failure> {
        let new =
            NewProfile { name: &new.name, phone: new.phone.as_deref(), mail: new.mail.as_deref() };
        change_own_profile(ask.platform(), ask.caller()?, version, &new).await?;
        Ok(Done(Some(version + 1)))
    }
}

/// The erasure of one's own data.
pub(crate) struct AskOwnErasure;

impl Call for AskOwnErasure {
    const ID: &'static str = "ask-own-erasure";
    const SUMMARY: Words = says("申请删除本人的个人信息", "Ask for the erasure of one's data");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        let caller = ask.caller()?;
        ask_erasure(ask.platform(), caller, caller.person()).await?;
        Ok(Done(None))
    }
}

/// 绑定的统一认证账号 | An account of an identity provider that is linked
#[derive(Serialize, JsonSchema)]
pub(crate) struct Identity {
    /// 编号 | Its number
    id: i64,
    /// 统一认证的地址 | The provider
    issuer: String,
    /// 在统一认证中的编号 | The account there
    subject: String,
    /// 何时绑定 | Since when
    since: At,
}

/// Linked accounts.
pub(crate) struct ListIdentities;

impl Call for ListIdentities {
    const ID: &'static str = "list-own-identities";
    const SUMMARY: Words = says("绑定的统一认证账号", "List one's linked accounts");
    type Takes = Paging;
    type Gives = List<Identity>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_own_identities(ask.platform(), ask.caller()?).await?;
        let show = |one: store::identity::Identity| Identity {
            id: one.id,
            issuer: one.issuer,
            subject: one.subject,
            since: At(one.since),
        };
        Ok(List::part(found.into_iter().map(show).collect(), paging))
    }
}
