//! Whether what is set is in force at all: a version of another day, or of a programme that does not
//! know the purpose, judges nobody, so that "nobody moves" would say nothing.

use enterprise::Text;
use rules::{Question, Rulebook};
use screening::Screened;

use crate::commands::screen::choose::not_in_force;
use simulation::Changed;

/// Notes in each variant what it sets in vain. If no variant sets anything that judges anybody, that is
/// the reason not to simulate at all.
pub(super) fn check(
    rulebook: &Rulebook,
    question: &Question,
    variants: &mut [Changed],
) -> Option<Text> {
    let mut in_vain = true;
    for variant in variants.iter_mut() {
        let (found, some) = notes(rulebook, question, variant);
        variant.notes = found;
        in_vain &= !some;
    }
    let first = variants.iter().flat_map(|variant| &variant.notes).next();
    first.filter(|_| in_vain).cloned()
}

/// What is set in vain, and whether anything else is set.
fn notes(rulebook: &Rulebook, question: &Question, variant: &Changed) -> (Vec<Text>, bool) {
    let (mut notes, mut some): (Vec<Text>, bool) = (Vec::new(), variant.reclassifies);
    for one in &variant.applied {
        let (owner, version) = (&one.number.owner, &one.number.version);
        // A day that is set can bring a version into force.
        let books = [rulebook, &variant.rulebook];
        let programmes = books.map(|book| (book, book.programme(owner)));
        let [(_, Some(programme)), _] = programmes else {
            some = true;
            continue;
        };
        let judges = programmes.into_iter().any(|(book, programme)| {
            let cases = programme.map(|own| Screened::of(book, own, question).cases);
            cases.is_some_and(|cases| cases.iter().any(|case| case.version == *version))
        });
        if judges {
            some = true;
            continue;
        }
        let others = Screened::of(rulebook, programme, question).cases;
        let note = if others.is_empty() {
            not_in_force(owner, rulebook, programme, question)
        } else {
            not_this(owner, version, question, &others)
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    (notes, some)
}

/// Another version judges on the day.
fn not_this(owner: &str, version: &str, question: &Question, judge: &[screening::Case]) -> Text {
    let day = question.as_of;
    let mut versions: Vec<&str> = judge.iter().map(|case| case.version.as_str()).collect();
    versions.dedup();
    Text::new(
        format!(
            "“{owner}@{version}”在 {day} 不适用（当日适用 {}），改它没有影响",
            versions.join("、")
        ),
        format!(
            "`{owner}@{version}` does not apply on {day} (what does: {}): to change it changes nothing",
            versions.join(", ")
        ),
    )
}
