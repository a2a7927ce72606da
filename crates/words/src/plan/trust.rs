//! What has to be confirmed, in words: facts one by one, kinds of events that must not have happened
//! in one window together in one line.

use enterprise::Text;
use jiff::civil::Date;
use rules::plan::{Plan, Trusted};
use rules::{Happened, Test, Window};

use crate::condition::{event_window, inside, tested};
use crate::quantity::Years;
use crate::{amounts, join};

/// Kinds of events that share a line: the window, and up to when they are listed.
struct Absent {
    window: Window,
    listed: Option<Date>,
    labels: Vec<Text>,
}

/// Everything that a plan takes on trust, in as few lines as it can be said in.
pub fn trusted_lines(plan: &Plan<'_>, base_year: i16) -> Vec<Text> {
    let mut groups: Vec<Absent> = Vec::new();
    let mut others = Vec::new();
    for one in &plan.trusted {
        let Some((happened, listed)) = absent(one) else {
            others.push(trusted(one, base_year));
            continue;
        };
        let label = happened.event.label.clone();
        let window = happened.window;
        match groups.iter_mut().find(|known| known.window == window && known.listed == listed) {
            Some(known) => known.labels.push(label),
            None => groups.push(Absent { window, listed, labels: vec![label] }),
        }
    }
    let groups = groups.iter().map(|group| group.words(base_year));
    groups.chain(others).collect()
}

impl Absent {
    /// `2026-11-20 之后名单未核查，须确认近 36 个月没有：数据造假、严重质量问题（2 类）`
    fn words(&self, base_year: i16) -> Text {
        let window = event_window(self.window, Years::From(base_year));
        let (known_zh, known_en) = match self.listed {
            Some(day) => (
                format!("{day} 之后名单未核查"),
                format!("events after {day} have not been checked"),
            ),
            None => ("没有事件名单".to_owned(), "there is no list of events".to_owned()),
        };
        let small = |label: &Text| Text::new(label.zh.clone(), inside(&label.en, false));
        let list: Vec<Text> = self.labels.iter().map(small).collect();
        let (list, count) = (join(&list, "、", "; "), self.labels.len());
        let (count_zh, count_en) = match count {
            1 => (String::new(), String::new()),
            _ => (format!("（{count} 类）"), format!(" ({count} kinds)")),
        };
        Text::new(
            format!("{known_zh}，须确认{}没有：{}{count_zh}", window.zh, list.zh),
            format!("{known_en}: confirm none {}{count_en}: {}", window.en, list.en),
        )
    }
}

/// The kind of event that must not have happened, whatever its circumstances.
fn absent<'r>(trusted: &Trusted<'r>) -> Option<(&'r Happened, Option<Date>)> {
    let (mut test, mut holds) = (&trusted.test.as_ref()?.test, trusted.to_met);
    while let Test::Not(inner) = test {
        (test, holds) = (&inner.test, !holds);
    }
    match test {
        Test::Happened { happened, complete_until, .. }
            if !holds && happened.attribute.is_none() && trusted.points.is_none() =>
        {
            Some((happened, *complete_until))
        }
        _ => None,
    }
}

/// A test that has to come out well.
pub fn trusted(trusted: &Trusted<'_>, base_year: i16) -> Text {
    let what = match (&trusted.test, trusted.item, trusted.criterion) {
        (Some(test), ..) => tested(&test.test, Years::From(base_year), trusted.to_met),
        (None, Some(item), _) => item.label.clone(),
        (None, None, Some(criterion)) => criterion.label.clone(),
        (None, None, None) => Text::default(),
    };
    let (Some(item), Some(wanted)) = (trusted.item, trusted.points) else { return what };
    let wanted = amounts::points(wanted);
    let of = if trusted.test.is_some() {
        Text::new(format!("（{}）", item.label.zh), format!(" ({})", item.label.en))
    } else {
        Text::default()
    };
    Text::new(
        format!("{}{}：须得 {wanted} 分", what.zh, of.zh),
        format!("{}{}: {wanted} points are needed", what.en, of.en),
    )
}
