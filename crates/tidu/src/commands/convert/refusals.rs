//! What was not read: the first rows in words, all of them in a file if one is wanted.

use std::path::{Path, PathBuf};

use enterprise::{Lang, Place, Problem, Severity, Text};

use super::paths::ends_in;
use crate::file;
use crate::output::{Screen, complain};
use crate::text::problems;
use crate::workbook::{RefusalBook, refusal_headings};

/// More problems than anybody reads on a screen.
const MOST_SAID: u64 = 20;
/// Notes are less than problems.
const MOST_NOTES: u64 = 5;

/// The report.
pub(super) struct Refusals {
    screen: Screen,
    silent: bool,
    table: Option<(PathBuf, Table)>,
    rows: u64,
    problems: u64,
    notes: u64,
    columns: u64,
    broken: Option<String>,
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
                let book = RefusalBook::new(screen.lang);
                let book = book.map_err(|error| cannot_write(path, &error.to_string()))?;
                Some((path.to_owned(), Table::Book(Box::new(book))))
            }
        };
        Ok(Self { table, silent: false, ..Self::silent(screen) })
    }

    /// A report that says nothing: what it would say has been said.
    pub fn silent(screen: Screen) -> Self {
        let (rows, problems, notes, columns) = (0, 0, 0, 0);
        let (silent, table, broken) = (true, None, None);
        Self { screen, silent, table, rows, problems, notes, columns, broken }
    }

    /// Whether anything was refused.
    pub fn any(&self) -> bool {
        self.rows + self.columns > 0
    }

    /// What is wrong with a file or a column.
    pub fn file(&mut self, problems: &[Problem]) {
        for problem in problems {
            self.columns += u64::from(problem.severity == Severity::Refused);
            if !self.silent {
                complain(&problems::problem(problem, &self.screen.of_stderr()));
            }
        }
    }

    /// What is wrong with a row.
    pub fn row(&mut self, place: &Place, name: Option<&str>, problems: &[Problem]) {
        if self.silent || problems.is_empty() {
            return;
        }
        let refused = problems.iter().any(|problem| problem.severity == Severity::Refused);
        self.rows += u64::from(refused);
        // That a row was taken with a note is no news of one that was not taken.
        let worth = |problem: &&Problem| !refused || problem.severity == Severity::Refused;
        for problem in problems.iter().filter(worth) {
            let counter = match problem.severity {
                Severity::Refused => &mut self.problems,
                Severity::Warning => &mut self.notes,
            };
            *counter += 1;
            let most = match problem.severity {
                Severity::Refused => MOST_SAID,
                Severity::Warning => MOST_NOTES,
            };
            if *counter <= most {
                complain(&problems::problem(problem, &self.screen.of_stderr()));
            }
            if problem.severity == Severity::Refused {
                self.list(place, name, problem);
            }
        }
    }

    fn list(&mut self, place: &Place, name: Option<&str>, problem: &Problem) {
        let Some((_, table)) = &mut self.table else { return };
        let lang = self.screen.lang;
        let row = place.row.map(|row| row.to_string()).unwrap_or_default();
        let cells = [
            place.file.clone().unwrap_or_default(),
            place.sheet.clone().unwrap_or_default(),
            row,
            problem.place.field.clone().unwrap_or_default(),
            name.unwrap_or_default().to_owned(),
            problem.message.get(lang).to_owned(),
            problem.help.get(lang).to_owned(),
        ];
        if let Err(error) = table.row(&cells) {
            self.broken.get_or_insert(error);
        }
    }

    /// Counts what was not said, and writes the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(&mut self) -> Result<(), Text> {
        let unsaid = self.problems.saturating_sub(MOST_SAID);
        let (zh, en) = match &self.table {
            None => {
                ("（用 --refused 文件.xlsx 可得到全部）", " (--refused FILE.xlsx lists them all)")
            }
            Some(_) => ("", ""),
        };
        if unsaid > 0 {
            self.say(
                format!("另有 {unsaid} 个未读入的原因没有列出{zh}"),
                format!("reasons not shown: {unsaid} more{en}"),
            );
        }
        let unsaid = self.notes.saturating_sub(MOST_NOTES);
        if unsaid > 0 {
            self.say(
                format!("另有 {unsaid} 条提示没有列出，相关的行已读入"),
                format!("notes not shown: {unsaid} more; their rows were taken"),
            );
        }
        if self.rows > 0 {
            let rows = self.rows;
            self.say(format!("未读入 {rows} 行"), format!("rows refused: {rows}"));
        }
        let Some((path, table)) = self.table.take() else { return Ok(()) };
        let saved = match self.broken.take() {
            Some(error) => Err(error),
            None => table.save(&path),
        };
        saved.map_err(|error| cannot_write(&path, &error))?;
        let path = path.display();
        self.say(
            format!("未读入的行列在 {path}"),
            format!("the refused rows are listed in {path}"),
        );
        Ok(())
    }

    fn say(&self, zh: String, en: String) {
        complain(match self.screen.lang {
            Lang::Zh => &zh,
            Lang::En => &en,
        });
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

    fn row(&mut self, cells: &[String]) -> Result<(), String> {
        match self {
            Self::Book(book) => book.row(cells).map_err(|error| error.to_string()),
            Self::Csv(text) => {
                line(text, cells.iter().map(String::as_str));
                Ok(())
            }
        }
    }

    fn save(self, path: &Path) -> Result<(), String> {
        match self {
            Self::Book(book) => book.save(path),
            Self::Csv(text) => file::write(path, text.as_bytes()),
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

fn cannot_write(path: &Path, error: &str) -> Text {
    Text::new(
        format!("无法写入“{}”：{error}", path.display()),
        format!("cannot write `{}`: {error}", path.display()),
    )
}
