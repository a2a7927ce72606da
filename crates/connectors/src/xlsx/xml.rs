//! A thin layer over the XML parser: events by local name, attributes, plain text. Namespaces are
//! not looked at; both editions of the format differ in nothing else that matters here.

use std::io::BufRead;

use enterprise::Problem;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use super::package::damaged;

/// An XML part being read.
pub(crate) struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

/// What comes next.
pub(crate) enum Node<'b> {
    Start(Start<'b>),
    /// The local name of the element that ends.
    End(Name),
    Text(String),
    Eof,
}

/// A start tag. An empty element is a start and an end.
pub(crate) struct Start<'b>(BytesStart<'b>);

/// A local name, if it is one of those that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    Cell,
    Row,
    SheetData,
    Formula,
    Value,
    Inline,
    Text,
    Phonetic,
    Item,
    Sheet,
    WorkbookProperties,
    Relationship,
    NumberFormat,
    CellFormats,
    Format,
    Other,
}

impl<R: BufRead> Xml<R> {
    pub(crate) fn new(reader: R) -> Self {
        let mut reader = Reader::from_reader(reader);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new() }
    }

    /// The next start, end or text.
    pub(crate) fn next(&mut self) -> Result<Node<'_>, Box<Problem>> {
        loop {
            self.buffer.clear();
            // The borrow of the buffer ends with each round that does not return.
            let event = self.reader.read_event_into(&mut self.buffer);
            match event.map_err(|error| damaged(&error.to_string()))? {
                Event::Start(start) => return Ok(Node::Start(Start(start.into_owned()))),
                Event::Empty(start) => return Ok(Node::Start(Start(start.into_owned()))),
                Event::End(end) => return Ok(Node::End(name(end.local_name().as_ref()))),
                Event::Text(text) => return Ok(Node::Text(text.xml10_content().into_owned())),
                Event::CData(text) => return Ok(Node::Text(text.xml10_content().into_owned())),
                Event::GeneralRef(reference) => return entity(&reference).map(Node::Text),
                Event::Eof => return Ok(Node::Eof),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }
}

fn entity(reference: &BytesRef<'_>) -> Result<String, Box<Problem>> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Ok(character.to_string());
    }
    // No entities of the document's own: they are how small files become large ones.
    resolve_predefined_entity(reference.xml10_content().as_ref())
        .map(str::to_owned)
        .ok_or_else(|| damaged("unknown entity"))
}

impl Start<'_> {
    pub(crate) fn name(&self) -> Name {
        name(self.0.local_name().as_ref())
    }

    /// The attribute with this local name.
    pub(crate) fn attribute(&self, wanted: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == wanted)
            .and_then(|attribute| {
                let version = quick_xml::XmlVersion::Implicit1_0;
                attribute.normalized_value(version).ok().map(|value| value.into_owned())
            })
    }
}

fn name(local: &str) -> Name {
    match local {
        "c" => Name::Cell,
        "row" => Name::Row,
        "sheetData" => Name::SheetData,
        "f" => Name::Formula,
        "v" => Name::Value,
        "is" => Name::Inline,
        "t" => Name::Text,
        "rPh" => Name::Phonetic,
        "si" => Name::Item,
        "sheet" => Name::Sheet,
        "workbookPr" => Name::WorkbookProperties,
        "Relationship" => Name::Relationship,
        "numFmt" => Name::NumberFormat,
        "cellXfs" => Name::CellFormats,
        "xf" => Name::Format,
        _ => Name::Other,
    }
}
