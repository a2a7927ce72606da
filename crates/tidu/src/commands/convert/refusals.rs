//! What was not read: the first rows in words, all of them in a file if one is wanted.

use std::io;
use std::path::{Path, PathBuf};

use engine::Failure;
use enterprise::{Place, Problem, Severity, Text};
use intake::Who;

use crate::commands::said::Said;
use crate::file::{self, Draft};
use crate::output::{Screen, complain};
use crate::outputs::ends_in;
use crate::text::problems;
use crate::text::screening::grouped;
use crate::workbook::{self, RefusalBook, refusal_headings};

/// The report.
pub(super) struct Refusals {
    screen: Screen,
    said: Said,
    table: Option<(PathBuf, Table)>,
    rows: u64,
    columns: u64,
    /// Cells that were taken for blank since their word was declared to mean so.
    blanked: u64,
    broken: Option<io::Error>,
}

/// The list of refused rows, written but without its name.
pub(super) struct List {
    screen: Screen,
    path: PathBuf,
    /// Nothing is written where there is nothing to list, but for a list that is to be replaced.
    draft: Option<Draft>,
    rows: u64,
}

enum Table {
    Book(Box<RefusalBook>),
    Csv(String),
}

impl Refusals {
    pub fn new(path: Option<&Path>, screen: Screen) -> Result<Self, Text> {
        let table = match path {
            None => None,
            Some(path) if ends_in(path, &["csv"]) => Some((path.to_owned(), Table::csv(screen))),
            Some(path) => {
                let book = RefusalBook::new(screen.lang).map_err(workbook::io_error);
                let book = book.map_err(|error| file::cannot_write(path, &error))?;
                Some((path.to_owned(), Table::Book(Box::new(book))))
            }
        };
        let said = Said::new(screen);
        Ok(Self { screen, said, table, rows: 0, columns: 0, blanked: 0, broken: None })
    }

    /// Whether anything was refused.
    pub fn any(&self) -> bool {
        self.rows + self.columns > 0
    }

    /// What is wrong with a file or a column.
    pub fn file(&mut self, problems: &[Problem]) {
        for problem in problems {
            let refused = problem.severity == Severity::Refused;
            self.columns += u64::from(refused);
            complain(&problems::problem(problem, &self.screen.of_stderr()));
            if refused {
                self.list(&problem.place, (None, None), problem);
            }
        }
    }

    /// How many cells were taken for blank since their word was declared to mean so.
    pub fn blanked(&mut self, cells: u64) {
        self.blanked += cells;
    }

    /// What is wrong with a row.
    pub fn row(&mut self, place: &Place, who: Who<'_>, problems: &[Problem]) {
        let refused = self.said.row(problems);
        self.rows += u64::from(!refused.is_empty());
        for problem in refused {
            self.list(place, who, problem);
        }
    }

    fn list(&mut self, place: &Place, (name, code): Who<'_>, problem: &Problem) {
        let Some((_, table)) = &mut self.table else { return };
        let lang = self.screen.lang;
        let row = place.row.map(|row| row.to_string()).unwrap_or_default();
        let cells = [
            place.file.clone().unwrap_or_default(),
            place.sheet.clone().unwrap_or_default(),
            row,
            problem.place.field.clone().unwrap_or_default(),
            name.unwrap_or_default().to_owned(),
            code.unwrap_or_default().to_owned(),
            problem.message.get(lang).to_owned(),
            problem.help.get(lang).to_owned(),
        ];
        if let Err(error) = table.row(&cells) {
            self.broken.get_or_insert(error);
        }
    }

    /// Counts what was not said, and writes the list if one is wanted.
    ///
    /// # Errors
    /// The list cannot be written.
    pub fn finish(&mut self) -> Result<Option<List>, Failure> {
        self.said.end(match &self.table {
            None => {
                ("（用 --refused 文件.xlsx 可得到全部）", " (--refused FILE.xlsx lists them all)")
            }
            Some(_) => ("", ""),
        });
        if self.rows > 0 {
            let rows = grouped(self.rows);
            let words = (format!("未读入 {rows} 行"), format!("rows refused: {rows}"));
            complain(self.screen.say(&words.0, &words.1));
        }
        if self.blanked > 0 {
            let cells = grouped(self.blanked);
            let words = (
                format!("按 --blank 当作空白（不知道）的有 {cells} 格"),
                format!("cells taken as blank (not known) by --blank: {cells}"),
            );
            complain(self.screen.say(&words.0, &words.1));
        }
        let Some((path, table)) = self.table.take() else { return Ok(None) };
        let rows = self.rows + self.columns;
        let mut list = List { screen: self.screen, path, draft: None, rows };
        if rows > 0 || list.path.exists() {
            let draft = Draft::of(&list.path).map_err(Failure::Broken)?;
            let broken = self.broken.take();
            file::fill(&draft, |place| {
                Ok(broken.map_or(Ok(()), Err).and_then(|()| table.save(place))?)
            })?;
            list.draft = Some(draft);
        }
        Ok(Some(list))
    }
}

impl List {
    /// Gives the list its name, and says where it is.
    ///
    /// # Errors
    /// It cannot have its name.
    pub fn keep(self) -> Result<(), Text> {
        let path = self.path.display();
        let (zh, en) = match (&self.draft, self.rows) {
            (None, _) => (
                format!("没有未读入的行，没有生成 {path}"),
                format!("no row was refused; {path} was not written"),
            ),
            (Some(_), 0) => (
                format!("没有未读入的行，{path} 只有表头"),
                format!("no row was refused; {path} has headings only"),
            ),
            (Some(_), _) => (
                format!("未读入的行及原因见 {path}"),
                format!("the refused rows and the reasons are in {path}"),
            ),
        };
        if let Some(draft) = &self.draft {
            draft.keep()?;
        }
        complain(self.screen.say(&zh, &en));
        Ok(())
    }
}

impl Table {
    fn csv(screen: Screen) -> Self {
        // The mark tells Excel that it is UTF-8.
        let mut text = "\u{feff}".to_owned();
        let headings: Vec<&str> = refusal_headings(screen.lang).collect();
        line(&mut text, headings);
        Self::Csv(text)
    }

    fn row(&mut self, cells: &[String]) -> io::Result<()> {
        match self {
            Self::Book(book) => book.row(cells).map_err(workbook::io_error),
            Self::Csv(text) => {
                line(text, cells.iter().map(String::as_str));
                Ok(())
            }
        }
    }

    fn save(self, path: &Path) -> io::Result<()> {
        match self {
            Self::Book(book) => book.save(path),
            Self::Csv(text) => file::new(path, text.as_bytes()),
        }
    }
}

fn line<'a>(text: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push('"');
        // What begins like a formula would be computed by who opens it.
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            text.push('\'');
        }
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    text.push_str("\r\n");
}
