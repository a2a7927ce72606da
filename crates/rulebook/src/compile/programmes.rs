//! Programmes: first their heads, so that any rule can name them, then their versions.

use std::collections::BTreeMap;

use enterprise::{Lang, SUBJECTS};
use rules::{Programme, Purpose, Rulebook};

use crate::check::versions::{check_cycles, check_periods};
use crate::code::Code;
use crate::compile::duplicate;
use crate::compile::tree::Tree;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::resolve::Resolver;
use crate::expression::scope::{Names, ProgrammeHead};
use crate::read::criterion::Definitions;
use crate::read::indicator::one_of;
use crate::read::table::{Sink, Word};
use crate::read::version::{ReadVersion, version};

/// What a programme can be.
const KINDS: [&str; 7] = ["tier", "title", "list", "grant", "centre", "cluster", "evaluation"];

pub(crate) struct Head {
    pub programme: Programme,
    pub span: Span,
}

pub(crate) fn read_heads(
    tree: &Tree<'_>,
    sink: &Sink,
    names: &mut Names,
) -> BTreeMap<String, Head> {
    let mut heads: BTreeMap<String, Head> = BTreeMap::new();
    let mut through: Vec<(String, Vec<(String, Span)>)> = Vec::new();
    for (id, file) in &tree.heads {
        let table = file.table();
        let span = table.head();
        Word { text: id, span: span.clone() }.check_id(file.file, '-');
        let title = table.need_text("title");
        let held_through = table.words("held_through");
        let word = |key, known: &[&'static str]| {
            table.need(key);
            let known: Vec<(&str, &str)> = known.iter().map(|word| (*word, *word)).collect();
            one_of(&table, key, &known).unwrap_or_default().to_owned()
        };
        let programme = Programme {
            id: (*id).to_owned(),
            title: title.clone(),
            authority: table.need_text("authority"),
            subject: word("subject", &SUBJECTS),
            kind: word("kind", &KINDS),
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

pub(crate) fn check_programme(sink: &Sink, names: &Names, id: &str, span: Span) -> bool {
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

/// A version stands in the file of its name, so that it is found.
fn check_file_name(sink: &Sink, read: &ReadVersion) {
    let name = read.id.file.rsplit('/').next().unwrap_or_default();
    let wanted = format!("{}.toml", read.version.id);
    if name != wanted {
        sink.report(
            Diagnostic::new(
                Code::BadId,
                read.id.clone(),
                format!("版本“{}”写在文件 {name} 里", read.version.id),
                format!("version `{}` stands in the file {name}", read.version.id),
            )
            .help(format!("文件应名为 {wanted}"), format!("the file should be called {wanted}")),
        );
    }
}

pub(crate) fn read_programmes(
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
            check_file_name(sink, &read);
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
            // A re-review may ask for the title itself, a new application cannot.
            let applies = &read.version.applies;
            let is_new = applies.iter().any(|applies| applies.purpose == Purpose::New);
            let titles = read.version.prerequisites().into_iter();
            needs.extend(titles.filter(|other| is_new || *other != id).map(str::to_owned));
        }
        graph.insert(id, (needs, head.span));
        programme.versions = read.into_iter().map(|read| read.version).collect();
        rulebook.programmes.push(programme);
    }
    check_cycles(sink, &graph);
}
