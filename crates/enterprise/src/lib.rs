//! What is known about an enterprise: indicators, facts, where they came from.
//!
//! This crate holds the vocabulary ([`Catalogue`]) and one subject's file ([`Facts`]), and admits
//! raw text into typed, unit-bearing values without ever passing through floating point.
//! It does not read files, does not know any programme and never judges.
//!
//! ```
//! use enterprise::{Uscc, parse_decimal};
//! assert!("91370202MA0000000Y".parse::<Uscc>().is_ok());
//! assert_eq!(parse_decimal("51234567.89", 100), Ok(5_123_456_789));
//! ```

mod admit;
mod calendar;
mod catalogue;
mod decimal;
mod facts;
mod indicator;
mod industry;
mod narrow;
mod nearest;
mod problem;
pub mod says;
mod subject;
mod text;
mod unit;
mod uscc;

pub use admit::{FOUNDED_ON, admit_value, before_founding, check_facts, check_range};
pub use calendar::{full_years_between, months_before, parse_date, year_end, years_begun_between};
pub use catalogue::{Catalogue, EventAttribute, EventKind, JudgedCriterion, TitleKind};
pub use decimal::{DecimalError, format_decimal, parse_decimal};
pub use facts::{
    Completeness, Event, Fact, FactKey, Facts, Judgement, Relation, Source, Title, Value,
};
pub use indicator::{Choice, Cost, Indicator, Kind, Lack, Moves, Period};
pub use industry::{IndustryCode, SECTIONS, section_of_division};
pub use narrow::narrow;
pub use nearest::nearest;
pub use problem::{Place, Problem, ProblemKind, Severity};
pub use subject::{ENTERPRISE, SUBJECTS};
pub use text::{Lang, Text};
pub use unit::{QuantityError, Unit, parse_quantity};
pub use uscc::{Uscc, UsccError, packed_code, uscc_problem};
