//! Figures of the law that the city is to have firms on, exactly and a step off. They are given to
//! the city, which does not know where they come from or what follows from them.

use std::collections::BTreeMap;

use enterprise::FactKey;

/// What stands on an edge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measured {
    /// Facts that add up to it, or one alone; in stored units.
    Sum(Vec<FactKey>),
    /// Facts that are such a share of others; in parts per million.
    Share {
        /// What is divided.
        part: Vec<FactKey>,
        /// By what.
        whole: Vec<FactKey>,
    },
    /// The yearly rate at which one fact became the other; in parts per million.
    Growth {
        /// The first.
        from: FactKey,
        /// The last.
        to: FactKey,
        /// Years between them.
        years: u32,
    },
    /// A date; in days since 1970-01-01.
    Day(FactKey),
    /// The day of an event of this kind; in days since 1970-01-01.
    Event(String),
}

/// A figure that firms stand on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edge {
    /// What stands on it.
    pub measured: Measured,
    /// The figure.
    pub at: i64,
    /// The industry for which it is one, if it is for some only.
    pub industry: Option<String>,
}

/// An edge, or the step below or above it.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub edge: Edge,
    pub nudge: i64,
}

/// How a point uses a thing that other points may use as well.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Use<'e> {
    Reads,
    Writes,
    Is(&'e str),
}

/// Points that one firm can stand on together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pack {
    pub points: Vec<Point>,
}

/// All points of the edges in as few packs as come easily. Each is in one of them.
pub(crate) fn packs(edges: &[Edge], founded: &FactKey) -> Vec<Pack> {
    let mut packs: Vec<(Pack, BTreeMap<String, Use<'_>>)> = Vec::new();
    for edge in edges {
        // Classes have lower edges only; there are too many of them for a step above each.
        let nudges: &[i64] = if edge.industry.is_some() { &[0, -1] } else { &[0, -1, 1] };
        for &nudge in nudges {
            let uses = uses(edge, founded);
            let fits = |taken: &BTreeMap<String, Use<'_>>| {
                uses.iter().all(|(thing, how)| {
                    taken.get(thing).is_none_or(|other| other == how && *how != Use::Writes)
                })
            };
            let place = packs.iter().position(|(_, taken)| fits(taken));
            let point = Point { edge: edge.clone(), nudge };
            match place.and_then(|place| packs.get_mut(place)) {
                Some((pack, taken)) => {
                    pack.points.push(point);
                    taken.extend(uses);
                }
                None => packs.push((Pack { points: vec![point] }, uses)),
            }
        }
    }
    packs.into_iter().map(|(pack, _)| pack).collect()
}

fn uses<'e>(edge: &'e Edge, founded: &FactKey) -> BTreeMap<String, Use<'e>> {
    let mut uses = BTreeMap::new();
    let mut add = |key: &FactKey, how: Use<'e>| {
        // A year before the founding has no figures.
        if key.year.is_some() {
            uses.entry(name(founded)).or_insert(Use::Reads);
        }
        uses.insert(name(key), how);
    };
    match &edge.measured {
        Measured::Sum(facts) => facts.iter().for_each(|fact| add(fact, Use::Writes)),
        Measured::Share { part, whole } => {
            whole.iter().for_each(|fact| add(fact, Use::Reads));
            part.iter().for_each(|fact| add(fact, Use::Writes));
        }
        Measured::Growth { from, to, .. } => {
            add(from, Use::Writes);
            add(to, Use::Writes);
        }
        Measured::Day(fact) => {
            if fact != founded {
                add(founded, Use::Reads);
            }
            add(fact, Use::Writes);
        }
        Measured::Event(kind) => {
            uses.insert(format!("event {kind}"), Use::Writes);
        }
    }
    if let Some(industry) = &edge.industry {
        uses.insert("industry".to_owned(), Use::Is(industry));
    }
    uses
}

fn name(key: &FactKey) -> String {
    match key.year {
        Some(year) => format!("{} {year}", key.indicator),
        None => key.indicator.clone(),
    }
}
