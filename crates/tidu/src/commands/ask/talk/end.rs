//! The end of the conversation: what it came to, what remains and what to do next.

use std::io;

use rules::{Answer, Verdict};

use super::Talk;
use crate::text::{asking, standing, width};

impl<'r> Talk<'r> {
    /// Says that there is no question left.
    pub(in crate::commands::ask) fn all_asked(&mut self) -> io::Result<()> {
        let words = self.say(
            "没有要问的了：各项目已有结论，或只等评审和没答上的数据。",
            "There is nothing left to ask: every programme is decided, or waits for judgements or for what was not known.",
        );
        let mut lines = vec![String::new()];
        lines.extend(width::wrap(&words, self.screen.width));
        self.terminal.show(&lines)
    }

    /// What it came to.
    pub(in crate::commands::ask) fn end(&mut self) -> io::Result<()> {
        let (session, screen) = (&self.session, &self.screen);
        let answers = session.answers();
        let mut lines = vec![String::new()];
        lines.extend(standing::remaining(&answers, session.rulebook, screen));
        lines.push(standing::counts(&answers, screen).trim_start().to_owned());
        let skipped: Vec<String> = session
            .skipped()
            .iter()
            .map(|what| asking::name(what, session.rulebook).get(screen.lang).to_owned())
            .collect();
        if !skipped.is_empty() {
            let words = screen.say("还没答上的：", "Not answered: ");
            let all = skipped.join(screen.say("、", ", "));
            lines.extend(width::wrap(&format!("{words}{all}"), screen.width));
        }
        lines.push(self.where_saved());
        lines.extend(self.next_steps(&answers));
        self.terminal.show(&lines)
    }

    fn where_saved(&self) -> String {
        let path = self.path.display();
        if self.ever_saved {
            self.say(format!("已保存在 {path}"), format!("saved in {path}"))
        } else {
            self.say("没有改动，没有写文件", "nothing was changed, no file was written")
        }
    }

    fn next_steps(&self, answers: &[Answer<'r>]) -> Vec<String> {
        let facts = match &self.from {
            _ if self.ever_saved => self.path.display().to_string(),
            Some(from) => from.clone(),
            None => return Vec::new(),
        };
        let first = |wanted: fn(Option<Verdict>) -> bool| {
            let found = answers.iter().find(|answer| wanted(answer.verdict()));
            found.map(|answer| answer.programme.id.as_str())
        };
        let mut lines = Vec::new();
        let mut step = |zh: &str, en: &str, command: String| {
            let words = format!("{}{command}", self.screen.say(zh, en));
            if width::of(&words) <= self.screen.width {
                lines.push(words);
            } else {
                // A command is copied, so it is never broken.
                lines.extend([self.screen.say(zh, en).to_owned(), format!("  {command}")]);
            }
        };
        step("逐条说明：", "Clause by clause: ", format!("tidu explain {facts}"));
        if let Some(id) = first(|verdict| verdict == Some(Verdict::Ineligible)) {
            let command = format!("tidu plan {facts} --programme {id}");
            step("怎样才能符合：", "How to get there: ", command);
        }
        let lacks = |verdict| matches!(verdict, Some(Verdict::Undetermined(why)) if why.data);
        if first(lacks).is_some() {
            step("接着回答：", "To go on: ", format!("tidu ask {facts}"));
        }
        lines
    }
}
