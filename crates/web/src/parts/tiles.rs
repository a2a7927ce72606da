//! A few numbers that say how things stand, side by side.

use askama::Template;

use super::Tone;

/// Numbers side by side.
#[derive(Template)]
#[template(path = "parts/tiles.html")]
pub(crate) struct Tiles {
    pub tiles: Vec<Tile>,
}

/// A number.
#[derive(Clone, Debug)]
pub(crate) struct Tile {
    pub label: String,
    /// The number as it is shown.
    pub value: String,
    /// 家, 万元. May be empty.
    pub unit: String,
    /// What to compare it with. May be empty.
    pub note: String,
    pub to: Option<String>,
    pub tone: Tone,
}

impl Tile {
    pub fn new(label: impl Into<String>, value: impl ToString, unit: impl Into<String>) -> Self {
        Self {
            label: begun(label.into()),
            value: begun(value.to_string()),
            unit: unit.into(),
            note: String::new(),
            to: None,
            tone: Tone::Plain,
        }
    }

    pub fn to(mut self, to: impl Into<String>) -> Self {
        self.to = Some(to.into());
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }

    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }
}

/// With a capital first: words that stand in the middle of sentences elsewhere stand alone here.
fn begun(words: String) -> String {
    let mut signs = words.chars();
    match signs.next() {
        Some(first) if first.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_uppercase(), signs.as_str())
        }
        _ => words,
    }
}
