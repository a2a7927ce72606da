//! A ladder as a picture: rungs as steps from low to high, side rungs and feeders to their right.
//! Plain SVG on a card of its own, so that it reads on light and on dark pages.

use enterprise::{Lang, Text};
use rules::{Ladder, Rulebook};

use crate::ladders;
use crate::site::GENERATOR;
use crate::wrap::wrap;

const MARGIN: usize = 14;
const RUNG: usize = 310;
const SIDE: usize = 200;
const GAP: usize = 28;
const BETWEEN: usize = 22;
const PADDING: usize = 12;
const INDENT: usize = 14;
/// How far all steps together lead to the right.
const CLIMB: usize = 70;

const STYLE: &str = "\
.card{fill:#f7f8fa;stroke:#d5dae1}.rung{fill:#ffffff;stroke:#2f6f9f;stroke-width:1.6}\
.side{fill:#ffffff;stroke:#8a94a3;stroke-width:1.2}.feeder{fill:#ffffff;stroke:#8a94a3;\
stroke-width:1.2;stroke-dasharray:5 4}.name{fill:#1b2733;font-size:16px;font-weight:600}\
.item{fill:#1b2733;font-size:14px}.small{fill:#51606f;font-size:13px}.line{stroke:#8a94a3;stroke-width:1.4;fill:none}\
.head{fill:#8a94a3}\
@media(prefers-color-scheme:dark){.card{fill:#161b22;stroke:#30363d}\
.rung,.side,.feeder{fill:#1f2630}.rung{stroke:#58a6d6}.name,.item{fill:#e6edf3}.small{fill:#a6b1bd}}";

const FONTS: &str = "system-ui,-apple-system,'Segoe UI','PingFang SC','Hiragino Sans GB',\
'Microsoft YaHei','Noto Sans CJK SC','Noto Sans SC',sans-serif";

/// How a line is written.
#[derive(Clone, Copy)]
struct Font {
    class: &'static str,
    size: usize,
    /// The size by which its width is estimated: bold letters are wider.
    wide: usize,
    /// From one line to the next.
    line: usize,
}

const NAME: Font = Font { class: "name", size: 16, wide: 17, line: 23 };
const ITEM: Font = Font { class: "item", size: 14, wide: 14, line: 21 };
const SMALL: Font = Font { class: "small", size: 13, wide: 13, line: 19 };

/// A box of text.
struct Card {
    lines: Vec<(String, Font)>,
    class: &'static str,
}

/// A rung with what stands beside it.
struct Row {
    rung: Card,
    sides: Vec<Card>,
}

/// The picture of a ladder.
pub(crate) fn of(ladder: &Ladder, rulebook: &Rulebook, lang: Lang) -> String {
    let rows: Vec<Row> =
        ladder.rungs.iter().rev().map(|id| row(ladder, id, rulebook, lang)).collect();
    let has_sides = rows.iter().any(|row| !row.sides.is_empty());
    let step = CLIMB.checked_div(rows.len().saturating_sub(1)).unwrap_or(0).min(30);
    let width = 2 * MARGIN
        + RUNG
        + step * rows.len().saturating_sub(1)
        + if has_sides { GAP + SIDE } else { 0 };
    let mut drawing = Drawing { body: String::new(), y: MARGIN };
    for (index, row) in rows.iter().enumerate() {
        let x = MARGIN + step * (rows.len() - 1 - index);
        let side_x = width - MARGIN - SIDE;
        drawing.row(row, x, side_x, index + 1 == rows.len());
    }
    let height = drawing.y + MARGIN;
    let title = crate::markdown::escape_xml(ladders::described(ladder, rulebook).get(lang));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" font-family=\"{FONTS}\">\n<!-- {GENERATOR} -->\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n\
         <rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"10\"/>\n{}</svg>\n",
        width - 1,
        height - 1,
        drawing.body
    )
}

fn row(ladder: &Ladder, rung: &str, rulebook: &Rulebook, lang: Lang) -> Row {
    let beside = (ladder.beside.get(rung), Text::new("并列", "Beside it"), "side");
    let feeders = (ladder.fed_by.get(rung), Text::new("来源", "Fed by"), "feeder");
    let sides = [beside, feeders]
        .into_iter()
        .filter_map(|(ids, kind, class)| Some((ids.filter(|ids| !ids.is_empty())?, kind, class)))
        .map(|(ids, kind, class)| side(ids, &kind, class, rulebook, lang))
        .collect();
    Row { rung: card(rung, rulebook, lang), sides }
}

fn card(id: &str, rulebook: &Rulebook, lang: Lang) -> Card {
    let space = RUNG - 2 * INDENT;
    let mut lines = in_lines(ladders::name(rulebook, id).get(lang), space, NAME);
    if let Some(programme) = rulebook.programme(id) {
        lines.extend(in_lines(programme.authority.get(lang), space, SMALL));
        lines.extend(in_lines(ladders::standing(programme).get(lang), space, SMALL));
    }
    Card { lines, class: "rung" }
}

/// All that stand beside a rung in the same way, in one box.
fn side(ids: &[String], kind: &Text, class: &'static str, rulebook: &Rulebook, lang: Lang) -> Card {
    let space = SIDE - 2 * INDENT;
    let mut lines = in_lines(kind.get(lang), space, SMALL);
    let sign = if ids.len() > 1 { "· " } else { "" };
    for id in ids {
        let name = format!("{sign}{}", ladders::name(rulebook, id).get(lang));
        lines.extend(in_lines(&name, space, ITEM));
    }
    Card { lines, class }
}

fn in_lines(text: &str, space: usize, font: Font) -> Vec<(String, Font)> {
    wrap(text, space, font.wide).into_iter().map(|line| (line, font)).collect()
}

impl Card {
    fn height(&self) -> usize {
        2 * PADDING + self.lines.iter().map(|(_, font)| font.line).sum::<usize>()
    }
}

struct Drawing {
    body: String,
    y: usize,
}

impl Drawing {
    fn row(&mut self, row: &Row, x: usize, side_x: usize, is_last: bool) {
        let sides: usize = row.sides.iter().map(|side| side.height() + 8).sum();
        let height = row.rung.height().max(sides.saturating_sub(8));
        let top = self.y;
        self.card(&row.rung, (x, top), (RUNG, height));
        let mut side_y = top;
        for side in &row.sides {
            self.card(side, (side_x, side_y), (SIDE, side.height()));
            let middle = side_y + side.height() / 2;
            self.body.push_str(&format!(
                "<path class=\"line\" d=\"M{side_x} {middle}H{}\"/>\n",
                x + RUNG + if side.class == "feeder" { 7 } else { 0 }
            ));
            if side.class == "feeder" {
                let tip = x + RUNG + 1;
                self.body
                    .push_str(&format!("<path class=\"head\" d=\"M{tip} {middle}l9 -5v10z\"/>\n"));
            }
            side_y += side.height() + 8;
        }
        self.y = top + height;
        if !is_last {
            // From the rung below up to this one.
            let (arrow, tip) = (x + 40, self.y + 2);
            self.body.push_str(&format!(
                "<path class=\"line\" d=\"M{arrow} {}V{}\"/>\n\
                 <path class=\"head\" d=\"M{arrow} {tip}l-5 9h10z\"/>\n",
                self.y + BETWEEN,
                tip + 8
            ));
            self.y += BETWEEN;
        }
    }

    fn card(&mut self, card: &Card, (x, y): (usize, usize), (width, height): (usize, usize)) {
        self.body.push_str(&format!(
            "<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"7\"/>\n",
            card.class
        ));
        let mut line_y = y + PADDING + (height - card.height()) / 2;
        for (line, font) in &card.lines {
            let words = crate::markdown::escape_xml(line);
            let base = line_y + font.size;
            self.body.push_str(&format!(
                "<text class=\"{}\" x=\"{}\" y=\"{base}\">{words}</text>\n",
                font.class,
                x + INDENT
            ));
            line_y += font.line;
        }
    }
}
