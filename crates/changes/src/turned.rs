//! Whose verdict a change turned: one subject's answers under both rulebooks, and which criteria came
//! out otherwise.

use enterprise::Text;
use rules::{
    Answer, Assessment, CriterionResult, Finding, Outcome, Path, Points, Purpose, Truth, Verdict,
};

/// What an answer came to, kept after its rulebook is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Stand {
    /// The programme's id.
    pub programme: String,
    /// Its name.
    pub title: Text,
    /// The purpose that it was judged for.
    pub purpose: Purpose,
    /// The last fiscal year.
    pub base_year: i16,
    /// The version in force, if one was.
    pub version: Option<String>,
    /// The verdict; none without a version.
    pub verdict: Option<Verdict>,
    /// The path, where there is a score.
    pub path: Option<Path>,
    /// The bounds of the score.
    pub score: Option<(Points, Points)>,
    parts: Vec<Part>,
}

/// How one criterion came out.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    owner: String,
    id: String,
    label: Text,
    clause: String,
    truth: Truth,
    leaf: bool,
}

/// A verdict, a path or a score that came out otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Turned {
    /// Under the former rulebook; none if it does not know the programme.
    pub before: Option<Stand>,
    /// Under the changed one.
    pub after: Option<Stand>,
    /// The criteria that came out otherwise.
    pub because: Vec<Because>,
}

/// A criterion that came out otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Because {
    /// The programme or shared definition that it stands in.
    pub owner: String,
    /// Its id.
    pub id: String,
    /// What people read.
    pub label: Text,
    /// Where it comes from.
    pub clause: String,
    /// How it came out before; none if it was not asked for.
    pub before: Option<Truth>,
    /// How it comes out now; none if it is not asked for.
    pub after: Option<Truth>,
}

impl Stand {
    /// What an answer came to.
    pub fn of(answer: &Answer<'_>) -> Self {
        let mut stand = Self {
            programme: answer.programme.id.clone(),
            title: answer.programme.title.clone(),
            purpose: answer.purpose,
            base_year: answer.base_year,
            version: None,
            verdict: answer.verdict(),
            path: None,
            score: None,
            parts: Vec::new(),
        };
        if let Outcome::Assessed(assessment) = &answer.outcome {
            let assessment: &Assessment<'_> = assessment;
            stand.version = Some(assessment.version.id.clone());
            stand.path = assessment.path;
            stand.score = assessment.score.as_ref().map(|score| (score.low, score.high));
            assessment.criteria.iter().for_each(|result| parts(result, &mut stand.parts));
        }
        stand
    }

    /// Whether a verdict, a path or a score differs.
    fn differs(&self, other: &Self) -> bool {
        (self.verdict, self.path, self.score) != (other.verdict, other.path, other.score)
    }
}

fn parts(result: &CriterionResult<'_>, all: &mut Vec<Part>) {
    let criterion = result.criterion;
    all.push(Part {
        owner: criterion.owner.clone(),
        id: criterion.id.clone(),
        label: criterion.label.clone(),
        clause: criterion.citation.clause.clone(),
        truth: result.truth,
        leaf: criterion.is_leaf(),
    });
    if let Finding::Children(children) = &result.finding {
        children.iter().for_each(|child| parts(child, all));
    }
}

/// What turned between the answers under two rulebooks, in the order of the second.
pub fn turned(before: &[Stand], after: &[Stand]) -> Vec<Turned> {
    let mut found = Vec::new();
    for now in after {
        let was = before.iter().find(|was| was.programme == now.programme);
        if was.is_none_or(|was| was.differs(now)) {
            found.push(turn(was, Some(now)));
        }
    }
    for was in before.iter().filter(|was| !after.iter().any(|now| now.programme == was.programme)) {
        found.push(turn(Some(was), None));
    }
    found
}

fn turn(before: Option<&Stand>, after: Option<&Stand>) -> Turned {
    let none: &[Part] = &[];
    let (was, is) =
        (before.map_or(none, |stand| &stand.parts), after.map_or(none, |stand| &stand.parts));
    let because = if before.is_some() && after.is_some() { because(was, is) } else { Vec::new() };
    Turned { before: before.cloned(), after: after.cloned(), because }
}

/// The criteria that came out otherwise: the smallest parts, or a group whose parts all came out as
/// before.
fn because(before: &[Part], after: &[Part]) -> Vec<Because> {
    let one = |part: &Part, before: Option<Truth>, after: Option<Truth>| Because {
        owner: part.owner.clone(),
        id: part.id.clone(),
        label: part.label.clone(),
        clause: part.clause.clone(),
        before,
        after,
    };
    let find = |parts: &'_ [Part], wanted: &Part| -> Option<Truth> {
        let exact = parts.iter().find(|part| part.id == wanted.id && part.owner == wanted.owner);
        let found = exact.or_else(|| {
            // Under another id, or in another definition.
            parts.iter().find(|part| part.id == wanted.id || part.label == wanted.label)
        });
        found.map(|part| part.truth)
    };
    let mut all: Vec<(bool, Because)> = Vec::new();
    for part in after {
        let was = find(before, part);
        if was.is_none_or(|was| was != part.truth) {
            all.push((part.leaf, one(part, was, Some(part.truth))));
        }
    }
    for part in before {
        if find(after, part).is_none() {
            all.push((part.leaf, one(part, Some(part.truth), None)));
        }
    }
    let leaves = all.iter().any(|(leaf, _)| *leaf);
    let mut all: Vec<Because> =
        all.into_iter().filter(|(leaf, _)| *leaf || !leaves).map(|(_, because)| because).collect();
    // What excludes, or excluded, weighs more than what is or was open.
    all.sort_by_key(|one| ![one.before, one.after].contains(&Some(Truth::NotMet)));
    all
}
