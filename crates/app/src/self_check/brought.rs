//! A facts document that somebody brings to go on from: read and refused as a file is, and kept as text so that it can
//! travel with the pages.

use std::ops::ControlFlow;

use connectors::{read_facts, write_facts};
use enterprise::{Facts, Problem, Severity};
use jiff::civil::Date;
use rules::{Missing, Rulebook};

use super::SelfCheck;
use crate::refusal::{Invalid, Refusal, Words};

/// The most bytes of a document that pages carry.
pub(super) const MOST: usize = 24 * 1024;

/// The longest name of an enterprise.
pub(super) const NAME: usize = 100;

/// A facts document.
#[derive(Clone, Debug, PartialEq)]
pub struct Brought {
    pub(super) facts: Facts,
    /// The same as text, without room.
    pub(super) text: String,
}

impl Brought {
    /// Reads the document of one enterprise.
    pub(super) fn read(rulebook: &Rulebook, document: &str) -> Result<Self, Refusal> {
        let mut found = Vec::new();
        let read = read_facts(document, &rulebook.catalogue, &mut |reading| {
            found.push(reading);
            if found.len() > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if let Err(problem) = read {
            return Err(Refusal::Invalid(vec![told(&problem)]));
        }
        let reading = match (found.pop(), found.is_empty()) {
            (Some(reading), true) => reading,
            _ => {
                return Err(Refusal::invalid(
                    "file",
                    "文件里应当正好有一户企业的数据",
                    "the file has to hold the data of exactly one enterprise",
                ));
            }
        };
        match reading.facts {
            Some(facts) => Self::of(rulebook, facts),
            None => {
                let refused = |problem: &&Problem| problem.severity == Severity::Refused;
                let problems = reading.problems.iter().filter(refused);
                Err(Refusal::Invalid(problems.map(told).collect()))
            }
        }
    }

    fn of(rulebook: &Rulebook, facts: Facts) -> Result<Self, Refusal> {
        let pretty = write_facts(&rulebook.catalogue, &facts);
        let value: serde_json::Value = serde_json::from_str(&pretty).map_err(Refusal::broken)?;
        let text = value.to_string();
        if text.len() > MOST {
            return Err(Refusal::invalid(
                "file",
                format!("数据过多：自测至多带入 {} KB", MOST / 1024),
                format!("too much: a self-check takes {} KB at most", MOST / 1024),
            ));
        }
        Ok(Self { facts, text })
    }

    /// What it says.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}

impl SelfCheck {
    /// Goes on from a facts document.
    ///
    /// # Errors
    /// What is wrong with it, place by place.
    pub fn bring(rulebook: &Rulebook, document: &str) -> Result<Self, Refusal> {
        Ok(Self { brought: Some(Brought::read(rulebook, document)?), ..Self::default() })
    }

    /// Names the enterprise, as far as somebody gives its name and its code.
    ///
    /// # Errors
    /// What is wrong with the code.
    pub fn identify(&mut self, name: Option<&str>, code: Option<&str>) -> Result<(), Refusal> {
        let named = |text: &&str| !text.trim().is_empty();
        if let Some(code) = code.filter(named) {
            let read = connectors::spoken_code(code);
            let refused = |problem: Box<Problem>| {
                Refusal::Invalid(vec![Invalid { field: "uscc", ..told(&problem) }])
            };
            self.uscc = Some(read.map_err(refused)?);
        }
        if let Some(name) = name.filter(named) {
            self.name = Some(crate::people::tidy(name).chars().take(NAME).collect());
        }
        Ok(())
    }

    /// Everything that is known as a facts document. Without a code nobody could read it back.
    ///
    /// # Errors
    /// The code is lacking.
    pub fn facts_document(&self, rulebook: &Rulebook, today: Date) -> Result<String, Refusal> {
        let facts = self.facts(rulebook, today);
        if facts.uscc.is_none() {
            return Err(Refusal::invalid(
                "uscc",
                "文件须写明统一社会信用代码，否则不能再读取",
                "the file has to name the unified social credit code, or it could not be read back",
            ));
        }
        Ok(write_facts(&rulebook.catalogue, &facts))
    }

    /// The name of the enterprise, as far as somebody gave it.
    pub fn firm(&self) -> Option<&str> {
        let brought = self.brought.as_ref().and_then(|one| one.facts.name.as_deref());
        self.name.as_deref().or(brought)
    }

    /// What it began with.
    pub fn brought(&self) -> Option<&Brought> {
        self.brought.as_ref()
    }

    /// Forgets what the document said about something, so that it is asked.
    pub fn forget(&mut self, rulebook: &Rulebook, what: &Missing) -> Result<(), Refusal> {
        let Some(brought) = &self.brought else { return Ok(()) };
        self.kept_until = None;
        let mut facts = brought.facts.clone();
        match what {
            Missing::Fact { key, .. } => drop(facts.unset(&key.indicator, key.year)),
            Missing::Title(programme) => {
                facts.titles.retain(|title| title.programme != *programme);
                facts.titles_denied.retain(|denied| denied != programme);
                facts.titles_complete = false;
            }
            Missing::Event { kind, .. } => {
                facts.events.retain(|event| event.kind != *kind);
                facts.complete.retain(|known| known.kind != *kind && known.kind != "*");
            }
            Missing::Judgement { owner, criterion } => facts
                .judgements
                .retain(|known| known.owner != *owner || known.criterion != *criterion),
        }
        self.brought = Some(Brought::of(rulebook, facts)?);
        Ok(())
    }
}

fn told(problem: &Problem) -> Invalid {
    let (place, message, help) = (&problem.place.field, &problem.message, &problem.help);
    let place = place.as_ref().map(|place| format!("{place} ")).unwrap_or_default();
    let why = Words::new(
        format!("{place}{}；{}", message.zh, help.zh),
        format!("{place}{}; {}", message.en, help.en),
    );
    Invalid { field: "file", why }
}
