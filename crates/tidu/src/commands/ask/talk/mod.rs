//! The course of the conversation: its head, one question after the other, what is saved on the way.

mod answer;
mod aside;
mod end;

use std::io;
use std::path::PathBuf;

use connectors::write_facts;
use enterprise::{Facts, Lang, Text};
use rules::Missing;

use super::session::{Asked, Session, code_words, name_words};
use super::terminal::{Said, Terminal};
use crate::file;
use crate::output::Screen;
use crate::text::paint::Style;
use crate::text::{asking, header, standing, width};
use aside::keys;

/// The conversation.
pub(super) struct Talk<'r> {
    pub session: Session<'r>,
    terminal: Terminal,
    screen: Screen,
    from: Option<String>,
    path: PathBuf,
    saved: Facts,
    ever_saved: bool,
}

impl<'r> Talk<'r> {
    pub fn new(session: Session<'r>, from: Option<String>, path: PathBuf, screen: Screen) -> Self {
        let saved = session.facts.clone();
        let terminal = Terminal::new(screen);
        Self { session, terminal, screen, from, path, saved, ever_saved: false }
    }

    /// The head: who, as of when, how to answer, how things stand.
    pub fn begin(&mut self) -> io::Result<()> {
        let session = &self.session;
        let question = &session.question;
        let base_year = question.base_year.unwrap_or(question.as_of.year().saturating_sub(1));
        let mut lines = if self.from.is_none() {
            header::run(base_year, session.rulebook, question, &self.screen)
        } else {
            header::firm(&session.facts, base_year, session.rulebook, question, &self.screen)
        };
        let path = self.path.display();
        let words = Text::new(
            format!("每答一题即存到 {path}。{}", keys(Lang::Zh)),
            format!("Every answer is saved to {path} at once. {}", keys(Lang::En)),
        );
        lines.extend(width::wrap(words.get(self.screen.lang), self.screen.width));
        lines.push(standing::counts(&session.answers(), &self.screen));
        self.terminal.show(&lines)
    }

    /// Puts a question until it is answered or left; false to end the conversation.
    pub fn put(&mut self, asked: Asked<'r>) -> io::Result<bool> {
        let (session, screen) = (&self.session, self.screen);
        let number = session.past().len() + 1;
        let mut lines = match &asked {
            Asked::Code => self.plain(number, &code_words(), &Text::new("18 位", "18 characters")),
            Asked::Name => self.plain(number, &name_words(), &Text::new("全称", "in full")),
            Asked::Founding(what) => {
                let known = (session.rulebook, &session.facts);
                asking::question(number, what, known, session.spans.of(what), &screen)
            }
            Asked::Next(next) => {
                let known = (session.rulebook, &session.facts);
                let mut lines = asking::question(number, &next.what, known, next.span, &screen);
                lines.extend(asking::at_stake(next, &screen));
                lines
            }
        };
        loop {
            self.terminal.show(&lines)?;
            lines.clear();
            match self.terminal.ask("> ")? {
                Said::Quit => return Ok(false),
                Said::Help => lines = self.help(&asked),
                Said::List => lines = self.listed(),
                Said::Save => {
                    let at = self.path.display();
                    lines.push(match self.session.facts.uscc {
                        Some(_) => self.say(format!("已保存在 {at}"), format!("saved in {at}")),
                        None => self.say("还没有可保存的内容", "there is nothing to save yet"),
                    });
                }
                Said::Back => {
                    if self.session.back() {
                        return Ok(true);
                    }
                    lines.push(self.say("前面没有可以返回的题", "there is no answer to take back"));
                }
                Said::Skip => match &asked {
                    Asked::Code => lines.push(self.say(
                        "没有代码，数据存下来也读不回来；请填写，或 q 退出",
                        "without a code nothing could be read back: write it, or q to quit",
                    )),
                    Asked::Name => {
                        self.session.skip(None, name_words());
                        return Ok(true);
                    }
                    Asked::Founding(what) => return self.skip(what),
                    Asked::Next(next) => return self.skip(&next.what),
                },
                Said::Words(words) if words.is_empty() => lines.push(keys(screen.lang).to_owned()),
                Said::Words(words) => match self.words(&asked, &words)? {
                    None => return Ok(true),
                    Some(Said::Quit) => return Ok(false),
                    Some(Said::Skip) => match &asked {
                        Asked::Founding(what) => return self.skip(what),
                        Asked::Next(next) => return self.skip(&next.what),
                        Asked::Code | Asked::Name => {}
                    },
                    Some(Said::Help) => lines = self.help(&asked),
                    // Whatever was said on the way: the question is put again.
                    Some(_) => {}
                },
            }
        }
    }

    fn skip(&mut self, what: &Missing) -> io::Result<bool> {
        let words = asking::name(what, self.session.rulebook);
        self.session.skip(Some(what), words);
        Ok(true)
    }

    /// Saves what changed since it was saved last.
    pub fn save(&mut self) -> Result<(), Text> {
        let facts = &self.session.facts;
        if *facts == self.saved || facts.uscc.is_none() {
            return Ok(());
        }
        let text = write_facts(&self.session.rulebook.catalogue, facts);
        file::write(&self.path, text.as_bytes()).map_err(|error| {
            Text::new(
                format!("{}；刚才这一题没有存下", error.zh),
                format!("{}; the last answer is not saved", error.en),
            )
        })?;
        self.saved = facts.clone();
        self.ever_saved = true;
        Ok(())
    }

    fn plain(&self, number: usize, name: &Text, way: &Text) -> Vec<String> {
        let words = self.say(
            format!("{number}. {}（{}）", name.zh, way.zh),
            format!("{number}. {} ({})", name.en, way.en),
        );
        vec![String::new(), Style::Bold.paint(&words, self.screen.colour)]
    }

    fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.screen.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }
    }
}
