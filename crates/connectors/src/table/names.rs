//! The dictionary of headings: every name in the catalogue, and how a heading is looked up by
//! peeling off the parts around its name. A heading that is only almost right is never taken.

use std::collections::HashMap;
use std::sync::Arc;

use enterprise::{Catalogue, Problem, nearest};

use super::columns::Target;
use super::fit::{Fit, Name, ambiguous, fit};
use super::heading::{Part, bare, key, peel, squeeze, without_marks};

/// What a heading turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Heading {
    Blank,
    Known(Target),
    /// It names something known, but in a way that cannot be used.
    Unusable(Box<Problem>),
    /// Nothing known; the nearest name, if any is alike.
    Unknown(Option<String>),
}

/// The dictionary of one catalogue.
pub(crate) struct Names {
    by_key: HashMap<String, Vec<Name>>,
    /// As written in the catalogue, for suggestions: key and name.
    written: Vec<(String, String)>,
}

const FIRM: [&str; 6] = ["企业名称", "单位名称", "名称", "企业全称", "公司名称", "name"];
const CODE: [&str; 6] = [
    "统一社会信用代码",
    "信用代码",
    "社会信用代码",
    "uscc",
    "unifiedsocialcreditcode",
    "creditcode",
];
const ALL_EVENTS: [&str; 3] = ["全部事件", "所有事件", "allevents"];
/// More layers than any heading has.
const MOST_PARTS: usize = 5;
/// More ways to peel than any heading needs.
const MOST_STEPS: u32 = 300;

impl Names {
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let mut names = Self { by_key: HashMap::new(), written: Vec::new() };
        for word in CODE {
            names.add(word, &Name::Uscc);
        }
        for word in FIRM {
            names.add(word, &Name::Firm);
        }
        for word in ALL_EVENTS {
            names.add(word, &Name::AllEvents);
        }
        for one in catalogue.indicators() {
            let name = Name::Indicator(Arc::clone(one));
            for word in [&one.label.zh, &one.label.en, &one.id].into_iter().chain(&one.aliases) {
                names.add(word, &name);
            }
        }
        for one in &catalogue.titles {
            for word in [&one.label.zh, &one.label.en, &one.id] {
                names.add(word, &Name::Title(one.id.clone()));
            }
        }
        for one in &catalogue.events {
            let attributes = one.attributes.iter().map(|attribute| {
                let words = [&attribute.label.zh, &attribute.label.en, &attribute.id];
                (attribute.id.clone(), words.map(|word| key(word)).to_vec())
            });
            let name = Name::Event(one.id.clone(), attributes.collect());
            for word in [&one.label.zh, &one.label.en, &one.id] {
                names.add(word, &name);
            }
        }
        for one in &catalogue.judged {
            let by_itself = Name::Judged(one.owner.clone(), one.criterion.clone(), true);
            let by_label = Name::Judged(one.owner.clone(), one.criterion.clone(), false);
            names.add(&format!("{}/{}", one.owner, one.criterion), &by_itself);
            names.add(&one.label.zh, &by_label);
            names.add(&one.label.en, &by_label);
            let title = catalogue.title(&one.owner);
            let owner = title.map_or_else(Default::default, |title| title.label.clone());
            for (owner, label) in [
                (&owner.zh, &one.label.zh),
                (&owner.en, &one.label.en),
                (&one.owner, &one.label.zh),
                (&one.owner, &one.label.en),
            ] {
                if !owner.is_empty() {
                    names.add(&format!("{owner}·{label}"), &by_label);
                }
            }
        }
        names
    }

    fn add(&mut self, word: &str, name: &Name) {
        let word_key = key(word);
        if word_key.is_empty() {
            return;
        }
        self.written.push((word_key.clone(), word.to_owned()));
        let known = self.by_key.entry(word_key).or_default();
        if !known.contains(name) {
            known.push(name.clone());
        }
    }

    /// Whether this text is one of the names of the code column.
    pub(crate) fn is_code(&self, text: &str) -> bool {
        // Asked about every cell of the first rows, so most are turned away early.
        let squeezed = squeeze(text).to_lowercase();
        let likely = CODE.iter().any(|word| squeezed.contains(word));
        likely && self.interpret(text) == Heading::Known(Target::Uscc)
    }

    /// What the heading `text` means.
    pub(crate) fn interpret(&self, text: &str) -> Heading {
        let squeezed = squeeze(text);
        let squeezed = without_marks(&squeezed);
        if squeezed.is_empty() {
            return Heading::Blank;
        }
        let mut almost = None;
        let mut steps = MOST_STEPS;
        match self.resolve(squeezed, &mut Vec::new(), &mut almost, &mut steps) {
            Some(heading) => heading,
            None => match almost {
                Some(problem) => Heading::Unusable(problem),
                None => Heading::Unknown(self.suggestion(squeezed)),
            },
        }
    }

    /// Looks `text` up with what has been peeled off so far, then peels on. `steps` bounds the work:
    /// a heading made of nothing but years could be peeled in very many orders.
    fn resolve(
        &self,
        text: &str,
        parts: &mut Vec<Part>,
        almost: &mut Option<Box<Problem>>,
        steps: &mut u32,
    ) -> Option<Heading> {
        *steps = steps.checked_sub(1)?;
        let text = without_marks(text);
        if let Some(names) = self.by_key.get(&text.to_lowercase()) {
            let mut found: Vec<Target> = Vec::new();
            for name in names {
                match fit(name, text, parts) {
                    Fit::Known(target) if !found.contains(&target) => found.push(target),
                    Fit::Unusable(problem) => {
                        almost.get_or_insert(problem);
                    }
                    Fit::Known(_) | Fit::No => {}
                }
            }
            match found.len() {
                0 => {}
                1 => return found.pop().map(Heading::Known),
                _ => return Some(Heading::Unusable(Box::new(ambiguous(text, &found)))),
            }
        }
        if parts.len() >= MOST_PARTS {
            return None;
        }
        for (rest, peeled) in peel(text) {
            let before = parts.len();
            parts.extend(peeled);
            let found = self.resolve(rest, parts, almost, steps);
            parts.truncate(before);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn suggestion(&self, squeezed: &str) -> Option<String> {
        let name = bare(squeezed).to_lowercase();
        let like = nearest(&name, self.written.iter().map(|(key, _)| key.as_str()))?;
        self.written.iter().find(|(key, _)| key == like).map(|(_, written)| written.clone())
    }
}
