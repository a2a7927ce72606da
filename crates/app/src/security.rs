//! The security settings: passwords, locks, sessions, second factors, the digest of the audit chain. The security
//! officer changes them while the platform runs; every value has a bound that nobody can go below.

use access::Role;
use crypto::{Digest, Sm3, digest_named};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::refusal::{Invalid, Refusal, Words};

/// The name of the setting.
pub(crate) const SECURITY: &str = "security";

/// The security settings.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
#[serde(deny_unknown_fields, default)]
pub struct Security {
    /// The least number of characters of a password.
    pub password_length: u32,
    /// After so many days another password is due; 0 is never.
    pub password_days: u32,
    /// So many failed attempts in a row lock an account.
    pub lock_after: u32,
    /// An account is locked for so many minutes.
    pub lock_minutes: u32,
    /// A session that is not used ends after so many minutes.
    pub session_idle_minutes: u32,
    /// A session ends after so many hours, used or not.
    pub session_hours: u32,
    /// An invitation holds for so many days.
    pub invitation_days: u32,
    /// A token holds for so many days at most.
    pub token_days: u32,
    /// The codes of the roles that need a second factor, beside the three officers.
    pub second_factor_roles: Vec<String>,
    /// The name of the digest of new audit records.
    pub audit_digest: String,
    /// Whether anybody can make an account without a role, to keep a self-check.
    pub self_registration: bool,
}

impl Default for Security {
    fn default() -> Self {
        Self {
            password_length: 12,
            password_days: 180,
            lock_after: 5,
            lock_minutes: 15,
            session_idle_minutes: 30,
            session_hours: 12,
            invitation_days: 7,
            token_days: 365,
            second_factor_roles: Vec::new(),
            audit_digest: Sm3.name().to_owned(),
            self_registration: true,
        }
    }
}

/// A number among the settings: its name, what it is called, its bounds, and where it is.
type Number = (&'static str, &'static str, &'static str, u32, u32, fn(&Security) -> u32);

const NUMBERS: [Number; 8] = [
    (
        "password_length",
        "密码最短长度（字符）",
        "least length of a password",
        10,
        64,
        |all| all.password_length,
    ),
    (
        "password_days",
        "密码有效天数（0 为不限）",
        "days that a password holds (0: no end)",
        0,
        3650,
        |all| all.password_days,
    ),
    (
        "lock_after",
        "连续失败多少次后锁定",
        "failed attempts before a lock",
        3,
        20,
        |all| all.lock_after,
    ),
    ("lock_minutes", "锁定分钟数", "minutes of a lock", 1, 1440, |all| all.lock_minutes),
    ("session_idle_minutes", "会话闲置分钟数", "minutes of an idle session", 5, 480, |all| {
        all.session_idle_minutes
    }),
    ("session_hours", "会话最长小时数", "hours of a session", 1, 24, |all| {
        all.session_hours
    }),
    ("invitation_days", "邀请有效天数", "days that an invitation holds", 1, 30, |all| {
        all.invitation_days
    }),
    ("token_days", "令牌最长天数", "most days of a token", 1, 1095, |all| all.token_days),
];

impl Security {
    /// Reads what [`Security::text`] wrote.
    pub(crate) fn read(text: &str) -> Result<Self, Refusal> {
        serde_json::from_str(text).map_err(Refusal::broken)
    }

    /// As it is stored.
    pub(crate) fn text(&self) -> Result<String, Refusal> {
        serde_json::to_string(self).map_err(Refusal::broken)
    }

    /// Everything that is out of bounds or not known.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut wrong = Vec::new();
        for (field, zh, en, least, most, value) in NUMBERS {
            if !(least..=most).contains(&value(self)) {
                wrong.push(Invalid {
                    field,
                    why: Words::new(
                        format!("{zh}应在 {least} 到 {most} 之间"),
                        format!("{en}: between {least} and {most}"),
                    ),
                });
            }
        }
        for code in self.second_factor_roles.iter().filter(|code| Role::from_code(code).is_none()) {
            wrong.push(Invalid {
                field: "second_factor_roles",
                why: Words::new(format!("没有角色 {code}"), format!("there is no role `{code}`")),
            });
        }
        if digest_named(&self.audit_digest).is_none() {
            wrong.push(Invalid {
                field: "audit_digest",
                why: Words::new("摘要算法只能是 sm3 或 sha256", "the digest is sm3 or sha256"),
            });
        }
        if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong)) }
    }

    pub(crate) fn requires_second_factor(&self, role: Role) -> bool {
        role.is_officer() || self.second_factor_roles.iter().any(|code| code == role.code())
    }

    pub(crate) fn password_is_old(&self, since: Option<Timestamp>, now: Timestamp) -> bool {
        let most = SignedDuration::from_hours(24 * i64::from(self.password_days));
        self.password_days > 0 && since.is_some_and(|since| now.duration_since(since) > most)
    }

    pub(crate) fn session_idle(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.session_idle_minutes))
    }

    pub(crate) fn session_length(&self) -> SignedDuration {
        SignedDuration::from_hours(i64::from(self.session_hours))
    }

    pub(crate) fn lock(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.lock_minutes))
    }

    pub(crate) fn invitation(&self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.invitation_days))
    }

    /// The digest of new audit records.
    pub(crate) fn digest(&self) -> &'static dyn Digest {
        digest_named(&self.audit_digest).unwrap_or(&Sm3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_that_nobody_has_changed_are_within_their_bounds() {
        Security::default().check().unwrap();
    }

    #[test]
    fn everything_out_of_bounds_is_told_at_once() {
        let loose = Security {
            password_length: 4,
            lock_after: 1000,
            audit_digest: "md5".into(),
            ..Security::default()
        };
        let Err(Refusal::Invalid(wrong)) = loose.check() else { panic!("it was taken") };
        let fields: Vec<_> = wrong.iter().map(|invalid| invalid.field).collect();
        assert_eq!(fields, ["password_length", "lock_after", "audit_digest"]);
    }

    #[test]
    fn the_three_officers_need_a_second_factor_whatever_is_set() {
        let security = Security { second_factor_roles: Vec::new(), ..Security::default() };
        for role in [Role::Administrator, Role::SecurityOfficer, Role::Auditor] {
            assert!(security.requires_second_factor(role));
        }
        assert!(!security.requires_second_factor(Role::CityOfficer));
    }
}
