//! What changed between two versions, which way, and what follows from it.

use changes::{Change, Direction, Kind, Weight};
use words::verdict;

use crate::lang::Say;

/// Changes of one weight.
pub(super) struct Group {
    pub title: String,
    pub changes: Vec<Told>,
}

/// A change as the page tells it.
pub(super) struct Told {
    pub label: String,
    pub within: String,
    pub before: String,
    pub after: String,
    pub class: &'static str,
    pub tag: String,
    pub more: Vec<String>,
}

/// `影响判定 7 处（收紧 4，放宽 1）…`
pub(super) fn summary(changes: &[Change], say: Say) -> String {
    let count = |wanted: &dyn Fn(&Change) -> bool| changes.iter().filter(|one| wanted(one)).count();
    let decides = |change: &Change| change.weight == Weight::Verdict;
    let towards = |direction| {
        count(&move |change: &Change| decides(change) && change.direction == Some(direction))
    };
    let mut said = say.t1("programmes.deciding-changes", "count", count(&decides));
    let both = [
        ("programmes.harder-count", towards(Direction::Tightened)),
        ("programmes.easier-count", towards(Direction::Relaxed)),
        ("programmes.practice-count", count(&|change| change.weight == Weight::Practice)),
    ];
    for (key, number) in both.into_iter().filter(|(_, number)| *number > 0) {
        said.push_str(say.either("，", ", "));
        said.push_str(&say.t1(key, "count", number));
    }
    said.push_str(say.either("。", "."));
    said
}

/// The changes by weight.
pub(super) fn groups(changes: &[Change], say: Say) -> Vec<Group> {
    let weights = [
        (Weight::Verdict, "programmes.decides"),
        (Weight::Practice, "programmes.practice"),
        (Weight::Wording, "programmes.wording"),
    ];
    weights
        .into_iter()
        .map(|(weight, key)| Group {
            title: say.t(key),
            changes: changes
                .iter()
                .filter(|change| change.weight == weight)
                .map(|change| told(change, say))
                .collect(),
        })
        .filter(|group| !group.changes.is_empty())
        .collect()
}

fn told(change: &Change, say: Say) -> Told {
    // What is named by its label has nothing to add on the side where it is.
    let text = |text: &Option<enterprise::Text>, there: bool| match text {
        Some(text) => say.both(text),
        None if there => say.t("programmes.is-there"),
        None => say.t("programmes.not-there"),
    };
    let class = match change.direction {
        Some(Direction::Tightened) => "harder",
        Some(Direction::Relaxed) => "easier",
        None => "",
    };
    let purposes = change.whom.purposes.iter().map(|purpose| verdict::purpose(*purpose));
    let cases: Vec<enterprise::Text> = purposes.chain(change.whom.cases.iter().cloned()).collect();
    let mut more = Vec::new();
    if !cases.is_empty() {
        let cases = say.both(&words::join(&cases, "；", "; "));
        more.push(say.t1("programmes.only-for", "whom", cases));
    }
    more.extend(change.remark.as_ref().map(|remark| say.both(remark)));
    more.extend(change.citation.as_ref().map(|citation| citation.clause.clone()));
    let within = [&change.within, &change.detail].into_iter().flatten();
    let within: Vec<String> = within.map(|text| say.both(text)).collect();
    Told {
        label: say.both(&change.label),
        within: within.join(" › "),
        before: text(&change.before, change.kind != Kind::Added),
        after: text(&change.after, change.kind != Kind::Removed),
        class,
        tag: say.both(&change.tag()),
        more: more.into_iter().filter(|line| !line.is_empty()).collect(),
    }
}
