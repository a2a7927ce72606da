//! Questions and answers in the words of a page.

use app::self_check::{Given, Next, Said, SelfCheck};
use enterprise::{Facts, Indicator};
use rules::inquiry::{Reply, Span, endless, unqualified};
use rules::{Missing, Programme, Rulebook};
use words::condition::quoted;
use words::{gap, indicator, provenance};

use crate::lang::Say;

/// How something is called that is asked for, with its year.
pub(super) fn name(say: Say, rulebook: &Rulebook, asked: &Missing) -> String {
    match asked {
        Missing::Fact { key, .. } => match (indicator_of(rulebook, asked), key.year) {
            (Some(known), Some(year)) => {
                let label = say.both(&known.label);
                say.t2("check.of-year", ("year", year), ("label", label))
            }
            (Some(known), None) => say.both(&known.label),
            (None, _) => key.indicator.clone(),
        },
        _ => say.both(&gap::name(asked, rulebook)),
    }
}

/// The question in one sentence.
pub(super) fn question(
    say: Say,
    (rulebook, facts): (&Rulebook, &Facts),
    asked: &Missing,
    span: Span,
) -> String {
    let name = name(say, rulebook, asked);
    let marked = || say.either(&quoted(&name), &name).to_owned();
    match asked {
        Missing::Fact { .. } | Missing::Judgement { .. } => name,
        Missing::Title(programme) => match endless(facts, programme) {
            Some(title) => say.t2("check.until-when", ("label", marked()), ("from", title.from)),
            None => say.t1("check.held", "label", marked()),
        },
        Missing::Event { attribute: None, .. } => say.t1("check.happened", "label", marked()),
        Missing::Event { kind, attribute: Some(attribute) } => {
            let lacking = unqualified(&rulebook.catalogue, facts, kind, attribute, span);
            let days = lacking.iter().filter_map(|index| facts.events.get(*index));
            let days: Vec<String> = days.map(|event| event.date.to_string()).collect();
            say.t2("check.numbers", ("label", name), ("days", days.join(say.either("、", ", "))))
        }
    }
}

/// What helps to answer: which days count, what it means exactly, who has it, how far it can reach.
pub(super) fn help(say: Say, rulebook: &Rulebook, asked: &Missing, span: Span) -> Vec<String> {
    let mut help = Vec::new();
    if let Missing::Event { attribute: None, .. } = asked {
        let period = say.t2("check.period", ("from", span.from), ("until", span.until));
        help.push(say.t1("check.in-period", "period", period));
    }
    let Some(known) = indicator_of(rulebook, asked) else { return help };
    let note = say.both(&known.note);
    if !note.is_empty() {
        help.push(note);
    }
    let source = say.both(&known.source);
    if !source.is_empty() {
        let cost = say.both(&provenance::cost(known.cost));
        help.push(say.t2("check.found", ("source", source), ("cost", cost)));
    }
    if let Some(range) = indicator::range_to_mind(known) {
        help.push(say.t1("check.range", "range", say.both(&range)));
    }
    help
}

/// What hangs on a question.
pub(super) fn stake(say: Say, next: &Next<'_>) -> Vec<String> {
    let named = |programmes: &[&Programme]| {
        let titles: Vec<String> = programmes.iter().map(|known| say.both(&known.title)).collect();
        titles.join(say.either("、", ", "))
    };
    let mut stake = Vec::new();
    if !next.decides.is_empty() {
        stake.push(say.t1("check.may-decide", "programmes", named(&next.decides)));
    }
    if next.tells_purpose {
        stake.push(say.t("check.tells-purpose"));
    }
    if !next.used_in.is_empty() {
        stake.push(say.t1("check.used-in", "programmes", named(&next.used_in)));
    }
    if !next.explains.is_empty() {
        stake.push(say.t1("check.explains", "programmes", named(&next.explains)));
    }
    stake
}

/// How many questions were answered, and how many skipped.
pub(super) fn counts(say: Say, check: &SelfCheck) -> String {
    match check.counts() {
        (answered, 0) => say.t1("check.given", "count", answered),
        (answered, skipped) => {
            say.t2("check.given-skipped", ("count", answered), ("skipped", skipped))
        }
    }
}

/// Whether and until when the answers are kept.
pub(super) fn kept(say: Say, check: &SelfCheck) -> String {
    match check.kept_until() {
        Some(day) => say.t1("check.kept-here", "day", day),
        None => say.t("check.nothing-kept"),
    }
}

/// What was said, in a few words.
pub(super) fn said(say: Say, rulebook: &Rulebook, given: &Given) -> String {
    let Said::Reply(reply) = &given.said else { return say.t("check.skipped") };
    match reply {
        Reply::Value(value) => indicator_of(rulebook, &given.asked)
            .map(|known| say.both(&indicator::value(known, value)))
            .unwrap_or_default(),
        Reply::Held { from, to: Some(to) } => say.t2("check.period", ("from", from), ("until", to)),
        Reply::Held { from, to: None } => say.t1("check.from-on", "from", from),
        Reply::NotHeld => say.t("check.not-held"),
        Reply::NoOtherTitle => say.t("check.no-title"),
        Reply::NoOtherEvent => say.t("check.no-event"),
        Reply::Events(events) if events.is_empty() => say.t("check.none"),
        Reply::Events(events) => {
            let days: Vec<String> = events.iter().map(|(day, _)| day.to_string()).collect();
            days.join(say.either("、", ", "))
        }
        Reply::Numbers(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            numbers.join(say.either("、", ", "))
        }
    }
}

pub(super) fn indicator_of<'r>(rulebook: &'r Rulebook, asked: &Missing) -> Option<&'r Indicator> {
    match asked {
        Missing::Fact { key, .. } => rulebook.catalogue.indicator(&key.indicator).map(|one| &**one),
        _ => None,
    }
}
