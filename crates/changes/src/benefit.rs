//! What a recognition grants, before and after; and numbers beside the verdict.

use enterprise::Text;
use rules::{Benefit, Limit};

use crate::change::{About, Change, Kind, Weight};
use crate::found::{Found, Here};
use crate::lists::Named;
use crate::{say, source};

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

/// Two numbers that may be absent, beside the verdict.
pub(crate) fn limits(
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
