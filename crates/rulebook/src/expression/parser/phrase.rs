//! What begins with a word: blocks over years, growth, elapsed time, titles, events, names.

use rules::{ElapsedUnit, Until, Window};

use crate::expression::ast::{Node, SyntaxError};
use crate::expression::lexer::error;
use crate::expression::parser::{LONGEST, Parsed, Parser, RESERVED};

impl Parser {
    pub(super) fn phrase(&mut self, start: usize, word: &str) -> Parsed {
        let next = self.word_at(1).unwrap_or_default().to_owned();
        match (word, next.as_str()) {
            ("each" | "some", "of") => {
                let each = word == "each";
                self.next += 2;
                let years = self.last_years()?;
                let parts = self.over_years(Self::block)?;
                Ok(self.made(start, Node::Years { each, years, parts }))
            }
            ("at", "least") => {
                self.next += 2;
                let k = self.whole(1, 1000)?;
                self.word("of")?;
                let parts = self.block()?;
                let k = usize::try_from(k).unwrap_or(usize::MAX);
                Ok(self.made(start, Node::AtLeast(k, parts)))
            }
            ("sum" | "average", "of") => {
                let mean = word == "average";
                self.next += 2;
                let years = self.last_years()?;
                let part = Box::new(self.over_years(Self::bracketed)?);
                Ok(self.made(start, Node::OverYears { mean, years, part }))
            }
            ("average" | "compound", "growth") => {
                let compound = word == "compound";
                self.next += 2;
                self.word("over")?;
                let years = self.years()?;
                let part = Box::new(self.over_years(Self::bracketed)?);
                Ok(self.made(start, Node::GrowthOver { compound, years, part }))
            }
            ("full", "years") => {
                self.next += 2;
                self.elapsed(start, ElapsedUnit::Years)
            }
            ("begun", "years") => {
                self.next += 2;
                self.elapsed(start, ElapsedUnit::YearsBegun)
            }
            ("days", "from") => {
                self.next += 1;
                self.elapsed(start, ElapsedUnit::Days)
            }
            _ => self.call_or_name(start, word),
        }
    }

    pub(super) fn call_or_name(&mut self, start: usize, word: &str) -> Parsed {
        self.next += 1;
        match word {
            "any" | "all" if self.is_sign("{") => {
                let parts = self.block()?;
                let node = if word == "any" { Node::Any(parts) } else { Node::All(parts) };
                Ok(self.made(start, node))
            }
            "min" | "max" if self.is_sign("(") => {
                self.sign("(")?;
                let mut parts = vec![self.sum()?];
                while self.take_sign(",") {
                    parts.push(self.sum()?);
                }
                self.sign(")")?;
                Ok(self.made(start, Node::Extreme { least: word == "min", parts }))
            }
            "growth" if self.is_sign("(") => {
                let part = Box::new(self.bracketed()?);
                Ok(self.made(start, Node::Growth(part)))
            }
            "holds" if self.is_sign("(") => {
                self.sign("(")?;
                let (programme, at) = self.quoted()?;
                self.sign(")")?;
                Ok(self.made(start, Node::Holds(programme, at)))
            }
            "happened" if self.is_sign("(") => self.happened(start),
            _ if RESERVED.contains(&word) => {
                let at = start..self.last_end();
                Err(error(
                    at,
                    &format!("“{word}”是保留字，此处没有意义"),
                    &format!("`{word}` is a reserved word and has no meaning here"),
                ))
            }
            _ => {
                let name = self.made(start, Node::Name(word.to_owned()));
                if !self.take_sign("[") {
                    return Ok(name);
                }
                let offset = self.base_offset()?;
                self.sign("]")?;
                Ok(self.made(start, Node::At(Box::new(name), offset)))
            }
        }
    }

    pub(super) fn happened(&mut self, start: usize) -> Parsed {
        self.sign("(")?;
        let (event, event_at) = self.quoted()?;
        self.sign(",")?;
        let window = self.window()?;
        let mut filter = None;
        if self.take_sign(",") {
            let (attribute, at) = self.name()?;
            let here = self.here();
            let operator = self
                .operator()
                .ok_or_else(|| error(here, "此处应为比较符号", "expected a comparison here"))?;
            let limit = self.sum()?;
            filter = Some((attribute, at, operator, Box::new(limit)));
        }
        self.sign(")")?;
        Ok(self.made(start, Node::Happened { event, event_at, window, filter }))
    }

    /// `last 36 months`, `since start of base-1`
    pub(super) fn window(&mut self) -> Result<Window, SyntaxError> {
        if self.take_word("since") {
            self.word("start")?;
            self.word("of")?;
            return Ok(Window::SinceStartOf(self.base_offset()?));
        }
        self.word("last")?;
        let months = self.whole(1, 1200)?;
        self.word("months")?;
        Ok(Window::Months(u32::try_from(months).unwrap_or(u32::MAX)))
    }

    pub(super) fn elapsed(&mut self, start: usize, unit: ElapsedUnit) -> Parsed {
        self.word("from")?;
        let from_start = self.here().start;
        let (name, _) = self.name()?;
        let from = Box::new(self.made(from_start, Node::Name(name)));
        self.word("to")?;
        let to = if self.take_word("today") {
            Until::Today
        } else if self.take_word("start") {
            self.word("of")?;
            Until::StartOfYear(self.base_offset()?)
        } else {
            self.word("end")?;
            self.word("of")?;
            Until::EndOfYear(self.base_offset()?)
        };
        Ok(self.made(start, Node::Elapsed { unit, from, to }))
    }

    /// `base`, `base-1`, `base+1`
    pub(super) fn base_offset(&mut self) -> Result<i16, SyntaxError> {
        self.word("base")?;
        let sign = if self.take_sign("-") {
            -1
        } else if self.take_sign("+") {
            1
        } else {
            return Ok(0);
        };
        let years = self.whole(0, i64::from(LONGEST))?;
        Ok(sign * i16::try_from(years).unwrap_or(LONGEST))
    }

    /// `last n years`
    pub(super) fn last_years(&mut self) -> Result<i16, SyntaxError> {
        self.word("last")?;
        self.years()
    }

    pub(super) fn years(&mut self) -> Result<i16, SyntaxError> {
        let years = self.whole(1, i64::from(LONGEST))?;
        if !self.take_word("year") {
            self.word("years")?;
        }
        Ok(i16::try_from(years).unwrap_or(LONGEST))
    }
}
