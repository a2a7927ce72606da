//! What can be missing from a subject's row: a fact, word of a title, word of an event.

use enterprise::{Catalogue, FactKey, Text};
use rules::Missing;

/// Something that would have to be known, as the work list names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// What it is.
    pub missing: Missing,
    /// What people read.
    pub label: Text,
}

impl Field {
    /// The field for something missing, in the words of the catalogue.
    pub fn of(missing: &Missing, catalogue: &Catalogue) -> Self {
        Self { missing: missing.clone(), label: label(missing, catalogue) }
    }

    /// Whether it is the list of events of a kind that is not complete up to the day: what one
    /// declaration settles for all kinds.
    pub fn is_list(&self) -> bool {
        matches!(self.missing, Missing::Event { attribute: None, .. })
    }

    /// A stable name: the column of a fact (`revenue_2025`), else what it is about.
    pub fn name(&self) -> String {
        match &self.missing {
            Missing::Fact { key: FactKey { indicator, year: None }, .. } => indicator.clone(),
            Missing::Fact { key: FactKey { indicator, year: Some(year) }, .. } => {
                format!("{indicator}_{year}")
            }
            Missing::Title(programme) => format!("titles.{programme}"),
            Missing::Event { kind, attribute: None } => format!("events.{kind}"),
            Missing::Event { kind, attribute: Some(attribute) } => {
                format!("events.{kind}.{attribute}")
            }
            Missing::Judgement { owner, criterion } => format!("judgements.{owner}.{criterion}"),
        }
    }
}

fn label(missing: &Missing, catalogue: &Catalogue) -> Text {
    let known = match missing {
        Missing::Fact { key, .. } => catalogue.indicator(&key.indicator).map(|indicator| {
            let Text { zh, en } = &indicator.label;
            match key.year {
                Some(year) => Text::new(format!("{zh} {year}"), format!("{en} {year}")),
                None => indicator.label.clone(),
            }
        }),
        Missing::Title(programme) => catalogue.title(programme).map(|title| title.label.clone()),
        Missing::Event { kind, attribute } => catalogue.event(kind).map(|event| {
            let attribute = event.attributes.iter().find(|own| Some(&own.id) == attribute.as_ref());
            match attribute.map(|attribute| &attribute.label) {
                Some(Text { zh, en }) => Text::new(
                    format!("{}的{zh}", event.label.zh),
                    format!("{}: {en}", event.label.en),
                ),
                None => event.label.clone(),
            }
        }),
        Missing::Judgement { owner, criterion } => {
            catalogue.judged(owner, criterion).map(|judged| judged.label.clone())
        }
    };
    known.unwrap_or_default()
}
