//! Criteria and conditions as one tree: every part with its place in the file, a name in one way of
//! writing, and what must be so for it to be met. Built bottom up; what the parts say about each
//! other is found elsewhere.

use std::collections::BTreeSet;
use std::rc::Rc;

use rules::Purpose;

use crate::check::logic::possible::Possible;
use crate::check::logic::test::Test;
use crate::diagnostic::Span;

/// A part of a rule.
pub(crate) struct Node {
    pub span: Span,
    /// The same for parts that say the same.
    pub name: String,
    pub shape: Shape,
    /// Where it applies.
    pub guard: Option<Rc<Node>>,
    /// The purposes for which it applies; empty for all.
    pub purposes: Vec<Purpose>,
    /// A direct path beside the score.
    pub direct: bool,
    /// The words at the place say the opposite.
    pub turned: bool,
    /// One test to its reader: its parts stand nowhere by themselves.
    pub is_woven: bool,
    /// What must be so when the body is met, or not met; without the guard.
    pub met: Possible,
    pub not_met: Possible,
    /// What must be so when the whole stands in nobody's way: met, or not applicable.
    passes: Possible,
    /// It may turn out not to apply.
    may_drop: bool,
    /// The subjects that it looks at.
    pub subjects: BTreeSet<Rc<str>>,
}

/// How the parts are taken together.
pub(crate) enum Shape {
    /// No parts.
    Single,
    All(Vec<Node>),
    Any(Vec<Node>),
    AtLeast(Vec<Node>),
    /// All, of which exactly one applies.
    Cases(Vec<Node>),
}

impl Node {
    pub fn single(span: Span, test: Test) -> Self {
        let subjects = test.met.subjects().chain(test.not_met.subjects()).cloned().collect();
        Self::bare(span, test.name, Shape::Single, test.met, test.not_met, subjects)
    }

    /// Something that only a person or a whole score decides.
    pub fn opaque(span: Span, name: String) -> Self {
        let subjects = BTreeSet::from([Rc::from(name.as_str())]);
        let (met, not_met) = (Possible::anything(), Possible::anything());
        Self::bare(span, name, Shape::Single, met, not_met, subjects)
    }

    pub fn all(span: Span, parts: Vec<Self>) -> Self {
        let met = Possible::all(parts.iter().map(|part| &part.passes));
        let failing: Vec<Possible> = parts.iter().map(Self::fails).collect();
        let not_met = Possible::any(&failing);
        let mut node = Self::group(span, "all", Shape::All, parts, met, not_met);
        node.passes = node.met.clone();
        node
    }

    pub fn any(span: Span, parts: Vec<Self>) -> Self {
        let holding: Vec<Possible> = parts.iter().map(Self::holds).collect();
        let met = Possible::any(&holding);
        // Parts that may drop out need not fail for the whole to fail.
        let firm = parts.iter().filter(|part| !part.may_drop);
        let not_met = Possible::all(firm.map(|part| &part.not_met));
        Self::group(span, "any", Shape::Any, parts, met, not_met)
    }

    pub fn at_least(span: Span, k: usize, parts: Vec<Self>) -> Self {
        if k <= 1 {
            return Self::any(span, parts);
        }
        let firm = parts.iter().all(|part| !part.may_drop);
        if k >= parts.len() && firm {
            return Self::all(span, parts);
        }
        let holding: Vec<Possible> = parts.iter().map(Self::holds).collect();
        let met = Possible::any(&holding);
        let not_met = if firm {
            Possible::any(parts.iter().map(|part| &part.not_met))
        } else {
            Possible::anything()
        };
        Self::group(span, &format!("at least {k}"), Shape::AtLeast, parts, met, not_met)
    }

    pub fn cases(span: Span, parts: Vec<Self>) -> Self {
        let holding: Vec<Possible> = parts.iter().map(Self::holds).collect();
        let one = Possible::any(&holding);
        let met = one.and(&Possible::all(parts.iter().map(|part| &part.passes)));
        let failing: Vec<Possible> = parts.iter().map(Self::fails).collect();
        let not_met = Possible::any(&failing);
        let mut node = Self::group(span, "cases", Shape::Cases, parts, met, not_met);
        // Where no case applies, a person decides: the whole never drops out.
        node.may_drop = false;
        node.passes = node.met.clone();
        node
    }

    fn group(
        span: Span,
        word: &str,
        shape: fn(Vec<Self>) -> Shape,
        parts: Vec<Self>,
        met: Possible,
        not_met: Possible,
    ) -> Self {
        let mut names: Vec<String> = parts.iter().map(Self::whole_name).collect();
        names.sort();
        let subjects = parts.iter().flat_map(Self::whole_subjects).collect();
        let may_drop = !parts.is_empty() && parts.iter().all(|part| part.may_drop);
        let name = format!("{word} {{ {} }}", names.join("; "));
        let mut node = Self::bare(span, name, shape(parts), met, not_met, subjects);
        if may_drop {
            node.may_drop = true;
            node.passes = Possible::anything();
        }
        node
    }

    fn bare(
        span: Span,
        name: String,
        shape: Shape,
        met: Possible,
        not_met: Possible,
        subjects: BTreeSet<Rc<str>>,
    ) -> Self {
        Self {
            span,
            name,
            shape,
            guard: None,
            purposes: Vec::new(),
            direct: false,
            turned: false,
            is_woven: false,
            passes: met.clone(),
            met,
            not_met,
            may_drop: false,
            subjects,
        }
    }

    /// The same where `guard` holds and for these purposes; elsewhere it does not apply.
    pub fn applying(mut self, guard: Option<Self>, purposes: Vec<Purpose>) -> Self {
        if let Some(guard) = guard {
            self.passes = if self.may_drop {
                Possible::anything()
            } else {
                guard.met.and(&self.met).or(&guard.not_met)
            };
            self.may_drop = true;
            self.guard = Some(Rc::new(guard));
        }
        if !purposes.is_empty() {
            self.passes = Possible::anything();
            self.may_drop = true;
            self.purposes = purposes;
        }
        self
    }

    pub fn woven(mut self) -> Self {
        self.is_woven = true;
        self
    }

    pub fn turned_if(mut self, turned: bool) -> Self {
        self.turned = turned;
        self
    }

    /// What must be so when it applies and is met.
    fn holds(&self) -> Possible {
        self.guard.as_ref().map_or_else(|| self.met.clone(), |guard| guard.met.and(&self.met))
    }

    /// What must be so when it applies and is not met.
    fn fails(&self) -> Possible {
        self.guard
            .as_ref()
            .map_or_else(|| self.not_met.clone(), |guard| guard.met.and(&self.not_met))
    }

    pub fn may_drop(&self) -> bool {
        self.may_drop
    }

    /// Calls `each` for every test in it.
    pub fn each_single(&self, each: &mut dyn FnMut(&Self)) {
        match &self.shape {
            Shape::Single => each(self),
            Shape::All(parts) | Shape::Any(parts) | Shape::AtLeast(parts) | Shape::Cases(parts) => {
                parts.iter().for_each(|part| part.each_single(each));
            }
        }
    }

    /// The name with guard and purposes.
    pub fn whole_name(&self) -> String {
        let mut name = self.name.clone();
        if let Some(guard) = &self.guard {
            name = format!("{name} when {}", guard.name);
        }
        if !self.purposes.is_empty() {
            name = format!("{name} for {:?}", self.purposes);
        }
        name
    }

    fn whole_subjects(&self) -> Vec<Rc<str>> {
        let guard = self.guard.iter().flat_map(|guard| &guard.subjects);
        self.subjects.iter().chain(guard).cloned().collect()
    }
}
