//! One firm of the population: who it is, and everything that is known of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use access::{Action, Place, Purpose, see};
use enterprise::{Fact, FactKey, Facts, Source};
use snapshot::City;

use super::figures::Figures;
use super::sight::{DISTRICT, sight};
use crate::caller::Caller;
use crate::looks::on_record;
use crate::permit::{Look, Permit, Said};
use crate::platform::{Law, Platform};
use crate::populations::Hold;
use crate::refusal::Refusal;

/// One firm.
#[derive(Debug)]
pub struct ShownEnterprise {
    /// The population, with what was found of everybody.
    pub city: Arc<City>,
    /// The law that is in force.
    pub law: Arc<Law>,
    /// Its row.
    pub row: u32,
    /// What is known of it.
    pub facts: Facts,
    /// Where that is known from.
    pub source: Source,
    /// What is shown of that.
    pub figures: Figures,
}

impl ShownEnterprise {
    /// What is known of it, as far as that is shown.
    pub fn told(&self) -> Option<Facts> {
        self.figures.left(&self.facts, &self.law.rulebook)
    }

    /// The indicators of which nothing is told although something else is.
    pub fn withheld(&self) -> BTreeSet<&str> {
        match self.figures {
            Figures::WithoutTax => self.law.rulebook.tax_figures(),
            Figures::Shown | Figures::Hidden => BTreeSet::new(),
        }
    }

    /// What is told of it as a facts document.
    pub fn document(&self) -> Option<String> {
        let told = self.told()?;
        Some(connectors::write_facts(&self.law.rulebook.catalogue, &told))
    }
}

/// The firm with a code. One that the caller does not see is not there, and the attempt is recorded.
pub async fn show_enterprise(
    platform: &Platform,
    caller: &Caller,
    code: &str,
) -> Result<ShownEnterprise, Refusal> {
    const ACTION: Action = Action::EnterpriseRead;
    let look = Look::ask(platform, caller, ACTION).await?;
    let Some(city) = platform.city() else { return Err(Refusal::NotFound) };
    let snapshot = Arc::clone(city.snapshot());
    let sight = sight(look.unit(), &look.scope(), snapshot.shape().catalogue()).await?;
    let found = snapshot.find(code).filter(|row| sight.covers(&snapshot, *row));
    let Some(row) = found else {
        drop(look);
        let permit = Permit::ask(platform, caller, ACTION).await?;
        return Err(permit.not_here(Said::of("enterprise", code)).await);
    };
    let (figures, own) = figures(&look, caller, &city, row).await?;
    drop(look);
    if figures != Figures::Hidden && !own {
        on_record(platform, caller, ACTION, ("enterprise", snapshot.code(row))).await?;
    }
    let source = source(platform);
    let facts = with_source(snapshot.facts(row), &source);
    Ok(ShownEnterprise { facts, source, law: platform.law(), row, figures, city })
}

/// The population that is held, by its name and the day up to which it knows things.
fn source(platform: &Platform) -> Source {
    match platform.hold() {
        Hold::Ready(ready) => Source {
            name: Some(ready.population.name.as_str().into()),
            known: Some(ready.population.known_as_of),
        },
        _ => Source::default(),
    }
}

/// A population does not say of each value which office it came from: what is known is the population itself.
fn with_source(mut facts: Facts, source: &Source) -> Facts {
    let keys: Vec<FactKey> = facts.iter().map(|(key, _)| key).collect();
    for FactKey { indicator, year } in keys {
        if let Some(known) = facts.get(&indicator, year)
            && known.source == Source::default()
        {
            let fact = Fact { value: known.value.clone(), source: source.clone() };
            facts.set(&indicator, year, fact);
        }
    }
    facts
}

/// What is seen of its figures, and whether it is the caller's own firm.
async fn figures(
    look: &Look,
    caller: &Caller,
    city: &City,
    row: u32,
) -> Result<(Figures, bool), Refusal> {
    let snapshot = city.snapshot();
    let district = snapshot
        .facets()
        .district(row)
        .and_then(|option| snapshot.shape().catalogue().option(DISTRICT, usize::from(option)));
    let district = district.map(|district| district.id.as_str());
    let path = store::firm::place(look.unit(), snapshot.code(row), district).await?;
    let here = path.as_ref().map(access::Path::organisation);
    let consented = match here {
        Some(firm) => {
            store::delegation::recipients(look.unit(), firm.0, look.scope().today).await?
        }
        None => Vec::new(),
    };
    let place = Place { path, consented, ..Place::default() };
    let figures = Figures::seen(|field| see(&caller.who, field, &place, Purpose::Recognition));
    let own = caller.who.memberships.iter().any(|held| Some(held.organisation()) == here);
    Ok((figures, own))
}
