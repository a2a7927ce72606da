//! Every number of the rule files, in the order of the files. Reads the text as written: what is
//! found here is what can be written anew.

use enterprise::Text;
use toml::de::DeTable;

use crate::diagnostic::Span;
use crate::expression::measure::quantity;
use crate::overlay::number::{Number, NumberKind, Place};
use crate::overlay::scale::score;
use crate::overlay::windows::{first_name, names, windows};
use crate::read::table::{File, Sink, Table, Value, Word};
use crate::source::Sources;

/// Every number of programmes and shared definitions.
pub fn numbers(sources: &Sources) -> Vec<Number> {
    let mut found = Vec::new();
    for (path, text) in sources.iter() {
        let parts: Vec<&str> = path.split('/').collect();
        let owner = match parts.as_slice() {
            ["programmes", _, id, file] if *file != "programme.toml" => *id,
            ["definitions", id, _] => *id,
            _ => continue,
        };
        // A look at a table can report; the compiler has said it already.
        let sink = Sink::default();
        let Ok(root) = DeTable::parse(text) else { continue };
        let table = Table::of(File { path, text, sink: &sink }, &root);
        let Some(version) = table.word("version") else { continue };
        let mut walk = Walk { owner, version: version.text, found: &mut found };
        of_file(&mut walk, &table);
    }
    found
}

/// The numbers of the criteria that a table lists.
pub(crate) fn criteria_numbers(table: &Table<'_>) -> Vec<Number> {
    let mut found = Vec::new();
    let mut walk = Walk { owner: "", version: "", found: &mut found };
    criteria(&mut walk, table, "criterion", &Here::default());
    found
}

/// Collects the numbers of one file.
pub(super) struct Walk<'w> {
    owner: &'w str,
    version: &'w str,
    found: &'w mut Vec<Number>,
}

/// What is known about the surroundings of a number.
#[derive(Clone, Default)]
pub(super) struct Here {
    path: Vec<String>,
    label: Text,
    clause: String,
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

    fn named(&self, name: &str) -> Self {
        let mut named = self.clone();
        named.path.push(name.to_owned());
        named
    }
}

impl Walk<'_> {
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

fn of_file(walk: &mut Walk<'_>, table: &Table<'_>) {
    let mut here = Here::default();
    if table.get("label").is_some() {
        here.label = table.text("label").unwrap_or_default();
    }
    days(walk, table, &here);
    if let Some(value) = table.get("validity") {
        let label = Text::new("称号有效期", "Validity of the title");
        walk.add_quantity(&Here { label, ..here.clone() }, "validity", &value);
    }
    criteria(walk, table, "criterion", &here);
    if let Some(table) = table.get("score").and_then(|value| value.table()) {
        score(walk, &table, &here.inside(&table, "score"));
    }
    criteria(walk, table, "preference", &here.named("preference"));
    for benefit in table.list("benefit").iter().filter_map(Value::table) {
        let Some(id) = benefit.word("id") else { continue };
        let inside = here.named("benefit").inside(&benefit, id.text);
        money_of(walk, &benefit, &inside);
    }
    let order = table.words("order");
    for group in table.list("group").iter().filter_map(Value::table) {
        let Some(id) = group.word("id") else { continue };
        tiers(walk, &group, &here.inside(&group, id.text), &order);
    }
}

/// The first and last days, by purpose where there is one.
fn days(walk: &mut Walk<'_>, table: &Table<'_>, here: &Here) {
    for applies in table.list("applies").iter().filter_map(Value::table) {
        let inside = match applies.word("purpose") {
            Some(purpose) => here.inside(&applies, purpose.text),
            None => Here { path: here.path.clone(), ..here.inside(&applies, "") },
        };
        let Some(from) = applies.get("from") else { continue };
        if let Some((written, span)) = inner(&from) {
            walk.add(&inside, "from", NumberKind::Day, &written, span);
        }
        match applies.get("to").and_then(|to| inner(&to)) {
            Some((written, span)) => walk.add(&inside, "to", NumberKind::Day, &written, span),
            None => {
                let end = from.span().end;
                let span = Span { start: end, end, ..from.span() };
                walk.push(inside.named("to"), NumberKind::Day, None, None, vec![span]);
                if let Some(place) = walk.found.last_mut().and_then(|last| last.places.first_mut())
                {
                    place.before = "\nto = ";
                }
            }
        }
    }
}

/// The criteria under `key`, at whatever depth.
fn criteria(walk: &mut Walk<'_>, table: &Table<'_>, key: &'static str, here: &Here) {
    let mut case_edges = Vec::new();
    for inner in table.list(key).iter().filter_map(Value::table) {
        let Some(id) = inner.word("id") else { continue };
        let inside = here.inside(&inner, id.text);
        let first = walk.found.len();
        walk.add_limits(&inside, &inner);
        if let (Some(when), "case") = (inner.word("when"), key) {
            let own = walk.found.iter().enumerate().skip(first);
            let named =
                own.filter(|(_, number)| number.path.last().is_some_and(|name| names(&when, name)));
            case_edges.extend(named.map(|(index, _)| index));
        }
        let words: Vec<Word<'_>> =
            ["when", "require"].into_iter().filter_map(|key| inner.word(key)).collect();
        walk.add_windows(&inside, &words, inner.file);
        if let Some((written, span)) = inner.get("at_least").and_then(|value| self::inner(&value)) {
            walk.add(&inside, "at_least", NumberKind::Count, &written, span);
        }
        for key in ["all", "any", "of", "case"] {
            criteria(walk, &inner, key, &inside);
        }
    }
    move_together(walk, &case_edges);
}

/// An edge between two cases stands on both sides: set on one, it would leave a hole or an overlap.
fn move_together(walk: &mut Walk<'_>, edges: &[usize]) {
    let sides: Vec<(usize, Option<String>, Vec<Place>)> = edges
        .iter()
        .filter_map(|index| {
            let number = walk.found.get(*index)?;
            Some((*index, number.written.clone(), number.places.clone()))
        })
        .collect();
    for (index, written, _) in &sides {
        let others = sides.iter().filter(|(other, value, _)| {
            other != index && matches!((written, value), (Some(one), Some(two)) if same(one, two))
        });
        let places: Vec<Place> = others.flat_map(|(_, _, places)| places.clone()).collect();
        if let Some(number) = walk.found.get_mut(*index) {
            number.places.extend(places);
        }
    }
}

/// The amounts of a benefit.
fn money_of(walk: &mut Walk<'_>, benefit: &Table<'_>, here: &Here) {
    walk.add_limits(here, benefit);
    for key in ["amount", "cap"] {
        let Some(value) = benefit.get(key) else { continue };
        // An amount can be an expression over limits, which have addresses of their own.
        let plain = value.is_table() || inner(&value).is_some_and(|(it, _)| quantity(&it).is_ok());
        if plain {
            walk.add_quantity(here, key, &value);
        }
    }
    for ceiling in benefit.list("ceilings").iter().filter_map(Value::table) {
        let (Some(per), Some(amount)) = (ceiling.word("per"), ceiling.get("amount")) else {
            continue;
        };
        walk.add_quantity(&here.named("ceiling"), per.text, &amount);
    }
}

/// The tier edges of a group of industries, by metric and tier.
fn tiers(walk: &mut Walk<'_>, group: &Table<'_>, here: &Here, order: &[Word<'_>]) {
    let mut metrics: Vec<String> = Vec::new();
    for metric in group.list("metric").iter().filter_map(Value::table) {
        let Some(value) = metric.word("value") else { continue };
        let mut name = first_name(&value).unwrap_or_default();
        if metrics.contains(&name) || name.is_empty() {
            name = format!("metric-{}", metrics.len() + 1);
        }
        let inside = here.inside(&metric, &name);
        metrics.push(name);
        for (word, tier) in metric.words("tiers").iter().zip(order) {
            walk.add_mark(&inside, tier.text, word, metric.file);
        }
    }
}

/// One edge of a band, tier or mark.
struct Edge<'a> {
    operator: &'static str,
    written: &'a str,
    span: Span,
}

/// The edges in a text such as `>= 70 %, < 80 %`.
fn edges<'a>(file: File<'_>, word: &Word<'a>) -> Vec<Edge<'a>> {
    let Some(start) = word.inner_start(file) else { return Vec::new() };
    let mut found = Vec::new();
    let mut offset = 0;
    for part in word.text.split(',') {
        let signs =
            [(">=", "≥"), ("≥", "≥"), ("<=", "≤"), ("≤", "≤"), (">", ">"), ("<", "<"), ("=", "=")];
        let trimmed = part.trim_start();
        let sign = signs.iter().find(|(sign, _)| trimmed.starts_with(sign));
        if let Some((sign, operator)) = sign {
            let rest = trimmed.get(sign.len()..).unwrap_or_default();
            let written = rest.trim();
            let blank = rest.len() - rest.trim_start().len();
            let from = start + offset + (part.len() - trimmed.len()) + sign.len() + blank;
            let span = Span::new(&word.span.file, from..from + written.len());
            found.push(Edge { operator, written, span });
        }
        offset += part.len() + 1;
    }
    found
}

/// What a value says and where, without quotes.
fn inner(value: &Value<'_>) -> Option<(String, Span)> {
    if let Some(word) = value.as_word() {
        let start = word.inner_start(value.file)?;
        return Some((
            word.text.to_owned(),
            Span::new(&word.span.file, start..start + word.text.len()),
        ));
    }
    let span = value.span();
    Some((value.file.text.get(span.start..span.end)?.to_owned(), span))
}

/// Whether two texts say the same quantity.
fn same(one: &str, two: &str) -> bool {
    one == two
        || match (quantity(one), quantity(two)) {
            (Ok(one), Ok(two)) => one.unit.agrees(&two.unit) && one.value == two.value,
            _ => false,
        }
}
