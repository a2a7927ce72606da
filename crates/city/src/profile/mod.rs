//! The profile of a city: how many there are of what, and how figures are spread. It is a data file,
//! so that another city is another file.

mod specs;

use enterprise::Catalogue;
use serde::Deserialize;

pub(crate) use specs::{
    ConflictSpec, DistrictSpec, Entities, EventSpec, FactSpec, IndustrySpec, OptionSpec, OrderSpec,
    PerClass, Recipe, Registers, SourceSpec, Stratified, TitleSpec,
};

/// How many there are of what, and how figures are spread.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    pub(crate) classes: Vec<String>,
    pub(crate) entities: Entities,
    pub(crate) stratified: Stratified,
    pub(crate) registers: Registers,
    #[serde(rename = "order", default)]
    pub(crate) orders: Vec<OrderSpec>,
    #[serde(rename = "title", default)]
    pub(crate) titles: Vec<TitleSpec>,
    #[serde(rename = "source")]
    pub(crate) sources: Vec<SourceSpec>,
    #[serde(rename = "district")]
    pub(crate) districts: Vec<DistrictSpec>,
    #[serde(rename = "industry")]
    pub(crate) industries: Vec<IndustrySpec>,
    #[serde(rename = "fact")]
    pub(crate) facts: Vec<FactSpec>,
    #[serde(rename = "event", default)]
    pub(crate) events: Vec<EventSpec>,
    #[serde(rename = "conflict", default)]
    pub(crate) conflicts: Vec<ConflictSpec>,
}

impl Profile {
    /// The profile that the program carries.
    pub fn built_in() -> Result<Self, String> {
        Self::parse(include_str!("../../data/qingdao.toml"))
    }

    /// A profile from the text of its file.
    ///
    /// # Errors
    /// What is wrong, with the place.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error| error.to_string())
    }

    /// The industry codes that firms have.
    pub fn industries(&self) -> Vec<&str> {
        self.industries.iter().map(|industry| industry.code.as_str()).collect()
    }

    /// What it names and neither the catalogue nor the titles have; it is left out of a city.
    pub fn strangers(&self, catalogue: &Catalogue, titles: &[String]) -> Vec<&str> {
        let facts = self.facts.iter().map(|fact| fact.id.as_str());
        let facts = facts.filter(|id| catalogue.indicator(id).is_none());
        let programmes = self.titles.iter().map(|title| title.programme.as_str());
        let programmes = programmes.filter(|id| titles.iter().all(|known| known != id));
        let events = self.events.iter().map(|event| event.kind.as_str());
        let events = events.filter(|id| catalogue.event(id).is_none());
        facts.chain(programmes).chain(events).collect()
    }

    /// How old firms are, in months.
    pub(crate) fn age(&self) -> (PerClass, PerClass) {
        let recipes = self.facts.iter().map(|fact| &fact.make);
        let mut ages = recipes.filter_map(|recipe| match recipe {
            Recipe::Founded { age, spread } => Some((age.clone(), spread.clone())),
            _ => None,
        });
        ages.next().unwrap_or((PerClass::One(72), PerClass::One(100)))
    }

    /// The number of a class.
    pub(crate) fn class(&self, id: &str) -> Option<u8> {
        let place = self.classes.iter().position(|class| class == id)?;
        u8::try_from(place).ok()
    }
}
