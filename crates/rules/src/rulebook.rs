//! The checked rulebook as the evaluator sees it: catalogue, programmes, definitions, rounds. How it
//! is written down is another crate's business.

use std::collections::{BTreeMap, BTreeSet};

use enterprise::Catalogue;
use jiff::civil::Date;

use crate::classification::Classification;
use crate::codes::CodeTable;
use crate::condition::Quantity;
use crate::programme::{Ladder, Programme, Purpose, Round, Version};

/// The version of the meaning: it changes when the same rulebook and facts can give another answer.
pub const SEMANTICS: u32 = 2;

/// The law as data.
#[derive(Debug, Clone, Default)]
pub struct Rulebook {
    /// What can be said about a subject.
    pub catalogue: Catalogue,
    /// Programmes, in the order of their files.
    pub programmes: Vec<Programme>,
    /// How derived indicators are computed, by indicator id.
    pub formulas: BTreeMap<String, Quantity>,
    /// Classifications, by the id of the indicator that they give.
    pub classifications: BTreeMap<String, Vec<Classification>>,
    /// Ladders.
    pub ladders: Vec<Ladder>,
    /// Windows for applying.
    pub rounds: Vec<Round>,
    /// Tables of codes, by id.
    pub codes: BTreeMap<String, CodeTable>,
    /// SHA-256 over the files, in hexadecimal.
    pub hash: String,
}

impl Rulebook {
    /// The programme with this id.
    pub fn programme(&self, id: &str) -> Option<&Programme> {
        self.programmes.iter().find(|programme| programme.id == id)
    }

    /// The indicators that the tax authority gives for recognition only, and those by which such a one could be told:
    /// what is computed from one.
    pub fn tax_figures(&self) -> BTreeSet<&str> {
        let given = self.catalogue.indicators().iter().filter(|indicator| indicator.tax);
        let mut found: BTreeSet<&str> = given.map(|indicator| indicator.id.as_str()).collect();
        loop {
            let before = found.len();
            for (id, formula) in &self.formulas {
                let mut tells = false;
                formula.each_fact(&mut |fact| tells |= found.contains(fact.indicator.id.as_str()));
                if tells {
                    found.insert(id);
                }
            }
            if found.len() == before {
                return found;
            }
        }
    }

    /// The first twelve digits of the hash, enough to name a rulebook.
    pub fn short_hash(&self) -> &str {
        self.hash.get(..12).unwrap_or(&self.hash)
    }

    /// The classification that gives `indicator` on `day`.
    pub fn classification(&self, indicator: &str, day: Date) -> Option<&Classification> {
        self.classifications
            .get(indicator)?
            .iter()
            .find(|known| known.from <= day && known.to.is_none_or(|to| day <= to))
    }

    /// The round for `purpose` that is open on `day`, else the next one, else the last one.
    pub fn round(&self, programme: &str, purpose: Purpose, day: Date) -> Option<&Round> {
        let rounds = || {
            self.rounds
                .iter()
                .filter(|round| round.programme == programme && round.purposes.contains(&purpose))
        };
        rounds()
            .find(|round| round.from <= day && day <= round.to)
            .or_else(|| rounds().filter(|round| round.from > day).min_by_key(|round| round.from))
            .or_else(|| rounds().max_by_key(|round| round.to))
    }
}

impl Programme {
    /// The version in force for `purpose` on `day`.
    pub fn version_on(&self, purpose: Purpose, day: Date) -> Option<&Version> {
        self.versions.iter().find(|version| {
            version.applies.iter().any(|applies| applies.purpose == purpose && applies.covers(day))
        })
    }
}
