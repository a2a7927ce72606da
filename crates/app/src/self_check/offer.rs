//! What can be looked for: the programmes that judge enterprises and decide today, by ladder.

use enterprise::{ENTERPRISE, Text};
use jiff::civil::Date;
use rules::{Programme, Rulebook, Standing};

/// Programmes that stand together.
#[derive(Clone, Debug)]
pub struct Offer<'r> {
    /// The ladder; none for those that stand on no ladder.
    pub title: Option<&'r Text>,
    /// The programmes, the lowest rung first.
    pub programmes: Vec<&'r Programme>,
}

/// Whether it judges enterprises by a version that decides on the day.
fn is_offered(programme: &Programme, today: Date) -> bool {
    let decides = |version: &&rules::Version| {
        version.standing == Standing::Binding
            && version.applies.iter().any(|applies| applies.covers(today))
    };
    programme.subject == ENTERPRISE && programme.versions.iter().any(|version| decides(&version))
}

/// All that is offered, in the order of the rulebook.
pub(super) fn offered(rulebook: &Rulebook, today: Date) -> Vec<&Programme> {
    rulebook.programmes.iter().filter(|known| is_offered(known, today)).collect()
}

/// The same, by ladder; what stands on several is named on the first.
pub fn offers(rulebook: &Rulebook, today: Date) -> Vec<Offer<'_>> {
    let mut rest = offered(rulebook, today);
    let mut offers = Vec::new();
    for ladder in &rulebook.ladders {
        // A title that counts as a rung stands where the rung does.
        let titles: Vec<&str> =
            ladder.rungs.iter().flat_map(|rung| rulebook.titles_of_rung(rung)).collect();
        let on_it = |id: &&str| rest.iter().find(|known| known.id == *id).copied();
        let programmes: Vec<&Programme> = titles.iter().filter_map(on_it).collect();
        rest.retain(|known| !titles.contains(&known.id.as_str()));
        if !programmes.is_empty() {
            offers.push(Offer { title: Some(&ladder.title), programmes });
        }
    }
    if !rest.is_empty() {
        offers.push(Offer { title: None, programmes: rest });
    }
    offers
}
