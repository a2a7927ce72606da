//! The layout of an explanation: criteria with their clause at the right edge, below them rows whose
//! values, thresholds and remarks line up across the whole programme.

use enterprise::{Lang, Text};
use rules::Truth;
use words::explanation::Line;

use super::paint::{Style, mark};
use super::width;
use crate::output::Screen;

const GAP: usize = 2;
const INDENT: usize = 2;
const NARROWEST_NOTE: usize = 22;
const WIDE: usize = 96;

/// A line in the reader's language.
enum Drawn {
    Head { depth: usize, truth: Truth, label: String, clause: String },
    Row(Row),
    Note { depth: usize, text: String, style: Style },
}

/// A value held against something.
struct Row {
    depth: usize,
    truth: Option<Truth>,
    label: String,
    value: String,
    limit: String,
    note: String,
    style: Style,
}

impl Drawn {
    fn of(line: &Line, lang: Lang) -> Self {
        let say = |text: &Text| text.get(lang).to_owned();
        match line {
            Line::Head { depth, truth, label, source } => {
                let clause = source
                    .as_ref()
                    .map(|(clause, status)| format!("{clause} · {}", status.get(lang)));
                let clause = clause.unwrap_or_default();
                Self::Head { depth: *depth, truth: *truth, label: say(label), clause }
            }
            Line::Row(row) => Self::Row(Row {
                depth: row.depth,
                truth: row.truth,
                label: say(&row.label),
                value: say(&row.value),
                limit: say(&row.limit),
                note: say(&row.note),
                style: Style::of_tone(row.tone),
            }),
            Line::Note { depth, text, tone } => {
                Self::Note { depth: *depth, text: say(text), style: Style::of_tone(*tone) }
            }
        }
    }
}

/// The widths of the columns: label, value, threshold, remark.
struct Widths {
    label: usize,
    value: usize,
    limit: usize,
    /// None where the screen is too narrow: remarks go below then.
    note: Option<usize>,
    all: usize,
}

/// The lines for a screen.
pub(crate) fn lay_out(lines: &[Line], screen: &Screen) -> Vec<String> {
    let (all, colour) = (screen.width, screen.colour);
    let lines: Vec<Drawn> = lines.iter().map(|line| Drawn::of(line, screen.lang)).collect();
    let widths = measure(&lines, all);
    let mut text = Vec::new();
    for line in &lines {
        match line {
            Drawn::Head { depth, truth, label, clause } => {
                head(*depth, *truth, label, clause, all, colour, &mut text);
            }
            Drawn::Row(row) => self::row(row, &widths, colour, &mut text),
            Drawn::Note { depth, text: words, style } => {
                let indent = depth * INDENT;
                for line in width::wrap(words, all.saturating_sub(indent)) {
                    text.push(format!("{}{}", " ".repeat(indent), style.paint(&line, colour)));
                }
            }
        }
    }
    text
}

fn measure(lines: &[Drawn], all: usize) -> Widths {
    let rows = || {
        lines.iter().filter_map(|line| if let Drawn::Row(row) = line { Some(row) } else { None })
    };
    let widest = |of: fn(&Row) -> usize| rows().map(of).max().unwrap_or(0);
    let value = widest(|row| width::of(&row.value));
    let limit = widest(|row| width::of(&row.limit)).min((all / 6).max(14));
    let label = widest(|row| start(row) + width::of(&row.label)).min(if all < WIDE {
        all * 5 / 16
    } else {
        all * 3 / 8
    });
    let note = all.saturating_sub(label + value + limit + 3 * GAP);
    Widths { label, value, limit, note: (note >= NARROWEST_NOTE).then_some(note), all }
}

/// The column at which a row's label starts.
fn start(row: &Row) -> usize {
    row.depth * INDENT + if row.truth.is_some() { 2 } else { 0 }
}

fn head(
    depth: usize,
    truth: Truth,
    label: &str,
    clause: &str,
    all: usize,
    colour: bool,
    text: &mut Vec<String>,
) {
    let indent = depth * INDENT;
    let style = Style::of_truth(truth);
    let room = all.saturating_sub(indent + 2);
    let beside = room.saturating_sub(width::of(clause) + GAP);
    let fits = width::of(label) <= beside;
    let sign = style.paint(mark(truth), colour);
    let label_style = if truth == Truth::NotApplicable { Style::Dim } else { Style::Bold };
    let clause_words = Style::Dim.paint(clause, colour);
    if fits {
        let blanks = " ".repeat(room.saturating_sub(width::of(label) + width::of(clause)));
        let label = label_style.paint(label, colour);
        text.push(format!("{}{sign} {label}{blanks}{clause_words}", " ".repeat(indent)));
        return;
    }
    for (index, line) in width::wrap(label, room).iter().enumerate() {
        let sign = if index == 0 { sign.as_str() } else { " " };
        text.push(format!("{}{sign} {}", " ".repeat(indent), label_style.paint(line, colour)));
    }
    let clause = width::pad_left(&width::cut(clause, room), room);
    text.push(format!("{}  {}", " ".repeat(indent), Style::Dim.paint(&clause, colour)));
}

fn row(row: &Row, widths: &Widths, colour: bool, text: &mut Vec<String>) {
    let labels = width::wrap(&row.label, widths.label.saturating_sub(start(row)));
    let limits = width::wrap(&row.limit, widths.limit);
    let notes = widths.note.map(|columns| width::wrap(&row.note, columns)).unwrap_or_default();
    let height = labels.len().max(limits.len()).max(notes.len());
    for level in 0..height {
        let at = |lines: &[String]| lines.get(level).cloned().unwrap_or_default();
        let sign = match (row.truth, level) {
            (Some(truth), 0) => format!("{} ", Style::of_truth(truth).paint(mark(truth), colour)),
            (Some(_), _) => "  ".to_owned(),
            (None, _) => String::new(),
        };
        let label = width::pad(&at(&labels), widths.label.saturating_sub(start(row)));
        let value = if level == 0 { row.value.as_str() } else { "" };
        let value = row.style.paint(&width::pad_left(value, widths.value), colour);
        let limit = width::pad(&at(&limits), widths.limit);
        let gap = " ".repeat(GAP);
        let line = format!(
            "{}{sign}{label}{gap}{value}{gap}{limit}{gap}{}",
            " ".repeat(row.depth * INDENT),
            row.style.paint(&at(&notes), colour),
        );
        text.push(line.trim_end().to_owned());
    }
    if widths.note.is_none() && !row.note.is_empty() {
        let indent = start(row) + INDENT;
        for line in width::wrap(&row.note, widths.all.saturating_sub(indent)) {
            text.push(format!("{}{}", " ".repeat(indent), row.style.paint(&line, colour)));
        }
    }
}
