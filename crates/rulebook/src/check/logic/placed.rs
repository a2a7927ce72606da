//! Criteria and conditions with the places of their parts: walks the file and what was understood of
//! it side by side. What was not understood has been reported and is left out.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rules::{Body, Condition, Criterion, Group, Purpose, Rulebook};

use crate::check::logic::in_force::InForce;
use crate::check::logic::node::Node;
use crate::check::logic::test::{Test, test, title};
use crate::code::Code;
use crate::compile::tree::RuleFile;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::ast::{self, Expr};
use crate::expression::parser::parse;
use crate::read::criterion::Definitions;
use crate::read::table::{Table, Word};

/// Where the parts of rules are looked for.
#[derive(Clone, Copy)]
pub(crate) struct Placing<'p, 'a> {
    pub rulebook: &'p Rulebook,
    pub definitions: &'p Definitions,
    /// The files in which shared definitions stand, by path.
    pub files: &'p BTreeMap<&'p str, RuleFile<'a>>,
    /// The first day of the text, by which the version of a definition is chosen.
    pub day: Option<Date>,
    pub in_force: &'p InForce<'p>,
    /// Judged criteria by owner and id, with their places.
    pub judged: &'p RefCell<BTreeMap<(String, String), Span>>,
}

impl<'a> Placing<'_, 'a> {
    /// The criteria under `key` of a table, as far as they were understood.
    pub fn criteria(
        self,
        table: &Table<'a>,
        key: &'static str,
        understood: &[Criterion],
    ) -> Vec<Node> {
        self.each(table, key, understood, &[]).into_iter().flatten().collect()
    }

    fn each(
        self,
        table: &Table<'a>,
        key: &'static str,
        understood: &[Criterion],
        purposes: &[Purpose],
    ) -> Vec<Option<Node>> {
        let by_id: BTreeMap<&str, &Criterion> =
            understood.iter().map(|criterion| (criterion.id.as_str(), criterion)).collect();
        let nodes = table.list(key).into_iter().map(|value| {
            let table = value.table()?;
            let id = table.word("id")?;
            self.criterion(&table, id.span, by_id.get(id.text)?, purposes)
        });
        nodes.collect()
    }

    fn criterion(
        self,
        table: &Table<'a>,
        id: Span,
        criterion: &Criterion,
        purposes: &[Purpose],
    ) -> Option<Node> {
        let own = criterion.purposes.as_slice();
        let purposes = if own.is_empty() { purposes } else { own };
        let body = match &criterion.body {
            Body::Require(condition) => {
                self.condition(table, &table.word("require")?, condition, purposes)
            }
            Body::Judged { .. } => {
                self.check_judged(&id, criterion);
                let name = format!("judged {}/{} {}", criterion.owner, criterion.id, id.start);
                Node::opaque(id, name)
            }
            Body::Score => Node::opaque(id, "score".to_owned()),
            Body::Group(group, children) => match table.word("use") {
                Some(word) => {
                    let shared = self.definitions.on(word.text, self.day)?;
                    let file = self.files.get(&*shared.span.file)?;
                    let table = file.table();
                    self.in_force.check_definition(&word, &shared.span, &table, purposes);
                    let parts = self.each(&table, "criterion", &shared.criteria, purposes);
                    Node::all(word.span, parts.into_iter().collect::<Option<_>>()?)
                }
                None => self.group(table, id, *group, children, purposes)?,
            },
        };
        let guard = match (table.word("when"), &criterion.when) {
            (Some(word), Some(when)) => Some(self.condition(table, &word, when, purposes)),
            (None, None) => None,
            // Where it applies was not understood.
            _ => return None,
        };
        let mut node = body.applying(guard, criterion.purposes.clone());
        node.direct = criterion.direct;
        Some(node)
    }

    fn group(
        self,
        table: &Table<'a>,
        id: Span,
        group: Group,
        children: &[Criterion],
        purposes: &[Purpose],
    ) -> Option<Node> {
        // Of a group, nothing can be said before all its parts are understood.
        let parts = |key| -> Option<Vec<Node>> {
            self.each(table, key, children, purposes).into_iter().collect()
        };
        Some(match group {
            Group::All => Node::all(id, parts("all")?),
            Group::Any => Node::any(id, parts("any")?),
            Group::AtLeast(k) => Node::at_least(id, k, parts("of")?),
            Group::Cases => Node::cases(id, parts("case")?),
        })
    }

    /// A condition that stands in `word`.
    pub fn condition(
        self,
        table: &Table<'_>,
        word: &Word<'_>,
        condition: &Condition,
        purposes: &[Purpose],
    ) -> Node {
        let parsed = parse(word.text).ok().zip(word.inner_start(table.file));
        let Some((expr, start)) = parsed else {
            return Node::opaque(word.span.clone(), format!("{condition:?}"));
        };
        let placed = Placed { rulebook: self.rulebook, holder: &word.span, start };
        let node = placed.node(&expr, condition, false);
        self.in_force.check_classified(self.rulebook, &node, purposes);
        node
    }

    /// A judgement names owner and criterion: two criteria of one name would share it.
    fn check_judged(self, id: &Span, criterion: &Criterion) {
        let name = (criterion.owner.clone(), criterion.id.clone());
        let mut judged = self.judged.borrow_mut();
        let first = judged.entry(name).or_insert_with(|| id.clone());
        if first != id {
            self.in_force.sink.report(
                Diagnostic::new(
                    Code::SharedJudgement,
                    id.clone(),
                    format!("由人判断的条件“{}”在本版本中重名，会共用一个判断", criterion.id),
                    format!("two judged criteria of this version are called `{}`: they would share one judgement", criterion.id),
                )
                .other(first.clone(), "第一次在此", "first here")
                .help("给其中一个换一个标识", "give one of them another id"),
            );
        }
    }
}

/// One expression and where its text begins.
struct Placed<'p> {
    rulebook: &'p Rulebook,
    holder: &'p Span,
    start: usize,
}

impl Placed<'_> {
    fn span(&self, expr: &Expr) -> Span {
        let place = |at: usize| (self.start + at).min(self.holder.end);
        Span { start: place(expr.at.start), end: place(expr.at.end), ..self.holder.clone() }
    }

    /// The condition that `expr` became; `turned` if its opposite is meant.
    fn node(&self, expr: &Expr, condition: &Condition, turned: bool) -> Node {
        let span = self.span(expr);
        let node = match condition {
            Condition::Not(inner) => {
                let ast::Node::Not(expr) = &expr.node else {
                    return self.unplaced(span, condition);
                };
                let mut node = self.node(expr, inner, !turned);
                (node.span, node.turned) = (span, turned);
                return node;
            }
            Condition::All(parts) => {
                let Some(parts) = self.parts(expr, parts, turned) else {
                    return self.unplaced(span, condition);
                };
                if turned { Node::any(span, parts) } else { Node::all(span, parts) }
            }
            Condition::Any(parts) => {
                let Some(parts) = self.parts(expr, parts, turned) else {
                    return self.unplaced(span, condition);
                };
                if turned { Node::all(span, parts) } else { Node::any(span, parts) }
            }
            Condition::AtLeast(k, parts) => {
                let Some(parts) = self.parts(expr, parts, turned) else {
                    return self.unplaced(span, condition);
                };
                let k = if turned { parts.len() + 1 - (*k).min(parts.len()) } else { *k };
                Node::at_least(span, k, parts)
            }
            Condition::Holds(holds) => {
                let titles = holds.any_of.iter().map(|programme| {
                    let single = Node::single(span.clone(), turn(title(programme), turned));
                    single.turned_if(turned)
                });
                let titles: Vec<Node> = titles.collect();
                let node = if turned { Node::all(span, titles) } else { Node::any(span, titles) };
                node.woven()
            }
            single => match test(self.rulebook, single) {
                Some(test) => Node::single(span, turn(test, turned)),
                None => return self.unplaced(span, condition),
            },
        };
        node.turned_if(turned)
    }

    fn unplaced(&self, span: Span, condition: &Condition) -> Node {
        Node::opaque(span, format!("{condition:?}"))
    }

    /// The parts of a condition with the parts of the expression that they came from. A block over
    /// years says its parts once for each year.
    fn parts(&self, expr: &Expr, parts: &[Condition], turned: bool) -> Option<Vec<Node>> {
        let each = |exprs: &[Expr]| -> Option<Vec<Node>> {
            if exprs.is_empty() || !parts.len().is_multiple_of(exprs.len()) {
                return None;
            }
            let pairs = exprs.iter().cycle().zip(parts);
            Some(pairs.map(|(expr, part)| self.node(expr, part, turned)).collect())
        };
        match &expr.node {
            ast::Node::All(exprs) | ast::Node::Any(exprs) | ast::Node::AtLeast(_, exprs) => {
                each(exprs)
            }
            ast::Node::Years { each: true, parts: exprs, .. } => each(exprs),
            ast::Node::Years { each: false, parts: exprs, .. } if exprs.len() == 1 => each(exprs),
            // One of several years in which all of these hold.
            ast::Node::Years { parts: exprs, .. } => {
                let years = parts.iter().map(|year| {
                    let Condition::All(inner) = year else { return None };
                    let pairs = exprs.iter().zip(inner);
                    let nodes: Vec<Node> =
                        pairs.map(|(expr, part)| self.node(expr, part, turned)).collect();
                    let span = self.span(expr);
                    Some(if turned { Node::any(span, nodes) } else { Node::all(span, nodes) })
                });
                years.collect()
            }
            _ => None,
        }
    }
}

fn turn(test: Test, turned: bool) -> Test {
    if turned { test.turned() } else { test }
}
