//! Changes in lines, as the tests read them.

use changes::{Change, Changes, Direction};
use enterprise::Text;

/// A change in a line: `收紧 verdict limit 营业收入 [上年度营业收入] ≥ 5000 万元 → ≥ 6000 万元`.
pub fn line(change: &Change) -> String {
    let direction = match change.direction {
        Some(Direction::Relaxed) => "↓",
        Some(Direction::Tightened) => "↑",
        None => "",
    };
    let mut parts = vec![
        format!(
            "{direction}{} {} {}",
            change.kind.code(),
            change.weight.code(),
            change.about.code()
        ),
        change.label.zh.clone(),
    ];
    if let Some(within) = &change.within {
        parts.push(format!("在“{}”", within.zh));
    }
    if let Some(detail) = &change.detail {
        parts.push(format!("[{}]", detail.zh));
    }
    let text = |text: &Option<Text>| text.as_ref().map_or("-".to_owned(), |text| text.zh.clone());
    if change.before.is_some() || change.after.is_some() {
        parts.push(format!("{} → {}", text(&change.before), text(&change.after)));
    }
    for purpose in &change.whom.purposes {
        parts.push(format!("@{}", purpose.code()));
    }
    for case in &change.whom.cases {
        parts.push(format!("若 {}", case.zh));
    }
    parts.join(" | ")
}

/// All changes in lines.
pub fn said(changes: &Changes) -> Vec<String> {
    changes.all().map(line).collect()
}
