//! An answer taken in, and what it turned.

use std::io;

use connectors::spoken_code;
use enterprise::Text;
use rules::inquiry::{Inquiry, Possible, Reply};

use super::Talk;
use crate::commands::ask::conversation::{End, heard};
use crate::commands::ask::reading::told;
use crate::commands::ask::session::Asked;
use crate::commands::ask::terminal::Said;
use crate::text::paint::Style;
use crate::text::{asking, problems, standing, width};

impl<'r> Talk<'r> {
    /// Takes the words of an answer in; nothing if that is done, else another wish.
    pub(super) fn words(&mut self, asked: &Asked<'r>, words: &str) -> io::Result<Option<Said>> {
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
}
