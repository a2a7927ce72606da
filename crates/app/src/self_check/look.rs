//! How a self-check stands: what is asked next and why, what was decided by the last answer, how much is left.

use std::collections::BTreeSet;

use enterprise::{Cost, FOUNDED_ON, FactKey, Facts};
use jiff::civil::Date;
use rules::inquiry::{
    Further, Inquiry, Possible, Span, Spans, further_question, next_question, not_known,
};
use rules::{Answer, LackOrder, Missing, Programme, Question, Rulebook, evaluate};

use super::{Given, Said, SelfCheck};

/// How a self-check stands.
#[derive(Debug)]
pub struct Looked<'r> {
    /// What the answers come to.
    pub facts: Facts,
    /// The answer for every programme that is looked for.
    pub answers: Vec<Answer<'r>>,
    /// What is asked next; none if there is nothing left to ask.
    pub next: Option<Next<'r>>,
    /// How much there is still to ask.
    pub left: Left,
}

/// What is asked, and why.
#[derive(Debug)]
pub struct Next<'r> {
    /// What is asked.
    pub asked: Missing,
    /// For events: the days that the answer has to cover.
    pub span: Span,
    /// What it costs to find out.
    pub cost: Option<Cost>,
    /// The programmes that some answer would decide all by itself.
    pub decides: Vec<&'r Programme>,
    /// The other programmes in which it is missing.
    pub used_in: Vec<&'r Programme>,
    /// The programmes of which it tells more than the verdict: what else stands in the way.
    pub explains: Vec<&'r Programme>,
    /// Whether it tells a new application from a re-review.
    pub tells_purpose: bool,
}

/// How much there is still to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Left {
    /// As things stand, at most so many questions.
    pub most: usize,
    /// So many were skipped.
    pub skipped: usize,
    /// So many more could be asked about programmes that are decided, to see what else is in the way.
    pub further: usize,
}

/// A programme of which something else is possible now.
#[derive(Debug)]
pub struct Turned<'r> {
    /// What was known before.
    pub before: Answer<'r>,
    /// What is known now.
    pub after: Answer<'r>,
}

impl SelfCheck {
    /// How it stands, and what is asked next. Tries replies to what is missing: not for free.
    pub fn look<'r>(&self, rulebook: &'r Rulebook, today: Date) -> Looked<'r> {
        let (programmes, question) = (self.programmes(rulebook, today), Question::on(today));
        let stands = self.stand(rulebook, today);
        let next = match self.founding(rulebook, &stands.facts) {
            Some(asked) => {
                let spans = Spans::new(rulebook, &programmes, &question);
                Some(Next::plain(asked, &spans))
            }
            None => {
                let aside = self.aside(&stands.answers, today);
                // Who wants to see all that is in the way of a programme is not asked about others first.
                self.further(rulebook, &stands.answers, &aside).or_else(|| {
                    next_question(rulebook, &programmes, &stands.facts, &question, &aside)
                        .map(Next::of)
                })
            }
        };
        let left = match next {
            Some(_) => Left { most: stands.left.most.max(1), ..stands.left },
            // What is left could change nothing, but may be in the way all the same.
            None => Left {
                most: 0,
                further: further(&stands.answers, &self.aside(&stands.answers, today)).len(),
                ..stands.left
            },
        };
        Looked { left, next, ..stands }
    }

    /// How it stands, without looking for the next question.
    pub fn stand<'r>(&self, rulebook: &'r Rulebook, today: Date) -> Looked<'r> {
        let (programmes, question) = (self.programmes(rulebook, today), Question::on(today));
        let spans = Spans::new(rulebook, &programmes, &question);
        let facts = self.facts_within(rulebook, &spans, self.given.len());
        let judge = |programme: &&'r Programme| evaluate(rulebook, programme, &facts, &question);
        let answers: Vec<Answer<'r>> = programmes.iter().map(judge).collect();
        let missing = self.missing_in(&answers);
        let aside = self.aside(&answers, today);
        let further = further(&answers, &aside).difference(&missing).count();
        let skipped = self.given.iter().filter(|given| given.said == Said::Skipped);
        let skipped = skipped.filter(|given| missing.contains(&given.asked)).count();
        let most = missing.iter().filter(|what| !aside.contains(what)).count();
        Looked { facts, answers, next: None, left: Left { most, skipped, further } }
    }

    /// A question by name, as it stands among the others; for changing an answer.
    pub fn ask_again<'r>(&self, rulebook: &'r Rulebook, today: Date, asked: &Missing) -> Next<'r> {
        let (programmes, question) = (self.programmes(rulebook, today), Question::on(today));
        let spans = Spans::new(rulebook, &programmes, &question);
        Next::plain(asked.clone(), &spans)
    }

    /// The programmes that stand otherwise with an answer than without it.
    pub fn turned<'r>(
        &self,
        rulebook: &'r Rulebook,
        today: Date,
        before: &Self,
    ) -> Vec<Turned<'r>> {
        let (programmes, question) = (self.programmes(rulebook, today), Question::on(today));
        let (old, new) = (before.facts(rulebook, today), self.facts(rulebook, today));
        let seen = |answer: &Answer<'_>| {
            let possible = Possible::of(answer);
            (possible.purpose, possible.version, possible.verdict, possible.score)
        };
        let pairs = programmes.into_iter().map(|programme| Turned {
            before: evaluate(rulebook, programme, &old, &question),
            after: evaluate(rulebook, programme, &new, &question),
        });
        pairs.filter(|pair| seen(&pair.before) != seen(&pair.after)).collect()
    }

    /// How many questions there are about a programme, to see what else is in the way of it.
    pub fn further_about(&self, answer: &Answer<'_>) -> usize {
        let answers = std::slice::from_ref(answer);
        further(answers, &self.aside(answers, answer.as_of)).len()
    }

    /// What to ask about programmes of which everything is asked.
    fn further<'r>(
        &self,
        rulebook: &'r Rulebook,
        answers: &[Answer<'r>],
        aside: &[Missing],
    ) -> Option<Next<'r>> {
        let through: Vec<&Answer<'r>> =
            answers.iter().filter(|answer| self.is_through(answer.programme)).collect();
        let programmes: Vec<&Programme> = answers.iter().map(|answer| answer.programme).collect();
        let spans = Spans::new(rulebook, &programmes, &Question::on(answers.first()?.as_of));
        further_question(rulebook, &through, &spans, aside).map(Next::further)
    }

    /// What somebody could look up for any of the programmes, as far as it is asked for.
    fn missing_in(&self, answers: &[Answer<'_>]) -> BTreeSet<Missing> {
        let through = answers.iter().filter(|answer| self.is_through(answer.programme));
        let mut missing = missing_in(answers);
        missing.extend(through.flat_map(not_known));
        missing
    }

    /// What is not asked again: what was skipped, and what an answer of today left open.
    fn aside(&self, answers: &[Answer<'_>], today: Date) -> Vec<Missing> {
        let mut missing = missing_in(answers);
        missing.extend(answers.iter().flat_map(not_known));
        let open = |given: &&Given| match given.said {
            Said::Skipped => true,
            // Of events, time may have passed since the answer.
            Said::Reply(_) => missing.contains(&given.asked) && given.on == today,
        };
        self.given.iter().filter(open).map(|given| given.asked.clone()).collect()
    }

    /// Years before the founding are absent, so that it comes first.
    fn founding(&self, rulebook: &Rulebook, facts: &Facts) -> Option<Missing> {
        rulebook.catalogue.indicator(FOUNDED_ON)?;
        let key = FactKey { indicator: FOUNDED_ON.to_owned(), year: None };
        let asked = Missing::Fact { key, lack: LackOrder::Data };
        let known = facts.get(FOUNDED_ON, None).is_some() || self.said(&asked).is_some();
        (!known).then_some(asked)
    }
}

/// What somebody could look up about programmes whatever their verdict, and has not left aside.
fn further(answers: &[Answer<'_>], aside: &[Missing]) -> BTreeSet<Missing> {
    let mut further: BTreeSet<Missing> = answers.iter().flat_map(not_known).collect();
    further.retain(|what| !aside.contains(what));
    further
}

/// What somebody could look up to decide any of the programmes.
fn missing_in(answers: &[Answer<'_>]) -> BTreeSet<Missing> {
    let open = answers.iter().map(Possible::of).filter(|possible| !possible.is_settled());
    open.flat_map(|possible| possible.askable().cloned().collect::<Vec<_>>()).collect()
}

impl<'r> Next<'r> {
    fn plain(asked: Missing, spans: &Spans<'_>) -> Self {
        let span = spans.of(&asked);
        Self {
            asked,
            span,
            cost: None,
            decides: Vec::new(),
            used_in: Vec::new(),
            explains: Vec::new(),
            tells_purpose: false,
        }
    }

    fn further(further: Further<'r>) -> Self {
        Self {
            asked: further.what,
            span: further.span,
            cost: Some(further.cost),
            decides: Vec::new(),
            used_in: Vec::new(),
            explains: further.missing_in,
            tells_purpose: false,
        }
    }

    fn of(inquiry: Inquiry<'r>) -> Self {
        let own = |known: &Programme| inquiry.what == Missing::Title(known.id.clone());
        let tells_purpose = inquiry.missing_in.iter().any(|known| own(known));
        let decided = |known: &&'r Programme| inquiry.decides.iter().any(|one| one.id == known.id);
        let used_in = inquiry
            .missing_in
            .iter()
            .copied()
            .filter(|known| !decided(known) && !own(known))
            .collect();
        Self {
            span: inquiry.span,
            cost: Some(inquiry.cost),
            used_in,
            explains: Vec::new(),
            tells_purpose,
            asked: inquiry.what,
            decides: inquiry.decides,
        }
    }
}
