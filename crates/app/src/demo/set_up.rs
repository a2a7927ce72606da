//! Sets a demonstration up in an empty platform: everything in one unit, so that one that is cut off leaves nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::OrganisationKind as Kind;
use audit::{Actor, How};
use enterprise::{Catalogue, Kind as Values};
use jiff::ToSpan as _;
use rules::Rulebook;
use serde_json::json;
use snapshot::City;
use store::Unit;
use store::organisation::New;
use store::population::Population;

use super::accounts::{Account, Demo};
use super::firms::{Firm, Why, firms};
use super::people::{OTHERS, PEOPLE, Place, Somebody};
use crate::clock::today;
use crate::first_start::enter_person;
use crate::permit::{Said, record_as};
use crate::platform::Platform;
use crate::populations::{Judged, judge, record, take_over};
use crate::refusal::Refusal;
use crate::security::{SECURITY, Security};
use crate::{Origin, password};

/// The indicator whose options are the districts.
const DISTRICT: &str = "district";
/// The table of their codes.
const DISTRICTS: &str = "districts";

/// A demonstration of which nobody has seen anything yet.
#[derive(Debug)]
pub struct Prepared {
    population: Population,
    judged: Judged,
    seed: u64,
}

/// Screens the city of a demonstration, whose file lies in the folder of populations.
pub async fn prepare(
    platform: &Platform,
    population: Population,
    seed: u64,
) -> Result<Prepared, Refusal> {
    let as_of = today(platform.now());
    let judged = judge(platform, &population, as_of, None).await?;
    Ok(Prepared { population, judged, seed })
}

impl Prepared {
    /// Enters organisations and people, puts the population in use, and marks the platform. False if somebody has an
    /// account already: then nothing was changed.
    pub async fn enter(mut self, platform: &Platform, password: &str) -> Result<bool, Refusal> {
        let hash = password::hash(platform, password).await?;
        let (law, now) = (platform.law(), platform.now());
        let city = Arc::clone(&self.judged.city);
        let chosen = firms(&city, &law.rulebook);
        let unit = platform.store().write().await?;
        if store::person::is_anybody_there(&unit).await? {
            return Ok(false);
        }
        let places = Places::enter(&unit, &law.rulebook, &city, &chosen, now).await?;
        let mut accounts = Vec::new();
        let mut numbers = BTreeMap::new();
        for one in PEOPLE {
            // Of a small city, some firm may be missing.
            let Some((place, name)) = places.of(one.place) else { continue };
            let who = (one.login, one.name, hash.as_str(), false);
            let entered = enter_person(platform, &unit, who, (one.role, place), "demo").await?;
            let Some(person) = entered else { return Ok(false) };
            numbers.insert(one.login, (person, place));
            accounts.push(account(one, name, &chosen));
        }
        delegate(&unit, &numbers, now).await?;
        store::setting::set(&unit, SECURITY, 0, &easy().text()?, None, now).await?;
        self.population.id = store::population::keep(&unit, &self.population).await?;
        let use_of = self.population.id;
        store::population::put_in_use(&unit, use_of, None, None, now).await?;
        let ready = self.judged.ready(self.population);
        record(&unit, &ready, &city, None).await?;
        let entities = u64::try_from(ready.population.subjects).unwrap_or_default();
        let demo = Demo { seed: self.seed, entities, accounts };
        demo.mark(&unit, now).await?;
        let said =
            Said::of("population", use_of).saying(json!({ "demo": true, "seed": demo.seed }));
        let system = Actor { person: None, how: How::System };
        let nowhere = Origin::default();
        record_as(platform, &unit, "population.bring", said, system, None, &nowhere).await?;
        unit.commit().await?;
        platform.set_demo(demo);
        take_over(platform, ready, city);
        Ok(true)
    }
}

/// Where everybody belongs, with names.
struct Places {
    bureau: (i64, String),
    districts: BTreeMap<Why, (i64, String)>,
    firms: BTreeMap<Why, (i64, String)>,
    others: Vec<(Kind, i64, String)>,
}

impl Places {
    async fn enter(
        unit: &Unit,
        rulebook: &Rulebook,
        city: &City,
        chosen: &[Firm],
        at: jiff::Timestamp,
    ) -> Result<Self, Refusal> {
        let (city_name, all) = districts(rulebook, city);
        let name = format!("{city_name}民营经济发展局（演示）");
        let bureau = insert(unit, None, (Kind::CityBureau, &name), (None, None), at).await?;
        let mut by_option = BTreeMap::new();
        for (option, code, name) in all {
            let name = format!("{name}民营经济主管部门（演示）");
            let entered =
                insert(unit, Some(bureau.0), (Kind::District, &name), (None, Some(&code)), at)
                    .await?;
            by_option.insert(option, (entered, code));
        }
        let mut own = Self {
            bureau: bureau.clone(),
            districts: BTreeMap::new(),
            firms: BTreeMap::new(),
            others: Vec::new(),
        };
        for firm in chosen {
            let district = firm.district.and_then(|option| by_option.get(&option));
            let (parent, code) = match district {
                Some((district, code)) => (district.0, Some(code.as_str())),
                None => (bureau.0, None),
            };
            let (is, ids) =
                ((Kind::Enterprise, firm.name.as_str()), (Some(firm.code.as_str()), code));
            let entered = insert(unit, Some(parent), is, ids, at).await?;
            own.firms.insert(firm.why, entered);
            if let Some((district, _)) = district {
                own.districts.insert(firm.why, district.clone());
            }
        }
        // Two districts that differ, so that one does not see what the other sees.
        let first = own.districts.get(&Why::OneShort).map(|(id, _)| *id);
        let same = own.districts.get(&Why::Qualifies).is_none_or(|(id, _)| Some(*id) == first);
        let other = by_option.into_values().map(|(district, _)| district);
        if let Some(other) = other.into_iter().find(|(id, _)| same && Some(*id) != first) {
            own.districts.insert(Why::Qualifies, other);
        }
        for (kind, name) in OTHERS {
            let (id, name) = insert(unit, Some(bureau.0), (*kind, name), (None, None), at).await?;
            own.others.push((*kind, id, name));
        }
        Ok(own)
    }

    fn of(&self, place: Place) -> Option<(i64, &str)> {
        match place {
            Place::Bureau => Some((self.bureau.0, &self.bureau.1)),
            Place::DistrictOf(why) => self.districts.get(&why).map(|(id, name)| (*id, &**name)),
            Place::Firm(why) => self.firms.get(&why).map(|(id, name)| (*id, &**name)),
            Place::Other(kind) => {
                let other = self.others.iter().find(|(own, _, _)| *own == kind);
                other.map(|(_, id, name)| (*id, &**name))
            }
        }
    }
}

/// Enters an organisation: what it is and its name, its code and that of its district.
async fn insert(
    unit: &Unit,
    parent: Option<i64>,
    (kind, name): (Kind, &str),
    (uscc, district): (Option<&str>, Option<&str>),
    at: jiff::Timestamp,
) -> Result<(i64, String), Refusal> {
    let new = New { parent, kind, name, uscc, district, at };
    Ok((store::organisation::insert(unit, &new).await?.id, name.to_owned()))
}

/// The name of the city, and its districts in which there is somebody: option, code, name.
fn districts(rulebook: &Rulebook, city: &City) -> (String, Vec<(u16, String, String)>) {
    let facets = city.snapshot().facets();
    let lived_in =
        |option: u16| (0..city.snapshot().rows()).any(|row| facets.district(row) == Some(option));
    let options = options(&rulebook.catalogue);
    let table = rulebook.codes.get(DISTRICTS);
    let mut above = None;
    let mut all = Vec::new();
    for (option, (code, name)) in (0u16..).zip(options) {
        let entry = table.and_then(|table| table.entry(code));
        let former = entry.is_some_and(|entry| entry.successor.is_some());
        if former || !lived_in(option) {
            continue;
        }
        above = above.or_else(|| entry.and_then(|entry| entry.under.clone()));
        all.push((option, code.to_owned(), name.to_owned()));
    }
    let top = above.and_then(|code| Some(table?.entry(&code)?.name.zh.clone()));
    (top.unwrap_or_else(|| "示例市".to_owned()), all)
}

fn options(catalogue: &Catalogue) -> Vec<(&str, &str)> {
    match catalogue.indicator(DISTRICT).map(|indicator| &indicator.kind) {
        Some(Values::Choice(choices)) => {
            choices.iter().map(|choice| (choice.id.as_str(), choice.label.zh.as_str())).collect()
        }
        _ => Vec::new(),
    }
}

fn account(one: &Somebody, organisation: &str, chosen: &[Firm]) -> Account {
    let says = match one.place {
        Place::Firm(why) => chosen.iter().find(|firm| firm.why == why).map(|firm| &firm.says),
        _ => None,
    };
    Account {
        login: one.login.to_owned(),
        name: one.name.to_owned(),
        role: one.role.code().to_owned(),
        organisation: organisation.to_owned(),
        shows_second_factor: one.shows_second_factor,
        zh: says.map_or_else(|| one.zh.to_owned(), |says| says.zh.clone()),
        en: says.map_or_else(|| one.en.to_owned(), |says| says.en.clone()),
    }
}

/// The first firm lets an adviser act for it and a bank see it.
async fn delegate(
    unit: &Unit,
    numbers: &BTreeMap<&str, (i64, i64)>,
    now: jiff::Timestamp,
) -> Result<(), Refusal> {
    let Some((manager, firm)) = numbers.get("firm") else { return Ok(()) };
    let from = today(now);
    let until = from.checked_add(1.year()).map_err(Refusal::broken)?;
    for to in ["adviser", "bank"] {
        if let Some((_, office)) = numbers.get(to) {
            store::delegation::insert(unit, *firm, *office, from, until, *manager, now).await?;
        }
    }
    Ok(())
}

/// Security settings with which nobody is kept from trying.
fn easy() -> Security {
    Security {
        password_days: 0,
        lock_after: 20,
        lock_minutes: 1,
        session_idle_minutes: 480,
        session_hours: 24,
        ..Security::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_a_demonstration_are_within_their_bounds() {
        easy().check().unwrap();
    }
}
