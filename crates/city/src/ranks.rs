//! Who stands where: kinds of entities by shuffled rank, titles by places in shuffled orders, all
//! scaled from the whole city to the size that is wanted.

use crate::draw::Theme;
use crate::order::Shuffled;
use crate::profile::Profile;
use crate::weights::Weights;

/// The kinds of entities, in the order of the classes that are theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntityKind {
    /// A sole trader.
    SoleTrader,
    /// A farmers' cooperative.
    Cooperative,
    /// An enterprise.
    Enterprise,
}

/// Who stands where.
#[derive(Debug, Clone)]
pub(crate) struct Ranks {
    entities: Shuffled,
    pub enterprises: u64,
    cooperatives: u64,
    pub library: u64,
    orders: Vec<Shuffled>,
    pub titles: Vec<TitleRange>,
    pub districts: Weights,
}

/// Who holds a title and who held it, by places in an order.
#[derive(Debug, Clone)]
pub(crate) struct TitleRange {
    pub programme: String,
    /// The order; the first is that of the library itself.
    order: usize,
    first: u64,
    end: u64,
    former: u64,
    pub years: i16,
    pub class: Option<u8>,
    pub theme: Theme,
}

/// What a firm is to a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holding {
    /// Holds it; how many hold it before this one.
    Current(u64),
    /// Held it.
    Former(u64),
}

impl Ranks {
    pub(crate) fn new(
        profile: &Profile,
        titles: &[String],
        entities: u64,
        stratified: bool,
        seed: u64,
    ) -> Self {
        let city = &profile.entities;
        let small = &profile.stratified;
        let (enterprises, cooperatives, library) = if stratified {
            let enterprises = scaled(entities, small.enterprises, 1_000);
            (
                enterprises,
                scaled(entities, small.cooperatives, 1_000),
                scaled(enterprises, small.library, 1_000),
            )
        } else {
            let scaled = |count| scaled(entities, count, city.all);
            (scaled(city.enterprises), scaled(city.cooperatives), scaled(city.library))
        };
        let theme = |name: &str| Theme::new(seed, name);
        let orders = profile
            .orders
            .iter()
            .map(|order| Shuffled::new(theme(&format!("order {}", order.id)), library));
        let orders: Vec<Shuffled> = orders.collect();
        let least = if stratified { small.least } else { 0 };
        let mut ranges = Vec::new();
        for (number, order) in profile.orders.iter().enumerate() {
            let specs = || profile.titles.iter().filter(|title| title.order == order.id);
            let bounds = bounds(
                specs().flat_map(|title| {
                    let end = title.first + title.count;
                    [title.first, end, end + title.former]
                }),
                |place| scaled(library, place, city.library),
                least,
            );
            let bound = |place: u64| {
                let known = bounds.iter().find(|(before, _)| *before == place);
                known.map_or(0, |(_, after)| (*after).min(library))
            };
            for title in specs().filter(|title| titles.contains(&title.programme)) {
                let end = title.first + title.count;
                ranges.push(TitleRange {
                    programme: title.programme.clone(),
                    order: number,
                    first: bound(title.first),
                    end: bound(end),
                    former: bound(end + title.former),
                    years: title.years,
                    class: title.class.as_deref().and_then(|class| profile.class(class)),
                    theme: theme(&format!("title {}", title.programme)),
                });
            }
        }
        let shares: Vec<_> = profile.districts.iter().map(|district| &district.share).collect();
        Self {
            entities: Shuffled::new(theme("entities"), entities),
            enterprises,
            cooperatives,
            library,
            orders,
            titles: ranges,
            districts: Weights::new(
                shares.into_iter(),
                u8::try_from(profile.classes.len()).unwrap_or(1),
            ),
        }
    }

    /// The kind of a row's entity and its rank among those of its kind.
    pub(crate) fn kind(&self, row: u64) -> (EntityKind, u64) {
        let place = self.entities.place(row);
        if place < self.enterprises {
            return (EntityKind::Enterprise, place);
        }
        let place = place - self.enterprises;
        if place < self.cooperatives {
            (EntityKind::Cooperative, place)
        } else {
            (EntityKind::SoleTrader, place - self.cooperatives)
        }
    }

    /// The titles of the enterprise with this rank.
    pub(crate) fn holdings(&self, rank: u64) -> impl Iterator<Item = (&TitleRange, Holding)> {
        let inside = if rank < self.library { self.titles.as_slice() } else { &[] };
        inside.iter().filter_map(move |title| {
            let place = match title.order {
                0 => rank,
                order => self.orders.get(order)?.place(rank),
            };
            Some((title, title.holding(place)?))
        })
    }
}

impl TitleRange {
    fn holding(&self, place: u64) -> Option<Holding> {
        if place < self.first || place >= self.former {
            None
        } else if place < self.end {
            Some(Holding::Current(place - self.first))
        } else {
            Some(Holding::Former(place - self.end))
        }
    }
}

/// `count` of `of` in a city of `entities`, rounded to the nearest.
fn scaled(entities: u64, count: u64, of: u64) -> u64 {
    let of = u128::from(of.max(1));
    let scaled = (u128::from(entities) * u128::from(count) + of / 2) / of;
    u64::try_from(scaled).unwrap_or(u64::MAX)
}

/// Places of the whole city and what they become, at least so far apart.
fn bounds(
    places: impl Iterator<Item = u64>,
    scale: impl Fn(u64) -> u64,
    least: u64,
) -> Vec<(u64, u64)> {
    let places: std::collections::BTreeSet<u64> = places.collect();
    let mut bounds: Vec<(u64, u64)> = Vec::new();
    for place in places {
        let after = bounds.last().map_or(0, |(_, after)| after + least);
        bounds.push((place, if place == 0 { 0 } else { scale(place).max(after) }));
    }
    bounds
}
