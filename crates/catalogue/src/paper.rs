//! Parts of a page about a programme, written from top to bottom in one language.

use enterprise::{Lang, Text};
use rules::{Criterion, Rulebook, Status};
use words::provenance;

use crate::ladders;
use crate::part::{Column, ColumnKind, Line, Of, Part, Piece, Row, Table, To};

/// Parts in the making.
pub(crate) struct Paper {
    lang: Lang,
    /// What was written so far.
    pub parts: Vec<Part>,
}

impl Paper {
    pub fn new(lang: Lang) -> Self {
        Self { lang, parts: Vec::new() }
    }

    /// The parts that a hand writes.
    pub fn written(lang: Lang, write: impl FnOnce(&mut Self)) -> Vec<Part> {
        let mut paper = Self::new(lang);
        write(&mut paper);
        paper.parts
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The wording for this page's reader.
    pub fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A text of the rulebook in this page's language.
    pub fn t(&self, text: &Text) -> String {
        text.get(self.lang).trim().to_owned()
    }

    /// `name：value`
    pub fn pair(&self, name: &str, value: impl Into<Line>) -> Line {
        Line::from(format!("{name}{}", self.say("：", ": "))).and(value)
    }

    /// `注：…`
    pub fn remark(&self, note: &Text) -> Line {
        let (name, colon) = (self.say("注", "Note"), self.say("：", ": "));
        Piece::Faint(format!("{name}{colon}{}", self.t(note))).into()
    }

    /// A list within a sentence.
    pub fn list(&self, items: impl IntoIterator<Item = Line>) -> Line {
        Line::joined(items, self.say("、", ", "))
    }

    /// How well a number is known.
    pub fn status(&self, status: &Status) -> Line {
        Piece::Status(status.clone(), self.t(&provenance::status(status))).into()
    }

    /// The same with the caveat of what nobody compared with the official text.
    pub fn official(&self, status: &Status) -> Line {
        Piece::Status(status.clone(), self.t(&provenance::official(status))).into()
    }

    /// The programme's name, with a link to its page if it has one.
    pub fn linked(&self, rulebook: &Rulebook, id: &str) -> Piece {
        let name = self.t(&ladders::name(rulebook, id));
        match rulebook.programme(id) {
            Some(programme) => Piece::Link(name, To::Programme(programme.id.clone())),
            None => Piece::Text(name),
        }
    }

    /// The line with a capital at its beginning.
    pub fn opening(&self, mut line: Line) -> Line {
        if let (Lang::En, Some(Piece::Text(text))) = (self.lang, line.0.first_mut()) {
            *text = capital(text);
        }
        line
    }

    /// A heading of this level, with a name that links lead to.
    pub fn heading(&mut self, level: usize, words: &str, name: Option<&str>) {
        let words = if self.lang == Lang::En { capital(words) } else { words.to_owned() };
        self.parts.push(Part::Heading { level, words, name: name.map(str::to_owned) });
    }

    /// A paragraph; none if it is empty.
    pub fn paragraph(&mut self, line: impl Into<Line>) {
        let line = line.into();
        if !line.is_empty() {
            self.parts.push(Part::Paragraph(line, None));
        }
    }

    /// A paragraph with numbers of the law.
    pub fn paragraph_of(&mut self, line: Line, of: Of) {
        self.parts.push(Part::Paragraph(line, Some(of)));
    }

    /// A list of items; nothing if there are none.
    pub fn bullets(&mut self, items: Vec<Line>) {
        if !items.is_empty() {
            self.parts.push(Part::Bullets(items));
        }
    }

    /// A table; nothing if it has no rows.
    pub fn table(&mut self, columns: &[(ColumnKind, &str)], mut rows: Vec<Row>) {
        if rows.is_empty() {
            return;
        }
        for row in &mut rows {
            for cell in &mut row.cells {
                cell.retain(|line| !line.is_empty());
            }
        }
        let used: Vec<bool> = (0..columns.len())
            .map(|at| rows.iter().any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty())))
            .collect();
        let columns = columns
            .iter()
            .zip(&used)
            .filter(|(_, used)| **used)
            .map(|((kind, words), _)| Column { words: (*words).to_owned(), kind: *kind })
            .collect();
        for row in &mut rows {
            let mut used = used.iter();
            row.cells.retain(|_| used.next().copied().unwrap_or_default());
        }
        self.parts.push(Part::Table(Table { columns, rows }));
    }
}

impl Row {
    /// A row of cells of one line each.
    pub(crate) fn of_lines(cells: Vec<Line>) -> Self {
        Self { cells: cells.into_iter().map(|line| vec![line]).collect(), ..Self::default() }
    }
}

impl Of {
    /// The numbers of a criterion within what stands around it: those of a shared definition begin anew.
    pub(crate) fn inside(&self, criterion: &Criterion) -> Self {
        let mut of = match self.owner == criterion.owner {
            true => self.clone(),
            false => Self { owner: criterion.owner.clone(), version: None, path: Vec::new() },
        };
        of.path.push(criterion.id.clone());
        of
    }

    /// The numbers of a version of a programme.
    pub(crate) fn version(programme: &str, version: &str, path: &[&str]) -> Self {
        Self {
            owner: programme.to_owned(),
            version: Some(version.to_owned()),
            path: path.iter().map(|id| (*id).to_owned()).collect(),
        }
    }
}

fn capital(words: &str) -> String {
    let mut rest = words.chars();
    match rest.next() {
        Some(first) => format!("{}{}", first.to_uppercase(), rest.as_str()),
        None => String::new(),
    }
}
