//! People: the list, one of them, an invitation, a masked field, the account.

use ::answers::Label;
use access::{Field, Purpose, Words};
use app::people::{
    Invite, NewMembership, PersonView, ask_erasure, enable_person, export_people, invite_again,
    invite_person, list_people, show_person, unlock_person, unmask_field,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::person::By;

use super::call::{Call, says};
use super::codes::{At, Code, Day};
use super::gives::{Created, Done, List, One, number};
use super::memberships::Membership;
use super::sort::Sort;
use super::takes::{IfMatch, Json, Paging, Query};
use crate::ask::Ask;
use crate::failure::Failure;

/// 一项个人信息，按查看人的权限给出 | Something personal, as far as whoever asks may see it
#[derive(Serialize, JsonSchema)]
pub(crate) struct Shown {
    /// 明文、脱敏或不显示 | Whether it is given in full, masked, or not at all
    sight: Code<access::Sight>,
    /// 内容；不显示或没有时为空 | The text; none where it is hidden or there is none
    text: Option<String>,
}

impl From<app::people::Shown> for Shown {
    fn from(shown: app::people::Shown) -> Self {
        Self { sight: Code(shown.sight), text: shown.text }
    }
}

/// 人员 | A person
#[derive(Serialize, JsonSchema)]
pub(crate) struct Person {
    /// 编号 | Its number
    id: i64,
    /// 登录名；看不到姓名的人也看不到 | What they sign in with; seen by those who see the name
    login: Option<String>,
    /// 姓名 | The name
    name: Shown,
    /// 电话 | The telephone number
    phone: Shown,
    /// 邮箱 | The mail address
    mail: Shown,
    /// 在查看人可见的单位中的角色，含待审批的和已结束的 | The roles in organisations that whoever asks sees, also proposed and ended ones
    memberships: Vec<Membership>,
    /// 是否尚未接受邀请 | Whether they have not chosen a password yet
    invited: bool,
    /// 是否已设置二次验证 | Whether they have set up a second factor
    second_factor: bool,
    /// 账号锁定到何时 | Until when the account is locked, if it is
    locked_until: Option<At>,
    /// 账号自何时停用 | Since when the account is disabled
    disabled: Option<At>,
    /// 何时申请删除个人信息 | Since when the erasure of personal data is asked for
    erasure_asked: Option<At>,
    /// 何时删除了个人信息 | Since when personal data is erased
    erased: Option<At>,
    /// 账号何时建立 | When the account was made
    created: At,
    /// 版本，修改时在 If-Match 中给出 | The version, to be given with a change as If-Match
    version: i64,
}

impl From<PersonView> for Person {
    fn from(person: PersonView) -> Self {
        Self {
            id: person.id,
            login: person.login,
            name: person.name.into(),
            phone: person.phone.into(),
            mail: person.mail.into(),
            memberships: person.memberships.into_iter().map(Membership::from).collect(),
            invited: person.invited,
            second_factor: person.second_factor,
            locked_until: person.locked.map(At),
            disabled: person.disabled.map(At),
            erasure_asked: person.erasure_asked.map(At),
            erased: person.erased.map(At),
            created: At(person.created),
            version: person.version,
        }
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Wanted {
    /// 姓名或登录名中的字词 | Words in the name or the login
    #[schemars(length(max = 100))]
    q: Option<String>,
    /// 按什么排列；前加“-”为倒序；默认 `name` | In which order; with `-` before it large first; by default `name`
    sort: Option<Sort<By>>,
}

impl Wanted {
    fn of(&self) -> store::person::Wanted<'_> {
        store::person::Wanted {
            words: self.q.as_deref().map(str::trim).filter(|words| !words.is_empty()),
            order: self.sort.map(|sort| sort.0).unwrap_or_default(),
            standing: None,
        }
    }
}

/// The list.
pub(crate) struct ListPeople;

impl Call for ListPeople {
    const ID: &'static str = "list-people";
    const SUMMARY: Words = says("人员名单", "List people");
    type Takes = (Query<Wanted>, Paging);
    type Gives = List<Person>;

    async fn call(
        ask: &Ask,
        (Query(wanted), paging): Self::Takes,
    ) -> Result<List<Person>, Failure> {
        let page = paging.page();
        let found = list_people(ask.platform(), ask.caller()?, &wanted.of(), page).await?;
        Ok(List::found(found, paging, Person::from))
    }
}

/// One of them.
pub(crate) struct ShowPerson;

impl Call for ShowPerson {
    const ID: &'static str = "show-person";
    const SUMMARY: Words = says("查看一人", "Show a person");
    type Takes = ();
    type Gives = One<Person>;

    async fn call(ask: &Ask, (): ()) -> Result<One<Person>, Failure> {
        let found = show_person(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(One { version: Some(found.version), value: found.into() })
    }
}

/// 导出的人员名单 | A list of people that was taken out
#[derive(Serialize, JsonSchema)]
pub(crate) struct PeopleExport {
    /// 各行 | The rows
    rows: Vec<Person>,
    /// 水印：谁在何时导出；须随数据一同保存 | Who took it out and when; stays with the data
    watermark: Label,
    /// 审计记录的编号 | The number of the audit record
    record: i64,
}

/// The list as a whole, under a watermark.
pub(crate) struct ExportPeople;

impl Call for ExportPeople {
    const ID: &'static str = "export-people";
    const SUMMARY: Words = says("导出人员名单", "Export people");
    const WHAT: Words = says(
        "一次给出全部可见人员，附水印；留审计记录。",
        "Everybody who is seen at once, under a watermark. Recorded.",
    );
    type Takes = Query<Wanted>;
    type Gives = One<PeopleExport>;

    async fn call(ask: &Ask, Query(wanted): Self::Takes) -> Result<One<PeopleExport>, Failure> {
        let exported = export_people(ask.platform(), ask.caller()?, &wanted.of()).await?;
        let mark = exported.watermark;
        Ok(One::of(PeopleExport {
            rows: exported.rows.into_iter().map(Person::from).collect(),
            watermark: enterprise::Text::new(mark.zh, mark.en).into(),
            record: exported.record,
        }))
    }
}

/// 邀请谁，担任什么 | Who is invited, as what
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Invitation", example = serde_json::json!({
    "organisation": 1, "login": "wang.li", "name": "王丽", "phone": "0532-85911234", "role": "city-officer"
}))]
pub(crate) struct Invited {
    /// 单位编号 | The number of the organisation
    #[schemars(range(min = 1))]
    organisation: i64,
    /// 登录名 | What they sign in with
    #[schemars(length(min = 3, max = 64), regex(pattern = super::check::LOGIN))]
    login: String,
    /// 姓名 | The name
    #[schemars(length(min = 1, max = 64))]
    name: String,
    /// 电话 | Telephone number
    #[schemars(length(max = 40))]
    phone: Option<String>,
    /// 邮箱 | Mail address
    #[schemars(length(max = 254))]
    mail: Option<String>,
    /// 角色 | The first role
    role: Code<access::Role>,
    /// 角色的截止日期 | The last day of the role; none if it has no end
    until: Option<Day>,
}

/// 已发出的邀请 | An invitation that was made
#[derive(Serialize, JsonSchema)]
pub(crate) struct NewInvitation {
    /// 人员编号 | The number of the person
    id: i64,
    /// 角色编号 | The number of the role
    membership: i64,
    /// 角色是否已生效（`active`）还是待审批（`proposed`） | Whether the role counts already (`active`) or waits (`proposed`)
    state: Code<store::membership::State>,
    /// 邀请码，只给出这一次 | What the person opens the account with; told this once only
    secret: String,
    /// 邀请有效到何时 | Until when it holds
    expires: At,
}

/// An invitation.
pub(crate) struct InvitePerson;

impl Call for InvitePerson {
    const ID: &'static str = "invite-person";
    const SUMMARY: Words = says("邀请人员", "Invite a person");
    const WHAT: Words = says(
        "建立账号和第一个角色，给出邀请码。邀请码请用安全的方式转交本人，在“/invitation?code=邀请码”打开。",
        "Makes an account with a first role and gives the secret of an invitation. Hand the secret on by a safe way; it \
         opens the account at `/invitation?code=…`.",
    );
    type Takes = Json<Invited>;
    type Gives = Created<NewInvitation>;

    async fn call(ask: &Ask, Json(new): Self::Takes) -> Result<Self::Gives, Failure> {
        let invite = Invite {
            login: &new.login,
            name: &new.name,
            phone: new.phone.as_deref(),
            mail: new.mail.as_deref(),
            membership: NewMembership {
                organisation: new.organisation,
                role: new.role.0,
                until: new.until.map(|day| day.0),
            },
        };
        let made = invite_person(ask.platform(), ask.caller()?, &invite).await?;
        let value = NewInvitation {
            id: made.person,
            membership: made.membership,
            state: Code(made.state),
            secret: made.secret,
            expires: At(made.expires),
        };
        Ok(Created { at: format!("/api/v1/people/{}", made.person), value })
    }
}

/// 重新发出的邀请 | An invitation that was made anew
#[derive(Serialize, JsonSchema)]
pub(crate) struct RenewedInvitation {
    /// 邀请码，只给出这一次 | What the person opens the account with; told this once only
    secret: String,
    /// 邀请有效到何时 | Until when it holds
    expires: At,
}

/// The same once more.
pub(crate) struct InviteAgain;

impl Call for InviteAgain {
    const ID: &'static str = "invite-again";
    const SUMMARY: Words = says("重新邀请", "Invite again");
    const WHAT: Words = says(
        "原邀请码作废。已设置过密码的人由系统管理员在页面上重新邀请。",
        "The former secret holds no more. Whoever has chosen a password already is invited again by the administrator, \
         on the page.",
    );
    type Takes = ();
    type Gives = One<RenewedInvitation>;

    async fn call(ask: &Ask, (): ()) -> Result<One<RenewedInvitation>, Failure> {
        let made = invite_again(ask.platform(), ask.caller()?, ask.id()?, false).await?;
        Ok(One::of(RenewedInvitation { secret: made.secret, expires: At(made.expires) }))
    }
}

/// 要查看哪一项 | Which field is wanted
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({ "field": "phone" }))]
pub(crate) struct Unmask {
    /// `phone` 电话，`mail` 邮箱 | The telephone number or the mail address
    field: Masked,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Masked {
    Phone,
    Mail,
}

/// 明文 | A field in full
#[derive(Serialize, JsonSchema)]
pub(crate) struct Unmasked {
    /// 内容；没有时为空 | The text; none if there is none
    text: Option<String>,
}

/// A field that is masked, in full.
pub(crate) struct UnmaskField;

impl Call for UnmaskField {
    const ID: &'static str = "unmask-field";
    const SUMMARY: Words = says("查看脱敏内容", "Unmask a field");
    const WHAT: Words = says("每次查看都留审计记录。", "Each look is recorded.");
    type Takes = Json<Unmask>;
    type Gives = One<Unmasked>;

    async fn call(
        ask: &Ask,
        Json(Unmask { field }): Self::Takes,
    ) -> Result<One<Unmasked>, Failure> {
        let field = match field {
            Masked::Phone => Field::Phone,
            Masked::Mail => Field::Mail,
        };
        let (platform, caller) = (ask.platform(), ask.caller()?);
        let text =
            unmask_field(platform, caller, ask.id()?, field, Purpose::Administration).await?;
        Ok(One::of(Unmasked { text }))
    }
}

/// An account that counts again.
pub(crate) struct EnablePerson;

impl Call for EnablePerson {
    const ID: &'static str = "enable-person";
    const SUMMARY: Words = says("启用账号", "Enable an account");
    type Takes = IfMatch;
    type Gives = Done;

    async fn call(ask: &Ask, IfMatch(version): IfMatch) -> Result<Done, Failure> {
        enable_person(ask.platform(), ask.caller()?, ask.id()?, version).await?;
        Ok(Done(Some(version + 1)))
    }
}

/// An account that is not locked any more.
pub(crate) struct UnlockPerson;

impl Call for UnlockPerson {
    const ID: &'static str = "unlock-person";
    const SUMMARY: Words = says("解除锁定", "Unlock an account");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        unlock_person(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(Done(None))
    }
}

/// The erasure of somebody's data, asked for by the administrator.
pub(crate) struct AskErasure;

impl Call for AskErasure {
    const ID: &'static str = "ask-erasure";
    const SUMMARY: Words = says("申请删除某人的个人信息", "Ask for the erasure of a person's data");
    const WHAT: Words =
        says("由安全保密管理员在页面上办理。", "It is done by the security officer, on the page.");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        ask_erasure(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(Done(None))
    }
}

/// The person in the path and something else that belongs to them.
pub(super) fn both(ask: &Ask, other: &str) -> Result<(i64, i64), Failure> {
    Ok((ask.id()?, number(ask, other)?))
}
