//! One way to pass, cut into pieces that do not touch each other: each cluster of variables is
//! searched by itself, and only points are added up across clusters.

use std::collections::BTreeMap;

use super::reduced::{Item, Place, Reduced, Rule, Table, Variables, measurable};

/// One way to pass: with the score, or without it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Problem<'a, 'r> {
    pub variables: &'a Variables<'r>,
    rules: &'a [Rule<'r>],
    /// The table to be passed; without it, the score counts as not passed.
    pub table: Option<&'a Table<'r>>,
}

/// Variables that stand together in some rule or item, and these rules and items.
#[derive(Debug, Clone)]
pub(super) struct Cluster<'a, 'r> {
    pub places: Vec<Place>,
    pub rules: Vec<&'a Rule<'r>>,
    pub items: Vec<&'a Item<'r>>,
}

/// A problem cut into pieces.
#[derive(Debug)]
pub(super) struct Pieces<'a, 'r> {
    /// In the order of their first variables.
    pub clusters: Vec<Cluster<'a, 'r>>,
    /// Rules that nothing can bring to pass.
    pub hopeless: Vec<&'a Rule<'r>>,
    /// By group of the table: points that do not depend on any variable.
    pub fixed: Vec<i64>,
}

/// The ways to pass: by score where the law asks for one, and without where it is one way of several.
pub(super) fn problems<'a, 'r>(reduced: &'a Reduced<'r>) -> Vec<Problem<'a, 'r>> {
    let asks = reduced.rules.iter().any(Rule::asks_for_score);
    let problem = |table| Problem { variables: &reduced.variables, rules: &reduced.rules, table };
    match &reduced.table {
        Some(table) if asks => vec![problem(Some(table)), problem(None)],
        _ => vec![problem(None)],
    }
}

impl<'a, 'r> Problem<'a, 'r> {
    /// Whether the score counts as passed.
    pub fn score(&self) -> bool {
        self.table.is_some()
    }

    /// The rules that have to pass one by one.
    pub fn rules(&self) -> Vec<&'a Rule<'r>> {
        let mut rules = Vec::new();
        for rule in self.rules {
            rule.apart(&mut rules);
        }
        rules
    }

    pub fn pieces(&self) -> Pieces<'a, 'r> {
        let start = self.variables.start();
        let mut forest = Forest::new(self.variables);
        let mut pieces = Pieces {
            clusters: Vec::new(),
            hopeless: Vec::new(),
            fixed: vec![0; self.table.map_or(0, |table| table.floors.len())],
        };
        let mut rules = Vec::new();
        for rule in self.rules() {
            match forest.join(|each| rule.each_variable(each)) {
                Some(place) => rules.push((place, rule)),
                None if measurable(rule.truth(&start, self.score())) => {}
                None => pieces.hopeless.push(rule),
            }
        }
        let mut items = Vec::new();
        for item in self.table.iter().flat_map(|table| &table.items) {
            match forest.join(|each| item.each_variable(each)) {
                Some(place) => items.push((place, item)),
                None => {
                    if let Some(sum) = pieces.fixed.get_mut(item.group) {
                        *sum = sum.saturating_add(item.points(&start));
                    }
                }
            }
        }
        let mut clusters: BTreeMap<Place, Cluster<'a, 'r>> = BTreeMap::new();
        let empty = || Cluster { places: Vec::new(), rules: Vec::new(), items: Vec::new() };
        for (place, rule) in rules {
            clusters.entry(forest.root(place)).or_insert_with(empty).rules.push(rule);
        }
        for (place, item) in items {
            clusters.entry(forest.root(place)).or_insert_with(empty).items.push(item);
        }
        for place in 0..self.variables.list().len() {
            if let Some(cluster) = clusters.get_mut(&forest.root(place)) {
                cluster.places.push(place);
            }
        }
        pieces.clusters = clusters.into_values().collect();
        pieces
    }
}

impl<'r> Rule<'r> {
    /// The rules that all have to pass, one by one.
    fn apart<'a>(&'a self, into: &mut Vec<&'a Rule<'r>>) {
        match self.all_of() {
            Some(children) => children.iter().for_each(|child| child.apart(into)),
            None => into.push(self),
        }
    }
}

/// Which variables hang together; the root is the first of them.
struct Forest {
    parent: Vec<Place>,
}

impl Forest {
    fn new(variables: &Variables<'_>) -> Self {
        let mut first: BTreeMap<usize, Place> = BTreeMap::new();
        let parent = variables
            .list()
            .iter()
            .enumerate()
            .map(|(place, variable)| *first.entry(variable.touch).or_insert(place))
            .collect();
        Self { parent }
    }

    fn root(&self, place: Place) -> Place {
        let mut at = place;
        while let Some(parent) = self.parent.get(at).copied().filter(|parent| *parent != at) {
            at = parent;
        }
        at
    }

    /// Joins all that `visit` names; returns one of them.
    fn join(&mut self, visit: impl FnOnce(&mut dyn FnMut(Place))) -> Option<Place> {
        let mut places = Vec::new();
        visit(&mut |place| places.push(place));
        let root = places.iter().map(|place| self.root(*place)).min()?;
        for place in places {
            let other = self.root(place);
            if let Some(parent) = self.parent.get_mut(other) {
                *parent = root;
            }
        }
        Some(root)
    }
}
