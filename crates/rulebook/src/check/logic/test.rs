//! Single tests in the normal form: what must be so when one is met, and when it is not.

use std::rc::Rc;

use rules::{Comparison, Condition, Exact, Happened, Limit, Operator, Quantity, Rulebook};

use crate::check::logic::line::Line;
use crate::check::logic::possible::{Events, Options, Possible, Seen, Set};
use crate::check::logic::subject::{constant, of_fact, of_quantity};

/// A test: what must be so when it is met, and when it is not. In between it is unknown.
pub(crate) struct Test {
    pub name: String,
    /// The name of its opposite.
    opposite: String,
    pub met: Possible,
    pub not_met: Possible,
}

impl Test {
    fn of(subject: String, met: Set, not_met: Set) -> Self {
        let name = format!("{subject} {}", met.written());
        let opposite = format!("{subject} {}", not_met.written());
        let subject: Rc<str> = subject.into();
        Self {
            name,
            opposite,
            met: Possible::only(Rc::clone(&subject), met),
            not_met: Possible::only(subject, not_met),
        }
    }

    pub fn turned(self) -> Self {
        Self { name: self.opposite, opposite: self.name, met: self.not_met, not_met: self.met }
    }
}

/// The normal form of a condition that has no parts; `None` for one that has.
pub(crate) fn test(rulebook: &Rulebook, condition: &Condition) -> Option<Test> {
    match condition {
        Condition::Compare(comparison) => Some(compared(rulebook, comparison)),
        Condition::Member(member) => {
            let total = match &member.fact.indicator.kind {
                enterprise::Kind::Choice(choices) => choices.len(),
                _ => return None,
            };
            let options = Options::some(member.options.iter().copied(), total);
            let outside = options.outside();
            let subject = of_fact(&member.fact);
            Some(Test::of(subject, Set::Options(options), Set::Options(outside)))
        }
        Condition::Flag(fact) => Some(yes_or_no(of_fact(fact))),
        Condition::Happened(happened) => Some(seen(happened)),
        // A title counts through several programmes: it is taken apart.
        Condition::Holds(_)
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::AtLeast(..)
        | Condition::Not(_) => None,
    }
}

/// Whether a single title is held.
pub(crate) fn title(programme: &str) -> Test {
    yes_or_no(format!("title {programme}"))
}

fn yes_or_no(subject: String) -> Test {
    let yes = Options::some([1], 2);
    let no = Options::some([0], 2);
    Test::of(subject, Set::Options(yes), Set::Options(no))
}

fn compared(rulebook: &Rulebook, comparison: &Comparison) -> Test {
    let Comparison { left, operator, right, .. } = comparison;
    let (value, operator, edge) = match (constant(left), constant(right)) {
        (_, Some(edge)) => (left, *operator, edge),
        (Some(edge), None) => (right, mirrored(*operator), edge),
        (None, None) => return of_two(left, *operator, right),
    };
    let range = rules::range(rulebook, value).ok();
    let (low, high) = range.map_or((None, None), |range| (fitting(range.low), fitting(range.high)));
    let range = Line::between(low, high);
    let line = Line::of(operator, edge);
    let met = line.both(&range);
    let not_met = line.outside().both(&range);
    let subject = of_quantity(value);
    // The names come from the edge, not from the range: two edges beyond a range are not the same.
    let name = format!("{subject} {}", line.written());
    let opposite = format!("{subject} {}", line.outside().written());
    Test { name, opposite, ..Test::of(subject, Set::Line(met), Set::Line(not_met)) }
}

/// Two quantities against each other: what matters is which of them is larger.
fn of_two(left: &Quantity, operator: Operator, right: &Quantity) -> Test {
    let (first, second) = (of_quantity(left), of_quantity(right));
    let (subject, operator) = if first <= second {
        (format!("{first} against {second}"), operator)
    } else {
        (format!("{second} against {first}"), mirrored(operator))
    };
    let line = Line::of(operator, Exact::ZERO);
    let outside = line.outside();
    Test::of(subject, Set::Line(line), Set::Line(outside))
}

fn mirrored(operator: Operator) -> Operator {
    match operator {
        Operator::AtLeast => Operator::AtMost,
        Operator::MoreThan => Operator::LessThan,
        Operator::AtMost => Operator::AtLeast,
        Operator::LessThan => Operator::MoreThan,
        Operator::Equal => Operator::Equal,
    }
}

/// A bound that can be compared with every limit; a wider one is left out, which loses nothing.
fn fitting(bound: Option<Exact>) -> Option<Exact> {
    let widest = [Exact::whole(i64::MAX), Exact::scaled(i64::MAX, 1_000_000)?];
    bound.filter(|bound| widest.iter().all(|limit| bound.compare(*limit).is_some()))
}

fn seen(happened: &Happened) -> Test {
    let number = happened.attribute.as_ref().map(|(attribute, operator, limit)| {
        let limit: &Limit = limit;
        (attribute.id.clone(), Line::of(*operator, limit.value))
    });
    let seen = Seen { window: happened.window, number };
    let met = Events { happened: vec![seen.clone()], absent: Vec::new() };
    let not_met = Events { happened: Vec::new(), absent: vec![seen] };
    Test::of(format!("event {}", happened.event.id), Set::Events(met), Set::Events(not_met))
}
