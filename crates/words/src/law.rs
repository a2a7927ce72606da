//! Conditions of the law in words, without any subject: what must hold, with years as the law says
//! them. A block over years that was written out year by year is said once.

use enterprise::Text;
use rules::{Comparison, Condition, Operator, Quantity};

use crate::condition;
use crate::join;
use crate::quantity::{Years, quantity as words_of};
use crate::relative;
use crate::shift;

/// A condition as a heading and its parts; one part and no heading where there is nothing to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// How the parts are taken together: `近两年每年`.
    pub heading: Text,
    /// The parts.
    pub parts: Vec<Text>,
}

/// A condition in one line.
pub fn condition(of: &Condition) -> Text {
    said(of, Years::Relative)
}

/// A quantity in one line: `上年度：研发费用 ÷ 营业收入`.
pub fn quantity(of: &Quantity) -> Text {
    let offsets = shift::offsets_in(of);
    match shared(&offsets) {
        Some(offset) => headed(&relative::year(offset), &words_of(of, Years::Unsaid)),
        None => words_of(of, Years::Relative),
    }
}

/// A quantity of whatever year is asked for: `负债总额 ÷ 资产总额`.
pub fn quantity_of_any_year(of: &Quantity) -> Text {
    words_of(of, Years::Unsaid)
}

/// A condition part by part, for a list.
pub fn listing(of: &Condition) -> Listing {
    if let Some(block) = block(of) {
        return Listing { heading: block.heading, parts: each(block.parts, Years::Unsaid) };
    }
    match of {
        Condition::All(parts) => listed(Text::new("同时满足", "all of"), parts),
        Condition::Any(parts) => listed(Text::new("满足任一", "any of"), parts),
        Condition::AtLeast(count, parts) => listed(at_least(*count), parts),
        other => Listing { heading: Text::default(), parts: vec![condition(other)] },
    }
}

/// The parts of a condition that hold something against a threshold of this name, each said once.
pub fn naming(of: &Condition, limit: &str) -> Vec<Text> {
    let mut found = Vec::new();
    gather(of, limit, &mut found);
    let mut said: Vec<Text> = Vec::new();
    for words in found {
        if !said.contains(&words) {
            said.push(words);
        }
    }
    said
}

fn gather(of: &Condition, limit: &str, found: &mut Vec<Text>) {
    if let Some(block) = block(of) {
        let parts: Vec<Condition> =
            block.parts.iter().filter(|part| names(part, limit)).cloned().collect();
        if !parts.is_empty() {
            let join = if block.joined_by_or { OR } else { AND };
            found.push(headed(&block.heading, &together(&parts, Years::Unsaid, join)));
        }
        return;
    }
    match of {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| gather(part, limit, found));
        }
        other if names(other, limit) => found.push(condition(other)),
        _ => {}
    }
}

fn names(of: &Condition, limit: &str) -> bool {
    match of {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().any(|part| names(part, limit))
        }
        Condition::Not(inner) => names(inner, limit),
        Condition::Compare(comparison) => {
            let mut found = false;
            let mut look = |known: &std::sync::Arc<rules::Limit>| found |= known.name == limit;
            comparison.left.each_limit(&mut look);
            comparison.right.each_limit(&mut look);
            found
        }
        Condition::Happened(happened) => {
            happened.attribute.as_ref().is_some_and(|(_, _, known)| known.name == limit)
        }
        Condition::Member(_) | Condition::Flag(_) | Condition::Holds(_) => false,
    }
}

/// How sub-criteria or parts are taken together when so many must hold.
pub fn at_least(count: usize) -> Text {
    Text::new(format!("至少满足 {count} 项"), format!("at least {count} of"))
}

fn listed(heading: Text, parts: &[Condition]) -> Listing {
    Listing { heading, parts: each(parts, Years::Relative) }
}

fn each(parts: &[Condition], years: Years) -> Vec<Text> {
    parts.iter().map(|part| said(part, years)).collect()
}

fn said(of: &Condition, years: Years) -> Text {
    if years == Years::Relative
        && let Some(block) = block(of)
    {
        let join = if block.joined_by_or { OR } else { AND };
        let inner = together(block.parts, Years::Unsaid, join);
        return headed(&block.heading, &inner);
    }
    match of {
        Condition::All(parts) => together(parts, years, AND),
        Condition::Any(parts) => together(parts, years, OR),
        Condition::AtLeast(count, parts) => {
            headed(&at_least(*count), &together(parts, years, ("；", "; ")))
        }
        Condition::Not(inner) => not(inner, years),
        Condition::Compare(comparison) => compare(comparison, comparison.operator.sign(), years),
        Condition::Member(member) => condition::member(member, years, true),
        Condition::Flag(fact) => condition::flag(fact, years, true),
        Condition::Holds(title) => condition::holds(title, true),
        Condition::Happened(happened) => condition::happened(happened, years, true),
    }
}

const AND: (&str, &str) = ("，且 ", " and ");
const OR: (&str, &str) = ("，或 ", " or ");

fn together(parts: &[Condition], years: Years, (zh, en): (&str, &str)) -> Text {
    if let [only] = parts {
        return said(only, years);
    }
    let parts: Vec<Text> = parts
        .iter()
        .map(|part| {
            let words = said(part, years);
            let is_list =
                matches!(part, Condition::All(_) | Condition::Any(_) | Condition::AtLeast(..));
            if is_list {
                Text::new(format!("（{}）", words.zh), format!("({})", words.en))
            } else {
                words
            }
        })
        .collect();
    join(&parts, zh, en)
}

/// `heading：words`
pub(crate) fn headed(heading: &Text, words: &Text) -> Text {
    Text::new(format!("{}：{}", heading.zh, words.zh), format!("{}: {}", heading.en, words.en))
}

fn not(of: &Condition, years: Years) -> Text {
    match of {
        Condition::Not(inner) => said(inner, years),
        Condition::Compare(comparison) => compare(comparison, opposite(comparison.operator), years),
        Condition::Member(member) => condition::member(member, years, false),
        Condition::Flag(fact) => condition::flag(fact, years, false),
        Condition::Holds(title) => condition::holds(title, false),
        Condition::Happened(happened) => condition::happened(happened, years, false),
        Condition::All(_) | Condition::Any(_) | Condition::AtLeast(..) => {
            let words = said(of, years);
            Text::new(format!("不得：{}", words.zh), format!("not: {}", words.en))
        }
    }
}

fn opposite(operator: Operator) -> &'static str {
    match operator {
        Operator::AtLeast => Operator::LessThan.sign(),
        Operator::MoreThan => Operator::AtMost.sign(),
        Operator::AtMost => Operator::MoreThan.sign(),
        Operator::LessThan => Operator::AtLeast.sign(),
        Operator::Equal => "≠",
    }
}

fn compare(comparison: &Comparison, sign: &str, years: Years) -> Text {
    let sign = format!(" {sign} ");
    let sides = |years| [words_of(&comparison.left, years), condition::right(comparison, years)];
    if years == Years::Relative {
        let offsets: Vec<i16> =
            [&comparison.left, &comparison.right].into_iter().flat_map(shift::offsets_in).collect();
        if let Some(offset) = shared(&offsets) {
            let words = join(&sides(Years::Unsaid), &sign, &sign);
            return headed(&relative::year(offset), &words);
        }
    }
    join(&sides(years), &sign, &sign)
}

/// The year that several facts share; one fact says its own.
fn shared(offsets: &[i16]) -> Option<i16> {
    let (first, rest) = offsets.split_first()?;
    (!rest.is_empty() && rest.iter().all(|offset| offset == first)).then_some(*first)
}

/// A condition over years, or in one year, whose parts need not name it.
struct Block<'r> {
    heading: Text,
    parts: &'r [Condition],
    joined_by_or: bool,
}

fn block(of: &Condition) -> Option<Block<'_>> {
    let (parts, is_all) = match of {
        Condition::All(parts) => (parts.as_slice(), true),
        Condition::Any(parts) => (parts.as_slice(), false),
        _ => return None,
    };
    over_years(parts, is_all).or_else(|| in_one_year(parts, is_all))
}

/// `每年` and `任一年`: the same parts again and again, each time a year away.
fn over_years(parts: &[Condition], is_all: bool) -> Option<Block<'_>> {
    // Alternatives are one condition a year; what must hold together may be several.
    let longest = if is_all { parts.len() / 2 } else { 1 };
    let sizes = (1..=longest).filter(|size| parts.len().is_multiple_of(*size));
    for size in sizes {
        let (first, _) = parts.split_at_checked(size)?;
        let Some(offsets) = repeats(parts, first, -1).or_else(|| repeats(parts, first, 1)) else {
            continue;
        };
        let heading = heading(&offsets, is_all);
        let inner = match first {
            [Condition::All(inner)] => inner.as_slice(),
            _ => first,
        };
        return Some(Block { heading, parts: inner, joined_by_or: false });
    }
    None
}

fn repeats(parts: &[Condition], first: &[Condition], step: i16) -> Option<Vec<i16>> {
    let start = first.iter().flat_map(shift::offsets).max()?;
    let mut offsets = Vec::new();
    let mut by = 0_i16;
    for block in parts.chunks(first.len()) {
        let moved: Vec<Condition> = first.iter().map(|part| shift::condition(part, by)).collect();
        if moved != block {
            return None;
        }
        offsets.push(start.saturating_add(by));
        by = by.saturating_add(step);
    }
    (offsets.len() > 1).then_some(offsets)
}

fn heading(offsets: &[i16], is_all: bool) -> Text {
    if is_all {
        let years = relative::years(offsets, ("、", " and "));
        Text::new(format!("{}每年", years.zh), format!("in each of {}", years.en))
    } else {
        let years = relative::years(offsets, ("、", " or "));
        let zh = format!("{}任一年", years.zh);
        let en = if years.en.contains(" or ") { "in" } else { "in at least one of" };
        Text::new(zh, format!("{en} {}", years.en))
    }
}

/// Comparisons of one year's figures: the year is said once.
fn in_one_year(parts: &[Condition], is_all: bool) -> Option<Block<'_>> {
    let mut years = Vec::new();
    for part in parts {
        let Condition::Compare(_) = part else { return None };
        let offsets = shift::offsets(part);
        if offsets.is_empty() {
            return None;
        }
        years.extend(offsets);
    }
    let heading = relative::year(shared(&years)?);
    Some(Block { heading, parts, joined_by_or: !is_all })
}
