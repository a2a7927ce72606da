//! The way in: finds out what a file is and streams its subjects. The formats themselves are read
//! elsewhere; the file's name is only used in messages.

use std::fs::File;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::Path;

use enterprise::{Catalogue, Facts, Place, Problem, ProblemKind, Text, Uscc};

use crate::encoding::TextFile;
use crate::says::unreadable;
use crate::table::key;
use crate::{csv, json, xlsx};

/// One subject read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// File, sheet and row, or the document's number.
    pub place: Place,
    /// The name as given, also of a refused subject.
    pub name: Option<String>,
    /// The code as far as it is one, also of a refused subject.
    pub code: Option<Uscc>,
    /// The facts; `None` if the subject was refused. A subject is never taken in by halves.
    pub facts: Option<Facts>,
    /// Everything worth saying about this subject.
    pub problems: Vec<Problem>,
}

/// What there is to say about a file once it has been read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Subjects handed over, the refused ones included.
    pub subjects: u64,
    /// Subjects that were refused.
    pub refused: u64,
    /// Problems of the file as a whole. One of severity *refused* concerns a column or a sheet that
    /// was not read, though its heading was understood.
    pub problems: Vec<Problem>,
    /// Cells that were taken for blank since they hold a word that was declared to mean so.
    pub blanked: u64,
}

/// Words that mean "not known" in the file at hand, whatever they may mean elsewhere: what cannot be read
/// as a fact and is one of them is taken for a blank cell. Unknown, never zero and never "no".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Blanks(Vec<String>);

impl Blanks {
    /// These words, in any width and case.
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        Self(words.into_iter().map(|word| key(&word)).filter(|word| !word.is_empty()).collect())
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&key(word))
    }
}

/// Streams every subject of the file at `path` to `each`, in file order.
///
/// The format is found from the content: an Excel workbook by its signature, JSON by its first
/// character, everything else is CSV. When `each` breaks off, the summary so far is returned.
///
/// # Errors
/// The file as a whole cannot be read. A JSON or CSV file can turn out damaged after some of its
/// subjects were handed over already; the problem then says how many.
pub fn read_subjects(
    path: &Path,
    catalogue: &Catalogue,
    each: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<Summary, Box<Problem>> {
    read_subjects_with(path, catalogue, &Blanks::default(), each)
}

/// The same for a file in which words stand for blank cells.
///
/// # Errors
/// As [`read_subjects`].
pub fn read_subjects_with(
    path: &Path,
    catalogue: &Catalogue,
    blanks: &Blanks,
    each: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<Summary, Box<Problem>> {
    let place = Place { file: Some(path.display().to_string()), ..Place::default() };
    let mut intake = Intake { summary: Summary::default(), blanks: blanks.clone(), each };
    match read_any(path, catalogue, &place, &mut intake) {
        Ok(()) => {}
        Err(mut problem) => {
            if problem.place.file.is_none() {
                problem.place.file.clone_from(&place.file);
            }
            let before = intake.summary.subjects;
            if before > 0 {
                problem.message.zh.push_str(&format!("（此前已读出 {before} 户）"));
                problem.message.en.push_str(&format!(" ({before} subjects were read before this)"));
            }
            return Err(problem);
        }
    }
    let mut summary = intake.summary;
    if summary.subjects == 0 {
        summary.problems.push(
            Problem::warning(
                ProblemKind::Empty,
                Text::new("文件中没有一户企业的数据", "there is no subject in the file"),
                Text::new("请在表头下面每户填一行", "fill in one row for each subject"),
            )
            .at(place),
        );
    }
    Ok(summary)
}

/// Reads facts documents that somebody handed over as text, not as a file.
///
/// # Errors
/// The text as a whole cannot be read; subjects before the place may have been handed over already.
pub fn read_facts(
    json: &str,
    catalogue: &Catalogue,
    each: &mut dyn FnMut(Reading) -> ControlFlow<()>,
) -> Result<Summary, Box<Problem>> {
    let mut intake = Intake { summary: Summary::default(), blanks: Blanks::default(), each };
    json::read(json.as_bytes(), catalogue, &Place::default(), &mut intake)?;
    Ok(intake.summary)
}

/// Counts what passes and hands it on.
pub(crate) struct Intake<'a> {
    pub(crate) summary: Summary,
    pub(crate) blanks: Blanks,
    each: &'a mut dyn FnMut(Reading) -> ControlFlow<()>,
}

impl Intake<'_> {
    pub(crate) fn take(&mut self, reading: Reading) -> ControlFlow<()> {
        self.summary.subjects += 1;
        if reading.facts.is_none() {
            self.summary.refused += 1;
        }
        (self.each)(reading)
    }
}

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
const COMPOUND: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const PDF: &[u8] = b"%PDF";

fn read_any(
    path: &Path,
    catalogue: &Catalogue,
    place: &Place,
    intake: &mut Intake<'_>,
) -> Result<(), Box<Problem>> {
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        return Err(Box::new(Problem::refused(
            ProblemKind::Unreadable,
            Text::new("这不是一个普通文件", "this is not a regular file"),
            Text::new("请给出一个 xlsx、csv 或 json 文件", "name an xlsx, csv or json file"),
        )));
    }
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(16).read_to_end(&mut start))
        .map_err(|error| unreadable(&error))?;
    if start.starts_with(ZIP) || start.starts_with(EMPTY_ZIP) {
        return xlsx::read(path, metadata.len(), catalogue, place, intake);
    }
    if start.starts_with(COMPOUND) {
        return Err(xlsx::compound_file(path));
    }
    if start.starts_with(PDF) {
        return Err(not_a_table("PDF 文件", "a PDF file"));
    }
    let text = TextFile::open(path)?;
    match text.first_character()? {
        None => Err(Box::new(Problem::refused(
            ProblemKind::Empty,
            Text::new("文件是空的", "the file is empty"),
            Text::new("`tidu template` 可以生成空白表", "`tidu template` writes a blank form"),
        ))),
        Some('{' | '[') => json::read(text.reader()?, catalogue, place, intake),
        Some('<') => Err(not_a_table("网页或 XML 文件", "a web page or an XML file")),
        Some(_) => csv::read(&text, catalogue, place, intake)
            .map_err(|problem| with_extension_hint(problem, path)),
    }
}

/// Whoever names a text `.xlsx` or `.json` should hear that it was read as a CSV table.
fn with_extension_hint(mut problem: Box<Problem>, path: &Path) -> Box<Problem> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    if let Some(extension) = extension
        && matches!(extension.as_str(), "xlsx" | "xlsm" | "xls" | "json" | "ndjson")
    {
        problem
            .help
            .zh
            .push_str(&format!("（扩展名是 .{extension}，但内容是文本，已按 CSV 读取）"));
        problem.help.en.push_str(&format!(
            " (the extension is .{extension}, but the content is text and was read as CSV)"
        ));
    }
    problem
}

fn not_a_table(what: &str, what_en: &str) -> Box<Problem> {
    Box::new(Problem::refused(
        ProblemKind::Unreadable,
        Text::new(
            format!("文件的内容是{what}，不是表格"),
            format!("the content of the file is {what_en}, not a table"),
        ),
        Text::new(
            "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（*.xlsx）”",
            "open it in Excel or WPS and save it as an Excel workbook (*.xlsx)",
        ),
    ))
}
