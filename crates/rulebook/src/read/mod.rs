//! TOML tables to parts of a rulebook: one file for each kind of table. Nothing here looks at two
//! parts side by side.

pub(crate) mod cite;
pub(crate) mod criterion;
pub(crate) mod definition;
pub(crate) mod indicator;
pub(crate) mod moves;
pub(crate) mod one_off;
pub(crate) mod score;
pub(crate) mod table;
pub(crate) mod version;
