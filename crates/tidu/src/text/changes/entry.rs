//! One change on a terminal: a tag, what it is about with its clause at the right edge, below that
//! before and after, and for whom.

use changes::{Block, Change, Direction};
use enterprise::{Lang, Text};

use super::heading::{periods, users};
use crate::output::Screen;
use crate::text::paint::Style;
use crate::text::width;

const GAP: usize = 2;
/// So many names of things with the same change of source are listed.
const NAMED: usize = 6;

/// The lines of a change.
pub(super) fn lines(change: &Change, block: &Block, screen: &Screen) -> Vec<String> {
    let lang = screen.lang;
    let (tag, style) = tag(change);
    let tag = tag.get(lang);
    let column = 2 + tag_width(lang) + GAP;
    let mut lines = head(change, tag, style, column, screen);
    let indent = " ".repeat(column);
    let room = screen.width.saturating_sub(column);
    let mut say = |words: &str, style: Style| {
        for line in width::wrap(words, room) {
            lines.push(format!("{indent}{}", style.paint(&line, screen.colour)));
        }
    };
    for words in what(change, lang, room) {
        say(&words, Style::Plain);
    }
    if let Some(whom) = whom(change, block) {
        say(whom.get(lang), Style::Plain);
    }
    if let Some(effect) = &change.effect
        && change.about != changes::About::Window
        && change.about != changes::About::Round
        && !effect.is_empty()
    {
        let days = periods(effect);
        let words = Text::new(format!("涉及日期：{}", days.zh), format!("Days: {}", days.en));
        say(words.get(lang), Style::Plain);
    }
    if !change.used_by.is_empty() {
        say(users(&change.used_by).get(lang), Style::Plain);
    }
    if let Some(remark) = &change.remark {
        say(remark.get(lang), Style::Dim);
    }
    lines
}

/// Tag, label and clause.
fn head(change: &Change, tag: &str, style: Style, column: usize, screen: &Screen) -> Vec<String> {
    let lang = screen.lang;
    let label = match &change.within {
        Some(within) => format!("{} › {}", within.get(lang), change.label.get(lang)),
        None => change.label.get(lang).to_owned(),
    };
    let clause = change.citation.as_ref().map(|one| one.clause.clone()).unwrap_or_default();
    let painted = style.paint(&width::pad(tag, tag_width(lang)), screen.colour);
    let room = screen.width.saturating_sub(column);
    let clause_fits = width::of(&label) + GAP + width::of(&clause) <= room;
    let beside = if clause_fits { clause.as_str() } else { "" };
    let mut lines = Vec::new();
    for (index, line) in width::wrap(&label, room).iter().enumerate() {
        let bold = Style::Bold.paint(line, screen.colour);
        if index > 0 {
            lines.push(format!("{}{bold}", " ".repeat(column)));
            continue;
        }
        let blanks = room.saturating_sub(width::of(line) + width::of(beside));
        let beside = Style::Dim.paint(beside, screen.colour);
        lines.push(format!("  {painted}  {bold}{}{beside}", " ".repeat(blanks)));
    }
    if !clause_fits {
        for line in width::wrap(&clause, room) {
            let line = Style::Dim.paint(&line, screen.colour);
            lines.push(format!("{}{line}", " ".repeat(column)));
        }
    }
    lines
}

/// Before and after: in one line where they fit, else one below the other.
fn what(change: &Change, lang: Lang, room: usize) -> Vec<String> {
    let detail = change.detail.as_ref().map(|detail| detail.get(lang)).unwrap_or_default();
    let (before, after) = (
        change.before.as_ref().map(|words| words.get(lang)),
        change.after.as_ref().map(|words| words.get(lang)),
    );
    let (was, is) = match lang {
        Lang::Zh => ("原：", "现："),
        Lang::En => ("was: ", "now: "),
    };
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    let headed = |words: &str| {
        if detail.is_empty() { words.to_owned() } else { format!("{detail}{colon}{words}") }
    };
    match (before, after) {
        (Some(before), Some(after)) => {
            let line = headed(&format!("{before} → {after}"));
            if width::of(&line) <= room {
                return vec![line];
            }
            let mut lines = Vec::new();
            if !detail.is_empty() {
                lines.push(format!("{}{}", detail, colon.trim_end()));
            }
            let line = format!("{before} → {after}");
            if width::of(&line) <= room {
                lines.push(line);
                return lines;
            }
            lines.push(format!("{was}{before}"));
            lines.push(format!("{is}{after}"));
            lines
        }
        (Some(only), None) | (None, Some(only)) => vec![headed(only)],
        (None, None) if detail.is_empty() => Vec::new(),
        (None, None) => vec![detail.to_owned()],
    }
}

/// For whom, where that is not everybody.
fn whom(change: &Change, block: &Block) -> Option<Text> {
    let purposes = &change.whom.purposes;
    let all = block.effect.iter().filter_map(|period| period.purpose);
    let narrower =
        block.effect.is_empty() || all.into_iter().any(|purpose| !purposes.contains(&purpose));
    let mut parts = Vec::new();
    if !purposes.is_empty() && narrower && change.effect.is_none() {
        let purposes: Vec<Text> =
            purposes.iter().map(|purpose| words::verdict::purpose(*purpose)).collect();
        parts.push(words::join(&purposes, "、", ", "));
    }
    parts.extend(change.whom.cases.iter().cloned());
    if parts.is_empty() {
        return None;
    }
    let parts = words::join(&parts, "；", "; ");
    Some(Text::new(format!("限于：{}", parts.zh), format!("Only for: {}", parts.en)))
}

/// What happened in a word, and its colour.
fn tag(change: &Change) -> (Text, Style) {
    let style = match change.direction {
        Some(Direction::Tightened) => Style::Bad,
        Some(Direction::Relaxed) => Style::Good,
        None => Style::Open,
    };
    (change.tag(), style)
}

fn tag_width(lang: Lang) -> usize {
    match lang {
        Lang::Zh => 9,
        Lang::En => 15,
    }
}

/// Changes of sources, those with the same before and after together.
pub(super) fn together(changes: &[&Change], screen: &Screen) -> Vec<String> {
    let lang = screen.lang;
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in changes {
        let same = |group: &&mut Vec<&Change>| {
            group.first().is_some_and(|first| {
                (first.about, first.kind, &first.before, &first.after, &first.remark)
                    == (change.about, change.kind, &change.before, &change.after, &change.remark)
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    let mut lines = Vec::new();
    for group in groups {
        let Some(first) = group.first() else { continue };
        let mut names: Vec<&str> = Vec::new();
        for change in &group {
            let name = change.label.get(lang);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let shown = names.get(..NAMED.min(names.len())).unwrap_or_default();
        let list = shown.join(screen.say("、", ", "));
        let more = names.len() - shown.len();
        let list = match (more, lang) {
            (0, _) => list,
            (_, Lang::Zh) => format!("{list}等 {} 处", group.len()),
            (more, Lang::En) => format!("{list} and {more} more"),
        };
        let about = first.about.words();
        let about = about.get(lang);
        let text = |words: &Option<Text>| {
            let none = Text::new("无", "none");
            words.as_ref().unwrap_or(&none).get(lang).to_owned()
        };
        let colon = screen.say("：", ": ");
        let head = format!("{about}{colon}{} → {}", text(&first.before), text(&first.after));
        let room = screen.width.saturating_sub(2);
        for line in width::wrap(&head, room) {
            lines.push(format!("  {line}"));
        }
        for line in width::wrap(&list, room.saturating_sub(2)) {
            lines.push(format!("    {}", Style::Dim.paint(&line, screen.colour)));
        }
        if let Some(remark) = &first.remark {
            for line in width::wrap(remark.get(lang), room.saturating_sub(2)) {
                lines.push(format!("    {}", Style::Dim.paint(&line, screen.colour)));
            }
        }
    }
    lines
}
