//! The page of a programme: what it is, when which version applies, and every version in full.

mod benefits;
mod criteria;
mod documents;
mod overview;
mod provisions;
mod score;
mod version;

use enterprise::Lang;
use rules::{Programme, Rulebook};

use crate::sheet::Sheet;
use crate::{rounds, site};

/// The page.
pub(crate) fn sheet(programme: &Programme, rulebook: &Rulebook, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(lang, &site::programme(&programme.id), &programme.title);
    overview::section(&mut sheet, programme, rulebook);
    rounds::section(&mut sheet, programme, rulebook);
    for version in programme.versions.iter().rev() {
        version::section(&mut sheet, programme, version, rulebook);
    }
    documents::section(&mut sheet, programme, rulebook);
    sheet
}

pub(crate) use criteria::table as criteria_table;
