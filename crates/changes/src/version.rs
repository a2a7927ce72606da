//! Two texts of one programme side by side: the same version before and after, or a version and the
//! one that it succeeds.

use enterprise::Text;
use rules::{Assume, Limit, Purpose, Version};

use crate::benefit::limits;
use crate::change::{About, Change, Kind, Weight};
use crate::criteria::{Listing, criteria};
use crate::found::{Found, Here};
use crate::lists::lists;
use crate::procedure::provisions;
use crate::{period, say, score, source};

/// What is different between two texts. `apart` names the shared definitions that are compared on
/// their own.
pub(crate) fn texts(
    found: &mut Found,
    here: &Here,
    old: &Version,
    new: &Version,
    apart: &dyn Fn(&str) -> bool,
) {
    standing(found, here, old, new);
    criteria(found, here, Listing::DECIDING, &old.criteria, &new.criteria, apart);
    score::score(found, here, old.score.as_ref(), new.score.as_ref());
    assumptions(found, here, &old.assumptions, &new.assumptions);
    let preferred = Here { within: Some(Text::new("优先条件", "preference")), ..here.clone() };
    criteria(found, &preferred, Listing::BESIDE, &old.preferences, &new.preferences, apart);
    validity(found, here, old.validity.as_ref(), new.validity.as_ref());
    lists(found, here, &old.benefits, &new.benefits);
    lists(found, here, &old.materials, &new.materials);
    provisions(found, here, &old.steps, &new.steps, ("办理步骤", "step"));
    provisions(found, here, &old.duties, &new.duties, ("称号义务", "duty"));
    open_points(found, here, &old.open_points, &new.open_points);
    about(found, here, old, new);
}

/// The periods of one version before and after; `explained` are those that a successor explains.
pub(crate) fn periods(found: &mut Found, here: &Here, old: &Version, new: &Version) {
    let both: Vec<_> = old.applies.iter().chain(&new.applies).cloned().collect();
    for purpose in period::purposes(&both) {
        let effect = period::differing(purpose, &old.applies, &new.applies);
        if !effect.is_empty() {
            found.push(here, period_change(old, new, purpose));
        }
        let of = |version: &'_ Version| {
            version
                .applies
                .iter()
                .find(|one| one.purpose == purpose)
                .map(|one| one.citation.clone())
        };
        if let (Some(before), Some(after)) = (of(old), of(new)) {
            let label = about_words(purpose);
            source::citation(found, here, &label, purpose.code(), &before, &after);
        }
    }
}

fn about_words(purpose: Purpose) -> Text {
    let purpose = words::verdict::purpose(purpose);
    Text::new(format!("适用期（{}）", purpose.zh), format!("period ({})", purpose.en))
}

pub(crate) fn period_change(old: &Version, new: &Version, purpose: Purpose) -> Change {
    let words = |version: &Version| {
        let spans = version.applies.iter().filter(|applies| applies.purpose == purpose);
        let spans: Vec<Text> = spans.map(|applies| say::days(applies.from, applies.to)).collect();
        (!spans.is_empty()).then(|| words::join(&spans, "、", ", "))
    };
    let (before, after) = (words(old), words(new));
    let kind = match (&before, &after) {
        (None, _) => Kind::Added,
        (_, None) => Kind::Removed,
        _ => Kind::Changed,
    };
    let mut change =
        Change::new(About::Period, kind, Weight::Verdict, purpose.code(), &about_words(purpose));
    change.whom.purposes = vec![purpose];
    let citation = new.applies.iter().chain(&old.applies).find(|one| one.purpose == purpose);
    change.citation = citation.map(|one| one.citation.clone());
    let effect = Some(period::differing(purpose, &old.applies, &new.applies));
    Change { before, after, effect, ..change }
}

fn standing(found: &mut Found, here: &Here, old: &Version, new: &Version) {
    if old.standing != new.standing {
        let label = Text::new("版本效力", "standing of the version");
        let change =
            Change::new(About::Standing, Kind::Changed, Weight::Verdict, "standing", &label)
                .between(say::standing(old.standing), say::standing(new.standing));
        found.push(here, change);
    }
}

fn assumptions(found: &mut Found, here: &Here, old: &[Assume], new: &[Assume]) {
    let words = |assume: &Assume| say::value(&assume.value, &assume.indicator);
    let change = |kind, assume: &Assume| {
        let (id, label) = (&assume.indicator.id, &assume.indicator.label);
        Change::new(About::Assumption, kind, Weight::Verdict, id, label).remark(
            "缺数据时按假定值判定，结论注明",
            "used where the figure is missing; the verdict says so",
        )
    };
    let same = |one: &Assume, other: &Assume| one.indicator.id == other.indicator.id;
    for assume in new {
        match old.iter().find(|before| same(before, assume)) {
            None => {
                let change = change(Kind::Added, assume);
                found.push(here, Change { after: Some(words(assume)), ..change });
            }
            Some(before) => {
                if before.value != assume.value {
                    let change = change(Kind::Changed, assume);
                    found.push(here, change.between(words(before), words(assume)));
                }
                let (id, label) = (&assume.indicator.id, &assume.indicator.label);
                let (was, is) = (Some(&before.reason), Some(&assume.reason));
                source::note(found, here, label, id, was, is);
            }
        }
    }
    for assume in old.iter().filter(|before| !new.iter().any(|after| same(before, after))) {
        let change = change(Kind::Removed, assume);
        found.push(here, Change { before: Some(words(assume)), ..change });
    }
}

fn validity(found: &mut Found, here: &Here, old: Option<&Limit>, new: Option<&Limit>) {
    let label = Text::new("称号有效期", "validity of the title");
    let change = Change::new(About::Validity, Kind::Changed, Weight::Practice, "validity", &label);
    limits(found, here, change, old, new);
}

/// What a version says about itself.
fn about(found: &mut Found, here: &Here, old: &Version, new: &Version) {
    let version = Text::new("本版本", "the version");
    let change = |about, weight| Change::new(about, Kind::Changed, weight, "version", &version);
    if old.document != new.document {
        let (was, is) = (source::document(&old.document), source::document(&new.document));
        found.push(here, change(About::Document, Weight::Source).between(was, is));
    }
    if old.published != new.published {
        let words = |day: jiff::civil::Date| Text::new(day.to_string(), day.to_string());
        let (was, is) = (old.published.map(words), new.published.map(words));
        let change = change(About::Published, Weight::Source);
        source::optional(found, here, change, was.as_ref(), is.as_ref());
    }
    let word = |text: &String| Text::new(text.clone(), text.clone());
    let (was, is) = (old.process.as_ref().map(word), new.process.as_ref().map(word));
    let process = change(About::Process, Weight::Practice);
    source::optional(found, here, process, was.as_ref(), is.as_ref());
    source::note(found, here, &version, "version", old.note.as_ref(), new.note.as_ref());
}

/// What nobody knows yet: a point settled, or one found to be open.
fn open_points(found: &mut Found, here: &Here, old: &[Text], new: &[Text]) {
    let label = Text::new("未明事项", "open point");
    let mut sided = |point: &Text, kind| {
        let change = Change::new(About::Note, kind, Weight::Wording, "open", &label);
        let words = Some(point.clone());
        let (before, after) = if kind == Kind::Added { (None, words) } else { (words, None) };
        found.push(here, Change { before, after, ..change });
    };
    for point in new.iter().filter(|point| !old.contains(point)) {
        sided(point, Kind::Added);
    }
    for point in old.iter().filter(|point| !new.contains(point)) {
        sided(point, Kind::Removed);
    }
}
