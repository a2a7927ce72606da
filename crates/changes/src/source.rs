//! Where numbers come from, side by side: document, clause, how well it is known. Nothing here turns
//! a verdict.

use enterprise::Text;
use rules::{Citation, Document};

use crate::change::{About, Change, Kind, Weight};
use crate::found::{Found, Here};

/// What is different between two citations.
pub(crate) fn citation(
    found: &mut Found,
    here: &Here,
    label: &Text,
    id: &str,
    old: &Citation,
    new: &Citation,
) {
    let change = |about| Change::new(about, Kind::Changed, Weight::Source, id, label).citing(new);
    if old.document != new.document {
        let change = change(About::Document);
        found.push(here, change.between(document(&old.document), document(&new.document)));
    }
    if old.clause != new.clause {
        let words = |clause: &str| Text::new(clause, clause);
        found.push(here, change(About::Clause).between(words(&old.clause), words(&new.clause)));
    }
    if old.status != new.status {
        let words = words::provenance::status;
        let change = change(About::Status).between(words(&old.status), words(&new.status));
        // A verdict that uses a number nobody has seen says so.
        let recalled = |citation: &Citation| citation.status == rules::Status::Recalled;
        found.push(
            here,
            match (recalled(old), recalled(new)) {
                (true, false) => change.remark(
                    "结论不再注明用到仅凭记忆的数值",
                    "verdicts no longer say that they rest on a number nobody has seen",
                ),
                (false, true) => change.remark(
                    "结论会注明用到仅凭记忆的数值",
                    "verdicts will say that they rest on a number nobody has seen",
                ),
                _ => change,
            },
        );
    }
    note(found, here, label, id, old.note.as_ref(), new.note.as_ref());
}

/// What is different between two remarks.
pub(crate) fn note(
    found: &mut Found,
    here: &Here,
    label: &Text,
    id: &str,
    old: Option<&Text>,
    new: Option<&Text>,
) {
    optional(
        found,
        here,
        Change::new(About::Note, Kind::Changed, Weight::Wording, id, label),
        old,
        new,
    );
}

/// A text that may be absent on either side.
pub(crate) fn optional(
    found: &mut Found,
    here: &Here,
    change: Change,
    old: Option<&Text>,
    new: Option<&Text>,
) {
    if old == new {
        return;
    }
    let kind = match (old, new) {
        (None, _) => Kind::Added,
        (_, None) => Kind::Removed,
        _ => Kind::Changed,
    };
    found.push(here, Change { kind, before: old.cloned(), after: new.cloned(), ..change });
}

/// What is different between two names.
pub(crate) fn label(found: &mut Found, here: &Here, id: &str, old: &Text, new: &Text) {
    if old != new {
        let change = Change::new(About::Label, Kind::Changed, Weight::Wording, id, new);
        found.push(here, change.between(old.clone(), new.clone()));
    }
}

/// A document in words.
pub(crate) fn document(document: &Document) -> Text {
    let words = words::provenance::document(document);
    Text::new(words.clone(), words)
}
