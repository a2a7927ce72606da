//! Shared strings in one arena: four bytes for each beside its text, whatever the file claims
//! about their number.

use enterprise::Problem;

use super::package::{Package, damaged};
use super::xml::{Name, Node, Xml};

/// The shared strings of a workbook.
#[derive(Default)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
}

/// Shared strings, and bytes of all of them.
const MOST_STRINGS: usize = 20_000_000;
const MOST_BYTES: usize = 192 * 1024 * 1024;

impl Strings {
    /// The string with this index.
    pub(crate) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize,
            None => 0,
        };
        self.text.get(start..end)
    }
}

/// Reads the part, if the workbook has one.
pub(crate) fn read(package: &mut Package, part: Option<&str>) -> Result<Strings, Box<Problem>> {
    let mut strings = Strings::default();
    let Some(part) = part.filter(|part| package.has(part)) else {
        return Ok(strings);
    };
    let mut xml = Xml::new(package.part(part)?);
    let (mut in_item, mut in_text, mut phonetic) = (false, false, 0u32);
    loop {
        match xml.next()? {
            Node::Eof => return Ok(strings),
            Node::Start(start) => match start.name() {
                Name::Item => in_item = true,
                Name::Text => in_text = true,
                Name::Phonetic => phonetic = phonetic.saturating_add(1),
                _ => {}
            },
            Node::End(Name::Item) => {
                in_item = false;
                if strings.ends.len() >= MOST_STRINGS {
                    return Err(damaged("too many shared strings"));
                }
                let end =
                    u32::try_from(strings.text.len()).map_err(|_| damaged("shared strings"))?;
                strings.ends.push(end);
            }
            Node::End(Name::Text) => in_text = false,
            Node::End(Name::Phonetic) => phonetic = phonetic.saturating_sub(1),
            Node::End(_) => {}
            Node::Text(text) => {
                if in_item && in_text && phonetic == 0 {
                    strings.text.push_str(&text);
                    if strings.text.len() > MOST_BYTES {
                        return Err(damaged("shared strings are too long"));
                    }
                }
            }
        }
    }
}
