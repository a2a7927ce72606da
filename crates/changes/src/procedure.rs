//! What is asked of applicants and holders, before and after: materials, steps, duties.

use enterprise::Text;
use rules::{Material, Provision};

use crate::change::{About, Change, Kind, Weight};
use crate::condition::harder;
use crate::found::{Found, Here};
use crate::lists::{Named, lists};
use crate::source;

impl Named for Material {
    fn id(&self) -> &str {
        &self.id
    }

    fn label(&self) -> &Text {
        &self.label
    }

    fn sided(&self) -> Change {
        let change =
            Change::new(About::Material, Kind::Added, Weight::Practice, &self.id, &self.label);
        Change {
            after: Some(needed(self)),
            ..change
                .citing(&self.citation)
                .towards(harder(self.required, false).filter(|_| self.required))
        }
    }

    fn compare(found: &mut Found, here: &Here, old: &Self, new: &Self) {
        if old.required != new.required {
            let change =
                Change::new(About::Material, Kind::Changed, Weight::Practice, &new.id, &new.label);
            let change = change.towards(harder(new.required, false));
            found.push(here, change.between(needed(old), needed(new)));
        }
        source::label(found, here, &new.id, &old.label, &new.label);
        source::citation(found, here, &new.label, &new.id, &old.citation, &new.citation);
    }
}

fn needed(material: &Material) -> Text {
    if material.required {
        Text::new("必交", "required")
    } else {
        Text::new("可选", "optional")
    }
}

impl Named for Provision {
    fn id(&self) -> &str {
        &self.id
    }

    fn label(&self) -> &Text {
        &self.label
    }

    fn sided(&self) -> Change {
        let change =
            Change::new(About::Process, Kind::Added, Weight::Practice, &self.id, &self.label);
        Change { after: self.by.clone(), ..change.citing(&self.citation) }
    }

    fn compare(found: &mut Found, here: &Here, old: &Self, new: &Self) {
        let change =
            Change::new(About::Process, Kind::Changed, Weight::Practice, &new.id, &new.label)
                .citing(&new.citation);
        // What is to be done stands in the words.
        if old.label != new.label {
            found.push(here, change.clone().between(old.label.clone(), new.label.clone()));
        }
        let change = change.detail(Text::new("由谁办理", "who acts"));
        source::optional(found, here, change, old.by.as_ref(), new.by.as_ref());
        source::citation(found, here, &new.label, &new.id, &old.citation, &new.citation);
    }
}

pub(crate) fn provisions(
    found: &mut Found,
    here: &Here,
    old: &[Provision],
    new: &[Provision],
    (zh, en): (&str, &str),
) {
    let here = Here { within: Some(Text::new(zh, en)), ..here.clone() };
    lists(found, &here, old, new);
    let kept = |list: &[Provision], other: &[Provision]| -> Vec<String> {
        let kept = list.iter().filter(|one| other.iter().any(|known| known.id == one.id));
        kept.map(|one| one.id.clone()).collect()
    };
    if kept(old, new) != kept(new, old) {
        let list = |list: &[Provision]| words::join(list.iter().map(|one| &one.label), "、", ", ");
        let label = Text::new("先后顺序", "the order");
        let change = Change::new(About::Process, Kind::Changed, Weight::Practice, "order", &label);
        found.push(&here, change.between(list(old), list(new)));
    }
}
