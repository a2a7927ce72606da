//! Two texts of one programme side by side: the same version before and after, or a version and the
//! one that it succeeds.

use enterprise::Text;
use rules::{Assume, Benefit, Limit, Material, Provision, Purpose, Version};

use crate::change::{About, Change, Kind, Weight};
use crate::condition::harder;
use crate::criteria::{Listing, criteria};
use crate::found::{Found, Here};
use crate::lists::{Named, lists};
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

/// Two numbers that may be absent, beside the verdict.
fn limits(
    found: &mut Found,
    here: &Here,
    change: Change,
    old: Option<&Limit>,
    new: Option<&Limit>,
) {
    let same = match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => old.value == new.value,
        _ => false,
    };
    if let (Some(old), Some(new)) = (old, new) {
        source::citation(found, here, &change.label, &change.id, &old.citation, &new.citation);
    }
    let (was, is) = (old.map(say::amount), new.map(say::amount));
    let change = match new.or(old) {
        Some(limit) => change.citing(&limit.citation),
        None => change,
    };
    if !same {
        source::optional(found, here, change, was.as_ref(), is.as_ref());
    } else if old.map(|limit| &limit.written) != new.map(|limit| &limit.written) {
        let change = Change { weight: Weight::Wording, ..change };
        let change = change.remark("数值相同", "the same number");
        let text = |limit: &Limit| Text::new(limit.written.clone(), limit.written.clone());
        source::optional(found, here, change, old.map(text).as_ref(), new.map(text).as_ref());
    }
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

impl Named for Benefit {
    fn id(&self) -> &str {
        &self.id
    }

    fn label(&self) -> &Text {
        &self.label
    }

    fn sided(&self) -> Change {
        let words = Some(words::programme::amount(self));
        let change =
            Change::new(About::Benefit, Kind::Added, Weight::Practice, &self.id, &self.label);
        Change { after: words, ..change.citing(&self.citation) }
    }

    fn compare(found: &mut Found, here: &Here, old: &Self, new: &Self) {
        let change = |zh: &str, en: &str| {
            Change::new(About::Benefit, Kind::Changed, Weight::Practice, &new.id, &new.label)
                .detail(Text::new(zh, en))
                .citing(&new.citation)
        };
        let same = match (&old.amount, &new.amount) {
            (None, None) => true,
            (Some(old), Some(new)) => crate::align::same_quantity(old, new),
            _ => false,
        };
        if !same {
            let (was, is) =
                (old.amount.as_ref().map(say::quantity), new.amount.as_ref().map(say::quantity));
            source::optional(found, here, change("金额", "amount"), was.as_ref(), is.as_ref());
        }
        limits(found, here, change("最高", "at most"), old.cap.as_ref(), new.cap.as_ref());
        let per = |benefit: &Self, per: &str| {
            benefit.ceilings.iter().find(|(known, _)| known == per).map(|(_, limit)| limit.clone())
        };
        for code in ["enterprise", "year", "enterprise-year"] {
            let change = change("", "").detail(words::programme::ceiling(code));
            limits(found, here, change, per(old, code).as_ref(), per(new, code).as_ref());
        }
        let list =
            |ids: &[String]| (!ids.is_empty()).then(|| Text::new(ids.join("、"), ids.join(", ")));
        for (what, was, is) in [
            (("不可兼得", "not together with"), &old.not_with, &new.not_with),
            (("就高享受", "only the highest of"), &old.highest_of, &new.highest_of),
        ] {
            let sorted = |ids: &[String]| {
                let mut ids = ids.to_vec();
                ids.sort_unstable();
                ids
            };
            let (was, is) = (list(&sorted(was)), list(&sorted(is)));
            source::optional(found, here, change(what.0, what.1), was.as_ref(), is.as_ref());
        }
        if old.once_per_investment != new.once_per_investment {
            let words = |once| if once { Text::new("是", "yes") } else { Text::new("否", "no") };
            let change = change("同一投资只计一次", "one investment counts once");
            found.push(
                here,
                change.between(words(old.once_per_investment), words(new.once_per_investment)),
            );
        }
        let word = |text: &String| Text::new(text.clone(), text.clone());
        let (was, is) = (old.budget.as_ref().map(word), new.budget.as_ref().map(word));
        source::optional(found, here, change("资金来源", "budget"), was.as_ref(), is.as_ref());
        source::label(found, here, &new.id, &old.label, &new.label);
        source::citation(found, here, &new.label, &new.id, &old.citation, &new.citation);
    }
}

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

fn provisions(
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
