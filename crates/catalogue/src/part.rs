//! What a page about a programme is made of, whoever lays it out: headings, paragraphs, lists, tables. Texts are as
//! they read; nothing in them is escaped.

use rules::Status;

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading: its level, its words, and the name that links lead to.
    Heading {
        /// 2 for the parts of a page, 3 for what is in them.
        level: usize,
        /// The words.
        words: String,
        /// The name of the place.
        name: Option<String>,
    },
    /// A paragraph, and the numbers of the law that stand in it.
    Paragraph(Line, Option<Of>),
    /// A list.
    Bullets(Vec<Line>),
    /// A table.
    Table(Table),
}

/// A table. Columns in which nothing stands are not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub words: String,
    /// What stands in it.
    pub kind: ColumnKind,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Words,
    /// What the row is about, mostly in bold.
    Name,
    /// Short figures.
    Figure,
    /// Where it comes from and how well it is known.
    Source,
    /// Stable ids, for programs and for those who write rules.
    Id,
}

/// A row: its place within a tree, the numbers of the law in it, and a list of lines for each column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The name that links lead to.
    pub name: Option<String>,
    /// How deep in a tree.
    pub depth: usize,
    /// The numbers of the law that stand in it.
    pub of: Option<Of>,
    /// What stands in each column.
    pub cells: Vec<Vec<Line>>,
}

/// Which numbers of the law stand somewhere: those whose address begins like this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Of {
    /// The programme or shared definition.
    pub owner: String,
    /// Its version, if there is more than one that could be meant.
    pub version: Option<String>,
    /// The ids from the outside in.
    pub path: Vec<String>,
}

/// Pieces that read on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line(pub Vec<Piece>);

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Plain words.
    Text(String),
    /// Words that stand out.
    Strong(String),
    /// A remark.
    Faint(String),
    /// A stable id.
    Code(String),
    /// A link.
    Link(String, To),
    /// How well a number is known, in words too.
    Status(Status, String),
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// The page of a programme.
    Programme(String),
    /// A place on the page of a programme.
    Place(String, String),
    /// A place on the same page.
    Here(String),
    /// A ladder on the page of contents.
    Ladder(String),
    /// Another page of the catalogue.
    Page(String),
}

impl Line {
    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Text(text) if text.is_empty()))
    }

    /// The line with something behind it.
    #[must_use]
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// The lines as one, with something between them.
    pub fn joined(lines: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut joined = Self::default();
        for (index, line) in lines.into_iter().enumerate() {
            if index > 0 {
                joined.0.push(Piece::Text(between.to_owned()));
            }
            joined.0.extend(line.0);
        }
        joined
    }

    /// The first place of some plain words in it becomes another piece; whether there was one.
    pub(crate) fn replace(&mut self, words: &str, piece: &Piece) -> bool {
        for at in 0..self.0.len() {
            let Some(Piece::Text(text)) = self.0.get(at) else { continue };
            let Some((before, after)) = text.split_once(words) else { continue };
            let parts =
                [Piece::Text(before.to_owned()), piece.clone(), Piece::Text(after.to_owned())];
            self.0.splice(at..=at, parts);
            return true;
        }
        false
    }
}

impl From<Piece> for Line {
    fn from(piece: Piece) -> Self {
        Self(vec![piece])
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self(vec![Piece::Text(text)])
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}
