//! What was tested, as rows: the value, what it is held against, how far off it is, where it came
//! from or what it lacks.

use std::cell::RefCell;
use std::collections::BTreeSet;

use enterprise::{Facts, Source, Text};
use jiff::civil::Date;
use rules::{ConditionResult, Rulebook, Test, Truth};

use super::{Line, Row, Tone, origin, standing};

/// What explains the results of one programme for one subject.
pub struct Explainer<'r> {
    pub(super) rulebook: &'r Rulebook,
    pub(super) base_year: i16,
    pub(super) as_of: Date,
    /// The source that most facts share: it stands at the head of the page and not in every row.
    pub(super) common: Option<Source>,
    /// Facts that the criterion at hand has already shown: each stands once.
    pub(super) shown: RefCell<BTreeSet<(String, Option<i16>)>>,
    /// Indicators that are not shown to whoever reads: what is missing of them may well be known.
    pub(super) withheld: BTreeSet<String>,
}

/// Where a row stands and what it counts for.
#[derive(Debug, Clone, Copy)]
pub(super) struct At {
    pub depth: usize,
    /// The status it shows in front; none if it stands alone below its criterion.
    pub own: Option<Truth>,
    /// The status that colours it.
    pub truth: Truth,
    /// Whether what it belongs to is decided without it.
    pub moot: bool,
    /// Whether it is only a fact behind a test.
    pub fact: bool,
}

impl<'r> Explainer<'r> {
    /// For one programme and subject, with the last fiscal year and the day of the answer.
    pub fn new(rulebook: &'r Rulebook, facts: &Facts, (base_year, as_of): (i16, Date)) -> Self {
        let common = origin::common_source(facts).cloned();
        let (shown, withheld) = (RefCell::default(), BTreeSet::new());
        Self { rulebook, base_year, as_of, common, shown, withheld }
    }

    /// For somebody to whom these indicators are not shown; the facts are without them.
    pub fn withholding(self, indicators: &BTreeSet<&str>) -> Self {
        let withheld = indicators.iter().map(|id| (*id).to_owned()).collect();
        Self { withheld, ..self }
    }

    /// Lets facts be shown again: a new criterion begins.
    pub(super) fn begin(&self) {
        self.shown.borrow_mut().clear();
    }

    /// The rows of a condition by itself: each fact stands once.
    pub fn condition(&self, result: &ConditionResult<'_>) -> Vec<Line> {
        self.begin();
        let mut lines = Vec::new();
        self.below(result, 0, &mut lines);
        lines
    }

    /// The rows of a condition that stands alone below its criterion.
    pub(super) fn below(&self, result: &ConditionResult<'_>, depth: usize, lines: &mut Vec<Line>) {
        let at = At { depth, own: None, truth: result.truth, moot: false, fact: false };
        self.test(result, true, at, lines);
    }

    /// The condition of a sub-criterion in one row that bears its label, if one row says it all.
    pub(super) fn in_one_row(
        &self,
        label: &Text,
        result: &ConditionResult<'_>,
        depth: usize,
        lines: &mut Vec<Line>,
    ) -> bool {
        let (inner, wanted) = match &result.test {
            Test::Not(inner) => (&**inner, false),
            _ => (result, true),
        };
        let at =
            At { depth, own: Some(result.truth), truth: result.truth, moot: false, fact: false };
        match &inner.test {
            Test::Flag { fact, value, source } => {
                self.flag((label, fact, *value, source.as_ref()), inner, wanted, at, lines);
            }
            Test::Holds { holds, title } => {
                self.holds(label, (holds, title.as_ref()), wanted, at, lines);
            }
            Test::Happened { happened, from, dates, complete_until }
                if happened.attribute.is_none() =>
            {
                let window = (*from, dates.as_slice(), *complete_until);
                self.happened(label, happened, window, inner, wanted, at, lines);
            }
            _ => return false,
        }
        true
    }

    fn test(&self, result: &ConditionResult<'_>, wanted: bool, at: At, lines: &mut Vec<Line>) {
        match &result.test {
            Test::Not(inner) => self.test(inner, !wanted, at, lines),
            Test::All(parts) => {
                if !wanted {
                    self.note(at.depth, "以下不得同时成立", "not all of these", lines);
                }
                self.each(parts, at, result.truth, lines);
            }
            Test::AtLeast(k, parts) => {
                match (wanted, k) {
                    (true, 1) => self.note(at.depth, "以下满足一项即可", "any one of these", lines),
                    (true, k) => self.note(
                        at.depth,
                        &format!("以下至少满足 {k} 项"),
                        &format!("at least {k} of these"),
                        lines,
                    ),
                    (false, 1) => self.note(at.depth, "以下均不得成立", "none of these", lines),
                    (false, k) => self.note(
                        at.depth,
                        &format!("以下成立的须少于 {k} 项"),
                        &format!("fewer than {k} of these"),
                        lines,
                    ),
                }
                self.each(parts, at, result.truth, lines);
            }
            Test::Compare(compared) => self.compare(compared, result, at, lines),
            Test::Flag { fact, value, source } => {
                let label = self.fact_label(fact);
                self.flag((&label, fact, *value, source.as_ref()), result, wanted, at, lines);
            }
            Test::Member { .. } => self.member(result, wanted, at, lines),
            Test::Holds { holds, title } => {
                let label = Text::new(
                    format!("{}称号", crate::condition::quoted(&holds.label.zh)),
                    format!("title: {}", holds.label.en),
                );
                self.holds(&label, (holds, title.as_ref()), wanted, at, lines);
            }
            Test::Happened { happened, from, dates, complete_until } => {
                let label = standing::event_label(happened);
                let window = (*from, dates.as_slice(), *complete_until);
                self.happened(&label, happened, window, result, wanted, at, lines);
            }
        }
    }

    fn each(&self, parts: &[ConditionResult<'_>], at: At, whole: Truth, lines: &mut Vec<Line>) {
        for part in parts {
            let decided = whole.unknown().is_none() && part.truth != whole;
            let own = Some(part.truth);
            let moot = at.moot || decided;
            let at = At { depth: at.depth, own, truth: part.truth, moot, fact: false };
            self.test(part, true, at, lines);
        }
    }

    pub(super) fn note(&self, depth: usize, zh: &str, en: &str, lines: &mut Vec<Line>) {
        lines.push(Line::Note { depth, text: Text::new(zh, en), tone: Tone::Dim });
    }

    pub(super) fn row(
        &self,
        at: At,
        [label, value, limit, note]: [&Text; 4],
        lines: &mut Vec<Line>,
    ) {
        let tone = match at.truth {
            _ if at.moot => Tone::Dim,
            Truth::NotMet => Tone::Bad,
            Truth::Unknown(_) => Tone::Open,
            Truth::Met | Truth::NotApplicable => Tone::Plain,
        };
        lines.push(Line::Row(Row {
            depth: at.depth,
            truth: at.own,
            label: label.clone(),
            value: value.clone(),
            limit: limit.clone(),
            note: note.clone(),
            tone,
            fact: at.fact,
            ppm: None,
        }));
    }
}

impl At {
    /// A row for a fact below this one.
    pub(super) fn below(self, truth: Truth) -> Self {
        let depth = self.depth + 1 + usize::from(self.own.is_some());
        Self { depth, own: None, truth, moot: self.moot, fact: true }
    }
}
