//! What was tested, as rows: the value, what it is held against, how far off it is, where it came
//! from or what it lacks.

mod compare;
mod origin;
mod standing;
mod value;

use std::cell::RefCell;
use std::collections::BTreeSet;

use enterprise::{Facts, Lang, Source, Text};
use jiff::civil::Date;
use rules::{ConditionResult, Rulebook, Test, Truth};

use super::paint::Style;
use super::tree::{Line, Row};
pub(crate) use origin::common_source;
pub(crate) use value::value_of;

/// What the rows of one programme are made with.
pub(crate) struct Rows<'r> {
    pub rulebook: &'r Rulebook,
    pub lang: Lang,
    pub base_year: i16,
    pub as_of: Date,
    /// The source that most facts share: it stands at the head of the page and not in every row.
    common: Option<Source>,
    /// Facts that the criterion at hand has already shown: each stands once.
    shown: RefCell<BTreeSet<(String, Option<i16>)>>,
}

/// Where a row stands and what it counts for.
#[derive(Debug, Clone, Copy)]
struct At {
    depth: usize,
    /// The status it shows in front; none if it stands alone below its criterion.
    own: Option<Truth>,
    /// The status that colours it.
    truth: Truth,
    /// Whether what it belongs to is decided without it.
    moot: bool,
    /// Whether it is only a fact behind a test.
    fact: bool,
}

impl<'r> Rows<'r> {
    /// Rows for one programme and subject.
    pub(crate) fn new(
        rulebook: &'r Rulebook,
        facts: &Facts,
        (base_year, as_of): (i16, Date),
        lang: Lang,
    ) -> Self {
        let common = origin::common_source(facts).cloned();
        Self { rulebook, lang, base_year, as_of, common, shown: RefCell::default() }
    }

    /// Lets facts be shown again: a new criterion begins.
    pub(crate) fn begin(&self) {
        self.shown.borrow_mut().clear();
    }

    /// The rows of a condition that stands alone below its criterion.
    pub(crate) fn condition(
        &self,
        result: &ConditionResult<'_>,
        depth: usize,
        lines: &mut Vec<Line>,
    ) {
        let at = At { depth, own: None, truth: result.truth, moot: false, fact: false };
        self.test(result, true, at, lines);
    }

    /// The condition of a sub-criterion in one row that bears its label, if one row says it all.
    pub(crate) fn in_one_row(
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
                    format!("{}称号", words::condition::quoted(&holds.label.zh)),
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

    fn note(&self, depth: usize, zh: &str, en: &str, lines: &mut Vec<Line>) {
        let text = match self.lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        };
        lines.push(Line::Note { depth, text, style: Style::Dim });
    }

    fn row(&self, at: At, [label, value, limit, note]: [&Text; 4], lines: &mut Vec<Line>) {
        let style = match at.truth {
            _ if at.moot => Style::Dim,
            Truth::NotMet => Style::Bad,
            Truth::Unknown(_) => Style::Open,
            Truth::Met | Truth::NotApplicable => Style::Plain,
        };
        let word = |text: &Text| text.get(self.lang).to_owned();
        lines.push(Line::Row(Row {
            depth: at.depth,
            truth: at.own,
            label: word(label),
            value: word(value),
            limit: word(limit),
            note: word(note),
            style,
            fact: at.fact,
            ppm: None,
        }));
    }
}

impl At {
    /// A row for a fact below this one.
    fn below(self, truth: Truth) -> Self {
        let depth = self.depth + 1 + usize::from(self.own.is_some());
        Self { depth, own: None, truth, moot: self.moot, fact: true }
    }
}
