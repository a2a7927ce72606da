//! Collects numbers with their addresses while a file is walked through.

use enterprise::Text;
use rules::{Citation, Status};

use crate::diagnostic::Span;
use crate::overlay::number::{Number, NumberKind, Place};
use crate::overlay::windows::{held_against, windows};
use crate::overlay::written::{Edge, edges, inner, same};
use crate::read::cite::Inherited;
use crate::read::table::{File, Table, Value, Word};

/// Collects the numbers of one file.
pub(super) struct Walk<'w> {
    owner: &'w str,
    version: &'w str,
    /// What was found so far.
    pub found: &'w mut Vec<Number>,
}

/// What is known about the surroundings of a number.
#[derive(Clone)]
pub(super) struct Here {
    pub path: Vec<String>,
    /// From the outside in.
    pub labels: Vec<Text>,
    inherited: Inherited,
    citation: Citation,
}

impl Here {
    /// The head of a file, or a table on its own.
    pub fn at(table: &Table<'_>, inherited: Inherited) -> Self {
        let citation = quiet(&inherited, table);
        Self { path: Vec::new(), labels: Vec::new(), inherited, citation }.labelled(table)
    }

    fn labelled(mut self, table: &Table<'_>) -> Self {
        if table.get("label").is_some() {
            self.labels.push(table.text("label").unwrap_or_default());
        }
        self
    }

    /// What a part says of itself that has no id.
    pub fn beside(&self, table: &Table<'_>) -> Self {
        Self { path: self.path.clone(), ..self.inside(table, "") }
    }

    /// The same, with what a part of it says of its own source.
    fn of(&self, table: &Table<'_>) -> Self {
        let inherited = self.inherited.inside(table);
        Self { citation: quiet(&inherited, table), inherited, ..self.clone() }
    }

    /// The same under one more name.
    pub fn called(&self, zh: &str, en: &str) -> Self {
        let mut called = self.clone();
        called.labels.push(Text::new(zh, en));
        called
    }

    /// One level further in.
    pub fn inside(&self, table: &Table<'_>, name: &str) -> Self {
        let mut inside = self.clone();
        inside.path.push(name.to_owned());
        inside.inherited = self.inherited.of_own_document(table);
        inside.citation = quiet(&inside.inherited, table);
        inside.labelled(table)
    }

    /// The same with one more part of the address.
    pub fn named(&self, name: &str) -> Self {
        let mut named = self.clone();
        named.path.push(name.to_owned());
        named
    }
}

/// The citation, also where the compiler has to say that something is missing in it.
fn quiet(inherited: &Inherited, table: &Table<'_>) -> Citation {
    let known = Inherited {
        status: Some(inherited.status.clone().unwrap_or(Status::Recalled)),
        ..inherited.clone()
    };
    known.quiet(table)
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
            edges: Vec::new(),
            written: written.map(str::to_owned),
            band: None,
            label: here.labels.last().cloned().unwrap_or_default(),
            labels: here.labels,
            clause: here.citation.clause.clone(),
            citation: here.citation,
            places: spans.into_iter().map(|span| Place { span, before: "" }).collect(),
        });
    }

    /// A quantity under a key: a text, or a table with `value`.
    pub fn add_quantity(&mut self, here: &Here, name: &str, value: &Value<'_>) {
        let Some(table) = value.table().filter(|_| value.is_table()) else {
            if let Some((written, span)) = inner(value) {
                self.add(here, name, NumberKind::Quantity, &written, span);
            }
            return;
        };
        let own = here.of(&table);
        if let Some((written, span)) = table.get("value").and_then(|value| inner(&value)) {
            self.add(&own, name, NumberKind::Quantity, &written, span);
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
        self.add_points(&here.of(band), band, "points", name);
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

    /// Where the thresholds from the `first` number on are held against something in these expressions.
    pub fn note_edges(&mut self, first: usize, words: &[Word<'_>]) {
        for number in self.found.iter_mut().skip(first) {
            let Some(name) = number.path.last() else { continue };
            for edge in words.iter().flat_map(|word| held_against(word, name)) {
                if !number.edges.contains(&edge) {
                    number.edges.push(edge);
                }
            }
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
    pub fn add_edges(&mut self, here: &Here, bands: &[Table<'_>]) {
        let mut known: Vec<(Here, Edge<'_>, Vec<Span>)> = Vec::new();
        for band in bands {
            let Some(word) = band.word("is") else { continue };
            for edge in edges(band.file, &word) {
                let span = edge.span.clone();
                match known.iter_mut().find(|(_, known, _)| same(known.written, edge.written)) {
                    Some((_, _, spans)) => spans.push(span),
                    None => known.push((here.of(band), edge, vec![span])),
                }
            }
        }
        for (index, (here, edge, spans)) in known.into_iter().enumerate() {
            self.add_edge(&here, &format!("edge-{}", index + 1), &edge, spans);
        }
    }

    /// The one edge of a mark or tier.
    pub fn add_mark(&mut self, here: &Here, name: &str, word: &Word<'_>, file: File<'_>) {
        if let [edge] = edges(file, word).as_slice() {
            self.add_edge(here, name, edge, vec![edge.span.clone()]);
        }
    }
}
