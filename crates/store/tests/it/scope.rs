//! What lists return is exactly what `access::Rows::covers` says of each row, whatever the tree, the people and
//! the delegations are.

use std::collections::{BTreeMap, BTreeSet};

use access::{OrganisationId, Path, PersonId, Place, Rows, Visible};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::membership::State;
use store::{
    Engine, Error, Page, Scope, Unit, decision, delegation, job, membership, organisation, person,
};

use crate::bed::{at, day, each};
use crate::world::{NOON, firm, member, somebody};

/// A world in small numbers; organisations and people are meant by their place in their lists.
#[derive(Clone, Debug)]
struct Plan {
    /// For each organisation but the first: the one above it.
    parents: Vec<usize>,
    people: usize,
    members: Vec<(usize, usize, bool)>,
    /// From, to, first and last day of November, taken back.
    delegations: Vec<(usize, usize, i8, i8, bool)>,
    decisions: Vec<(usize, Option<usize>)>,
    jobs: Vec<Option<usize>>,
    seen: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Everything,
    Subtree(usize),
    Organisation(usize),
    Person(usize),
    Assigned(usize),
    Consented(usize),
}

fn part() -> impl Strategy<Value = Part> {
    let number = 0..64usize;
    prop_oneof![
        1 => Just(Part::Everything),
        6 => number.clone().prop_map(Part::Subtree),
        6 => number.clone().prop_map(Part::Organisation),
        6 => number.clone().prop_map(Part::Person),
        2 => number.clone().prop_map(Part::Assigned),
        8 => number.prop_map(Part::Consented),
    ]
}

fn plan() -> impl Strategy<Value = Plan> {
    let number = 0..64usize;
    (
        prop::collection::vec(number.clone(), 0..30),
        1..8usize,
        prop::collection::vec((number.clone(), number.clone(), any::<bool>()), 0..12),
        prop::collection::vec(
            (number.clone(), number.clone(), 21..26i8, 21..26i8, prop::bool::weighted(0.2)),
            0..12,
        ),
        prop::collection::vec((number.clone(), prop::option::of(number.clone())), 0..8),
        prop::collection::vec(prop::option::of(number), 0..8),
        prop::collection::vec(part(), 0..4),
    )
        .prop_map(|(parents, people, members, delegations, decisions, jobs, seen)| Plan {
            parents,
            people,
            members,
            delegations,
            decisions,
            jobs,
            seen,
        })
}

/// A plan as it came to lie in the database: whose each row is.
#[derive(Default)]
struct Lying {
    organisations: Vec<(i64, Path)>,
    people: Vec<i64>,
    members: Vec<(i64, usize, usize, bool)>,
    delegations: Vec<(i64, usize)>,
    decisions: Vec<(i64, usize, Option<usize>)>,
    jobs: Vec<(i64, Option<usize>)>,
    alive: BTreeSet<(usize, i64)>,
}

impl Lying {
    /// Whose a row of an organisation is.
    fn place(&self, organisation: usize) -> Place {
        let consented = self.alive.iter().filter(|(from, _)| *from == organisation);
        Place {
            consented: consented.map(|(_, to)| OrganisationId(*to)).collect(),
            ..Place::of(self.organisations[organisation].1.clone())
        }
    }

    fn rows(&self, seen: &[Part]) -> Rows {
        let organisation = |number: &usize| &self.organisations[number % self.organisations.len()];
        let person = |number: &usize| PersonId(self.people[number % self.people.len()]);
        seen.iter()
            .map(|part| match part {
                Part::Everything => Visible::Everything,
                Part::Subtree(number) => Visible::Subtree(organisation(number).1.clone()),
                Part::Organisation(number) => {
                    Visible::Organisation(OrganisationId(organisation(number).0))
                }
                Part::Person(number) => Visible::Person(person(number)),
                Part::Assigned(number) => Visible::Assigned(person(number)),
                Part::Consented(number) => {
                    Visible::Consented(OrganisationId(organisation(number).0))
                }
            })
            .collect()
    }
}

async fn lay(unit: &Unit, plan: &Plan) -> Result<Lying, Error> {
    let mut lying = Lying::default();
    let mut above = None;
    for number in 0..=plan.parents.len() {
        if let Some(parent) = number.checked_sub(1).map(|before| plan.parents[before] % number) {
            above = Some(lying.organisations[parent].0);
        }
        let entered = organisation::insert(unit, &firm(above, "某企业", None)).await?;
        lying.organisations.push((entered.id, entered.path.parse().unwrap()));
    }
    for number in 0..plan.people {
        lying.people.push(somebody(unit, &format!("p{number}")).await?);
    }
    let organisations = lying.organisations.len();
    // What still counts is there once; the database refuses a twin.
    let mut held = BTreeSet::new();
    for (who, place, proposed) in &plan.members {
        let (who, place) = (who % plan.people, place % organisations);
        if !held.insert((who, place)) {
            continue;
        }
        let state = if *proposed { State::Proposed } else { State::Active };
        let new = member(lying.people[who], lying.organisations[place].0, state);
        let id = membership::insert(unit, &new).await?;
        lying.members.push((id, who, place, *proposed));
    }
    let mut given = BTreeSet::new();
    for (from, to, first, last, revoked) in &plan.delegations {
        let (from, to) = (from % organisations, lying.organisations[to % organisations].0);
        if given.contains(&(from, to, *first)) {
            continue;
        }
        let november = |of_month| jiff::civil::date(2026, 11, of_month);
        let (by, now) = (lying.people[0], at(NOON));
        let giver = lying.organisations[from].0;
        let id =
            delegation::insert(unit, giver, to, november(*first), november(*last), by, now).await?;
        if !revoked {
            given.insert((from, to, *first));
        }
        if *revoked {
            delegation::revoke(unit, id, 1, now).await?;
        } else if *first <= 23 && *last >= 23 {
            lying.alive.insert((from, to));
        }
        lying.delegations.push((id, from));
    }
    for (of, by) in &plan.decisions {
        let (of, by) = (of % organisations, by.map(|by| by % plan.people));
        let by_person = by.map(|by| lying.people[by]);
        let entered = decision_of(lying.organisations[of].0, by_person);
        lying.decisions.push((decision::insert(unit, &entered).await?, of, by));
    }
    for by in &plan.jobs {
        let by = by.map(|by| by % plan.people);
        let new = job::New {
            kind: "k",
            payload: "{}",
            only_one: None,
            attempts_allowed: 1,
            run_at: at(NOON),
            asked_by: by.map(|by| lying.people[by]),
            at: at(NOON),
        };
        lying.jobs.push((job::ask(unit, &new).await?.unwrap(), by));
    }
    Ok(lying)
}

pub fn decision_of(organisation: i64, by: Option<i64>) -> decision::Decision {
    decision::Decision {
        id: 0,
        organisation,
        subject: "91370200MA3C000001".into(),
        programme: "specialised-sme".into(),
        purpose: "new".into(),
        as_of: day("2026-11-23"),
        base_year: 2025,
        rulebook: "abc".into(),
        semantics: 1,
        snapshot: None,
        journal: Some(i64::MAX),
        facts: "{}".into(),
        verdict: "eligible".into(),
        answer: "{}".into(),
        answer_hash: "def".into(),
        by,
        at: at(NOON),
    }
}

type Ids = BTreeSet<i64>;

/// What should be seen, by the definition.
fn defined(lying: &Lying, rows: &Rows) -> BTreeMap<&'static str, Ids> {
    let of = |number: usize| rows.covers(&lying.place(number));
    let person = |number: usize| {
        let own = Place { person: Some(PersonId(lying.people[number])), ..Place::default() };
        let mut through = lying.members.iter().filter(|(_, who, _, _)| *who == number);
        rows.covers(&own) || through.any(|(_, _, place, _)| of(*place))
    };
    let by = |by: Option<usize>| {
        let person = by.map(|by| PersonId(lying.people[by]));
        Place { person, ..Place::default() }
    };
    let ids = |found: Vec<i64>| found.into_iter().collect::<Ids>();
    let organisations = lying.organisations.iter().enumerate();
    BTreeMap::from([
        (
            "organisations",
            ids(organisations.filter(|(number, _)| of(*number)).map(|(_, (id, _))| *id).collect()),
        ),
        (
            "people",
            ids((0..lying.people.len())
                .filter(|number| person(*number))
                .map(|number| lying.people[number])
                .collect()),
        ),
        (
            "proposed",
            ids(lying
                .members
                .iter()
                .filter(|(_, _, place, proposed)| *proposed && of(*place))
                .map(|(id, ..)| *id)
                .collect()),
        ),
        (
            "delegations",
            ids(lying
                .delegations
                .iter()
                .filter(|(_, from)| of(*from))
                .map(|(id, _)| *id)
                .collect()),
        ),
        (
            "decisions",
            ids(lying
                .decisions
                .iter()
                .filter(|(_, place, who)| of(*place) || rows.covers(&by(*who)))
                .map(|(id, ..)| *id)
                .collect()),
        ),
        (
            "jobs",
            ids(lying
                .jobs
                .iter()
                .filter(|(_, who)| rows.covers(&by(*who)))
                .map(|(id, _)| *id)
                .collect()),
        ),
    ])
}

/// What is seen.
async fn listed(unit: &Unit, seen: &Scope<'_>) -> Result<BTreeMap<&'static str, Ids>, Error> {
    let wanted = organisation::Wanted { closed: true, ..organisation::Wanted::default() };
    let organisations = organisation::list(unit, &wanted, seen, Page::ALL).await?;
    let people = person::list(unit, &person::Wanted::default(), seen, Page::ALL).await?;
    let proposed = membership::proposed(unit, seen).await?;
    let delegations = delegation::all(unit, seen).await?;
    let decisions = decision::list(unit, None, seen, Page::ALL).await?;
    let jobs = job::list(unit, None, seen, Page::ALL).await?;
    assert_eq!(organisations.rows.len() as u64, organisations.total);
    assert_eq!(people.rows.len() as u64, people.total, "nobody is listed twice");
    assert_eq!(decisions.rows.len() as u64, decisions.total);
    Ok(BTreeMap::from([
        ("organisations", organisations.rows.iter().map(|row| row.id).collect()),
        ("people", people.rows.iter().map(|row| row.id).collect()),
        ("proposed", proposed.iter().map(|row| row.id).collect()),
        ("delegations", delegations.iter().map(|row| row.id).collect()),
        ("decisions", decisions.rows.iter().map(|row| row.id).collect()),
        ("jobs", jobs.rows.iter().map(|row| row.id).collect()),
    ]))
}

/// Whoever is in a list is found by number, and nobody else.
async fn found(
    unit: &Unit,
    lying: &Lying,
    seen: &Scope<'_>,
) -> Result<BTreeMap<&'static str, Ids>, Error> {
    let mut all: BTreeMap<&'static str, Ids> = BTreeMap::new();
    for (id, _) in &lying.organisations {
        let one = organisation::find(unit, *id, seen).await?;
        all.entry("organisations").or_default().extend(one.map(|one| one.id));
    }
    for id in &lying.people {
        let one = person::find(unit, *id, seen).await?;
        all.entry("people").or_default().extend(one.map(|one| one.id));
    }
    for (id, ..) in lying.members.iter().filter(|(_, _, _, proposed)| *proposed) {
        let one = membership::find(unit, *id, seen).await?;
        all.entry("proposed").or_default().extend(one.map(|one| one.id));
    }
    for (id, _) in &lying.delegations {
        let one = delegation::find(unit, *id, seen).await?;
        all.entry("delegations").or_default().extend(one.map(|one| one.id));
    }
    for (id, ..) in &lying.decisions {
        let one = decision::find(unit, *id, seen).await?;
        all.entry("decisions").or_default().extend(one.map(|one| one.id));
    }
    Ok(all)
}

#[test]
fn lists_are_what_the_policy_says_they_are() {
    each(async |bed| {
        let (cases, store) = match bed.engine() {
            Engine::Sqlite => (200, bed.store.clone()),
            Engine::Postgres => (40, bed.store.clone()),
        };
        let here = tokio::runtime::Handle::current();
        // Proptest is not asynchronous: it runs on a thread of its own and asks back.
        let checked = tokio::task::spawn_blocking(move || {
            let config = Config { cases, failure_persistence: None, ..Config::default() };
            TestRunner::new(config)
                .run(&plan(), |plan| {
                    here.block_on(async {
                        // Never committed: every case begins with an empty database.
                        let unit = store.write().await.unwrap();
                        let lying = lay(&unit, &plan).await.unwrap();
                        let rows = lying.rows(&plan.seen);
                        let seen = Scope { rows: &rows, today: day("2026-11-23") };
                        let defined = defined(&lying, &rows);
                        prop_assert_eq!(&listed(&unit, &seen).await.unwrap(), &defined);
                        for (noun, ids) in found(&unit, &lying, &seen).await.unwrap() {
                            prop_assert_eq!(&ids, &defined[noun], "{} by number", noun);
                        }
                        Ok(())
                    })
                })
                .map_err(|failed| failed.to_string())
        });
        if let Err(failed) = checked.await.unwrap() {
            panic!("{failed}");
        }
    });
}
