//! Who a row is: kind, class, place, industry, founding, who knows it. Everything else is drawn from
//! this.

use jiff::civil::Date;
use population::{day_number, day_of};

use crate::draw::{Theme, spread};
use crate::profile::{PerClass, Profile};
use crate::ranks::{EntityKind, Holding, Ranks};
use crate::weights::Weights;

/// Who a row is.
#[derive(Debug, Clone)]
pub(crate) struct Cast {
    pub row: u64,
    pub kind: EntityKind,
    pub class: u8,
    /// Rank among those of its kind.
    pub rank: u64,
    /// Numbers in the profile.
    pub district: usize,
    pub industry: usize,
    /// Day number and year of the founding.
    pub founded: i32,
    pub founding_year: i16,
    /// A bit for each source that knows the firm.
    pub knows: u32,
    /// The pack of edges that it stands on.
    pub pack: Option<usize>,
}

/// How rows are cast.
#[derive(Debug, Clone)]
pub(crate) struct Casting {
    pub ranks: Ranks,
    industries: Weights,
    sources: Vec<PerClass>,
    age: (PerClass, PerClass),
    on_an_edge: PerClass,
    packs: u64,
    today: i32,
    stratified: bool,
    themes: Themes,
}

#[derive(Debug, Clone)]
struct Themes {
    district: Theme,
    industry: Theme,
    founded: Theme,
    sources: Theme,
    pack: Theme,
}

/// Firms of the library are no younger, so that what they hold can have been granted.
const YOUNGEST_IN_LIBRARY: i64 = 1_200;
const OLDEST: i64 = 16_400;

impl Casting {
    pub(crate) fn new(
        profile: &Profile,
        ranks: Ranks,
        packs: usize,
        as_of: Date,
        stratified: bool,
        seed: u64,
    ) -> Self {
        let theme = |name| Theme::new(seed, name);
        let classes = u8::try_from(profile.classes.len()).unwrap_or(1);
        Self {
            ranks,
            industries: Weights::new(profile.industries.iter().map(|known| &known.share), classes),
            sources: profile.sources.iter().map(|source| source.knows.clone()).collect(),
            age: profile.age(),
            on_an_edge: profile.registers.on_an_edge.clone(),
            packs: u64::try_from(packs).unwrap_or(0),
            today: day_number(as_of),
            stratified,
            themes: Themes {
                district: theme("district"),
                industry: theme("industry"),
                founded: theme("founded"),
                sources: theme("sources"),
                pack: theme("pack"),
            },
        }
    }

    /// Who a row is.
    pub(crate) fn cast(&self, row: u64) -> Cast {
        let (kind, rank) = self.ranks.kind(row);
        let class = self.class(kind, rank);
        let themes = &self.themes;
        let pack = if kind == EntityKind::Enterprise { self.pack(row, rank, class) } else { None };
        let founded = self.founded(row, class, rank, kind);
        let mut dice = themes.sources.of(row);
        let mut knows = 0_u32;
        for (place, source) in self.sources.iter().enumerate().take(32) {
            // A firm on an edge is there to be seen.
            knows |= u32::from(dice.chance(source.of(class)) || pack.is_some()) << place;
        }
        Cast {
            row,
            kind,
            class,
            rank,
            district: self.district(row, rank, class),
            industry: self.industries.draw(class, &mut themes.industry.of(row)),
            founded,
            founding_year: day_of(founded).map_or(i16::MAX, Date::year),
            knows,
            pack,
        }
    }

    /// The district of a row's entity; in a small city, firms take turns.
    pub(crate) fn district(&self, row: u64, rank: u64, class: u8) -> usize {
        let count = self.ranks.districts.len();
        match usize::try_from(rank) {
            Ok(rank) if self.stratified && rank < count * 2 => rank % count.max(1),
            _ => self.ranks.districts.draw(class, &mut self.themes.district.of(row)),
        }
    }

    /// The class of an entity: the highest that a title gives it.
    pub(crate) fn class(&self, kind: EntityKind, rank: u64) -> u8 {
        const ORDINARY: u8 = 2;
        match kind {
            EntityKind::SoleTrader => 0,
            EntityKind::Cooperative => 1,
            EntityKind::Enterprise if rank >= self.ranks.library => ORDINARY,
            EntityKind::Enterprise => {
                let held = self.ranks.holdings(rank).filter_map(|(title, holding)| match holding {
                    Holding::Current(_) => title.class,
                    Holding::Former(_) => None,
                });
                held.max().unwrap_or(ORDINARY + 1).max(ORDINARY + 1)
            }
        }
    }

    /// The pack of edges: in a small city the last firms of the ranking take one each, so that the
    /// holders of titles are left as they are as long as there are others.
    fn pack(&self, row: u64, rank: u64, class: u8) -> Option<usize> {
        if self.packs == 0 {
            return None;
        }
        let from_the_end = self.ranks.enterprises.saturating_sub(rank + 1);
        if self.stratified && from_the_end < self.packs {
            return usize::try_from(from_the_end).ok();
        }
        let mut dice = self.themes.pack.of(row);
        let chosen = dice.chance(self.on_an_edge.of(class));
        chosen.then(|| usize::try_from(dice.below(self.packs)).ok()).flatten()
    }

    fn founded(&self, row: u64, class: u8, rank: u64, kind: EntityKind) -> i32 {
        let mut dice = self.themes.founded.of(row);
        let (median, doublings) = &self.age;
        // In days, from months.
        let median = median.of(class).saturating_mul(30);
        let age = spread(median, doublings.of(class), dice.normal()) + dice.between(0, 29);
        let in_library = kind == EntityKind::Enterprise && rank < self.ranks.library;
        let age = age.clamp(if in_library { YOUNGEST_IN_LIBRARY } else { 1 }, OLDEST);
        self.today.saturating_sub(i32::try_from(age).unwrap_or(0))
    }
}
