//! A folder of rule files to a checked rulebook: reads in the order in which names are needed and
//! reports every problem of every file in one run.

mod codes;
mod definitions;
mod programmes;
mod rounds;
pub(crate) mod tree;
mod unreadable;
mod vocabulary;
mod whole;

use std::collections::BTreeSet;

use enterprise::{Catalogue, JudgedCriterion, TitleKind};
use rules::{Body, Criterion, Programme, Round, Rulebook};

use crate::check::logic::check_logic;
use crate::check::paths::check_paths;
use crate::check::references::{check_benefits, check_ladders, check_rounds};
use crate::check::unused::check_unused;
use crate::code::Code;
use crate::compile::codes::read_codes;
use crate::compile::definitions::read_definitions;
use crate::compile::programmes::{read_heads, read_programmes};
use crate::compile::rounds::{order_by_ladder, read_rounds_and_ladders};
use crate::compile::tree::{Tree, parse_files};
use crate::compile::unreadable::report_unreadable;
use crate::compile::vocabulary::{read_formulas, read_vocabulary};
use crate::compile::whole::check_wholes;
use crate::diagnostic::{Diagnostic, Severity, Span};
use crate::expression::scope::Names;
use crate::read::table::Sink;
use crate::source::Sources;

/// What was understood, and everything that is wrong with it.
#[derive(Debug, Default)]
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
    report_unreadable(sources, &sink);
    let parsed = parse_files(sources, &sink);
    let tree = Tree::of(&parsed, &sink);
    let mut names = Names::default();
    let mut rulebook = Rulebook { hash: sources.hash(), ..Rulebook::default() };
    rulebook.codes = read_codes(&tree, &sink);
    let indicators = read_vocabulary(&tree, &sink, &rulebook.codes, &mut names);
    let heads = read_heads(&tree, &sink, &mut names);
    read_formulas(&indicators, &names, &mut rulebook, &sink);
    check_wholes(&indicators, &sink);
    let definitions = read_definitions(&tree, &sink, &names, &mut rulebook);
    read_programmes(&tree, &sink, &names, &definitions, heads, &mut rulebook);
    check_benefits(&tree, &rulebook, &sink);
    read_rounds_and_ladders(&tree, &sink, &names, &definitions, &mut rulebook);
    check_paths(&tree, &rulebook, &sink);
    // Two criteria of one id cannot be told apart, so nothing about either would be true.
    if !sink.has(Code::DuplicateId) {
        check_logic(&tree, &sink, &definitions, &rulebook);
    }
    check_ladders(&tree, &rulebook, &sink);
    check_rounds(&tree, &rulebook, &sink);
    order_by_ladder(&mut rulebook);
    // With errors about, a rule that was not understood may be the one that uses it.
    if !sink.has_errors() {
        check_unused(&indicators, &names, &definitions, &tree, &sink);
    }
    rulebook.catalogue = catalogue(names, &rulebook.programmes, &rulebook.rounds);
    let mut diagnostics = sink.take();
    diagnostics.sort_by(|a, b| a.span.cmp(&b.span));
    Compiled { rulebook, diagnostics }
}

pub(crate) fn duplicate(sink: &Sink, id: &str, span: Span, first: Option<&Span>) {
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

/// The catalogue with the titles and judged criteria that the programmes turned out to have.
fn catalogue(names: Names, programmes: &[Programme], rounds: &[Round]) -> Catalogue {
    let mut catalogue = names.catalogue;
    for programme in programmes {
        catalogue
            .titles
            .push(TitleKind { id: programme.id.clone(), label: programme.title.clone() });
    }
    let versions = programmes.iter().flat_map(|programme| &programme.versions);
    let criteria = versions
        .flat_map(|version| version.criteria.iter().chain(&version.preferences))
        .chain(rounds.iter().flat_map(|round| &round.criteria));
    let mut known: BTreeSet<(&str, &str)> = BTreeSet::new();
    for criterion in criteria.flat_map(Criterion::walk) {
        if matches!(criterion.body, Body::Judged { .. })
            && known.insert((&criterion.owner, &criterion.id))
        {
            catalogue.judged.push(JudgedCriterion {
                owner: criterion.owner.clone(),
                criterion: criterion.id.clone(),
                label: criterion.label.clone(),
            });
        }
    }
    catalogue
}
