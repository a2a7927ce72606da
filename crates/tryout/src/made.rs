//! The wish that is made out of a rulebook.

use std::sync::Arc;

use city::{City, Profile, Wish};
use jiff::civil::Date;
use population::origin;
use rules::Rulebook;

use crate::edges::edges;

/// Up to so many entities a city shows everything there is.
pub const SMALL: u64 = 5_000;

/// How large a city is, and which one of that size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Entities of all kinds.
    pub entities: u64,
    /// The same seed gives the same city.
    pub seed: u64,
    /// Whether every title, district, kind and edge is there, however small the city.
    pub stratified: bool,
}

/// A city of which things are known up to a day.
///
/// # Errors
/// The profile of the city does not fit the rulebook; why.
pub fn city(rulebook: &Rulebook, as_of: Date, size: Size) -> Result<City, String> {
    let base_year = as_of.year() - 1;
    let profile = Profile::built_in()?;
    let wish = Wish {
        entities: size.entities,
        seed: size.seed,
        as_of,
        base_year,
        stratified: size.stratified,
        titles: titles(rulebook),
        edges: edges(rulebook, as_of, base_year, &profile.industries()),
    };
    City::new(profile, Arc::new(rulebook.catalogue.clone()), &wish)
}

/// The titles that a firm can hold.
pub fn titles(rulebook: &Rulebook) -> Vec<String> {
    let of_firms = rulebook.programmes.iter().filter(|known| known.subject == "enterprise");
    of_firms.map(|programme| programme.id.clone()).collect()
}

/// What the file says of itself: that all of it is made up, and how.
pub fn says(rulebook: &Rulebook, as_of: Date, size: Size) -> Vec<(String, String)> {
    [
        (origin::SYNTHETIC, "true".to_owned()),
        (origin::SEED, size.seed.to_string()),
        (origin::AS_OF, as_of.to_string()),
        (origin::BASE_YEAR, (as_of.year() - 1).to_string()),
        (origin::STRATIFIED, size.stratified.to_string()),
        (origin::RULEBOOK, rulebook.hash.clone()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .to_vec()
}
