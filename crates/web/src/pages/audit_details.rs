//! The details of a record as people read them: what each is called, and what it is.

use access::{Action, Field, OrganisationKind, Purpose, Role, Why};
use rulebook::Number;
use serde_json::{Map, Value};

use crate::catalogue;
use crate::lang::Say;

/// What records name of the law, in words.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub say: Say,
    pub numbers: &'a [Number],
}

impl Words<'_> {
    /// The details in words. What was altered into something else is shown as it lies.
    pub fn said(self, details: &str) -> String {
        match serde_json::from_str::<Map<String, Value>>(details) {
            Ok(all) => self.fields(&all),
            Err(_) => details.to_owned(),
        }
    }

    /// What was acted upon: its kind, and which of that kind.
    pub fn object(self, kind: &str, id: &str) -> String {
        let thing = |code| named(self.say, "thing", code);
        let which = match kind {
            // A list is known by what is on it.
            "list" => thing(id).unwrap_or(id),
            _ => id,
        };
        format!("{} {which}", thing(kind).unwrap_or(kind)).trim_end().to_owned()
    }

    fn fields(self, all: &Map<String, Value>) -> String {
        let say = self.say;
        let known = all.iter().filter(|(_, value)| !is_nothing(value));
        let said = known.map(|(name, value)| {
            let called = named(say, "detail", name).or_else(|| setting(say, name)).unwrap_or(name);
            format!("{called}{}{}", say.either("：", ": "), self.word(value))
        });
        said.collect::<Vec<_>>().join(say.either("；", "; "))
    }

    fn word(self, value: &Value) -> String {
        let say = self.say;
        match value {
            Value::String(text) => match code(say, text) {
                Some(known) => known.to_owned(),
                None => self.number(text).unwrap_or_else(|| text.clone()),
            },
            Value::Bool(true) => say.either("是", "yes").to_owned(),
            Value::Bool(false) => say.either("否", "no").to_owned(),
            Value::Array(all) => {
                let said: Vec<String> = all.iter().map(|one| self.word(one)).collect();
                said.join(say.either("、", ", "))
            }
            Value::Object(all) => self.fields(all),
            other => other.to_string(),
        }
    }

    /// What a number of the law is called, by its address; and the address, since the law may have changed since.
    fn number(self, address: &str) -> Option<String> {
        let number = self.numbers.iter().find(|number| number.address() == address)?;
        let label = self.say.both(&number.label);
        Some(format!(
            "{label}{}",
            self.say.either(&format!("（{address}）"), &format!(" ({address})"))
        ))
    }
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
            assert_eq!(Words { say: Say(Lang::Zh), numbers: &[] }.said(details), zh);
            assert_eq!(Words { say: Say(Lang::En), numbers: &[] }.said(details), en);
        }
    }

    #[test]
    fn a_list_is_called_by_what_is_on_it() {
        let words = Words { say: Say(Lang::Zh), numbers: &[] };
        assert_eq!(words.object("list", "enterprise"), "名单 企业");
        assert_eq!(words.object("screening", ""), "试算");
        assert_eq!(words.object("job", "12"), "任务 12");
        assert_eq!(words.object("never-seen", "x"), "never-seen x");
    }

    #[test]
    fn a_number_of_the_law_is_called_as_the_law_calls_it() {
        let text = r#"
version = "2026"
document = { number = "1号" }
status = "reposted"

[[criterion]]
id = "rd"
clause = "一"
label = { zh = "研发投入", en = "R&D" }
limits = { amount = "100 万元" }
require = "rd_expense[base] >= amount"
"#;
        let mut sources = rulebook::Sources::default();
        sources.add("programmes/city/model-firm/2026.toml", text);
        let numbers = rulebook::numbers(&sources);
        let address = numbers.first().unwrap().address();
        let words = Words { say: Say(Lang::Zh), numbers: &numbers };
        let details = format!(r#"{{"asked":[["{address}","50 万元"]],"names":false}}"#);
        let label = &numbers.first().unwrap().label.zh;
        assert_eq!(
            words.said(&details),
            format!("查询条件：{label}（{address}）、50 万元；列出企业名称：否")
        );
    }
}
