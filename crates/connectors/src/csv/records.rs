//! CSV records from bytes: RFC 4180 with any line end. Rows are numbered as a spreadsheet numbers
//! them (a line break inside quotes does not count), and a record is bounded.

use std::io::BufRead;

use enterprise::{Place, Problem, ProblemKind};

use crate::says::{refused, unreadable};

/// Bytes in one record: more is a quote that was never closed.
const MOST_BYTES: usize = 1024 * 1024;
/// Fields in one record.
const MOST_FIELDS: usize = 20_000;

/// One record.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// Row number from 1.
    pub(crate) row: u64,
    pub(crate) fields: Vec<String>,
    /// Something stands between a closing quote and the next delimiter.
    pub(crate) stray_quote: bool,
}

/// The records of a reader of UTF-8.
pub(crate) struct Records<R> {
    reader: R,
    delimiter: u8,
    row: u64,
    line: u64,
    after_return: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    QuoteInQuoted,
}

impl<R: BufRead> Records<R> {
    pub(crate) fn new(reader: R, delimiter: u8) -> Self {
        Self { reader, delimiter, row: 0, line: 1, after_return: false }
    }

    /// The next record that is not an empty line.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, Box<Problem>> {
        let mut record = Record::default();
        let mut field = Vec::new();
        let mut state = State::Start;
        let mut size = 0;
        let first_line = self.line;
        loop {
            let Some(byte) = self.byte()? else {
                if state == State::Quoted {
                    return Err(self.open_quote(first_line));
                }
                if state == State::Start && record.fields.is_empty() {
                    return Ok(None);
                }
                self.row += 1;
                return Ok(Some(self.finished(record, field)));
            };
            size += 1;
            if size > MOST_BYTES || record.fields.len() > MOST_FIELDS {
                return Err(self.too_long(first_line));
            }
            let line_end = byte == b'\n' || byte == b'\r';
            match (state, byte) {
                (State::Quoted, b'"') => state = State::QuoteInQuoted,
                (State::Quoted, _) => field.push(byte),
                (State::QuoteInQuoted, b'"') => {
                    field.push(b'"');
                    state = State::Quoted;
                }
                (State::Start, b'"') if field.is_empty() => state = State::Quoted,
                _ if line_end => {
                    self.row += 1;
                    if state == State::Start && record.fields.is_empty() {
                        size = 0;
                        continue;
                    }
                    return Ok(Some(self.finished(record, field)));
                }
                _ if byte == self.delimiter => {
                    record.fields.push(text(std::mem::take(&mut field)));
                    state = State::Start;
                }
                (State::QuoteInQuoted, _) => {
                    record.stray_quote |= byte != b' ';
                    field.push(byte);
                }
                (State::Start | State::Plain, _) => {
                    field.push(byte);
                    state = State::Plain;
                }
            }
        }
    }

    fn finished(&self, mut record: Record, field: Vec<u8>) -> Record {
        record.fields.push(text(field));
        record.row = self.row;
        record
    }

    /// The next byte; a line feed after a carriage return is swallowed outside and inside quotes.
    fn byte(&mut self) -> Result<Option<u8>, Box<Problem>> {
        loop {
            let next = self.reader.fill_buf().map_err(|error| unreadable(&error))?.first().copied();
            let Some(byte) = next else {
                return Ok(None);
            };
            self.reader.consume(1);
            let swallow = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            if swallow {
                continue;
            }
            if byte == b'\n' || byte == b'\r' {
                self.line += 1;
                return Ok(Some(b'\n'));
            }
            return Ok(Some(byte));
        }
    }

    fn open_quote(&self, line: u64) -> Box<Problem> {
        let problem = refused(
            ProblemKind::Unreadable,
            (
                format!("第 {line} 行开始的引号直到文件末尾都没有结束"),
                format!("a quote that opens in line {line} is never closed"),
            ),
            (
                "请检查这一行的引号；文件也可能没有传完整",
                "check the quotes of this line; the file may also be cut off",
            ),
        );
        Box::new(problem.at(Place { row: Some(self.row + 1), ..Place::default() }))
    }

    fn too_long(&self, line: u64) -> Box<Problem> {
        let problem = refused(
            ProblemKind::TooLarge,
            (
                format!("第 {line} 行开始的一条记录超过 1 MiB 或 {MOST_FIELDS} 个字段"),
                format!(
                    "the record that begins in line {line} is longer than 1 MiB or {MOST_FIELDS} fields"
                ),
            ),
            (
                "多半是引号没有成对，请检查这一行",
                "most likely a quote is not closed; check this line",
            ),
        );
        Box::new(problem.at(Place { row: Some(self.row + 1), ..Place::default() }))
    }
}

/// The reader gives UTF-8 only and fields are cut at ASCII bytes, so nothing is replaced here.
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::new(text.as_bytes(), b',');
        let mut all = Vec::new();
        while let Ok(Some(record)) = records.next() {
            all.push((record.row, record.fields));
        }
        all
    }

    #[test]
    fn records_and_rows() {
        let rows = read("a,b\r\n\r\n\"x\r\ny\",\"\"\"q\"\"\"\rc,d\n,\ne");
        let expected: [(u64, &[&str]); 5] = [
            (1, &["a", "b"]),
            (3, &["x\ny", "\"q\""]),
            (4, &["c", "d"]),
            (5, &["", ""]),
            (6, &["e"]),
        ];
        assert_eq!(rows.len(), expected.len());
        for ((row, fields), (expected_row, expected_fields)) in rows.iter().zip(expected) {
            assert_eq!(
                (*row, fields.as_slice()),
                (
                    expected_row,
                    expected_fields.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>().as_slice()
                )
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        assert!(Records::new(&b"a,\"b"[..], b',').next().is_err());
        let long = format!("a,\"{}", "x".repeat(MOST_BYTES));
        assert_eq!(
            Records::new(long.as_bytes(), b',').next().map_err(|p| p.kind).err(),
            Some(ProblemKind::TooLarge)
        );
        let mut stray = Records::new(&b"\"a\"b,c\n"[..], b',');
        assert!(stray.next().unwrap().unwrap().stray_quote);
    }
}
