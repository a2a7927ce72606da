//! The changes of a rulebook on a terminal: a headline, then programme by programme what decides,
//! what concerns the procedure, and last what is only worded or sourced otherwise.

mod entry;
mod heading;
pub(crate) mod turned;

use changes::{About, Block, Change, Changes, Direction, Kind, Section, Subject, Weight};
use enterprise::{Lang, Text};
use jiff::civil::Date;
use rules::Rulebook;

use super::paint::Style;
use super::width;
use crate::output::Screen;

/// The lines for all changes.
pub(crate) fn lines(
    changes: &Changes,
    (old, new): (&Rulebook, &Rulebook),
    as_of: Date,
    screen: &Screen,
) -> Vec<String> {
    let mut lines = headline(changes, (old, new), as_of, screen);
    for section in &changes.sections {
        lines.push(String::new());
        lines.extend(self::section(section, as_of, screen));
    }
    lines
}

fn headline(
    changes: &Changes,
    (old, new): (&Rulebook, &Rulebook),
    as_of: Date,
    screen: &Screen,
) -> Vec<String> {
    let (was, is) = (old.short_hash(), new.short_hash());
    let title = screen.say("规则变化", "Changes of the rules");
    let books = screen.say("规则库", "rulebook");
    let by = screen.say("截至", "as of");
    let title = format!("{title} · {books} {was} → {is} · {by} {as_of}");
    let mut lines: Vec<String> = width::wrap(&title, screen.width)
        .iter()
        .map(|line| Style::Bold.paint(line, screen.colour))
        .collect();
    let words = if changes.is_empty() {
        if old.hash == new.hash {
            Text::new("两个规则库完全相同。", "The two rulebooks are the same.")
        } else {
            Text::new(
                "规则没有变化：文件的差别不影响任何规则（版式、注释、示例等）。",
                "No rule changed: what differs between the files is no rule (layout, comments, examples).",
            )
        }
    } else {
        summary(changes)
    };
    lines.extend(width::wrap(words.get(screen.lang), screen.width));
    lines
}

/// `影响判定 7 处（收紧 4，放宽 1）；影响办理 2 处；只改文字 3 处`
fn summary(changes: &Changes) -> Text {
    let parts = Weight::ALL.into_iter().filter_map(|weight| {
        let of = |direction| {
            changes
                .all()
                .filter(|change| change.weight == weight && change.direction == Some(direction))
                .count()
        };
        let count = changes.all().filter(|change| change.weight == weight).count();
        let (harder, easier) = (of(Direction::Tightened), of(Direction::Relaxed));
        let words = heading::in_short(weight);
        let mut line =
            Text::new(format!("{} {count} 处", words.zh), format!("{}: {count}", words.en));
        let known = [(harder, "收紧", "harder"), (easier, "放宽", "easier")];
        let known: Vec<Text> = known
            .into_iter()
            .filter(|(count, _, _)| *count > 0)
            .map(|(count, zh, en)| Text::new(format!("{zh} {count}"), format!("{count} {en}")))
            .collect();
        if !known.is_empty() {
            let known = words::join(&known, "，", ", ");
            line.zh.push_str(&format!("（{}）", known.zh));
            line.en.push_str(&format!(" ({})", known.en));
        }
        (count > 0).then_some(line)
    });
    words::join(&parts.collect::<Vec<_>>(), "；", "; ")
}

fn section(section: &Section, as_of: Date, screen: &Screen) -> Vec<String> {
    let lang = screen.lang;
    let title = match &section.subject {
        Subject::Programme { id, title, judges } if judges == "enterprise" => {
            format!("{} · {id}", title.get(lang))
        }
        Subject::Programme { id, title, judges } => {
            let judges = words::programme::subject(judges);
            let (open, close) = if lang == Lang::Zh { ("（", "）") } else { (" (", ")") };
            format!("{}{open}{}{close} · {id}", title.get(lang), judges.get(lang))
        }
        Subject::Definition { id } => match lang {
            Lang::Zh => format!("共用条件 · {id}"),
            Lang::En => format!("Shared criteria · {id}"),
        },
        Subject::Classification { id, title } => match lang {
            Lang::Zh => format!("{}标准 · {id}", title.zh),
            Lang::En => format!("Standard of: {} · {id}", title.en),
        },
        Subject::Catalogue => screen.say("指标与事件", "Indicators and events").to_owned(),
        Subject::Codes { id, title } => match lang {
            Lang::Zh => format!("代码表：{} · {id}", title.zh),
            Lang::En => format!("Codes: {} · {id}", title.en),
        },
        Subject::Ladder { id, title } => match lang {
            Lang::Zh => format!("梯度：{} · {id}", title.zh),
            Lang::En => format!("Ladder: {} · {id}", title.en),
        },
    };
    let title = width::cut(&title, screen.width.saturating_sub(4));
    let rule = "─".repeat(screen.width.saturating_sub(width::of(&title) + 4));
    let mut lines = vec![Style::Bold.paint(&format!("── {title} {rule}"), screen.colour)];
    for (index, block) in section.blocks.iter().enumerate() {
        if index > 0 {
            lines.push(String::new());
        }
        lines.extend(self::block(block, as_of, screen));
    }
    lines
}

fn block(block: &Block, as_of: Date, screen: &Screen) -> Vec<String> {
    let mut lines = heading::lines(block, as_of, screen);
    // That a version is new or gone stands in the heading.
    let said = |change: &&Change| change.about == About::Version && change.kind != Kind::Renamed;
    if block.succeeds.is_some() && block.changes.iter().all(|change| said(&change)) {
        let words = screen.say("没有不同", "nothing is different");
        lines.push(format!("  {words}"));
    }
    for weight in Weight::ALL {
        let changes: Vec<_> = block
            .changes
            .iter()
            .filter(|change| change.weight == weight && !said(change))
            .collect();
        if changes.is_empty() {
            continue;
        }
        let words = heading::weight(weight);
        lines.push(Style::Dim.paint(words.get(screen.lang), screen.colour));
        if weight == Weight::Source {
            lines.extend(entry::together(&changes, screen));
            continue;
        }
        for change in changes {
            lines.extend(entry::lines(change, block, screen));
        }
    }
    lines
}
