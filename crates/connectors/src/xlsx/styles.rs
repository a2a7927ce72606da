//! What the number format of a cell says about its number: percent, date, or nothing. Colours,
//! fonts and borders are not looked at.

use std::collections::HashMap;

use enterprise::Problem;

use super::package::{Package, damaged};
use super::xml::{Name, Node, Xml};

/// Excel itself stops at 65 490.
const MOST_FORMATS: usize = 100_000;

/// What a number format means for the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Plain,
    Percent,
    /// A date, a time, or both.
    Date,
}

/// Reads the formats of cells, in the order in which cells name them.
pub(crate) fn read(package: &mut Package, part: Option<&str>) -> Result<Vec<Format>, Box<Problem>> {
    let Some(part) = part.filter(|part| package.has(part)) else {
        return Ok(Vec::new());
    };
    let mut own = HashMap::new();
    let mut ids: Vec<u32> = Vec::new();
    let mut in_cell_formats = false;
    let mut xml = Xml::new(package.part(part)?);
    loop {
        match xml.next()? {
            Node::Eof => break,
            Node::Start(start) => match start.name() {
                Name::NumberFormat => {
                    let id = start.attribute("numFmtId").and_then(|id| id.parse::<u32>().ok());
                    if own.len() < MOST_FORMATS
                        && let (Some(id), Some(code)) = (id, start.attribute("formatCode"))
                    {
                        own.insert(id, by_code(&code));
                    }
                }
                Name::CellFormats => in_cell_formats = true,
                Name::Format if in_cell_formats => {
                    let id = start.attribute("numFmtId").and_then(|id| id.parse().ok());
                    ids.push(id.unwrap_or(0));
                    if ids.len() > MOST_FORMATS {
                        return Err(damaged("too many cell formats"));
                    }
                }
                _ => {}
            },
            Node::End(Name::CellFormats) => in_cell_formats = false,
            Node::End(_) | Node::Text(_) => {}
        }
    }
    Ok(ids.into_iter().map(|id| own.get(&id).copied().unwrap_or_else(|| built_in(id))).collect())
}

/// The formats that every workbook has without saying so; 27–36 and 50–58 are the East Asian dates.
fn built_in(id: u32) -> Format {
    match id {
        9 | 10 => Format::Percent,
        14..=22 | 27..=36 | 45..=47 | 50..=58 => Format::Date,
        _ => Format::Plain,
    }
}

/// Reads a format code: its first section, without quoted text, escapes and brackets.
fn by_code(code: &str) -> Format {
    let mut letters = String::new();
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            '"' => {
                for quoted in characters.by_ref() {
                    if quoted == '"' {
                        break;
                    }
                }
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                let inside: String =
                    characters.by_ref().take_while(|inside| *inside != ']').collect();
                // [h], [mm], [ss] count elapsed time; all else in brackets is a colour or a place.
                if !inside.is_empty()
                    && inside.chars().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'))
                {
                    return Format::Date;
                }
            }
            other => letters.push(other.to_ascii_lowercase()),
        }
    }
    if letters.contains('%') {
        return Format::Percent;
    }
    if letters.contains("general") {
        return Format::Plain;
    }
    let date = letters.contains(['y', 'm', 'd', 'h', 's']) || letters.contains("aaa");
    if date { Format::Date } else { Format::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_by_their_codes() {
        let cases = [
            ("0.00%", Format::Percent),
            ("0%;[Red]-0%", Format::Percent),
            ("#,##0.00", Format::Plain),
            ("General", Format::Plain),
            ("G/通用格式", Format::Plain),
            ("yyyy\"年\"m\"月\"d\"日\"", Format::Date),
            ("[$-804]yyyy/m/d;@", Format::Date),
            ("[h]:mm:ss", Format::Date),
            ("[Red]0.00", Format::Plain),
            ("0\"days\"", Format::Plain),
            ("0.00\"%\"", Format::Plain),
            ("0.00E+00", Format::Plain),
            ("#,##0\\d", Format::Plain),
            ("@", Format::Plain),
            ("\"", Format::Plain),
        ];
        for (code, expected) in cases {
            assert_eq!(by_code(code), expected, "{code}");
        }
    }
}
