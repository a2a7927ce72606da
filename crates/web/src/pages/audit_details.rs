//! The details of a record as people read them: what each is called, and what it is.

use access::{Action, Field, OrganisationKind, Purpose, Role, Why};
use serde_json::{Map, Value};

use crate::catalogue;
use crate::lang::Say;

/// The details in words. What was altered into something else is shown as it lies.
pub(super) fn said(say: Say, details: &str) -> String {
    match serde_json::from_str::<Map<String, Value>>(details) {
        Ok(all) => fields(say, &all),
        Err(_) => details.to_owned(),
    }
}

/// The kind of a thing in words: a person, an organisation.
pub(super) fn object(say: Say, kind: &str) -> String {
    named(say, "thing", kind).unwrap_or(kind).to_owned()
}

fn fields(say: Say, all: &Map<String, Value>) -> String {
    let known = all.iter().filter(|(_, value)| !is_nothing(value));
    let said = known.map(|(name, value)| {
        let called = named(say, "detail", name).or_else(|| setting(say, name)).unwrap_or(name);
        format!("{called}{}{}", say.either("：", ": "), word(say, value))
    });
    said.collect::<Vec<_>>().join(say.either("；", "; "))
}

/// What one of the security settings is called on its page.
fn setting(say: Say, name: &str) -> Option<&'static str> {
    let key = match name {
        "session_idle_minutes" => "session-idle".to_owned(),
        "second_factor_roles" => "factor-roles".to_owned(),
        "audit_digest" => "digest".to_owned(),
        other => other.replace('_', "-"),
    };
    catalogue::find(say.0, &format!("security.{key}"))
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Object(all) => all.is_empty(),
        _ => false,
    }
}

fn word(say: Say, value: &Value) -> String {
    match value {
        Value::String(text) => code(say, text).unwrap_or(text).to_owned(),
        Value::Bool(true) => say.either("是", "yes").to_owned(),
        Value::Bool(false) => say.either("否", "no").to_owned(),
        Value::Array(all) => {
            let said: Vec<String> = all.iter().map(|one| word(say, one)).collect();
            said.join(say.either("、", ", "))
        }
        Value::Object(all) => fields(say, all),
        other => other.to_string(),
    }
}

/// What a code is called, whichever list it is of.
fn code(say: Say, code: &str) -> Option<&'static str> {
    named(say, "word", code).or_else(|| {
        let words = Why::from_code(code)
            .map(Why::words)
            .or_else(|| Role::from_code(code).map(Role::words))
            .or_else(|| Action::from_code(code).map(Action::words))
            .or_else(|| Field::from_code(code).map(Field::words))
            .or_else(|| Purpose::from_code(code).map(Purpose::words))
            .or_else(|| OrganisationKind::from_code(code).map(OrganisationKind::words));
        words.map(|words| say.name(words))
    })
}

fn named(say: Say, list: &str, name: &str) -> Option<&'static str> {
    catalogue::find(say.0, &format!("audit.{list}.{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn details_are_said_in_words() {
        let table = [
            (
                r#"{"why":"not-your-role"}"#,
                "原因：您的角色不能办理此事项",
                "why: none of your roles may do this",
            ),
            (
                r#"{"held":true,"sessions":2,"way":"one-time-password"}"#,
                "待解锁：是；会话数：2；方式：一次性密码",
                "held: yes; sessions: 2; way: password for one time",
            ),
            (
                r#"{"filter":{"person":3},"records":50}"#,
                "查询条件：人员编号：3；记录数：50",
                "filter: person: 3; records: 50",
            ),
            (
                r#"{"changed":{"password_days":[180,0],"session_idle_minutes":[30,15]}}"#,
                "修改（原值、新值）：密码有效天数（0 为不限）：180、0；会话闲置分钟数：30、15",
                "changed (before, after): Days that a password holds (0: no end): 180, 0; Minutes of an idle session: 30, 15",
            ),
            (r#"{"filter":{},"nobody-knows":null,"x":"y"}"#, "x：y", "x: y"),
            ("no details", "no details", "no details"),
        ];
        for (details, zh, en) in table {
            assert_eq!(said(Say(Lang::Zh), details), zh);
            assert_eq!(said(Say(Lang::En), details), en);
        }
    }
}
