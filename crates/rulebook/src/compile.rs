//! A folder of rule files to a checked rulebook: reads in the order in which names are needed and
//! reports every problem of every file in one run.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use enterprise::{Catalogue, JudgedCriterion, Lang, TitleKind};
use rules::{Body, Criterion, Document, Ladder, Programme, Round, Rulebook};
use toml::Spanned;
use toml::de::DeTable;

use crate::ast::{Expr, Node};
use crate::check_versions::{check_cycles, check_periods, prerequisites};
use crate::cite::Inherited;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::parser::parse;
use crate::read_criterion::{Definitions, purposes};
use crate::read_definition::{classification, shared};
use crate::read_indicator::{ReadIndicator, event, indicator};
use crate::read_version::{ReadVersion, check_period, version};
use crate::reader::{File, Sink, Table, Value, Word};
use crate::resolve::Resolver;
use crate::scope::{Names, ProgrammeHead};
use crate::source::{LARGEST_FILE, Sources};

/// What was understood, and everything that is wrong with it.
#[derive(Debug)]
pub struct Compiled {
    /// The rulebook as far as it was understood. To be used only without errors.
    pub rulebook: Rulebook,
    /// All problems, by file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Compiled {
    /// Whether the rulebook can be used.
    pub fn is_usable(&self) -> bool {
        self.diagnostics.iter().all(|diagnostic| diagnostic.severity() != Severity::Error)
    }
}

/// Compiles a rulebook.
pub fn compile(sources: &Sources) -> Compiled {
    let sink = Sink::default();
    let parsed = parse_files(sources, &sink);
    let tree = Tree::of(&parsed, &sink);
    let mut names = Names::default();
    let mut rulebook = Rulebook { hash: sources.hash(), ..Rulebook::default() };
    let indicators = read_vocabulary(&tree, &sink, &mut names);
    let heads = read_heads(&tree, &sink, &mut names);
    read_formulas(&indicators, &names, &mut rulebook, &sink);
    let definitions = read_definitions(&tree, &sink, &names, &mut rulebook);
    read_programmes(&tree, &sink, &names, &definitions, heads, &mut rulebook);
    read_rounds_and_ladders(&tree, &sink, &names, &mut rulebook);
    order_by_ladder(&mut rulebook);
    // With errors about, a rule that was not understood may be the one that uses it.
    if !sink.has_errors() {
        check_unused(&indicators, &names, &definitions, &tree, &sink);
    }
    rulebook.catalogue = catalogue(names, &rulebook.programmes);
    let mut diagnostics = sink.take();
    diagnostics.sort_by(|a, b| a.span.cmp(&b.span));
    Compiled { rulebook, diagnostics }
}

struct ParsedFile<'s> {
    path: &'s Arc<str>,
    text: &'s str,
    root: Spanned<DeTable<'s>>,
}

fn parse_files<'s>(sources: &'s Sources, sink: &Sink) -> Vec<ParsedFile<'s>> {
    let mut parsed = Vec::new();
    for (path, text) in sources.iter() {
        if text.len() > LARGEST_FILE {
            sink.report(
                Diagnostic::new(
                    Code::FileTooLarge,
                    Span::new(path, 0..0),
                    format!("文件有 {} 字节，上限是 {LARGEST_FILE}", text.len()),
                    format!("the file has {} bytes; at most {LARGEST_FILE} are read", text.len()),
                )
                .help("拆成几个文件", "split it into several files"),
            );
            continue;
        }
        let (root, errors) = DeTable::parse_recoverable(text);
        let failed = !errors.is_empty();
        for error in errors {
            let span = error.span().unwrap_or(Range { start: 0, end: 0 });
            let message = error.message().lines().next().unwrap_or_default().to_owned();
            sink.report(Diagnostic::new(
                Code::TomlSyntax,
                Span::new(path, span),
                format!("TOML 语法错误：{message}"),
                message,
            ));
        }
        // What could be recovered of a broken file would only lead to follow-up errors.
        if !failed {
            parsed.push(ParsedFile { path, text, root });
        }
    }
    parsed
}

/// The files by their place in the rulebook.
#[derive(Default)]
struct Tree<'a> {
    indicators: Vec<File2<'a>>,
    definitions: Vec<(&'a str, File2<'a>)>,
    heads: Vec<(&'a str, File2<'a>)>,
    versions: Vec<(&'a str, File2<'a>)>,
    rounds: Vec<File2<'a>>,
    ladders: Vec<File2<'a>>,
}

/// A file with its root table.
#[derive(Clone, Copy)]
struct File2<'a> {
    file: File<'a>,
    root: &'a Spanned<DeTable<'a>>,
}

impl<'a> File2<'a> {
    fn table(&self) -> Table<'a> {
        Table::of(self.file, self.root)
    }
}

impl<'a> Tree<'a> {
    fn of(parsed: &'a [ParsedFile<'a>], sink: &'a Sink) -> Self {
        let mut tree = Self::default();
        for parsed in parsed {
            let file = File { path: parsed.path, text: parsed.text, sink };
            let file = File2 { file, root: &parsed.root };
            let parts: Vec<&str> = parsed.path.split('/').collect();
            match parts.as_slice() {
                ["rulebook.toml"] => {
                    let table = file.table();
                    for key in ["name", "format", "title", "note"] {
                        table.get(key);
                    }
                    table.finish();
                }
                ["indicators", _] => tree.indicators.push(file),
                // Examples are read by the test runner, once the rulebook stands.
                ["programmes", _, _, "examples", _] | ["definitions", _, "examples", _] => {}
                ["definitions", id, _] => tree.definitions.push((id, file)),
                ["programmes", _, id, "programme.toml"] => tree.heads.push((id, file)),
                ["programmes", _, id, _] => tree.versions.push((id, file)),
                ["rounds", _] => tree.rounds.push(file),
                ["ladders", _] => tree.ladders.push(file),
                _ => sink.report(
                    Diagnostic::new(
                        Code::UnknownFile,
                        Span::new(parsed.path, 0..0),
                        format!("“{}”不在规则库的任何一处", parsed.path),
                        format!("`{}` lies where no rule file belongs", parsed.path),
                    )
                    .help(
                        "规则文件在 indicators、definitions、programmes、rounds、ladders 之下",
                        "rule files lie under indicators, definitions, programmes, rounds, ladders",
                    ),
                ),
            }
        }
        tree
    }
}

fn duplicate(sink: &Sink, id: &str, span: Span, first: Option<&Span>) {
    let mut diagnostic = Diagnostic::new(
        Code::DuplicateId,
        span,
        format!("“{id}”重复"),
        format!("`{id}` stands twice"),
    );
    if let Some(first) = first {
        diagnostic = diagnostic.other(first.clone(), "第一次在此", "first here");
    }
    sink.report(diagnostic);
}

fn read_vocabulary<'a>(tree: &Tree<'a>, sink: &Sink, names: &mut Names) -> Vec<ReadIndicator<'a>> {
    let mut read: Vec<ReadIndicator<'a>> = Vec::new();
    let mut events: BTreeMap<String, Span> = BTreeMap::new();
    for file in &tree.indicators {
        let table = file.table();
        for value in table.list("indicator") {
            let Some(found) = indicator(&value) else { continue };
            if let Some(first) = read.iter().find(|known| known.id.text == found.id.text) {
                duplicate(sink, found.id.text, found.id.span.clone(), Some(&first.id.span));
                continue;
            }
            names.catalogue.add(found.indicator.clone());
            read.push(found);
        }
        for value in table.list("event") {
            let Some((found, span)) = event(&value) else { continue };
            if let Some(first) = events.insert(found.id.clone(), span.clone()) {
                duplicate(sink, &found.id, span, Some(&first));
                continue;
            }
            names.catalogue.events.push(found);
        }
        table.finish();
    }
    read
}

struct Head {
    programme: Programme,
    span: Span,
}

fn read_heads(tree: &Tree<'_>, sink: &Sink, names: &mut Names) -> BTreeMap<String, Head> {
    let mut heads: BTreeMap<String, Head> = BTreeMap::new();
    let mut through: Vec<(String, Vec<(String, Span)>)> = Vec::new();
    for (id, file) in &tree.heads {
        let table = file.table();
        let span = table.head();
        Word { text: id, span: span.clone() }.check_id(file.file, '-');
        let title = table.need_text("title");
        let held_through = table.words("held_through");
        let word = |key| table.need_word(key).map(|word| word.text.to_owned()).unwrap_or_default();
        let programme = Programme {
            id: (*id).to_owned(),
            title: title.clone(),
            authority: table.need_text("authority"),
            subject: word("subject"),
            kind: word("kind"),
            held_through: held_through.iter().map(|word| word.text.to_owned()).collect(),
            versions: Vec::new(),
        };
        table.text("note");
        table.word("id");
        table.finish();
        let head = ProgrammeHead { title, held_through: programme.held_through.clone() };
        through.push((
            (*id).to_owned(),
            held_through.iter().map(|word| (word.text.to_owned(), word.span.clone())).collect(),
        ));
        if let Some(first) = heads.get(*id) {
            duplicate(sink, id, span.clone(), Some(&first.span));
        }
        names.programmes.insert((*id).to_owned(), head);
        heads.insert((*id).to_owned(), Head { programme, span });
    }
    for (_, others) in through {
        for (other, span) in others {
            check_programme(sink, names, &other, span);
        }
    }
    heads
}

fn check_programme(sink: &Sink, names: &Names, id: &str, span: Span) -> bool {
    let known = names.programmes.contains_key(id);
    if !known {
        let diagnostic = Diagnostic::new(
            Code::UnknownReference,
            span,
            format!("没有名为“{id}”的项目"),
            format!("no programme is called `{id}`"),
        );
        sink.report(diagnostic.suggest(id, names.programmes.keys().map(String::as_str)));
    }
    known
}

/// Resolves formulas once everything that they need is resolved; what is left over is a cycle.
fn read_formulas(
    indicators: &[ReadIndicator<'_>],
    names: &Names,
    rulebook: &mut Rulebook,
    sink: &Sink,
) {
    let mut waiting: Vec<(&ReadIndicator<'_>, &Word<'_>)> =
        indicators.iter().filter_map(|read| Some((read, read.formula.as_ref()?))).collect();
    loop {
        let open: Vec<&str> = waiting.iter().map(|(read, _)| read.id.text).collect();
        let (ready, blocked): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, word)| {
            parse(word.text).map_or(true, |expr| {
                !names_in(&expr).iter().any(|name| open.contains(&name.as_str()))
            })
        });
        if ready.is_empty() {
            for (read, word) in blocked {
                sink.report(Diagnostic::new(
                    Code::FormulaCycle,
                    word.span.clone(),
                    format!("“{}”的公式最终又用到它自己", read.id.text),
                    format!("the formula of `{}` needs itself in the end", read.id.text),
                ));
            }
            return;
        }
        for (read, word) in ready {
            let limits = BTreeMap::new();
            let resolver = Resolver { names, rulebook };
            let year = (read.indicator.period == enterprise::Period::Yearly).then_some(0);
            if let Some(measured) = resolver.quantity(read.table.file, word, &limits, year) {
                let expected = crate::measure::Unit::of(&read.indicator.kind);
                if expected.as_ref().is_none_or(|unit| !unit.agrees(&measured.unit)) {
                    sink.report(Diagnostic::new(
                        Code::UnitMismatch,
                        word.span.clone(),
                        format!("公式的单位是“{}”，与指标不同", measured.unit.words().zh),
                        format!(
                            "the formula is in {}, the indicator is not",
                            measured.unit.words().en
                        ),
                    ));
                }
                rulebook.formulas.insert(read.id.text.to_owned(), measured.quantity);
            }
        }
        waiting = blocked;
    }
}

fn names_in(expr: &Expr) -> Vec<String> {
    match &expr.node {
        Node::Name(name) => vec![name.clone()],
        Node::At(inner, _) | Node::Negate(inner) | Node::Not(inner) | Node::Growth(inner) => {
            names_in(inner)
        }
        Node::Arithmetic(_, left, right) | Node::Compare(_, left, right) => {
            names_in(left).into_iter().chain(names_in(right)).collect()
        }
        Node::Extreme { parts, .. }
        | Node::All(parts)
        | Node::Any(parts)
        | Node::AtLeast(_, parts)
        | Node::Years { parts, .. } => parts.iter().flat_map(names_in).collect(),
        Node::OverYears { part, .. }
        | Node::GrowthOver { part, .. }
        | Node::Elapsed { from: part, .. } => names_in(part),
        Node::In(inner, _) => names_in(inner),
        Node::Number(..) | Node::Holds(..) | Node::Happened { .. } => Vec::new(),
    }
}

fn read_definitions(
    tree: &Tree<'_>,
    sink: &Sink,
    names: &Names,
    rulebook: &mut Rulebook,
) -> Definitions {
    let mut definitions = Definitions::default();
    let mut classes: BTreeMap<String, Vec<rules::Classification>> = BTreeMap::new();
    // Classifications first: shared criteria may test what they give.
    for (id, file) in &tree.definitions {
        let table = file.table();
        let resolver = Resolver { names, rulebook };
        let kind = crate::read_indicator::one_of(
            &table,
            "kind",
            &[("criteria", false), ("classification", true)],
        );
        match kind {
            Some(true) => {
                if let Some((found, span)) = classification(&resolver, id, &table) {
                    let known = classes.entry(found.indicator.id.clone()).or_default();
                    let overlap = known.iter().any(|other| {
                        other.to.is_none_or(|to| to >= found.from)
                            && found.to.is_none_or(|to| to >= other.from)
                    });
                    if overlap {
                        sink.report(Diagnostic::new(
                            Code::VersionOverlap,
                            span,
                            format!("“{id}”在同一天有两个版本"),
                            format!("two versions of `{id}` on one day"),
                        ));
                    }
                    known.push(found);
                }
            }
            Some(false) => {
                if let Some(found) = shared(&resolver, id, &table) {
                    let known = definitions.by_id.entry((*id).to_owned()).or_default();
                    if let Some(first) = known.iter().find(|other| other.version == found.version) {
                        duplicate(sink, &found.version, found.span.clone(), Some(&first.span));
                    }
                    known.push(found);
                }
            }
            None => {
                table.need("kind");
            }
        }
    }
    rulebook.classifications = classes;
    definitions
}

fn read_programmes(
    tree: &Tree<'_>,
    sink: &Sink,
    names: &Names,
    definitions: &Definitions,
    heads: BTreeMap<String, Head>,
    rulebook: &mut Rulebook,
) {
    let mut versions: BTreeMap<String, Vec<ReadVersion>> = BTreeMap::new();
    for (id, file) in &tree.versions {
        let resolver = Resolver { names, rulebook };
        let table = file.table();
        if let Some(read) = version(&resolver, definitions, id, &table) {
            let known = versions.entry((*id).to_owned()).or_default();
            if let Some(first) = known.iter().find(|other| other.version.id == read.version.id) {
                duplicate(sink, &read.version.id, read.id.clone(), Some(&first.id));
            }
            if !names.programmes.contains_key(*id) {
                sink.report(Diagnostic::new(
                    Code::MissingKey,
                    read.id.clone(),
                    format!("“{id}”没有 programme.toml"),
                    format!("`{id}` has no programme.toml"),
                ));
            }
            known.push(read);
        }
    }
    let mut graph = BTreeMap::new();
    for (id, head) in heads {
        let mut programme = head.programme;
        let mut read = versions.remove(&id).unwrap_or_default();
        read.sort_by_key(|read| read.version.applies.iter().map(|applies| applies.from).min());
        check_periods(sink, programme.title.get(Lang::Zh), &read);
        let mut needs = programme.held_through.clone();
        for read in &read {
            // A re-review may ask for the title itself.
            needs.extend(
                prerequisites(&read.version.criteria).into_iter().filter(|other| *other != id),
            );
        }
        graph.insert(id, (needs, head.span));
        programme.versions = read.into_iter().map(|read| read.version).collect();
        rulebook.programmes.push(programme);
    }
    check_cycles(sink, &graph);
}

fn read_rounds_and_ladders(tree: &Tree<'_>, sink: &Sink, names: &Names, rulebook: &mut Rulebook) {
    for file in &tree.rounds {
        let table = file.table();
        let inherited = Inherited {
            document: Arc::new(Document::default()),
            status: None,
            clause: "round".to_owned(),
        }
        .inside(&table);
        for value in table.list("round") {
            rulebook.rounds.extend(round(sink, names, &value, &inherited));
        }
        table.text("note");
        table.finish();
    }
    for file in &tree.ladders {
        let table = file.table();
        let Some(id) = table.need_word("id") else { continue };
        let rungs = table.words("rungs");
        for rung in &rungs {
            check_programme(sink, names, rung.text, rung.span.clone());
        }
        let ladder = Ladder {
            id: id.text.to_owned(),
            title: table.need_text("title"),
            rungs: rungs.iter().map(|word| word.text.to_owned()).collect(),
        };
        table.text("note");
        table.finish();
        if rulebook.ladders.iter().any(|known| known.id == ladder.id) {
            duplicate(sink, id.text, id.span.clone(), None);
        }
        rulebook.ladders.push(ladder);
    }
}

/// Programmes in the order in which people climb them: ladder by ladder, rung by rung, those that count
/// as a rung with it; what stands on no ladder comes last.
fn order_by_ladder(rulebook: &mut Rulebook) {
    let rungs: Vec<String> =
        rulebook.ladders.iter().flat_map(|ladder| ladder.rungs.iter().cloned()).collect();
    let through: BTreeMap<String, Vec<String>> = rulebook
        .programmes
        .iter()
        .map(|programme| (programme.id.clone(), programme.held_through.clone()))
        .collect();
    let rank = |id: &str| {
        rungs.iter().position(|rung| {
            rung == id || through.get(rung).is_some_and(|ids| ids.iter().any(|other| other == id))
        })
    };
    rulebook.programmes.sort_by_key(|programme| rank(&programme.id).unwrap_or(usize::MAX));
}

fn round(sink: &Sink, names: &Names, value: &Value<'_>, inherited: &Inherited) -> Option<Round> {
    let table = value.table()?;
    let programme = table.need_word("programme")?;
    check_programme(sink, names, programme.text, programme.span.clone());
    let purposes = purposes(&table);
    if purposes.is_empty() {
        table.need("purposes");
    }
    let inside = inherited.inside(&table);
    let document = crate::cite::document(&table);
    let citation = inside.quiet(&table);
    let base_year = table.get("base_year").and_then(|value| value.whole());
    let window = table.need("window").and_then(|value| value.table())?;
    let from = window.need("from").and_then(|value| value.date());
    let to = window.need("to").and_then(|value| value.date());
    check_period(&window, from, to);
    window.finish();
    table.finish();
    Some(Round {
        programme: programme.text.to_owned(),
        purposes,
        from: from?,
        to: to?,
        base_year: base_year.and_then(|year| i16::try_from(year).ok()),
        document: Document::clone(&document),
        status: citation.status,
    })
}

/// Indicators of every subject's file, whether or not a rule tests them: the evaluator reads the
/// founding date, and the kind of entity says what the file is about.
const IN_EVERY_FILE: [&str; 2] = ["founded_on", "entity_kind"];

fn check_unused(
    indicators: &[ReadIndicator<'_>],
    names: &Names,
    definitions: &Definitions,
    tree: &Tree<'_>,
    sink: &Sink,
) {
    let used = names.used.borrow();
    let report = |span: Span, code: Code, zh: String, en: String| {
        sink.report(Diagnostic::new(code, span, zh, en));
    };
    for read in indicators {
        let id = read.id.text;
        if !used.contains(id) && !IN_EVERY_FILE.contains(&id) {
            report(
                read.id.span.clone(),
                Code::Unused,
                format!("没有规则使用指标“{id}”"),
                format!("no rule uses indicator `{id}`"),
            );
        }
    }
    for file in &tree.indicators {
        for value in file.table().list("event") {
            let Some(word) = value.table().and_then(|table| table.word("id")) else { continue };
            if !used.contains(&format!("event:{}", word.text)) {
                report(
                    word.span.clone(),
                    Code::Unused,
                    format!("没有规则使用事件“{}”", word.text),
                    format!("no rule uses event `{}`", word.text),
                );
            }
        }
    }
    let used = definitions.used.borrow();
    for (id, versions) in &definitions.by_id {
        if let (false, Some(first)) = (used.contains(id), versions.first()) {
            report(
                first.span.clone(),
                Code::UnusedDefinition,
                format!("没有项目使用定义“{id}”"),
                format!("no programme uses definition `{id}`"),
            );
        }
    }
}

/// The catalogue with the titles and judged criteria that the programmes turned out to have.
fn catalogue(names: Names, programmes: &[Programme]) -> Catalogue {
    let mut catalogue = names.catalogue;
    for programme in programmes {
        catalogue
            .titles
            .push(TitleKind { id: programme.id.clone(), label: programme.title.clone() });
        for version in &programme.versions {
            for criterion in version.criteria.iter().flat_map(Criterion::walk) {
                let known = catalogue.judged(&criterion.owner, &criterion.id).is_some();
                if let (Body::Judged { .. }, false) = (&criterion.body, known) {
                    catalogue.judged.push(JudgedCriterion {
                        owner: criterion.owner.clone(),
                        criterion: criterion.id.clone(),
                        label: criterion.label.clone(),
                    });
                }
            }
        }
    }
    catalogue
}
