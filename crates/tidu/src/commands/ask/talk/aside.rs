//! What can be said besides an answer, and what is shown then.

use enterprise::{Lang, Text};

use super::Talk;
use crate::commands::ask::session::Asked;
use crate::text::{asking, width};

/// What can be said besides an answer.
pub(super) fn keys(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "? 帮助　- 不清楚　< 返回上一题　l 已答　s 保存　q 退出",
        Lang::En => "? help   - not known   < back   l answered   s save   q quit",
    }
}

impl<'r> Talk<'r> {
    pub(super) fn help(&self, asked: &Asked<'r>) -> Vec<String> {
        let mut lines = width::wrap(keys(self.screen.lang), self.screen.width);
        let what = match asked {
            Asked::Founding(what) => Some(what),
            Asked::Next(next) => Some(&next.what),
            Asked::Code | Asked::Name => None,
        };
        if let Some(what) = what {
            let all = self.session.spans.of_all();
            lines.extend(asking::help(what, self.session.rulebook, all, &self.screen));
        }
        lines
    }

    pub(super) fn listed(&self) -> Vec<String> {
        let lang = self.screen.lang;
        let skipped = Text::new("（不清楚）", "(not known)");
        let past = (1..).zip(self.session.past()).map(|(number, past)| {
            let answer = past.answer.as_ref().unwrap_or(&skipped).get(lang);
            format!("   {number}. {}{}{answer}", past.asked.get(lang), self.screen.say("：", ": "))
        });
        let lines: Vec<String> = past.collect();
        if lines.is_empty() {
            return vec![self.say("还没有回答过", "nothing has been answered yet")];
        }
        lines
    }
}
