//! What lists are narrowed and counted by: district and section of industry, a small number for each row.

use std::collections::BTreeSet;

use arrow::array::{AsArray as _, RecordBatch};
use arrow::datatypes::{Int32Type, UInt16Type};
use enterprise::{IndustryCode, section_of_division};
use population::Shape;

/// The indicators that say so.
const DISTRICT: &str = "district";
const INDUSTRY: &str = "industry";

/// The number of what is not told.
pub const NOT_TOLD: u16 = u16::MAX;

/// Stands for the letter of a section that is not told.
pub const NO_SECTION: char = '-';

/// District and section of every row.
#[derive(Debug, Clone, Default)]
pub struct Facets {
    pub(crate) district: Vec<u16>,
    pub(crate) section: Vec<u16>,
    sections: BTreeSet<char>,
}

impl Facets {
    pub(crate) fn of(shape: &Shape, batches: &[RecordBatch]) -> Self {
        let mut facets = Self::default();
        for batch in batches {
            facets.add(shape, batch);
        }
        facets.sections = there(&facets.section);
        facets
    }

    fn add(&mut self, shape: &Shape, batch: &RecordBatch) {
        let rows = batch.num_rows();
        let column = |id| shape.fact(id, None).and_then(|at| batch.columns().get(at));
        match column(DISTRICT).and_then(|one| one.as_primitive_opt::<UInt16Type>()) {
            Some(districts) => {
                self.district.extend(districts.iter().map(|one| one.unwrap_or(NOT_TOLD)));
            }
            None => self.district.extend(std::iter::repeat_n(NOT_TOLD, rows)),
        }
        let words = column(INDUSTRY).and_then(|one| one.as_dictionary_opt::<Int32Type>());
        let named = words.and_then(|words| Some((words, words.values().as_string_opt::<i32>()?)));
        match named {
            Some((words, values)) => {
                let sections: Vec<u16> =
                    values.iter().map(|code| code.and_then(section).unwrap_or(NOT_TOLD)).collect();
                let told = |word: Option<i32>| {
                    let word = usize::try_from(word?).ok()?;
                    sections.get(word).copied()
                };
                self.section.extend(words.keys().iter().map(|word| told(word).unwrap_or(NOT_TOLD)));
            }
            None => self.section.extend(std::iter::repeat_n(NOT_TOLD, rows)),
        }
    }

    /// The letters of all sections that there is somebody of.
    pub fn sections(&self) -> &BTreeSet<char> {
        &self.sections
    }

    /// The option of a row's district.
    pub fn district(&self, row: u32) -> Option<u16> {
        told(&self.district, row)
    }

    /// The letter of a row's section of industry.
    pub fn section(&self, row: u32) -> Option<char> {
        told(&self.section, row).and_then(|letter| char::from_u32(letter.into()))
    }
}

fn there(letters: &[u16]) -> BTreeSet<char> {
    let mut there = [false; 128];
    for letter in letters {
        if let Some(one) = there.get_mut(usize::from(*letter)) {
            *one = true;
        }
    }
    (0u8..).zip(there).filter(|(_, there)| *there).map(|(letter, _)| char::from(letter)).collect()
}

pub(crate) fn told(values: &[u16], row: u32) -> Option<u16> {
    let value = values.get(usize::try_from(row).ok()?)?;
    (*value != NOT_TOLD).then_some(*value)
}

/// The letter of the section that an industry code belongs to.
fn section(code: &str) -> Option<u16> {
    let digits = code.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
    let division = digits.get(..2).and_then(|digits| digits.parse().ok());
    let letter = division
        .and_then(section_of_division)
        .or_else(|| IndustryCode::parse(code)?.to_string().chars().next())?;
    u16::try_from(u32::from(letter)).ok()
}
