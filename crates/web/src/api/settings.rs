//! The security settings. They are changed with a second factor, on the page.

use access::Words;
use app::Security;
use app::settings::read_security;
use schemars::JsonSchema;
use serde::Serialize;

use super::call::{Call, says};
use super::gives::One;
use crate::ask::Ask;
use crate::failure::Failure;

/// 安全设置 | The security settings
#[derive(Serialize, JsonSchema)]
pub(crate) struct SecuritySettings {
    /// 密码最短长度 | The least number of characters of a password
    password_length: u32,
    /// 密码有效天数，0 为不限 | After so many days another password is due; 0 is never
    password_days: u32,
    /// 连续失败多少次后锁定 | So many failed attempts in a row lock an account
    lock_after: u32,
    /// 锁定分钟数 | An account is locked for so many minutes
    lock_minutes: u32,
    /// 会话闲置分钟数 | A session that is not used ends after so many minutes
    session_idle_minutes: u32,
    /// 会话最长小时数 | A session ends after so many hours, used or not
    session_hours: u32,
    /// 邀请有效天数 | An invitation holds for so many days
    invitation_days: u32,
    /// 令牌最长天数 | A token holds for so many days at most
    token_days: u32,
    /// 除三员外还须二次验证的角色 | The roles that need a second factor, beside the three officers
    second_factor_roles: Vec<String>,
    /// 新审计记录的摘要算法 | The digest of new audit records
    audit_digest: String,
}

impl From<Security> for SecuritySettings {
    fn from(all: Security) -> Self {
        Self {
            password_length: all.password_length,
            password_days: all.password_days,
            lock_after: all.lock_after,
            lock_minutes: all.lock_minutes,
            session_idle_minutes: all.session_idle_minutes,
            session_hours: all.session_hours,
            invitation_days: all.invitation_days,
            token_days: all.token_days,
            second_factor_roles: all.second_factor_roles,
            audit_digest: all.audit_digest,
        }
    }
}

/// The settings as they are.
pub(crate) struct ShowSecurity;

impl Call for ShowSecurity {
    const ID: &'static str = "show-security-settings";
    const SUMMARY: Words = says("安全设置", "Show the security settings");
    type Takes = ();
    type Gives = One<SecuritySettings>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let (found, version) = read_security(ask.platform(), ask.caller()?).await?;
        Ok(One { value: found.into(), version: Some(version) })
    }
}
