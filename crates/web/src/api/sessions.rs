//! Sessions and tokens, one's own and, for those who watch over accounts, others'.

use access::Words;
use app::own;
use app::people::{SessionSeen, end_session, list_sessions, list_tokens, revoke_token};
use schemars::JsonSchema;
use serde::Serialize;

use super::call::{Call, says};
use super::codes::At;
use super::gives::{Done, List, One};
use super::people::{Shown, both};
use super::takes::Paging;
use crate::ask::Ask;
use crate::failure::Failure;

/// 会话 | A session
#[derive(Serialize, JsonSchema)]
pub(crate) struct Session {
    /// 编号 | Its number
    id: i64,
    /// 何时开始 | When it began
    created: At,
    /// 最近一次使用 | When it was last used
    seen: At,
    /// 何时到期 | When it ends by itself
    expires: At,
    /// 是否完成了二次验证 | Whether the second factor was given
    second_factor: bool,
    /// 登录方式 | How the person signed in
    way: String,
    /// 来自哪个地址 | From where
    address: Shown,
    /// 浏览器自称 | With which browser, as it says
    agent: Option<String>,
}

impl From<SessionSeen> for Session {
    fn from(session: SessionSeen) -> Self {
        Self {
            id: session.id,
            created: At(session.created),
            seen: At(session.seen),
            expires: At(session.expires),
            second_factor: session.second_factor,
            way: session.way,
            address: session.address.into(),
            agent: session.agent,
        }
    }
}

/// 令牌 | A token
#[derive(Serialize, JsonSchema)]
pub(crate) struct Token {
    /// 编号 | Its number
    id: i64,
    /// 名称 | What its owner calls it
    name: String,
    /// 可办理的事项 | What it may do
    actions: Vec<String>,
    /// 何时建立 | When it was made
    created: At,
    /// 何时到期 | When it ends by itself
    expires: At,
    /// 最近一次使用 | When it was last used
    used: Option<At>,
    /// 何时吊销 | When it was revoked
    revoked: Option<At>,
}

impl From<store::token::Token> for Token {
    fn from(token: store::token::Token) -> Self {
        Self {
            id: token.id,
            name: token.name,
            actions: token.actions,
            created: At(token.created),
            expires: At(token.expires),
            used: token.used.map(At),
            revoked: token.revoked.map(At),
        }
    }
}

/// 退出了多少个会话 | How many sessions were ended
#[derive(Serialize, JsonSchema)]
pub(crate) struct EndedSessions {
    /// 数目 | How many
    ended: u64,
}

/// One's sessions.
pub(crate) struct ListOwnSessions;

impl Call for ListOwnSessions {
    const ID: &'static str = "list-own-sessions";
    const SUMMARY: Words = says("本人的会话", "List one's sessions");
    type Takes = Paging;
    type Gives = List<Session>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = own::list_own_sessions(ask.platform(), ask.caller()?).await?;
        Ok(List::part(found.into_iter().map(Session::from).collect(), paging))
    }
}

/// One of them ends.
pub(crate) struct EndOwnSession;

impl Call for EndOwnSession {
    const ID: &'static str = "end-own-session";
    const SUMMARY: Words = says("退出本人的一个会话", "End one of one's sessions");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        own::end_own_session(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(Done(None))
    }
}

/// All of them end.
pub(crate) struct EndOwnSessions;

impl Call for EndOwnSessions {
    const ID: &'static str = "end-own-sessions";
    const SUMMARY: Words = says("退出本人的全部会话", "End all of one's sessions");
    const WHAT: Words = says("令牌不受影响。", "Tokens stay.");
    type Takes = ();
    type Gives = One<EndedSessions>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let ended = own::end_other_own_sessions(ask.platform(), ask.caller()?).await?;
        Ok(One::of(EndedSessions { ended }))
    }
}

/// One's tokens.
pub(crate) struct ListOwnTokens;

impl Call for ListOwnTokens {
    const ID: &'static str = "list-own-tokens";
    const SUMMARY: Words = says("本人的令牌", "List one's tokens");
    type Takes = Paging;
    type Gives = List<Token>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = own::list_own_tokens(ask.platform(), ask.caller()?).await?;
        Ok(List::part(found.into_iter().map(Token::from).collect(), paging))
    }
}

/// One of them holds no more.
pub(crate) struct RevokeOwnToken;

impl Call for RevokeOwnToken {
    const ID: &'static str = "revoke-own-token";
    const SUMMARY: Words = says("吊销本人的令牌", "Revoke one of one's tokens");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        own::revoke_own_token(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(Done(None))
    }
}

/// Somebody's sessions.
pub(crate) struct ListSessions;

impl Call for ListSessions {
    const ID: &'static str = "list-sessions";
    const SUMMARY: Words = says("某人的会话", "List a person's sessions");
    const WHAT: Words = says("每次查看都留审计记录。", "Each look is recorded.");
    type Takes = Paging;
    type Gives = List<Session>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_sessions(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(List::part(found.into_iter().map(Session::from).collect(), paging))
    }
}

/// One of them ends.
pub(crate) struct EndSession;

impl Call for EndSession {
    const ID: &'static str = "end-session";
    const SUMMARY: Words = says("终止某人的会话", "End a person's session");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        let (person, session) = both(ask, "session")?;
        end_session(ask.platform(), ask.caller()?, person, session).await?;
        Ok(Done(None))
    }
}

/// Somebody's tokens.
pub(crate) struct ListTokens;

impl Call for ListTokens {
    const ID: &'static str = "list-tokens";
    const SUMMARY: Words = says("某人的令牌", "List a person's tokens");
    type Takes = Paging;
    type Gives = List<Token>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_tokens(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(List::part(found.into_iter().map(Token::from).collect(), paging))
    }
}

/// One of them holds no more.
pub(crate) struct RevokeToken;

impl Call for RevokeToken {
    const ID: &'static str = "revoke-token";
    const SUMMARY: Words = says("吊销某人的令牌", "Revoke a person's token");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        let (person, token) = both(ask, "token")?;
        revoke_token(ask.platform(), ask.caller()?, person, token).await?;
        Ok(Done(None))
    }
}
