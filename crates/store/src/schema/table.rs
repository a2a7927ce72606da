//! The words in which tables are described: few kinds of columns, the same on both engines.

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    pub(crate) columns: &'static [Column],
    /// Sets of columns whose values together are there once.
    pub(crate) unique: &'static [&'static [&'static str]],
    /// Sets of columns by which rows are looked up.
    pub(crate) indexes: &'static [&'static [&'static str]],
}

impl Table {
    /// The columns that name a row.
    pub(crate) fn key(&self) -> Vec<&'static str> {
        self.columns.iter().filter(|column| column.is_key()).map(|column| column.name).collect()
    }

    /// The column that the engine numbers by itself.
    pub(crate) fn numbered(&self) -> Option<&'static str> {
        self.columns.iter().find(|column| column.kind == Kind::Numbered).map(|column| column.name)
    }
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) may_lack: bool,
    pub(crate) names_row: bool,
    /// The table to whose `id` it refers.
    pub(crate) refers: Option<&'static str>,
}

impl Column {
    pub(crate) fn is_key(&self) -> bool {
        self.names_row || self.kind == Kind::Numbered
    }

    /// It may be empty.
    pub(crate) const fn optional(self) -> Self {
        Self { may_lack: true, ..self }
    }

    /// It names the row.
    pub(crate) const fn key(self) -> Self {
        Self { names_row: true, ..self }
    }

    /// It is the `id` of a row of another table.
    pub(crate) const fn of(self, table: &'static str) -> Self {
        Self { refers: Some(table), ..self }
    }
}

/// What a column holds. There is no decimal: money is whole fen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A number that the engine gives, never twice.
    Numbered,
    /// A whole number of 64 bits.
    Whole,
    /// Yes or no.
    Flag,
    /// Text of any length.
    Text,
    /// Bytes.
    Bytes,
    /// A day.
    Day,
    /// An instant, to the microsecond.
    Instant,
}

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, may_lack: false, names_row: false, refers: None }
}

/// The number of a row.
pub(crate) const fn id() -> Column {
    column("id", Kind::Numbered)
}

/// A whole number.
pub(crate) const fn whole(name: &'static str) -> Column {
    column(name, Kind::Whole)
}

/// Yes or no.
pub(crate) const fn flag(name: &'static str) -> Column {
    column(name, Kind::Flag)
}

/// A text.
pub(crate) const fn text(name: &'static str) -> Column {
    column(name, Kind::Text)
}

/// Bytes.
pub(crate) const fn bytes(name: &'static str) -> Column {
    column(name, Kind::Bytes)
}

/// A day.
pub(crate) const fn day(name: &'static str) -> Column {
    column(name, Kind::Day)
}

/// An instant.
pub(crate) const fn instant(name: &'static str) -> Column {
    column(name, Kind::Instant)
}
