//! Where pages lie and how places on them are named. Names come from ids, so that a link survives a
//! change of wording.

use enterprise::{Indicator, Kind, Lang};
use rules::{Criterion, Round};

/// The command that writes the pages; every file names it at its top.
pub(crate) const GENERATOR: &str = "tidu catalogue";

/// The page that opens a language's folder.
pub(crate) const INDEX: &str = "README.md";

/// The page of all kinds of events.
pub(crate) const EVENTS: &str = "events.md";

/// The folder of a language.
pub(crate) fn folder(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh",
        Lang::En => "en",
    }
}

/// A path below the catalogue, from one below a language's folder.
pub(crate) fn file(lang: Lang, path: &str) -> String {
    format!("{}/{path}", folder(lang))
}

/// The page of a programme.
pub(crate) fn programme(id: &str) -> String {
    format!("programmes/{id}.md")
}

/// The picture of a ladder.
pub(crate) fn picture(ladder: &str) -> String {
    format!("ladders/{ladder}.svg")
}

/// The page of a table of codes.
pub(crate) fn codes(table: &str) -> String {
    format!("codes/{table}.md")
}

/// The page of a classification.
pub(crate) fn classification(indicator: &str) -> String {
    format!("classifications/{indicator}.md")
}

/// The page of the indicators of a kind.
pub(crate) fn indicators(kind: &Kind) -> String {
    let name = match kind {
        Kind::Money => "money",
        Kind::Ratio => "ratio",
        Kind::Number { .. } => "number",
        Kind::Date => "date",
        Kind::Flag => "flag",
        Kind::Choice(_) | Kind::Industry => "choice",
    };
    format!("indicators/{name}.md")
}

/// The place of an indicator.
pub(crate) fn indicator(indicator: &Indicator) -> String {
    format!("{}#{}", indicators(&indicator.kind), indicator.id)
}

/// The name of a criterion's place on its programme's page. A shared definition has ids of its own.
pub(crate) fn criterion(version: &str, programme: &str, criterion: &Criterion) -> String {
    let (owner, id) = (&criterion.owner, &criterion.id);
    if owner == programme { format!("{version}-{id}") } else { format!("{version}-{owner}-{id}") }
}

/// The name of a score table's place.
pub(crate) fn score(version: &str) -> String {
    format!("{version}-score-table")
}

/// The name of a score item's place.
pub(crate) fn item(version: &str, group: &str, item: &str) -> String {
    format!("{}-{group}-{item}", score(version))
}

/// The name of a round's place.
pub(crate) fn round(round: &Round) -> String {
    format!("round-{}", round.from)
}

/// The name of a benefit's place.
pub(crate) fn benefit(version: &str, benefit: &str) -> String {
    format!("{version}-benefit-{benefit}")
}
