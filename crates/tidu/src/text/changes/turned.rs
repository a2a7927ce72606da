//! Whose verdict turned, on a terminal: counts by programme, then firm by firm with the criterion
//! that is responsible.

use changes::{Because, Stand, Turned};
use enterprise::{Lang, Text};
use jiff::civil::Date;
use rules::{Path, Points};

use crate::commands::diff::Judged;
use crate::output::Screen;
use crate::text::paint::Style;
use crate::text::width;

/// The lines for the subjects of a file.
pub(crate) fn lines(judged: &Judged, as_of: Date, screen: &Screen) -> Vec<String> {
    let title = match screen.lang {
        Lang::Zh => format!("对企业的影响 · 判定日 {as_of}"),
        Lang::En => format!("What it means for firms · as of {as_of}"),
    };
    let rule = "─".repeat(screen.width.saturating_sub(width::of(&title) + 4));
    let mut lines =
        vec![String::new(), Style::Bold.paint(&format!("── {title} {rule}"), screen.colour)];
    let mut say = |words: &str, style: Style| {
        let wrapped = width::wrap(words, screen.width);
        lines.extend(wrapped.iter().map(|line| style.paint(line, screen.colour)));
    };
    let (subjects, turned, file) = (judged.subjects, judged.turned.len(), &judged.file);
    let words = Text::new(
        format!("{file}：判定 {subjects} 户，其中 {turned} 户的结论、路径或得分有变化"),
        format!("{file}: {subjects} judged; a verdict, path or score turned for {turned}"),
    );
    say(words.get(screen.lang), Style::Plain);
    if judged.refused > 0 {
        let refused = judged.refused;
        let words = Text::new(
            format!("{refused} 户的数据未读入，没有比较"),
            format!("{refused} were refused and not compared"),
        );
        say(words.get(screen.lang), Style::Open);
    }
    for (words, count) in counts(judged) {
        let count = match screen.lang {
            Lang::Zh => format!("{count} 户"),
            Lang::En => count.to_string(),
        };
        say(
            &format!("  {}{}{count}", words.get(screen.lang), screen.say("：", ": ")),
            Style::Plain,
        );
    }
    for firm in &judged.turned {
        let uscc = firm.uscc.as_deref().unwrap_or_default();
        lines.push(String::new());
        for line in width::wrap(format!("{}  {uscc}", firm.name).trim(), screen.width) {
            lines.push(Style::Bold.paint(&line, screen.colour));
        }
        for turned in &firm.turned {
            lines.extend(one(turned, screen));
        }
    }
    lines
}

/// How many turned which way, by programme.
fn counts(judged: &Judged) -> Vec<(Text, usize)> {
    let mut counts: Vec<(Text, usize)> = Vec::new();
    for turned in judged.turned.iter().flat_map(|firm| &firm.turned) {
        let (was, is) = (short(turned.before.as_ref()), short(turned.after.as_ref()));
        let title = title(turned);
        let words = if was == is {
            Text::new(
                format!("{}：{}，得分或路径有变化", title.zh, is.zh),
                format!("{}: {}, score or path turned", title.en, is.en),
            )
        } else {
            Text::new(
                format!("{}：{} → {}", title.zh, was.zh, is.zh),
                format!("{}: {} → {}", title.en, was.en, is.en),
            )
        };
        match counts.iter_mut().find(|(known, _)| *known == words) {
            Some((_, count)) => *count += 1,
            None => counts.push((words, 1)),
        }
    }
    counts
}

fn title(turned: &Turned) -> Text {
    let stand = turned.after.as_ref().or(turned.before.as_ref());
    stand.map(|stand| stand.title.clone()).unwrap_or_default()
}

fn short(stand: Option<&Stand>) -> Text {
    match stand.map(|stand| stand.verdict) {
        None => Text::new("未收录", "not in the rulebook"),
        Some(None) => Text::new("无现行版本", "no version in force"),
        Some(Some(verdict)) => words::verdict::verdict(verdict),
    }
}

fn one(turned: &Turned, screen: &Screen) -> Vec<String> {
    let lang = screen.lang;
    let (was, is) = (short(turned.before.as_ref()), short(turned.after.as_ref()));
    let mut lines = Vec::new();
    let title = title(turned);
    let style = Style::of_verdict(turned.after.as_ref().and_then(|stand| stand.verdict));
    let arrow = if was == is {
        is.get(lang).to_owned()
    } else {
        format!("{} → {}", was.get(lang), is.get(lang))
    };
    let mut say = |indent: usize, words: &str, style: Style| {
        for line in width::wrap(words, screen.width.saturating_sub(indent)) {
            lines.push(format!("{}{}", " ".repeat(indent), style.paint(&line, screen.colour)));
        }
    };
    let colon = screen.say("：", ": ");
    say(2, &format!("{}{colon}{arrow}", title.get(lang)), style);
    if let (Some(before), Some(after)) = (&turned.before, &turned.after) {
        for words in beside(before, after) {
            say(4, words.get(lang), Style::Plain);
        }
    }
    for because in &turned.because {
        let words = why(because);
        let clause = &because.clause;
        say(
            4,
            &format!("{}{colon}{}  {clause}", because.label.get(lang), words.get(lang)),
            Style::Plain,
        );
    }
    lines
}

/// Version, path and score, where they turned.
fn beside(before: &Stand, after: &Stand) -> Vec<Text> {
    let mut all = Vec::new();
    if before.version != after.version {
        let name = |stand: &Stand| stand.version.clone();
        let (was, is) = (name(before).unwrap_or_default(), name(after).unwrap_or_default());
        all.push(Text::new(format!("版本：{was} → {is}"), format!("version: {was} → {is}")));
    }
    if before.path != after.path {
        let words = |path: Option<Path>| match path {
            Some(Path::Direct) => Text::new("直通", "direct"),
            Some(Path::Scored) => Text::new("评分", "scored"),
            None => Text::new("无", "none"),
        };
        let (was, is) = (words(before.path), words(after.path));
        all.push(Text::new(
            format!("路径：{} → {}", was.zh, is.zh),
            format!("path: {} → {}", was.en, is.en),
        ));
    }
    if before.score != after.score {
        let words = |score: Option<(Points, Points)>| match score {
            Some((low, high)) if low == high => words::amounts::points(low),
            Some((low, high)) => {
                format!("{}–{}", words::amounts::points(low), words::amounts::points(high))
            }
            None => "–".to_owned(),
        };
        let (was, is) = (words(before.score), words(after.score));
        all.push(Text::new(format!("得分：{was} → {is}"), format!("score: {was} → {is}")));
    }
    all
}

fn why(because: &Because) -> Text {
    let none = || Text::new("不考查", "not asked");
    let was = because.before.map_or_else(none, words::verdict::truth);
    let is = because.after.map_or_else(none, words::verdict::truth);
    Text::new(format!("{} → {}", was.zh, is.zh), format!("{} → {}", was.en, is.en))
}
