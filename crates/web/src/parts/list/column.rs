//! A column of a list.

use std::borrow::Cow;

use crate::lang::Say;

/// A column of a list.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// Its name in addresses.
    pub key: Cow<'static, str>,
    /// What it is called; a column of buttons may be called nothing.
    pub title: String,
    pub kind: Kind,
    /// The unit of its figures: 万元, %. May be empty.
    pub unit: String,
    /// What stands smaller below in its cells: a column of its own in a workbook.
    pub small: Option<String>,
    /// Whether the list can be sorted by it.
    pub sorts: bool,
    /// Whether it is shown whatever is chosen.
    pub stays: bool,
    /// Whether it is shown only if it is chosen.
    pub aside: bool,
    /// Its width in a workbook, in characters.
    pub width: u8,
}

/// What stands in a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Words.
    Text,
    /// A sentence.
    Long,
    /// What the row is about, as a link.
    Link,
    /// A number; at the right edge.
    Figure,
    /// A code: with digits of one width, never broken.
    Code,
    /// A day or an instant.
    Day,
    /// A state.
    State,
    /// Buttons; they are not taken into a workbook.
    Acts,
}

impl Column {
    /// A column of a kind.
    pub fn new(key: impl Into<Cow<'static, str>>, title: impl Into<String>, kind: Kind) -> Self {
        let width = match kind {
            Kind::Text | Kind::Code => 20,
            Kind::Link | Kind::Long => 30,
            Kind::Figure | Kind::Day | Kind::State | Kind::Acts => 14,
        };
        Self {
            key: key.into(),
            title: title.into(),
            kind,
            unit: String::new(),
            small: None,
            sorts: false,
            stays: kind == Kind::Link || kind == Kind::Acts,
            aside: false,
            width,
        }
    }

    /// Words.
    pub fn text(key: impl Into<Cow<'static, str>>, title: impl Into<String>) -> Self {
        Self::new(key, title, Kind::Text)
    }

    /// What the row is about; it is always shown.
    pub fn link(key: impl Into<Cow<'static, str>>, title: impl Into<String>) -> Self {
        Self::new(key, title, Kind::Link)
    }

    /// Numbers.
    pub fn figure(key: impl Into<Cow<'static, str>>, title: impl Into<String>) -> Self {
        Self::new(key, title, Kind::Figure)
    }

    /// Buttons.
    pub fn acts() -> Self {
        Self::new("acts", "", Kind::Acts)
    }

    /// The list can be sorted by it.
    pub fn sorts(mut self) -> Self {
        self.sorts = true;
        self
    }

    /// Shown only if it is chosen.
    pub fn aside(mut self) -> Self {
        self.aside = true;
        self
    }

    /// With the unit of its figures.
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = unit.into();
        self
    }

    /// What stands smaller below in its cells is called so.
    pub fn small(mut self, title: impl Into<String>) -> Self {
        self.small = Some(title.into());
        self
    }

    /// So wide in a workbook.
    pub fn width(mut self, width: u8) -> Self {
        self.width = width;
        self
    }

    /// Its head with the unit.
    pub fn head(&self, say: Say) -> String {
        if self.unit.is_empty() {
            return self.title.clone();
        }
        let (open, close) = (say.either("（", " ("), say.either("）", ")"));
        format!("{}{open}{}{close}", self.title, self.unit)
    }

    /// The class of its cells.
    pub fn class(&self) -> &'static str {
        match self.kind {
            Kind::Text => "",
            Kind::Long => "long",
            Kind::Link => "name",
            Kind::Figure => "end num",
            Kind::Code => "num",
            Kind::Day => "num day",
            Kind::State => "is-state",
            Kind::Acts => "acts",
        }
    }
}
