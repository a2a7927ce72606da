//! Collects numbers with their addresses while a file is walked through.

use enterprise::Text;

use crate::diagnostic::Span;
use crate::overlay::number::{Number, NumberKind, Place};
use crate::overlay::windows::windows;
use crate::overlay::written::{Edge, edges, inner, same};
use crate::read::table::{File, Table, Value, Word};

/// Collects the numbers of one file.
pub(super) struct Walk<'w> {
    owner: &'w str,
    version: &'w str,
    /// What was found so far.
    pub found: &'w mut Vec<Number>,
}

/// What is known about the surroundings of a number.
#[derive(Clone, Default)]
pub(super) struct Here {
    pub path: Vec<String>,
    pub label: Text,
    pub clause: String,
}

impl Here {
    /// One level further in.
    pub fn inside(&self, table: &Table<'_>, name: &str) -> Self {
        let mut inside = self.clone();
        inside.path.push(name.to_owned());
        if table.get("label").is_some() {
            inside.label = table.text("label").unwrap_or_default();
        }
        if let Some(clause) = table.word("clause") {
            inside.clause = clause.text.trim().to_owned();
        }
        inside
    }

    /// The same with one more part of the address.
    pub fn named(&self, name: &str) -> Self {
        let mut named = self.clone();
        named.path.push(name.to_owned());
        named
    }
}

impl<'w> Walk<'w> {
    /// A walk through one file, which adds to what was found in others.
    pub fn new(owner: &'w str, version: &'w str, found: &'w mut Vec<Number>) -> Self {
        Self { owner, version, found }
    }

    /// A last day that is not set; it would be written after the first one.
    pub fn add_open_end(&mut self, here: &Here, from: Span) {
        let span = Span { start: from.end, ..from };
        self.push(here.named("to"), NumberKind::Day, None, None, vec![span]);
        let place = self.found.last_mut().and_then(|last| last.places.first_mut());
        if let Some(place) = place {
            place.before = "\nto = ";
        }
    }

    /// A number that is written at `span`.
    pub fn add(&mut self, here: &Here, name: &str, kind: NumberKind, written: &str, span: Span) {
        self.push(here.named(name), kind, None, Some(written.trim()), vec![span]);
    }

    /// A number that is written with its edge.
    fn add_edge(&mut self, here: &Here, name: &str, edge: &Edge<'_>, spans: Vec<Span>) {
        let kind = NumberKind::Quantity;
        self.push(here.named(name), kind, Some(edge.operator), Some(edge.written), spans);
    }

    fn push(
        &mut self,
        here: Here,
        kind: NumberKind,
        operator: Option<&'static str>,
        written: Option<&str>,
        spans: Vec<Span>,
    ) {
        self.found.push(Number {
            owner: self.owner.to_owned(),
            version: self.version.to_owned(),
            path: here.path,
            kind,
            operator,
            written: written.map(str::to_owned),
            band: None,
            label: here.label,
            clause: here.clause,
            places: spans.into_iter().map(|span| Place { span, before: "" }).collect(),
        });
    }

    /// A quantity under a key: a text, or a table with `value`.
    pub fn add_quantity(&mut self, here: &Here, name: &str, value: &Value<'_>) {
        let value = if value.is_table() {
            value.table().and_then(|table| table.get("value"))
        } else {
            Some(*value)
        };
        if let Some((written, span)) = value.and_then(|value| inner(&value)) {
            self.add(here, name, NumberKind::Quantity, &written, span);
        }
    }

    /// Points under a key.
    pub fn add_points(&mut self, here: &Here, table: &Table<'_>, key: &'static str, name: &str) {
        if let Some((written, span)) = table.get(key).and_then(|value| inner(&value)) {
            self.add(here, name, NumberKind::Points, &written, span);
        }
    }

    /// The points of a band.
    pub fn add_band(&mut self, here: &Here, band: &Table<'_>, name: &str) {
        let before = self.found.len();
        self.add_points(here, band, "points", name);
        let is = band.word("is").map(|word| word.text.replace(">=", "≥").replace("<=", "≤"));
        self.found.iter_mut().skip(before).for_each(|number| number.band.clone_from(&is));
    }

    /// The thresholds that `limits` names.
    pub fn add_limits(&mut self, here: &Here, table: &Table<'_>) {
        let Some(limits) = table.get("limits").and_then(|value| value.table()) else { return };
        for (name, value) in limits.entries() {
            self.add_quantity(here, name.text, &value);
        }
    }

    /// The event windows of expressions: one number for each length, with all its places.
    pub fn add_windows(&mut self, here: &Here, words: &[Word<'_>], file: File<'_>) {
        let mut lengths: Vec<(String, Vec<Span>)> = Vec::new();
        for (written, span) in words.iter().flat_map(|word| windows(file, word)) {
            match lengths.iter_mut().find(|(known, _)| *known == written) {
                Some((_, spans)) => spans.push(span),
                None => lengths.push((written, vec![span])),
            }
        }
        let one = lengths.len() == 1;
        for (index, (written, spans)) in lengths.into_iter().enumerate() {
            let name = if one { "months".to_owned() } else { format!("months-{}", index + 1) };
            self.push(here.named(&name), NumberKind::Months, None, Some(&written), spans);
        }
    }

    /// The edges of bands: one number for each value, with all its places.
    pub fn add_edges(&mut self, here: &Here, words: &[Word<'_>], file: File<'_>) {
        let mut known: Vec<(Edge<'_>, Vec<Span>)> = Vec::new();
        for edge in words.iter().flat_map(|word| edges(file, word)) {
            let span = edge.span.clone();
            match known.iter_mut().find(|(known, _)| same(known.written, edge.written)) {
                Some((_, spans)) => spans.push(span),
                None => known.push((edge, vec![span])),
            }
        }
        for (index, (edge, spans)) in known.into_iter().enumerate() {
            self.add_edge(here, &format!("edge-{}", index + 1), &edge, spans);
        }
    }

    /// The one edge of a mark or tier.
    pub fn add_mark(&mut self, here: &Here, name: &str, word: &Word<'_>, file: File<'_>) {
        if let [edge] = edges(file, word).as_slice() {
            self.add_edge(here, name, edge, vec![edge.span.clone()]);
        }
    }
}
