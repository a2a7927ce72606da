//! The workbook part: its sheets in order, where their parts are, and which calendar it counts in.

use std::collections::HashMap;

use enterprise::{Problem, ProblemKind};

use super::package::{Package, damaged};
use super::xml::{Name, Node, Xml};
use crate::says::refused;

/// One sheet.
pub(crate) struct SheetEntry {
    pub(crate) name: String,
    pub(crate) part: String,
    pub(crate) hidden: bool,
}

/// What the workbook says about its parts.
pub(crate) struct Workbook {
    pub(crate) sheets: Vec<SheetEntry>,
    pub(crate) strings: Option<String>,
    pub(crate) styles: Option<String>,
    /// Days are counted from 1904 instead of 1900.
    pub(crate) since_1904: bool,
}

/// More sheets than any workbook has.
const MOST_SHEETS: usize = 500;
const MOST_RELATIONSHIPS: usize = 5_000;

impl Workbook {
    pub(crate) fn read(package: &mut Package) -> Result<Self, Box<Problem>> {
        let main = relationships(package, "_rels/.rels", "")?
            .into_values()
            .find(|relationship| relationship.kind.ends_with("/officeDocument"))
            .map(|relationship| relationship.target)
            .filter(|target| package.has(target))
            .ok_or_else(|| not_a_workbook(package))?;
        if !main.ends_with(".xml") || main.contains("word/") || main.contains("ppt/") {
            return Err(not_a_workbook(package));
        }
        let (folder, file) = main.rsplit_once('/').unwrap_or(("", &main));
        let rels = format!("{folder}/_rels/{file}.rels");
        let relationships = relationships(package, rels.trim_start_matches('/'), folder)?;
        let of_kind = |ending: &str| {
            relationships
                .values()
                .find(|relationship| relationship.kind.ends_with(ending))
                .map(|relationship| relationship.target.clone())
        };
        let (strings, styles) = (of_kind("/sharedStrings"), of_kind("/styles"));
        let mut workbook = Self { sheets: Vec::new(), strings, styles, since_1904: false };
        let mut xml = Xml::new(package.part(&main)?);
        loop {
            match xml.next()? {
                Node::Eof => break,
                Node::Start(start) if start.name() == Name::WorkbookProperties => {
                    if let Some(value) = start.attribute("date1904") {
                        workbook.since_1904 = matches!(value.as_str(), "1" | "true");
                    }
                }
                Node::Start(start) if start.name() == Name::Sheet => {
                    let hidden = start.attribute("state").is_some_and(|state| state != "visible");
                    let relationship = start.attribute("id").and_then(|id| relationships.get(&id));
                    let Some(relationship) = relationship else {
                        continue;
                    };
                    if relationship.kind.ends_with("/worksheet")
                        && workbook.sheets.len() < MOST_SHEETS
                    {
                        let name = start.attribute("name").unwrap_or_default();
                        let part = relationship.target.clone();
                        workbook.sheets.push(SheetEntry { name, part, hidden });
                    }
                }
                _ => {}
            }
        }
        if workbook.sheets.is_empty() {
            return Err(damaged("no worksheet"));
        }
        Ok(workbook)
    }
}

struct Relationship {
    kind: String,
    target: String,
}

/// The relationships in `part`, their targets as part names.
fn relationships(
    package: &mut Package,
    part: &str,
    folder: &str,
) -> Result<HashMap<String, Relationship>, Box<Problem>> {
    if !package.has(part) {
        return Err(not_a_workbook(package));
    }
    let mut found = HashMap::new();
    let mut xml = Xml::new(package.part(part)?);
    loop {
        match xml.next()? {
            Node::Eof => return Ok(found),
            Node::Start(start) if start.name() == Name::Relationship => {
                let (Some(id), Some(kind), Some(target)) =
                    (start.attribute("Id"), start.attribute("Type"), start.attribute("Target"))
                else {
                    continue;
                };
                if start.attribute("TargetMode").is_some_and(|mode| mode == "External") {
                    continue;
                }
                if found.len() >= MOST_RELATIONSHIPS {
                    return Err(damaged("too many relationships"));
                }
                found.insert(id, Relationship { kind, target: resolved(folder, &target) });
            }
            _ => {}
        }
    }
}

/// A target as a part name: absolute, or relative to the folder of the part that names it.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("{folder}/{target}"),
    };
    let mut steps: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            other => steps.push(other),
        }
    }
    steps.join("/")
}

fn not_a_workbook(package: &Package) -> Box<Problem> {
    let (what, what_en) = if package.has_ending("workbook.bin") {
        ("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)")
    } else if package.has("content.xml") {
        ("OpenDocument 文件（.ods 等）", "an OpenDocument file (.ods or the like)")
    } else if package.has("word/document.xml") {
        ("Word 文件", "a Word document")
    } else {
        ("压缩包，里面没有 Excel 工作簿", "a ZIP archive without an Excel workbook")
    };
    Box::new(refused(
        ProblemKind::Unreadable,
        (format!("这是{what}"), format!("this is {what_en}")),
        (
            "请用 Excel 或 WPS 打开后另存为“Excel 工作簿（*.xlsx）”",
            "open it in Excel or WPS and save it as an Excel workbook (*.xlsx)",
        ),
    ))
}
