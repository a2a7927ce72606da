//! The course of the conversation: a question, an answer, what it turned; and in the end what remains
//! and what to do next.

use std::io;
use std::path::PathBuf;

use connectors::{spoken_code, write_facts};
use enterprise::{Facts, Lang, Text};
use rules::inquiry::{Inquiry, Possible, Reply};
use rules::{Answer, Missing, Verdict};

use super::conversation::{End, heard};
use super::reading::told;
use super::session::{Asked, Session, code_words, name_words};
use super::terminal::{Said, Terminal};
use crate::file;
use crate::output::Screen;
use crate::text::paint::Style;
use crate::text::{asking, header, problems, standing, width};

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

    /// Says that there is no question left.
    pub fn all_asked(&mut self) -> io::Result<()> {
        let words = self.say(
            "没有要问的了：各项目已有结论，或只等评审和没答上的数据。",
            "There is nothing left to ask: every programme is decided, or waits for judgements or for what was not known.",
        );
        let mut lines = vec![String::new()];
        lines.extend(width::wrap(&words, self.screen.width));
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

    /// Takes the words of an answer in; nothing if that is done, else another wish.
    fn words(&mut self, asked: &Asked<'r>, words: &str) -> io::Result<Option<Said>> {
        let (what, span) = match asked {
            Asked::Code => {
                return match spoken_code(words) {
                    Ok(code) => {
                        self.session.code(code);
                        Ok(None)
                    }
                    Err(problem) => self.again(&told(&problem)),
                };
            }
            Asked::Name => {
                self.session.name(words);
                return Ok(None);
            }
            Asked::Founding(what) => (what, self.session.spans.of(what)),
            Asked::Next(next) => {
                let Inquiry { what, span, .. } = next.as_ref();
                (what, *span)
            }
        };
        let (reply, said) = match heard(&self.session, &mut self.terminal, (what, span), words)? {
            End::Reply(reply, said) => (reply, said),
            End::Said(said) => return Ok(Some(said)),
            End::Again(text) => return self.again(&text),
        };
        let (name, span) = match reply {
            Reply::NoOtherEvent => {
                (Text::new("全部事件", "All events"), self.session.spans.of_all())
            }
            Reply::NoOtherTitle => (Text::new("全部称号", "All titles"), span),
            _ => (asking::name(what, self.session.rulebook), span),
        };
        let before = self.session.answers();
        let repeated = self
            .say(format!("   {}：{}", name.zh, said.zh), format!("   {}: {}", name.en, said.en));
        match self.session.answer((what, name), (reply, said), span) {
            Err(problems) => {
                for problem in &problems {
                    self.terminal.show(&[problems::problem(problem, &self.screen)])?;
                }
                return Ok(Some(Said::Save));
            }
            Ok(problems) => {
                for problem in &problems {
                    self.terminal.show(&[problems::problem(problem, &self.screen)])?;
                }
            }
        }
        let after = self.session.answers();
        // What an answer left open, such as the end of a title, is not asked for again now.
        if after.iter().any(|answer| Possible::of(answer).missing.contains(what)) {
            self.session.leave_open(what);
        }
        let mut lines = width::wrap(&repeated, self.screen.width);
        lines.extend(standing::turned(&before, &after, self.session.rulebook, &self.screen));
        lines.push(standing::counts(&after, &self.screen));
        self.terminal.show(&lines)?;
        Ok(None)
    }

    fn again(&mut self, text: &Text) -> io::Result<Option<Said>> {
        let words = format!("   {}", text.get(self.screen.lang));
        let lines = width::wrap(&words, self.screen.width);
        let lines: Vec<String> =
            lines.iter().map(|line| Style::Bad.paint(line, self.screen.colour)).collect();
        self.terminal.show(&lines)?;
        Ok(Some(Said::Save))
    }

    /// Saves what changed since it was saved last.
    pub fn save(&mut self) -> Result<(), Text> {
        let facts = &self.session.facts;
        if *facts == self.saved || facts.uscc.is_none() {
            return Ok(());
        }
        let text = write_facts(&self.session.rulebook.catalogue, facts);
        file::write(&self.path, text.as_bytes()).map_err(|error| {
            let path = self.path.display();
            Text::new(
                format!("无法写入“{path}”：{error}；刚才这一题没有存下"),
                format!("cannot write `{path}`: {error}; the last answer is not saved"),
            )
        })?;
        self.saved = facts.clone();
        self.ever_saved = true;
        Ok(())
    }

    /// What it came to.
    pub fn end(&mut self) -> io::Result<()> {
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

    fn plain(&self, number: usize, name: &Text, way: &Text) -> Vec<String> {
        let words = self.say(
            format!("{number}. {}（{}）", name.zh, way.zh),
            format!("{number}. {} ({})", name.en, way.en),
        );
        vec![String::new(), Style::Bold.paint(&words, self.screen.colour)]
    }

    fn help(&self, asked: &Asked<'r>) -> Vec<String> {
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

    fn listed(&self) -> Vec<String> {
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

    fn say(&self, zh: impl Into<String>, en: impl Into<String>) -> String {
        match self.screen.lang {
            Lang::Zh => zh.into(),
            Lang::En => en.into(),
        }
    }
}

/// What can be said besides an answer.
fn keys(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "? 帮助　- 不清楚　< 返回上一题　l 已答　s 保存　q 退出",
        Lang::En => "? help   - not known   < back   l answered   s save   q quit",
    }
}
