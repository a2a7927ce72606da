//! The programmes that firms are asked about: those that were named, or those of which there is something to say.

use enterprise::Text;
use jiff::civil::Date;
use rules::{Programme, Rulebook, Standing};

use super::find;

/// What is judged here: other subjects need facts of their own.
const SUBJECT: &str = "enterprise";

/// The programmes of firms of which something can be said: a pure title has no versions.
pub fn of_firms(rulebook: &Rulebook) -> Vec<&Programme> {
    let judged =
        |programme: &&Programme| programme.subject == SUBJECT && !programme.versions.is_empty();
    rulebook.programmes.iter().filter(judged).collect()
}

/// Whether it has a version that decides: those come before what is only for reference.
pub fn decides(programme: &Programme) -> bool {
    programme.versions.iter().any(|version| version.standing == Standing::Binding)
}

/// The programmes that have such a version.
pub fn deciding(rulebook: &Rulebook) -> Vec<&Programme> {
    of_firms(rulebook).into_iter().filter(|programme| decides(programme)).collect()
}

/// Those of which something can be said unasked: a standard is public, and it is not a matter of the past. Those that
/// decide come first.
pub fn telling(rulebook: &Rulebook, as_of: Date) -> Vec<&Programme> {
    let telling = |known: &&Programme| says_something(known, as_of);
    let mut programmes: Vec<&Programme> = of_firms(rulebook).into_iter().filter(telling).collect();
    programmes.sort_by_key(|programme| !decides(programme));
    programmes
}

fn says_something(programme: &Programme, as_of: Date) -> bool {
    programme.versions.iter().any(|version| match version.standing {
        Standing::Binding | Standing::Indicative => true,
        Standing::Historical => version.applies.iter().any(|applies| applies.covers(as_of)),
        Standing::Open => false,
    })
}

/// The programmes with these names, each once, in the order in which they were named.
pub fn named<'r>(wanted: &[String], rulebook: &'r Rulebook) -> Result<Vec<&'r Programme>, Text> {
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
