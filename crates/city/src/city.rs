//! A city worked out from its profile and a wish: what each row is can then be asked for in any order.

use std::collections::BTreeMap;
use std::sync::Arc;

use enterprise::{Catalogue, FactKey};
use jiff::civil::Date;
use population::{Shape, day_number, shape_for};

use crate::cast::{Cast, Casting};
use crate::column::{Column, Make, columns};
use crate::edge::{Edge, Pack, packs};
use crate::profile::Profile;
use crate::ranks::Ranks;
use crate::registers::Register;
use crate::stand::Places;

/// What kind of city is wanted.
#[derive(Debug, Clone)]
pub struct Wish {
    /// How many entities.
    pub entities: u64,
    /// From which everything is drawn.
    pub seed: u64,
    /// The day up to which things are known.
    pub as_of: Date,
    /// The last fiscal year.
    pub base_year: i16,
    /// Whether every title, district, kind and edge is to be there, however small the city is.
    pub stratified: bool,
    /// The titles that a firm can hold.
    pub titles: Vec<String>,
    /// Figures that firms are to stand on.
    pub edges: Vec<Edge>,
}

/// A city.
#[derive(Debug, Clone)]
pub struct City {
    pub(crate) profile: Profile,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) entities: u64,
    pub(crate) seed: u64,
    pub(crate) today: i32,
    pub(crate) casting: Casting,
    pub(crate) columns: Vec<Column>,
    pub(crate) places: Places,
    pub(crate) packs: Vec<Pack>,
    pub(crate) register: Register,
    /// Industry codes: those of the profile, then those that only edges name.
    pub(crate) codes: Vec<String>,
}

impl City {
    /// Works a city out.
    ///
    /// # Errors
    /// What in the profile cannot be followed.
    pub fn new(profile: Profile, catalogue: Arc<Catalogue>, wish: &Wish) -> Result<Self, String> {
        let columns = columns(&profile, &catalogue, wish.base_year, wish.seed)?;
        let places = Places::new(&columns);
        let founding = columns.iter().find(|column| matches!(column.make, Make::Founded));
        let founding = founding
            .map_or(FactKey { indicator: String::new(), year: None }, |column| column.key.clone());
        let edges: Vec<Edge> =
            wish.edges.iter().filter(|edge| places.has(&edge.measured)).cloned().collect();
        let packs = packs(&edges, &founding);
        let mut codes: Vec<String> = profile.industries.iter().map(|i| i.code.clone()).collect();
        for code in edges.iter().filter_map(|edge| edge.industry.as_ref()) {
            if !codes.contains(code) {
                codes.push(code.clone());
            }
        }
        let ranks = Ranks::new(&profile, &wish.titles, wish.entities, wish.stratified, wish.seed);
        let today = day_number(wish.as_of);
        let casting =
            Casting::new(&profile, ranks, packs.len(), wish.as_of, wish.stratified, wish.seed);
        let register = Register::new(&profile, &catalogue, today, wish.seed);
        Ok(Self {
            profile,
            catalogue,
            entities: wish.entities,
            seed: wish.seed,
            today,
            casting,
            columns,
            places,
            packs,
            register,
            codes,
        })
    }

    /// How many entities it has.
    pub fn entities(&self) -> u64 {
        self.entities
    }

    /// Its columns.
    pub fn shape(&self) -> Shape {
        // By indicator, first year first, as people read tables.
        let mut years: BTreeMap<&str, Vec<FactKey>> = BTreeMap::new();
        for column in &self.columns {
            years.entry(&column.key.indicator).or_default().push(column.key.clone());
        }
        let mut keys = Vec::new();
        for indicator in self.catalogue.indicators() {
            let mut of_this = years.remove(indicator.id.as_str()).unwrap_or_default();
            of_this.sort();
            keys.extend(of_this);
        }
        shape_for(keys, &self.catalogue)
    }

    pub(crate) fn cast(&self, row: u64) -> Cast {
        self.casting.cast(row)
    }

    /// The code of the district with a number.
    pub(crate) fn district(&self, number: usize) -> &str {
        self.profile.districts.get(number).map_or("000000", |district| district.code.as_str())
    }

    /// The social credit code of a row.
    pub(crate) fn code(&self, row: u64) -> String {
        let (kind, rank) = self.casting.ranks.kind(row);
        let class = self.casting.class(kind, rank);
        let district = self.casting.district(row, rank, class);
        crate::identity::code(self.seed, row, kind, self.district(district))
    }
}
