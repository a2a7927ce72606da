//! Titles without which a version is not met. Reads the law alone, no facts.

use crate::condition::Condition;
use crate::criterion::{Body, Criterion, Group};
use crate::programme::{Purpose, Version};

impl Version {
    /// The programmes without whose title no new application meets it, each once. A title that is one way
    /// among others, or that only some need, is no prerequisite.
    pub fn prerequisites(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for criterion in &self.criteria {
            must_hold(criterion, &mut found);
        }
        found
    }
}

fn must_hold<'r>(criterion: &'r Criterion, found: &mut Vec<&'r str>) {
    let for_new = criterion.purposes.is_empty() || criterion.purposes.contains(&Purpose::New);
    if criterion.when.is_some() || !for_new {
        return;
    }
    match &criterion.body {
        Body::Require(condition) => titles(condition, found),
        Body::Group(Group::All, children) => {
            children.iter().for_each(|child| must_hold(child, found));
        }
        Body::Group(Group::Any, children) => {
            if let [only] = children.as_slice() {
                must_hold(only, found);
            }
        }
        _ => {}
    }
}

fn titles<'r>(condition: &'r Condition, found: &mut Vec<&'r str>) {
    match condition {
        Condition::All(parts) => parts.iter().for_each(|part| titles(part, found)),
        Condition::Holds(title) if !found.contains(&title.programme.as_str()) => {
            found.push(&title.programme);
        }
        _ => {}
    }
}
