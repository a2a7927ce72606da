//! The city that is made out of the rulebook: every stratum, every edge, every population.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that fails should stop there"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use city::{City, Edge, EntityKind, Measured, Profile, Tally, Wish};
use enterprise::{FactKey, Facts, Kind, Value};
use jiff::civil::{Date, date};
use population::{Reader, Shape, day_number};
use rules::{Population, Question, Rulebook, evaluate};
use tryout::{Ended, Size, titles};

const DAY: Date = date(2026, 5, 1);

struct Made {
    rulebook: Rulebook,
    edges: Vec<Edge>,
    city: City,
}

fn made(entities: u64, stratified: bool) -> Made {
    let rulebook = rulebook();
    let profile = Profile::built_in().unwrap();
    let edges = tryout::edges(&rulebook, DAY, 2025, &profile.industries());
    let wish = Wish {
        entities,
        seed: 1,
        as_of: DAY,
        base_year: 2025,
        stratified,
        titles: titles(&rulebook),
        edges: edges.clone(),
    };
    let city = City::new(profile, Arc::new(rulebook.catalogue.clone()), &wish).unwrap();
    Made { rulebook, edges, city }
}

impl Made {
    fn facts(&self) -> (Vec<Facts>, Tally) {
        let shape = self.city.shape();
        let rows = usize::try_from(self.city.entities()).unwrap();
        let (batch, tally) = self.city.batch(&shape, 0, rows).unwrap();
        ((0..rows).map(|row| shape.subject(&batch, row)).collect(), tally)
    }
}

#[test]
fn a_small_city_shows_every_kind_district_title_and_size() {
    let made = made(200, true);
    let (firms, tally) = made.facts();
    assert_eq!(tally.kinds.len(), 3);
    assert_eq!(tally.districts.len(), 10);
    let missing: Vec<_> = tally.titles.iter().filter(|(_, (held, _))| *held < 3).collect();
    assert!(missing.is_empty(), "{missing:?}");
    let former = tally.titles.values().filter(|(_, former)| *former >= 3).count();
    assert!(former >= 12, "{former}");
    let question = Question::on(DAY);
    let sizes: BTreeSet<Vec<usize>> = firms
        .iter()
        .map(|firm| rules::classify(&made.rulebook, "size_class", firm, &question))
        .filter(|options| options.len() == 1)
        .collect();
    assert_eq!(sizes.len(), 4, "{sizes:?}");
    assert!(firms.iter().any(|firm| firm.titles.iter().any(|title| title.to == Some(DAY))));
    let yesterday = DAY.yesterday().unwrap();
    assert!(firms.iter().any(|firm| firm.titles.iter().any(|title| title.to == Some(yesterday))));
}

#[test]
fn everything_that_the_profile_names_is_known_to_the_rulebook() {
    let made = made(200, true);
    let (_, tally) = made.facts();
    let known = Profile::built_in().unwrap();
    let strangers = known.strangers(&made.rulebook.catalogue, &titles(&made.rulebook));
    assert!(strangers.is_empty(), "{strangers:?}");
    // What stays without a holder is no title of a firm, or a grant that nobody holds.
    let without: Vec<&str> = made
        .rulebook
        .programmes
        .iter()
        .filter(|known| known.subject == "enterprise" && known.kind != "grant")
        .filter(|known| known.held_through.is_empty() && !tally.titles.contains_key(&known.id))
        .map(|known| known.id.as_str())
        .collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn firms_stand_exactly_on_every_edge_of_the_law_and_a_step_off() {
    let made = made(200, true);
    let (firms, _) = made.facts();
    let mut off = Vec::new();
    for edge in &made.edges {
        let nudges: &[i64] = if edge.industry.is_some() { &[0, -1] } else { &[0, -1, 1] };
        for nudge in nudges {
            if !firms.iter().any(|firm| stands(edge, *nudge, firm)) {
                off.push((edge.clone(), *nudge));
            }
        }
    }
    assert!(made.edges.len() > 150, "{}", made.edges.len());
    // Below nothing there is nothing.
    off.retain(|(edge, nudge)| edge.at != 0 || *nudge >= 0);
    assert!(
        off.is_empty(),
        "{} of {}: {:#?}",
        off.len(),
        made.edges.len(),
        &off[..off.len().min(5)]
    );
}

/// Whether a firm stands so many steps from the edge.
fn stands(edge: &Edge, nudge: i64, firm: &Facts) -> bool {
    let number = |key: &FactKey| match firm.get(&key.indicator, key.year)?.value {
        Value::Number(number) => Some(i128::from(number)),
        Value::Date(day) => Some(i128::from(day_number(day))),
        _ => None,
    };
    let sum = |keys: &[FactKey]| keys.iter().map(number).sum::<Option<i128>>();
    let (at, nudge) = (i128::from(edge.at), i128::from(nudge));
    let industry = edge.industry.as_ref().is_none_or(|code| {
        firm.get("industry", None).is_some_and(|known| known.value == Value::Code(code.clone()))
    });
    let on = match &edge.measured {
        Measured::Sum(facts) => sum(facts).map(|sum| sum == at + nudge),
        Measured::Share { part, whole } => sum(part)
            .zip(sum(whole))
            .map(|(part, whole)| whole > 0 && (part - nudge) * 1_000_000 == at * whole),
        Measured::Growth { from, to, years } => number(from).zip(number(to)).map(|(from, to)| {
            let (up, down) = ((1_000_000 + at).pow(*years), 1_000_000_i128.pow(*years));
            from > 0 && (to - nudge) * down == from * up
        }),
        Measured::Day(fact) => number(fact).map(|day| day == at + nudge),
        Measured::Event(kind) => {
            Some(firm.events.iter().any(|event| {
                event.kind == *kind && i128::from(day_number(event.date)) == at + nudge
            }))
        }
    };
    industry && on == Some(true)
}

#[test]
fn a_small_city_has_all_five_populations() {
    let made = made(600, true);
    let (firms, _) = made.facts();
    let mut found: BTreeMap<String, [u32; 5]> = BTreeMap::new();
    for programme in &made.rulebook.programmes {
        for firm in &firms {
            let answer = evaluate(&made.rulebook, programme, firm, &Question::on(DAY));
            let rules::Outcome::Assessed(assessment) = answer.outcome else { continue };
            let place = match assessment.population {
                Population::Eligible => 0,
                Population::JudgementPending => 1,
                Population::OneShort => 2,
                Population::LackOfData => 3,
                Population::No => 4,
            };
            found.entry(programme.id.clone()).or_default()[place] += 1;
        }
    }
    let all = found
        .values()
        .fold([0; 5], |all, one| std::array::from_fn(|place| all[place] + one[place]));
    assert!(all.iter().all(|count| *count >= 20), "{all:?}");
}

#[test]
fn counts_are_those_of_the_whole_city_scaled() {
    let made = made(100_000, false);
    let shape = made.city.shape();
    let mut tally = Tally::default();
    for block in 0..10 {
        tally.add(made.city.batch(&shape, block * 10_000, 10_000).unwrap().1);
    }
    // A twenty-first of the city, to the nearest.
    assert_eq!(tally.kinds[&EntityKind::Enterprise], 37_411);
    assert_eq!(tally.kinds.values().sum::<u64>(), 100_000);
    for (title, scaled) in [("little-giant", 10), ("specialised-sme", 157), ("innovative-sme", 261)]
    {
        assert_eq!(tally.titles[title].0, scaled, "{title}");
    }
    let huangdao = tally.districts["370211"];
    assert!((7_000..8_300).contains(&huangdao), "{huangdao}");
}

#[test]
fn a_row_follows_from_the_seed_and_its_number_alone() {
    let made = made(3_000, true);
    let shape: Shape = made.city.shape();
    let (whole, tally) = made.city.batch(&shape, 1_000, 500).unwrap();
    let (first, mut both) = made.city.batch(&shape, 1_000, 123).unwrap();
    let (second, rest) = made.city.batch(&shape, 1_123, 377).unwrap();
    both.add(rest);
    assert_eq!(tally, both);
    assert_eq!(whole.slice(0, 123), first);
    assert_eq!(whole.slice(123, 377), second);
}

#[test]
fn firms_know_more_of_themselves_than_traders() {
    let made = made(2_000, true);
    let (firms, _) = made.facts();
    let known = |wanted: &str| {
        let option = made.rulebook.catalogue.indicator("entity_kind").unwrap();
        let Kind::Choice(options) = &option.kind else { panic!() };
        let wanted = options.iter().position(|option| option.id == wanted).unwrap();
        let of = firms.iter().filter(|firm| {
            firm.get("entity_kind", None).is_some_and(|kind| kind.value == Value::Choice(wanted))
        });
        let counts: Vec<usize> = of.map(|firm| firm.iter().count()).collect();
        counts.iter().sum::<usize>() / counts.len()
    };
    let (traders, firms) = (known("sole_trader"), known("enterprise"));
    assert!(traders < 25 && firms > 60, "{traders} {firms}");
}

/// The rulebook of this repository.
fn rulebook() -> Rulebook {
    let mut sources = rulebook::Sources::default();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook"), "", &mut sources);
    rulebook::compile(&sources).rulebook
}

fn gather(folder: &Path, before: &str, into: &mut rulebook::Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let inside = if before.is_empty() { name } else { format!("{before}/{name}") };
        if path.is_dir() {
            gather(&path, &inside, into);
        } else if inside.ends_with(".toml") {
            into.add(&inside, std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn the_file_of_a_city_says_that_it_is_made_up_and_one_that_was_stopped_is_not_there() {
    let rulebook = rulebook();
    let size = Size { entities: 20_000, seed: 1, stratified: true };
    let city = tryout::city(&rulebook, DAY, size).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.parquet");
    let says = tryout::says(&rulebook, DAY, size);
    let stopped = tryout::write(&city, &path, says.clone(), &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(Ended::Stopped)), "{stopped:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let mut steps = Vec::new();
    let tally = tryout::write(&city, &path, says, &mut |rows| {
        steps.push(rows);
        ControlFlow::Continue(())
    });
    assert_eq!(tally.unwrap().kinds.values().sum::<u64>(), 20_000);
    assert_eq!(steps, [8_192, 16_384, 20_000]);
    let reader = Reader::open(&path, &rulebook.catalogue).unwrap();
    assert_eq!(reader.rows(), 20_000);
    let says = reader.metadata();
    for known in [("tidu.synthetic", "true"), ("tidu.as_of", "2026-05-01"), ("tidu.seed", "1")] {
        assert!(says.contains(&(known.0.to_owned(), known.1.to_owned())), "{known:?} in {says:?}");
    }
}
