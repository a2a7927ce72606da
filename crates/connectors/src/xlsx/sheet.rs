//! The rows of one sheet, one at a time. A cell far away costs nothing, and a row or column out of
//! order is a damaged file.

use enterprise::{Place, Problem, ProblemKind};

use super::package::{Package, Part, damaged};
use super::reference;
use super::strings::Strings;
use super::styles::Format;
use super::xml::{Name, Node, Start, Xml};
use crate::number::shortest;
use crate::says::refused;
use crate::table::Cell;

/// Columns that are read.
pub(crate) const MOST_COLUMNS: u32 = 2_000;
/// Rows that a sheet can have.
const MOST_ROWS: u64 = 1_048_576;
/// Bytes of text in one cell: Excel itself stops at 32 767 characters.
const MOST_TEXT: usize = 32 * 1024;

/// What the cells of all sheets refer to.
pub(crate) struct Context {
    pub(crate) strings: Strings,
    pub(crate) styles: Vec<Format>,
    pub(crate) since_1904: bool,
}

/// A sheet being read.
pub(crate) struct Sheet<'p, 'c> {
    xml: Xml<Part<'p>>,
    context: &'c Context,
    row: u64,
    /// Whether something stands beyond the columns that are read.
    pub(crate) beyond: bool,
}

/// A row: its number as a spreadsheet shows it, and its cells by column from left to right.
type Row = (u64, Vec<(u32, Cell)>);

impl<'p, 'c> Sheet<'p, 'c> {
    pub(crate) fn open(
        package: &'p mut Package,
        part: &str,
        context: &'c Context,
    ) -> Result<Self, Box<Problem>> {
        Ok(Self { xml: Xml::new(package.part(part)?), context, row: 0, beyond: false })
    }

    /// The next row that has a cell with something in it.
    pub(crate) fn next_row(&mut self) -> Result<Option<Row>, Box<Problem>> {
        loop {
            let number = match self.xml.next()? {
                Node::Eof | Node::End(Name::SheetData) => return Ok(None),
                Node::Start(start) if start.name() == Name::Row => match start.attribute("r") {
                    Some(text) => reference::row(&text).ok_or_else(|| damaged("row number"))?,
                    None => self.row + 1,
                },
                _ => continue,
            };
            if number <= self.row {
                return Err(damaged("rows out of order"));
            }
            if number > MOST_ROWS {
                return Err(too_many_rows());
            }
            self.row = number;
            let cells = self.cells().map_err(|problem| {
                Box::new((*problem).at(Place { row: Some(number), ..Place::default() }))
            })?;
            if !cells.is_empty() {
                return Ok(Some((number, cells)));
            }
        }
    }

    /// The cells up to the end of the row.
    fn cells(&mut self) -> Result<Vec<(u32, Cell)>, Box<Problem>> {
        let mut cells: Vec<(u32, Cell)> = Vec::new();
        let mut next = 0;
        loop {
            let (column, head) = match self.xml.next()? {
                Node::Eof => return Err(damaged("a row does not end")),
                Node::End(Name::Row) => return Ok(cells),
                Node::Start(start) if start.name() == Name::Cell => {
                    let column = match start.attribute("r") {
                        Some(text) => {
                            let (row, column) =
                                reference::cell(&text).ok_or_else(|| damaged("cell reference"))?;
                            if row != self.row || column < next {
                                return Err(damaged("cells out of order"));
                            }
                            column
                        }
                        None => next,
                    };
                    (column, Head::of(&start))
                }
                _ => continue,
            };
            next = column.saturating_add(1);
            let cell = self.cell(&head)?;
            if cell.is_blank() {
                continue;
            }
            if column >= MOST_COLUMNS {
                self.beyond = true;
            } else {
                cells.push((column, cell));
            }
        }
    }

    /// The content up to the end of the cell.
    fn cell(&mut self, head: &Head) -> Result<Cell, Box<Problem>> {
        let (mut formula, mut value, mut text) = (false, None, String::new());
        let (mut in_value, mut in_text, mut phonetic) = (false, false, 0u32);
        loop {
            match self.xml.next()? {
                Node::Eof => return Err(damaged("a cell does not end")),
                Node::End(Name::Cell) => break,
                Node::Start(start) => match start.name() {
                    Name::Formula => formula = true,
                    Name::Value => {
                        in_value = true;
                        value.get_or_insert_with(String::new);
                    }
                    Name::Text => in_text = true,
                    Name::Phonetic => phonetic = phonetic.saturating_add(1),
                    _ => {}
                },
                Node::End(Name::Value) => in_value = false,
                Node::End(Name::Text) => in_text = false,
                Node::End(Name::Phonetic) => phonetic = phonetic.saturating_sub(1),
                Node::End(_) => {}
                Node::Text(piece) => {
                    let into = match &mut value {
                        Some(value) if in_value => value,
                        _ if in_text && phonetic == 0 => &mut text,
                        _ => continue,
                    };
                    // One byte more than is allowed is enough to know.
                    if into.len() <= MOST_TEXT {
                        into.push_str(&piece);
                    }
                }
            }
        }
        if head.kind.as_deref() == Some("inlineStr") {
            return Ok(text_cell(&text));
        }
        match value {
            None if formula => Ok(Cell::Uncomputed),
            None => Ok(Cell::Blank),
            Some(value) => self.stored(head, &value, formula),
        }
    }

    /// A stored value by the type that the cell states.
    fn stored(&self, head: &Head, value: &str, formula: bool) -> Result<Cell, Box<Problem>> {
        Ok(match head.kind.as_deref() {
            Some("s") => {
                let text =
                    value.trim().parse().ok().and_then(|index| self.context.strings.get(index));
                text_cell(text.ok_or_else(|| damaged("shared string"))?)
            }
            Some("str") => text_cell(value),
            Some("b") => match value.trim() {
                "1" | "true" => Cell::Flag(true),
                "0" | "false" => Cell::Flag(false),
                _ => return Err(damaged("boolean cell")),
            },
            Some("e") => Cell::Error(value.chars().take(20).collect()),
            Some("d") => match value.split('T').next().and_then(enterprise::parse_date) {
                Some(date) => Cell::Date(date),
                None => text_cell(value),
            },
            Some("n") | None => match value.trim() {
                "" if formula => Cell::Uncomputed,
                "" => Cell::Blank,
                digits => self.number(head, digits, formula)?,
            },
            Some(_) => return Err(damaged("cell type")),
        })
    }

    fn number(&self, head: &Head, digits: &str, formula: bool) -> Result<Cell, Box<Problem>> {
        let number: f64 = digits.parse().map_err(|_| damaged("number"))?;
        let text = shortest(number).ok_or_else(|| damaged("number"))?;
        let format = self.context.styles.get(head.style).copied().unwrap_or(Format::Plain);
        Ok(match format {
            Format::Date => match reference::day(number, self.context.since_1904) {
                Some(date) => Cell::Date(date),
                None => Cell::NoDate(text),
            },
            Format::Percent | Format::Plain => {
                Cell::Number { text, percent: format == Format::Percent, formula }
            }
        })
    }
}

/// What the start tag of a cell says.
struct Head {
    kind: Option<String>,
    style: usize,
}

impl Head {
    fn of(start: &Start<'_>) -> Self {
        let style = start.attribute("s").and_then(|style| style.parse().ok()).unwrap_or(0);
        Self { kind: start.attribute("t"), style }
    }
}

fn text_cell(text: &str) -> Cell {
    if text.len() > MOST_TEXT { Cell::TooLong } else { Cell::text(&unescaped(text)) }
}

/// Excel writes control characters as `_x000A_`.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..4).filter(|_| after.get(4..5) == Some("_"));
        let character =
            code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match character {
            Some(character) => {
                plain.push(character);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn too_many_rows() -> Box<Problem> {
    Box::new(refused(
        ProblemKind::TooLarge,
        (format!("行号超过 {MOST_ROWS}"), format!("a row number is larger than {MOST_ROWS}")),
        (
            "请把数据拆成几个文件，或另存为 CSV",
            "split the data into several files, or save it as CSV",
        ),
    ))
}
