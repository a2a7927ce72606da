//! Narrows a city to the rows that are asked for.

use enterprise::narrow;

use crate::city::City;
use crate::sight::Sight;

/// Which of the five populations, by the number of [`screening::code::population`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Populations(u8);

impl Populations {
    /// All five.
    pub const ALL: Self = Self(0b1_1111);

    /// These.
    pub fn of(all: impl IntoIterator<Item = rules::Population>) -> Self {
        Self(all.into_iter().fold(0, |bits, one| bits | 1 << screening::code::population(one)))
    }

    /// Whether all of these are among others.
    pub fn is_in(self, others: Self) -> bool {
        self.0 & !others.0 == 0
    }

    fn has(self, number: u8) -> bool {
        self.0 >> number & 1 == 1
    }
}

/// What is asked for: everything that is set has to be so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// A part of the name, or the beginning of the code.
    pub words: Option<String>,
    /// The option of the district; [`crate::NOT_TOLD`] for those of whom it is not told.
    pub district: Option<u16>,
    /// The letter of the section of industry; [`crate::NO_SECTION`] for those of whom it is not told.
    pub section: Option<char>,
    /// The option of the size class; [`crate::NO_SIZE`] for those of whom it cannot be told.
    pub size: Option<u8>,
    /// A programme, and where in it.
    pub programme: Option<(String, Populations)>,
    /// Whether that programme's title is held.
    pub held: Option<bool>,
    /// Whether what is missed in that programme is a distance to a threshold. A size class, a veto or a title that is
    /// not held has none, so that no effort of so many per cent leads there.
    pub measured: Option<bool>,
    /// The place of a criterion that has to be the nearest one missed in that programme.
    pub nearest: Option<usize>,
}

impl Default for Populations {
    fn default() -> Self {
        Self::ALL
    }
}

impl City {
    /// The rows that are seen and asked for, in the order of the file. A programme that nobody was judged by has none.
    pub fn select(&self, sight: &Sight, filter: &Filter) -> Vec<u32> {
        let snapshot = self.snapshot();
        let facets = snapshot.facets();
        let words = filter.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
        let words = words.map(Words::new);
        let judged = match &filter.programme {
            Some((id, populations)) => match self.programme(id) {
                Some((_, answers)) => Some((answers, *populations)),
                None => return Vec::new(),
            },
            None => None,
        };
        let holders = match (&filter.programme, filter.held) {
            (Some((id, _)), Some(held)) => Some((self.holders(id), held)),
            _ => None,
        };
        let mut rows = sight.rows(snapshot);
        rows.retain(|row| {
            let row = *row;
            filter.district.is_none_or(|own| facets.district(row).unwrap_or(crate::NOT_TOLD) == own)
                && filter
                    .section
                    .is_none_or(|own| facets.section(row).unwrap_or(crate::NO_SECTION) == own)
                && filter.size.is_none_or(|own| self.size(row).unwrap_or(crate::NO_SIZE) == own)
                && judged.is_none_or(|(answers, populations)| {
                    answers.population_of(row).is_some_and(|number| populations.has(number))
                        && filter.measured.is_none_or(|measured| {
                            answers.of(row).is_some_and(|own| own.shortfall.is_some()) == measured
                        })
                        && filter.nearest.is_none_or(|place| {
                            answers.of(row).is_some_and(|own| own.nearest == Some(place))
                        })
                })
                && holders.is_none_or(|(all, held)| all.binary_search(&row).is_ok() == held)
                && words.as_ref().is_none_or(|words| {
                    words.are_in(snapshot.name(row)) || words.begin(snapshot.code(row))
                })
        });
        rows
    }
}

/// What somebody typed to find a subject.
struct Words {
    typed: String,
    /// Whether capital and small letters have to be told apart to find nothing.
    letters: bool,
    code: String,
}

impl Words {
    fn new(typed: &str) -> Self {
        let typed: String = typed.chars().map(narrow).collect::<String>().to_lowercase();
        let letters = typed.chars().any(|sign| sign.is_ascii_alphabetic());
        let code = typed.to_ascii_uppercase();
        Self { typed, letters, code }
    }

    fn are_in(&self, name: &str) -> bool {
        if self.letters || !name.is_ascii() && name.chars().any(|sign| sign != narrow(sign)) {
            name.chars().map(narrow).collect::<String>().to_lowercase().contains(&self.typed)
        } else {
            name.contains(&self.typed)
        }
    }

    fn begin(&self, code: &str) -> bool {
        code.starts_with(&self.code)
    }
}
