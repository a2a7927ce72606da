//! Criteria that several programmes share: compared once, and told with all that use them.

use std::collections::{BTreeMap, BTreeSet};

use rules::{Criterion, Rulebook, Version};

use crate::change::Change;
use crate::changes::{Block, Occasion, Section, Subject};
use crate::criteria::{Listing, criteria, definition};
use crate::found::{Found, Here};
use crate::users::{self, User};
use crate::{period, source};

/// What was found about shared criteria, by the id of the definition.
#[derive(Debug, Default)]
pub(crate) struct Shared {
    found: BTreeMap<String, Vec<Block>>,
}

/// The definitions that both texts use.
pub(crate) fn in_both(old: &Version, new: &Version) -> BTreeSet<String> {
    let of = |version: &Version| -> BTreeSet<String> {
        uses(version).into_iter().filter_map(definition).map(str::to_owned).collect()
    };
    of(old).intersection(&of(new)).cloned().collect()
}

/// The criteria of a version that stand for a shared definition.
pub(crate) fn uses(version: &Version) -> Vec<&Criterion> {
    let all = version.criteria.iter().chain(&version.preferences).flat_map(Criterion::walk);
    all.filter(|criterion| definition(criterion).is_some()).collect()
}

impl Shared {
    /// Compares the definitions of `ids` as two texts of one version use them.
    pub(crate) fn compare(
        &mut self,
        book: &Rulebook,
        old: &Version,
        new: &Version,
        ids: &BTreeSet<String>,
    ) {
        for id in ids {
            let parts = |version: &'_ Version| -> Vec<Criterion> {
                let mut uses = uses(version).into_iter();
                let first = uses.find(|criterion| definition(criterion) == Some(id.as_str()));
                match first.map(|criterion| &criterion.body) {
                    Some(rules::Body::Group(_, parts)) => parts.clone(),
                    _ => Vec::new(),
                }
            };
            let (before, after) = (parts(old), parts(new));
            if before == after {
                continue;
            }
            let mut found = Found::default();
            criteria(&mut found, &Here::default(), Listing::DECIDING, &before, &after, &|_| false);
            if !found.changes.is_empty() {
                let document = after.first().map(|one| source::document(&one.citation.document).zh);
                self.add(id, found.changes, document.unwrap_or_default(), users::user(book, new));
            }
        }
    }

    fn add(&mut self, id: &str, changes: Vec<Change>, document: String, user: User) {
        let blocks = self.found.entry(id.to_owned()).or_default();
        if let Some(known) = blocks.iter_mut().find(|block| block.changes == changes) {
            users::join(&mut known.used_by, user);
            return;
        }
        let used_by = vec![user];
        blocks.push(Block { document, used_by, changes, ..Block::new(Occasion::Amended) });
    }

    /// A section for each definition; in force whenever one that uses it is.
    pub(crate) fn sections(self) -> Vec<Section> {
        let section = |(id, mut blocks): (String, Vec<Block>)| {
            for block in &mut blocks {
                block.effect = block.used_by.iter().flat_map(|user| user.periods.clone()).collect();
                period::sort(&mut block.effect);
            }
            Section { subject: Subject::Definition { id }, blocks }
        };
        self.found.into_iter().map(section).collect()
    }
}
