//! Documents one after another from a byte stream: an array's elements, or objects in a row (with
//! or without line breaks between them). Each document is bounded; their number is not.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};

use enterprise::{Problem, ProblemKind, Text};
use serde::de::{self, DeserializeSeed as _, Deserializer as _, SeqAccess, Visitor};
use serde_json::error::Category;

use super::Each;
use super::mistake::json_mistake;
use super::tree::{Json, MOST_VALUES, TOO_MANY, Tree};
use crate::says::refused;

/// Bytes in one document.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// Marks the input error that means: too many bytes.
const TOO_LONG: &str = "document too long";

/// Hands every document of `reader` to `each`.
pub(crate) fn documents(mut reader: impl BufRead, each: &mut Each<'_>) -> Result<(), Box<Problem>> {
    let bounds = Bounds { bytes: Cell::new(MOST_BYTES), values: Cell::new(MOST_VALUES) };
    let is_array =
        first_byte(&mut reader).map_err(|error| crate::says::unreadable(&error))? == b'[';
    let input = Metered { inner: reader, bounds: &bounds };
    let mut json = serde_json::Deserializer::from_reader(input);
    if is_array {
        let stopped = Cell::new(false);
        let elements = Elements { bounds: &bounds, stopped: &stopped, each };
        return match json.deserialize_seq(elements) {
            Err(_) if stopped.get() => Ok(()),
            Err(error) => Err(problem(&error)),
            Ok(()) => json.end().map_err(|error| problem(&error)),
        };
    }
    // The parser has no question "is there another one?"; its iterator has.
    while more(&mut json, &bounds)? {
        let tree = Tree(&bounds.values).deserialize(&mut json).map_err(|error| problem(&error))?;
        if each(tree).is_break() {
            return Ok(());
        }
    }
    Ok(())
}

struct Bounds {
    bytes: Cell<u64>,
    values: Cell<u32>,
}

impl Bounds {
    fn renew(&self) {
        self.bytes.set(MOST_BYTES);
        self.values.set(MOST_VALUES);
    }
}

/// Whether anything but white space is left; renews the bounds for it.
fn more<R: serde_json::de::Read<'static>>(
    json: &mut serde_json::Deserializer<R>,
    bounds: &Bounds,
) -> Result<bool, Box<Problem>> {
    bounds.renew();
    match json.end() {
        Ok(()) => Ok(false),
        Err(error) if error.is_syntax() => Ok(true),
        Err(error) => Err(problem(&error)),
    }
}

/// Skips white space and looks at the first other byte.
fn first_byte(reader: &mut impl BufRead) -> io::Result<u8> {
    loop {
        let bytes = reader.fill_buf()?;
        let blank = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if let Some(byte) = bytes.get(blank) {
            return Ok(*byte);
        }
        if bytes.is_empty() {
            return Ok(0);
        }
        reader.consume(blank);
    }
}

/// Counts bytes down and fails when a document has had its share.
struct Metered<'a, R> {
    inner: R,
    bounds: &'a Bounds,
}

impl<R: BufRead> Read for Metered<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let size = self.inner.read(out)?;
        let left = self.bounds.bytes.get().checked_sub(size as u64);
        self.bounds.bytes.set(left.ok_or_else(|| io::Error::other(TOO_LONG))?);
        Ok(size)
    }
}

/// Visits the elements of the outer array.
struct Elements<'a, 'e> {
    bounds: &'a Bounds,
    stopped: &'a Cell<bool>,
    each: &'a mut Each<'e>,
}

impl<'de> Visitor<'de> for Elements<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of documents")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.bounds.renew();
        while let Some(tree) = items.next_element_seed(Tree(&self.bounds.values))? {
            let tree: Json = tree;
            self.bounds.renew();
            if (self.each)(tree).is_break() {
                self.stopped.set(true);
                return Err(de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

fn problem(error: &serde_json::Error) -> Box<Problem> {
    let text = error.to_string();
    if text.contains(TOO_LONG) || text.contains(TOO_MANY) {
        return Box::new(refused(
            ProblemKind::TooLarge,
            (
                format!("一份文档超过 8 MiB 或 {MOST_VALUES} 个值"),
                format!("one document is longer than 8 MiB or has more than {MOST_VALUES} values"),
            ),
            ("请每户企业写一份文档", "write one document for each subject"),
        ));
    }
    let (line, column) = (error.line(), error.column());
    let said = match error.classify() {
        Category::Io => Text::new("读取文件时出错", "reading the file failed"),
        Category::Syntax | Category::Data | Category::Eof => json_mistake(error),
    };
    Box::new(refused(
        ProblemKind::Unreadable,
        (
            format!("第 {line} 行第 {column} 列：{}", said.zh),
            format!("line {line}, column {column}: {}", said.en),
        ),
        (
            "这不是正确的 JSON，请按所说的位置修改",
            "this is not correct JSON: mend it at that place",
        ),
    ))
}
