//! The programmes that a command line asks firms about.

use enterprise::Text;
use rules::{Programme, Rulebook, Standing};

use crate::commands::find;

/// What this command line judges: other subjects need files of their own.
const SUBJECT: &str = "enterprise";

/// The programmes of firms of which something can be said: a pure title has no versions.
pub(crate) fn of_firms(rulebook: &Rulebook) -> Vec<&Programme> {
    let judged =
        |programme: &&Programme| programme.subject == SUBJECT && !programme.versions.is_empty();
    rulebook.programmes.iter().filter(judged).collect()
}

/// Whether it has a version that decides: those come before what is only for reference.
pub(crate) fn decides(programme: &Programme) -> bool {
    programme.versions.iter().any(|version| version.standing == Standing::Binding)
}

/// The programmes with these names, each once, in the order in which they were named.
pub(crate) fn named<'r>(
    wanted: &[String],
    rulebook: &'r Rulebook,
) -> Result<Vec<&'r Programme>, Text> {
    let judged = of_firms(rulebook);
    let mut chosen: Vec<&Programme> = Vec::new();
    for wanted in wanted {
        let programme = find::programme(wanted, rulebook, &judged)?;
        if !chosen.iter().any(|known| known.id == programme.id) {
            chosen.push(programme);
        }
    }
    Ok(chosen)
}
