//! What a workbook of firms is about, for whoever finds it later: which population, as of when, by which law, and what
//! the numbers are worth.

use app::populations::Hold;
use screening::Screened;
use snapshot::City;

use super::screening::titled;
use crate::ask::Ask;
use crate::parts::figure::Figure;

/// Name and value of each line.
pub(super) type Lines = Vec<(String, String)>;

/// The lines that every workbook of firms has. The watermark says who took it out and when.
pub(super) fn about(ask: &Ask, city: &City, watermark: &str) -> Lines {
    let say = ask.say;
    let law = ask.platform().law();
    let mut lines = Vec::new();
    let mut line = |key: &str, value: String| lines.push((say.t(key), value));
    if let Hold::Ready(ready) = ask.platform().hold() {
        let subjects = Figure::count(i64::from(city.snapshot().rows()));
        let day = ready.population.known_as_of;
        line("about.population", ready.population.name.clone());
        line("about.known-as-of", day.to_string());
        line("about.subjects", format!("{subjects} {}", say.t("unit.firms")));
    }
    line("about.as-of", city.question().as_of.to_string());
    line("about.base-year", city.base_year().to_string());
    // The verdicts may be older than the law in force.
    line("about.rulebook", city.rulebook().chars().take(12).collect());
    if city.rulebook() != law.rulebook.hash {
        line("about.law", say.t("screening.other-law"));
    }
    line("about.worth", say.t("about.caveat"));
    if city.snapshot().is_made_up() || ask.shared.config.demo {
        line("about.demo", say.t("demo-mark.file"));
    }
    line("about.taken", watermark.to_owned());
    lines
}

/// The programme, and what its numbers are worth.
pub(super) fn programme(ask: &Ask, screened: &Screened) -> (String, String) {
    (ask.say.t("enterprises.programme"), titled(ask.say, screened))
}
