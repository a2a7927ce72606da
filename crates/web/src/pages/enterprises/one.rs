//! One firm: who it is, the titles that it holds, its place on the ladders, its verdicts.

use app::enterprises::{Figures, ShownEnterprise, show_enterprise};
use enterprise::{ENTERPRISE, Facts};
use jiff::civil::Date;
use rules::{Answer as Verdict, Outcome, Question, Rulebook, Standing, evaluate};

use super::stairs::stairs;
use super::words::{option, section, title};
use crate::answers::{Answers, Go};
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::lang::Say;
use crate::parts::Tone;
use crate::parts::figure::amount;
use crate::parts::timeline::{Event, Timeline};
use crate::view::{Block, Cell, View};

/// The page.
pub(crate) async fn show(ask: Ask) -> Answer {
    let found = show_enterprise(ask.platform(), ask.caller()?, ask.part("code")).await?;
    let say = ask.say;
    let rulebook = &found.law.rulebook;
    let today = app::today(ask.platform().now());
    let code = found.city.snapshot().code(found.row);
    let mut view = View::new(&ask, name(&found)).up("/enterprises", say.t("enterprises.title"));
    view.push(Block::Facts(identity(&ask, &found)));
    if let Some(why) = withheld(say, &found) {
        view.push(Block::Note("", why));
    }
    let answers = all(rulebook, &found.facts, today);
    for ladder in stairs(say, rulebook, &found.facts, &answers, (code, today)) {
        view.part(&ladder)?;
    }
    view.push(Block::Heading(say.t("enterprises.verdicts")));
    let shown = Answers::new(say, rulebook, &found.facts, today);
    let to = |id: &str| format!("/enterprises/{code}/{id}");
    view.push(shown.overview(&answers, found.figures == Figures::Shown, |programme| {
        Go::To(to(&programme.id))
    })?);
    titles(&mut view, &ask, &found, today)?;
    view.show(&ask)
}

/// The name, or the code of a firm without one.
pub(in crate::pages) fn name(found: &ShownEnterprise) -> &str {
    let snapshot = found.city.snapshot();
    match snapshot.name(found.row) {
        "" => snapshot.code(found.row),
        name => name,
    }
}

fn identity(ask: &Ask, found: &ShownEnterprise) -> Vec<(String, Cell)> {
    let say = ask.say;
    let city = &found.city;
    let snapshot = city.snapshot();
    let catalogue = snapshot.shape().catalogue();
    let (facets, row) = (snapshot.facets(), found.row);
    let mut facts = vec![
        (say.t("enterprises.code"), Cell::Num(snapshot.code(row).to_owned())),
        (
            say.t("enterprises.district"),
            Cell::Text(option(say, catalogue, "district", facets.district(row))),
        ),
        (
            say.t("enterprises.section"),
            Cell::Text(section(say, &found.law.rulebook, facets.section(row))),
        ),
        (
            say.t("enterprises.size"),
            Cell::Text(option(say, catalogue, "size_class", city.size(row))),
        ),
    ];
    if found.figures == Figures::Shown {
        let year = city.base_year();
        let revenue = city.revenue(row).map_or_else(Cell::none, |fen| Cell::Num(amount(fen, say)));
        facts.push((say.t1("enterprises.revenue", "year", year), revenue));
    }
    facts.push((say.t("enterprises.source"), Cell::Text(source(say, found))));
    facts
}

/// Which figures are not shown, if any.
pub(super) fn withheld(say: Say, found: &ShownEnterprise) -> Option<String> {
    match found.figures {
        Figures::Shown => None,
        Figures::Hidden => Some(say.t("enterprises.no-figures")),
        Figures::WithoutTax => {
            let catalogue = &found.law.rulebook.catalogue;
            let known = |id: &&str| found.facts.iter().any(|(key, _)| key.indicator == *id);
            let ids = found.withheld().into_iter().filter(known);
            let names: Vec<String> = ids
                .filter_map(|id| catalogue.indicator(id))
                .map(|indicator| say.both(&indicator.label))
                .collect();
            Some(say.t1("enterprises.no-tax-figures", "names", names.join(say.either("、", ", "))))
        }
    }
}

/// Where what is known of the firm is known from.
pub(super) fn source(say: Say, found: &ShownEnterprise) -> String {
    match (&found.source.name, found.source.known) {
        (Some(name), Some(day)) => {
            say.t2("enterprises.from-population", ("name", name), ("day", day))
        }
        _ => "—".to_owned(),
    }
}

/// Every programme for firms that has a text in force today, or is known to exist.
pub(in crate::pages) fn all<'r>(
    rulebook: &'r Rulebook,
    facts: &Facts,
    today: Date,
) -> Vec<Verdict<'r>> {
    let question = Question::on(today);
    let of_firms = rulebook.programmes.iter().filter(|programme| programme.subject == ENTERPRISE);
    let mut answers: Vec<Verdict<'r>> = of_firms
        .map(|programme| evaluate(rulebook, programme, facts, &question))
        .filter(|answer| matches!(answer.outcome, Outcome::Assessed(_)))
        .collect();
    answers.sort_by_key(rank);
    answers
}

/// What can be had stands first, what nobody can tell last.
fn rank(answer: &Verdict<'_>) -> u8 {
    match &answer.outcome {
        Outcome::Assessed(assessed) if assessed.version.standing == Standing::Open => u8::MAX,
        Outcome::Assessed(assessed) => screening::code::population(assessed.population),
        Outcome::NoVersion { .. } => u8::MAX,
    }
}

/// The titles held, earlier and now.
fn titles(view: &mut View, ask: &Ask, found: &ShownEnterprise, today: Date) -> Result<(), Failure> {
    let say = ask.say;
    view.push(Block::Heading(say.t("enterprises.titles")));
    if found.facts.titles.is_empty() {
        let known = found.facts.titles_complete;
        let key = if known { "enterprises.no-title" } else { "enterprises.titles-unknown" };
        view.push(Block::Text(say.t(key)));
        return Ok(());
    }
    let mut held: Vec<_> = found.facts.titles.iter().collect();
    held.sort_by_key(|title| std::cmp::Reverse(title.from));
    let event = |held: &&enterprise::Title| {
        let over = held.to.is_some_and(|to| to < today);
        let tone = if over { Tone::Dim } else { Tone::Good };
        let name = title(say, &found.law.rulebook, &held.programme);
        Event { until: held.to, ..Event::on(held.from, name, tone) }
    };
    view.part(&Timeline { say, today, events: held.iter().map(event).collect() })
}
