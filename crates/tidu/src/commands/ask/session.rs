//! What has been answered so far, and what is asked next. Going back brings back the facts as they
//! were, and with them the same question.

use enterprise::{FactKey, Facts, Problem, Severity, Source, Text, Uscc, Value, check_facts};
use rules::inquiry::{Inquiry, Reply, Span, Spans, next_question, record};
use rules::{Answer, LackOrder, Missing, Programme, Question, Rulebook, evaluate};

/// Years before the founding are absent, so whoever asks begins with it.
const FOUNDED_ON: &str = "founded_on";

/// A conversation about one firm.
pub(super) struct Session<'r> {
    pub rulebook: &'r Rulebook,
    pub programmes: Vec<&'r Programme>,
    pub question: Question,
    pub facts: Facts,
    pub spans: Spans<'r>,
    source: Source,
    skipped: Vec<Missing>,
    nameless: bool,
    past: Vec<Past>,
}

/// Something that was asked and answered, or skipped.
pub(super) struct Past {
    /// What was asked, in words.
    pub asked: Text,
    /// What was answered, in words; nothing if it was skipped.
    pub answer: Option<Text>,
    before: Facts,
    skipped: Vec<Missing>,
    nameless: bool,
}

/// What is asked now.
pub(super) enum Asked<'r> {
    /// The code of the firm.
    Code,
    /// Its name.
    Name,
    /// When it was founded.
    Founding(Missing),
    /// The next question of the rules.
    Next(Box<Inquiry<'r>>),
}

impl<'r> Session<'r> {
    pub fn new(
        rulebook: &'r Rulebook,
        programmes: Vec<&'r Programme>,
        question: Question,
        facts: Facts,
        source: Source,
    ) -> Self {
        let spans = Spans::new(rulebook, &programmes, &question);
        Self {
            rulebook,
            programmes,
            question,
            facts,
            spans,
            source,
            skipped: Vec::new(),
            nameless: false,
            past: Vec::new(),
        }
    }

    /// The next question; none if there is nothing left to ask.
    pub fn next(&self) -> Option<Asked<'r>> {
        if self.facts.uscc.is_none() {
            return Some(Asked::Code);
        }
        if self.facts.name.is_none() && !self.nameless {
            return Some(Asked::Name);
        }
        let key = FactKey { indicator: FOUNDED_ON.to_owned(), year: None };
        let founding = Missing::Fact { key, lack: LackOrder::Data };
        let known = self.facts.get(FOUNDED_ON, None).is_some();
        if !known
            && self.rulebook.catalogue.indicator(FOUNDED_ON).is_some()
            && !self.skipped.contains(&founding)
        {
            return Some(Asked::Founding(founding));
        }
        let (rulebook, programmes) = (self.rulebook, &self.programmes);
        next_question(rulebook, programmes, &self.facts, &self.question, &self.skipped)
            .map(|inquiry| Asked::Next(Box::new(inquiry)))
    }

    pub fn code(&mut self, code: Uscc) {
        let words = code.to_string();
        self.remember(code_words(), Some(Text::new(words.clone(), words)));
        self.facts.uscc = Some(code);
    }

    pub fn name(&mut self, name: &str) {
        self.remember(name_words(), Some(Text::new(name, name)));
        self.facts.name = Some(name.to_owned());
    }

    /// Takes an answer in, unless it cannot be with what is known; answers what is worth a look.
    pub fn answer(
        &mut self,
        (asked, words): (&Missing, Text),
        (reply, said): (Reply, Text),
        span: Span,
    ) -> Result<Vec<Problem>, Vec<Problem>> {
        let mut facts = self.facts.clone();
        let source = self.source.clone();
        record(&self.rulebook.catalogue, &mut facts, asked, reply, span, source);
        let before = self.problems(&self.facts);
        let mut new = self.problems(&facts);
        new.retain(|problem| !before.contains(problem));
        if new.iter().any(|problem| problem.severity == Severity::Refused) {
            return Err(new);
        }
        self.remember(words, Some(said));
        self.facts = facts;
        Ok(new)
    }

    /// Leaves a question aside until the next time.
    pub fn skip(&mut self, asked: Option<&Missing>, words: Text) {
        self.remember(words, None);
        match asked {
            Some(asked) => self.skipped.push(asked.clone()),
            None => self.nameless = true,
        }
    }

    /// Also leaves aside what an answer left open.
    pub fn leave_open(&mut self, asked: &Missing) {
        self.skipped.push(asked.clone());
    }

    /// Takes the last answer back; false if there is none.
    pub fn back(&mut self) -> bool {
        let Some(past) = self.past.pop() else { return false };
        (self.facts, self.skipped, self.nameless) = (past.before, past.skipped, past.nameless);
        true
    }

    pub fn past(&self) -> &[Past] {
        &self.past
    }

    /// What was skipped, or left open, and is still missing.
    pub fn skipped(&self) -> &[Missing] {
        &self.skipped
    }

    pub fn answers(&self) -> Vec<Answer<'r>> {
        let all = self.programmes.iter();
        all.map(|known| evaluate(self.rulebook, known, &self.facts, &self.question)).collect()
    }

    fn remember(&mut self, asked: Text, answer: Option<Text>) {
        self.past.push(Past {
            asked,
            answer,
            before: self.facts.clone(),
            skipped: self.skipped.clone(),
            nameless: self.nameless,
        });
    }

    /// What contradicts itself in the facts.
    fn problems(&self, facts: &Facts) -> Vec<Problem> {
        let place = enterprise::Place::default();
        let found = rules::cross_check(self.rulebook, facts, &self.question);
        let figures = found.iter().map(|found| words::discrepancy::problem(found, &place));
        check_facts(&self.rulebook.catalogue, facts).into_iter().chain(figures).collect()
    }
}

/// How the code is called.
pub(super) fn code_words() -> Text {
    Text::new("统一社会信用代码", "Unified social credit code")
}

/// How the name is called.
pub(super) fn name_words() -> Text {
    Text::new("企业名称", "Name of the firm")
}

/// The value of a fact as it was answered.
pub(super) fn value_words(rulebook: &Rulebook, key: &FactKey, value: &Value) -> Text {
    let indicator = rulebook.catalogue.indicator(&key.indicator);
    indicator.map(|known| words::indicator::value(known, value)).unwrap_or_default()
}

/// Where the answers come from.
pub(super) fn source(today: jiff::civil::Date) -> Source {
    Source { name: Some("企业自报".into()), known: Some(today) }
}
