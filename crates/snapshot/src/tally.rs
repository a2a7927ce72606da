//! How many stand where in a programme: the five populations, by district, by section of industry, by size class.

use std::collections::BTreeMap;

use crate::city::City;
use crate::facets::NOT_TOLD;
use crate::sight::Sight;

/// By what is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The option of the district.
    District,
    /// The letter of the section of industry.
    Section,
    /// The option of the size class.
    Size,
}

/// How many are in each of the five populations, in the order in which people read them; and how many are judged by
/// no text of the law.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// The five.
    pub populations: [u64; 5],
    /// Those who are not judged.
    pub not_judged: u64,
}

/// A share of the counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The option or letter; [`NOT_TOLD`] where it is not told.
    pub key: u16,
    /// How many.
    pub counts: Counts,
}

impl Counts {
    fn add(&mut self, population: Option<u8>) {
        match population.and_then(|number| self.populations.get_mut(usize::from(number))) {
            Some(count) => *count += 1,
            None => self.not_judged += 1,
        }
    }

    /// Adds the counts of others.
    pub fn add_all(&mut self, other: &Self) {
        for (own, others) in self.populations.iter_mut().zip(other.populations) {
            *own += others;
        }
        self.not_judged += other.not_judged;
    }

    /// All who are judged.
    pub fn judged(&self) -> u64 {
        self.populations.iter().sum()
    }

    /// How many are in a population.
    pub fn of(&self, population: rules::Population) -> u64 {
        let place = usize::from(screening::code::population(population));
        self.populations.get(place).copied().unwrap_or(0)
    }
}

impl City {
    /// How many are seen.
    pub fn seen(&self, sight: &Sight) -> u64 {
        sight.rows(self.snapshot()).len() as u64
    }

    /// Where those stand who are seen and hold a programme's title.
    pub fn of_holders(&self, sight: &Sight, id: &str) -> Counts {
        let mut counts = Counts::default();
        let Some((_, answers)) = self.programme(id) else { return counts };
        let seen = self.holders(id).iter().filter(|row| sight.covers(self.snapshot(), **row));
        seen.for_each(|row| counts.add(answers.population_of(*row)));
        counts
    }

    /// How many of those who are seen stand where, programme by programme.
    pub fn counts(&self, sight: &Sight) -> Vec<Counts> {
        let rows = sight.rows(self.snapshot());
        let count = |answers: &crate::Answers| {
            let mut counts = Counts::default();
            rows.iter().for_each(|row| counts.add(answers.population_of(*row)));
            counts
        };
        self.programmes().map(|(_, answers)| count(answers)).collect()
    }

    /// The same for one programme, apart by something; in the order of the options, those not told last.
    pub fn shares(&self, sight: &Sight, programme: &str, by: By) -> Vec<Share> {
        let Some((_, answers)) = self.programme(programme) else { return Vec::new() };
        let facets = self.snapshot().facets();
        let mut shares: BTreeMap<u16, Counts> = BTreeMap::new();
        for row in sight.rows(self.snapshot()) {
            let key = match by {
                By::District => facets.district(row),
                By::Section => {
                    facets.section(row).and_then(|letter| u16::try_from(u32::from(letter)).ok())
                }
                By::Size => self.size(row).map(u16::from),
            };
            shares.entry(key.unwrap_or(NOT_TOLD)).or_default().add(answers.population_of(row));
        }
        shares.into_iter().map(|(key, counts)| Share { key, counts }).collect()
    }
}
