//! Who a subject is, as far as a simulation shows it: name and code, district, industry, size class,
//! and revenue to tell small from large.

use enterprise::{Facts, IndustryCode, Kind, Text, Value, section_of_division};
use rules::{Question, Rulebook, classify};

/// The indicators that people group firms by.
const DISTRICT: &str = "district";
const INDUSTRY: &str = "industry";
pub(crate) const SIZE: &str = "size_class";
/// The indicator that tells small from large.
const REVENUE: &str = "revenue";

/// A subject that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name.
    pub name: String,
    /// The social credit code.
    pub code: String,
    /// The option of the district.
    pub district: Option<usize>,
    /// Section and division (`C`, `34`).
    pub industry: Option<Industry>,
    /// The option of the size class.
    pub size: Option<usize>,
    /// In fen, of the base year.
    pub revenue: Option<i64>,
}

/// A section of industries, and the division where it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Industry {
    /// The letter.
    pub section: char,
    /// The two digits.
    pub division: Option<u8>,
}

impl Profile {
    /// What the facts say.
    pub fn of(rulebook: &Rulebook, facts: &Facts, question: &Question, base_year: i16) -> Self {
        let state = |id: &str| facts.get(id, None).map(|fact| &fact.value);
        let choice = |id: &str| match state(id) {
            Some(Value::Choice(option)) => Some(*option),
            _ => None,
        };
        let uscc = facts.uscc.as_ref().map(ToString::to_string);
        Self {
            name: facts.name.clone().unwrap_or_default(),
            code: uscc.unwrap_or_default(),
            district: choice(DISTRICT),
            industry: match state(INDUSTRY) {
                Some(Value::Code(code)) => Industry::of(code),
                _ => None,
            },
            size: size(rulebook, facts, question),
            revenue: match facts.get(REVENUE, Some(base_year)).map(|fact| &fact.value) {
                Some(Value::Number(fen)) => Some(*fen),
                _ => None,
            },
        }
    }
}

/// The size class, given or computed.
pub fn size(rulebook: &Rulebook, facts: &Facts, question: &Question) -> Option<usize> {
    if let Some(Value::Choice(option)) = facts.get(SIZE, None).map(|fact| &fact.value) {
        return Some(*option);
    }
    match classify(rulebook, SIZE, facts, question).as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

impl Industry {
    fn of(code: &str) -> Option<Self> {
        let section = IndustryCode::parse(code)?.to_string().chars().next()?;
        let digits = code.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let division = digits.get(..2).and_then(|digits| digits.parse().ok());
        let section = division.and_then(section_of_division).unwrap_or(section);
        Some(Self { section, division })
    }

    /// `C34`, or `C` where only the section is known.
    pub fn code(self) -> String {
        self.division.map_or_else(
            || self.section.to_string(),
            |division| format!("{}{division:02}", self.section),
        )
    }
}

/// What a section is called, if a table of codes says so.
pub fn section_name(rulebook: &Rulebook, section: char) -> Option<&Text> {
    let is_it = |code: &str| code.len() == 1 && code.starts_with(section);
    let tables = rulebook.codes.values();
    let sections = tables.filter(|table| table.entries.iter().any(|one| one.divisions.is_some()));
    let entries = sections.flat_map(|table| &table.entries);
    entries.into_iter().find(|entry| is_it(&entry.code)).map(|entry| &entry.name)
}

/// What an option of the district or the size class is called, with its code.
pub fn option_name(rulebook: &Rulebook, what: What, option: usize) -> Option<(&str, &Text)> {
    let id = match what {
        What::District => DISTRICT,
        What::Size => SIZE,
    };
    let Kind::Choice(choices) = &rulebook.catalogue.indicator(id)?.kind else { return None };
    choices.get(option).map(|choice| (choice.id.as_str(), &choice.label))
}

/// A choice that people group firms by.
#[derive(Debug, Clone, Copy)]
pub enum What {
    /// The district.
    District,
    /// The size class.
    Size,
}
