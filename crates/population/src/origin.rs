//! What a population file says of itself beside its rows, by key.

/// `true`: everything in it is made up.
pub const SYNTHETIC: &str = "tidu.synthetic";
/// The day up to which things are known.
pub const AS_OF: &str = "tidu.as_of";
/// The last fiscal year of which there are figures.
pub const BASE_YEAR: &str = "tidu.base_year";
/// The hash of the rulebook whose figures made-up firms stand on.
pub const RULEBOOK: &str = "tidu.rulebook";
/// The seed of what is made up.
pub const SEED: &str = "tidu.seed";
/// Whether what is made up has everything, however small it is.
pub const STRATIFIED: &str = "tidu.stratified";
