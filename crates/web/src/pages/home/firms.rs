//! For a firm's own people: where it stands, what is missing, what to do next; for those who act for firms or were let
//! look at them: which, and where each stands.

use access::Action;
use app::delegations::list_delegations;
use app::enterprises::{Figures, ShownEnterprise, Wish, list_enterprises, show_enterprise};
use app::kept_checks::list_checks;
use jiff::civil::Date;
use rules::{Answer, Outcome, Population};
use snapshot::Part;

use crate::answers::{Answers, Go, tone};
use crate::ask::Ask;
use crate::failure::Failure;
use crate::pages::enterprises::{all, name, no_population, stairs};
use crate::parts::Tone;
use crate::parts::figure::Figure;
use crate::parts::tiles::{Tile, Tiles};
use crate::view::{Act, Block, Cell, Table, View};

/// So many firms stand on the page itself; whoever has more finds them on the list.
const FIRMS: usize = 10;
/// So many missing figures are told at once.
const MISSING: usize = 5;

/// What a verdict comes to, in the order in which people look.
const TONES: [(Tone, &str); 5] = [
    (Tone::Good, "home.meets"),
    (Tone::Pending, "home.to-be-judged"),
    (Tone::Open, "home.lacks-data"),
    (Tone::Bad, "home.does-not-meet"),
    (Tone::Dim, "ladder.not-public"),
];

/// The section; nothing for whom it does not concern. Who sees whole districts has another one.
pub(super) async fn show(ask: &Ask, view: &mut View) -> Result<(), Failure> {
    if !ask.may(Action::EnterpriseList) || ask.may(Action::ScreeningRead) {
        return Ok(());
    }
    let part = Part { skip: 0, take: FIRMS };
    let (platform, caller, say) = (ask.platform(), ask.caller()?, ask.say);
    let found = list_enterprises(platform, caller, Wish::default(), part).await?;
    let Some(found) = found else {
        view.part(&no_population(ask))?;
        return actions(ask, view, None).await;
    };
    let codes: Vec<String> =
        found.rows.iter().map(|row| found.city.snapshot().code(*row).to_owned()).collect();
    match codes.as_slice() {
        [] => {
            view.push(Block::Empty(say.t("home.no-firm")));
            actions(ask, view, None).await
        }
        [only] => {
            let shown = show_enterprise(platform, caller, only).await?;
            one(ask, view, &shown).await
        }
        several => {
            view.push(Block::Heading(say.t("home.firms-seen")));
            let mut rows = Vec::new();
            for code in several {
                let shown = show_enterprise(platform, caller, code).await?;
                rows.push(row(ask, &shown));
            }
            let mut columns = vec![say.t("enterprises.name")];
            columns.extend(TONES.map(|(_, key)| say.t(key)));
            view.push(Block::Table(Table { caption: String::new(), columns, rows }));
            let total = Figure::count(i64::try_from(found.total).unwrap_or(i64::MAX));
            let to = Act::link("/enterprises", say.t1("home.all-firms", "count", total));
            view.push(Block::Acts(vec![to]));
            Ok(())
        }
    }
}

fn today(ask: &Ask) -> Date {
    app::today(ask.platform().now())
}

/// How many verdicts come to what.
fn counts(answers: &[Answer<'_>]) -> [i64; 5] {
    TONES.map(|(wanted, _)| {
        let such = answers.iter().filter(|answer| tone(answer.verdict()) == wanted).count();
        i64::try_from(such).unwrap_or(i64::MAX)
    })
}

fn row(ask: &Ask, shown: &ShownEnterprise) -> Vec<Cell> {
    let code = shown.city.snapshot().code(shown.row);
    let to = format!("/enterprises/{code}");
    let answers = all(&shown.law.rulebook, &shown.facts, today(ask));
    let name = Cell::Link { to: to.clone(), text: name(shown).to_owned(), small: code.to_owned() };
    let mut cells = vec![name];
    cells.extend(counts(&answers).map(|count| Cell::To(to.clone(), Figure::count(count))));
    cells
}

/// The only firm of somebody.
async fn one(ask: &Ask, view: &mut View, shown: &ShownEnterprise) -> Result<(), Failure> {
    let say = ask.say;
    let rulebook = &shown.law.rulebook;
    let today = today(ask);
    let code = shown.city.snapshot().code(shown.row);
    let to = format!("/enterprises/{code}");
    let answers = all(rulebook, &shown.facts, today);
    view.push(Block::Heading(name(shown).to_owned()));
    let tiles = TONES.iter().zip(counts(&answers)).map(|((tone, key), count)| {
        Tile::new(say.t(key), Figure::count(count), say.t("programmes.unit"))
            .to(&to)
            .tone(if count > 0 { *tone } else { Tone::Dim })
    });
    view.part(&Tiles { tiles: tiles.collect() })?;
    let stairs = stairs(say, rulebook, &shown.facts, &answers, (code, today));
    let next = stairs.iter().flat_map(|ladder| &ladder.rungs).find(|rung| rung.next);
    // To whom figures are hidden, plans are as well.
    let next = next.filter(|_| shown.figures == Figures::Shown);
    let next = next.and_then(|rung| rung.to.clone());
    actions(ask, view, Some((&to, next))).await?;
    for ladder in &stairs {
        view.part(ladder)?;
    }
    let near = |answer: &&Answer<'_>| match &answer.outcome {
        // A size class or a title that is not held is nothing to be near to.
        Outcome::Assessed(assessed) => {
            assessed.population == Population::OneShort && assessed.nearest.is_some()
        }
        Outcome::NoVersion { .. } => false,
    };
    let shown_as = Answers::new(say, rulebook, &shown.facts, today);
    let near: Vec<Answer<'_>> = answers.iter().filter(near).cloned().collect();
    if !near.is_empty() {
        view.push(Block::Heading(say.t("home.one-short")));
        view.push(shown_as.overview(&near, shown.figures == Figures::Shown, |one| {
            Go::To(format!("{to}/{}", one.id))
        })?);
    }
    if shown.figures == Figures::Shown {
        missing(ask, view, &answers, shown);
    }
    Ok(())
}

/// The figures that are missing for most programmes: what to bring first.
fn missing(ask: &Ask, view: &mut View, answers: &[Answer<'_>], shown: &ShownEnterprise) {
    let say = ask.say;
    let rulebook = &shown.law.rulebook;
    let mut all: Vec<(String, String, i64)> = Vec::new();
    for answer in answers {
        let Outcome::Assessed(assessed) = &answer.outcome else { continue };
        for (indicator, _) in words::gap::figures(&assessed.missing, rulebook) {
            let label = say.both(&indicator.label);
            match all.iter_mut().find(|(known, ..)| *known == label) {
                Some((_, _, count)) => *count += 1,
                None => all.push((label, say.both(&indicator.source), 1)),
            }
        }
    }
    all.sort_by_key(|(.., count)| std::cmp::Reverse(*count));
    all.truncate(MISSING);
    if all.is_empty() {
        return;
    }
    view.push(Block::Heading(say.t("home.missing")));
    let rows = all.into_iter().map(|(label, source, count)| {
        vec![Cell::Text(label), Cell::Text(source), Cell::count(count)]
    });
    let columns = ["answers.fact", "answers.from-whom", "home.would-decide"];
    let columns = columns.iter().map(|key| say.t(key)).collect();
    view.push(Block::Table(Table { caption: String::new(), columns, rows: rows.collect() }));
}

/// What a firm's people do next, and what they have kept.
async fn actions(
    ask: &Ask,
    view: &mut View,
    firm: Option<(&str, Option<String>)>,
) -> Result<(), Failure> {
    let (platform, caller, say) = (ask.platform(), ask.caller()?, ask.say);
    let mut acts = Vec::new();
    if let Some((to, next)) = firm {
        if let Some(next) = next {
            acts.push(Act::main(next, say.t("home.plan")));
        }
        acts.push(Act::link(to, say.t("home.all-verdicts")));
    }
    acts.push(Act::link("/self-check", say.t("home.self-check")));
    let kept = list_checks(platform, caller).await?.len();
    if kept > 0 {
        acts.push(Act::link("/own/checks", say.t1("home.kept-checks", "count", kept)));
    }
    if ask.may(Action::DelegationList) {
        let given = list_delegations(platform, caller).await?;
        if !given.is_empty() {
            acts.push(Act::link("/delegations", say.t1("home.delegations", "count", given.len())));
        }
    }
    view.push(Block::Acts(acts));
    Ok(())
}
