//! What shows only when parts are held side by side: bands, cases, versions, prerequisites.

pub(crate) mod bands;
pub(crate) mod logic;
pub(crate) mod paths;
pub(crate) mod references;
pub(crate) mod unused;
pub(crate) mod versions;
