//! Tables whose columns line up, also with Chinese in them, and whose cells wrap where the screen is
//! too narrow.

use super::paint::Style;
use super::width;

const GAP: usize = 2;

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    head: String,
    right: bool,
    /// The narrowest that its cells may be wrapped to; `None` if they never are.
    least: Option<usize>,
}

/// A cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

/// A table.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

#[derive(Debug, Clone)]
enum Row {
    Cells(Vec<Cell>),
    /// Words across all columns.
    Across(Cell),
}

impl Column {
    /// A column of words that may be wrapped to `least` columns.
    pub(crate) fn words(head: &str, least: usize) -> Self {
        Self { head: head.to_owned(), right: false, least: Some(least) }
    }

    /// A column that is never wrapped.
    pub(crate) fn fixed(head: &str) -> Self {
        Self { head: head.to_owned(), right: false, least: None }
    }

    /// A column of numbers: never wrapped, to the right.
    pub(crate) fn number(head: &str) -> Self {
        Self { head: head.to_owned(), right: true, least: None }
    }
}

impl Cell {
    /// A cell in a style.
    pub(crate) fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }

    /// A plain cell.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::styled(text, Style::Plain)
    }
}

impl Table {
    /// An empty table.
    pub(crate) fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row::Cells(cells));
    }

    /// Adds words across all columns.
    pub(crate) fn across(&mut self, cell: Cell) {
        self.rows.push(Row::Across(cell));
    }

    /// Whether it has no row.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The lines of the table, head first, each exactly as wide as the others.
    pub(crate) fn lines(&self, available: usize, colour: bool) -> Vec<String> {
        let widths = self.widths(available);
        let total = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
        let mut lines = Vec::new();
        if self.columns.iter().any(|column| !column.head.is_empty()) {
            let head = self.columns.iter().map(|column| Cell::styled(&*column.head, Style::Bold));
            self.write(&head.collect::<Vec<_>>(), &widths, colour, &mut lines);
            lines.push(Style::Dim.paint(&"─".repeat(total), colour));
        }
        for row in &self.rows {
            match row {
                Row::Cells(cells) => self.write(cells, &widths, colour, &mut lines),
                Row::Across(cell) => {
                    for line in width::wrap(&cell.text, total) {
                        lines.push(cell.style.paint(&width::pad(&line, total), colour));
                    }
                }
            }
        }
        lines
    }

    fn widths(&self, available: usize) -> Vec<usize> {
        let natural = |(index, column): (usize, &Column)| {
            let cells = self.rows.iter().filter_map(|row| match row {
                Row::Cells(cells) => cells.get(index),
                Row::Across(_) => None,
            });
            let widest = cells.map(|cell| width::of(&cell.text)).max().unwrap_or(0);
            widest.max(width::of(&column.head))
        };
        let mut widths: Vec<usize> = self.columns.iter().enumerate().map(natural).collect();
        let room = available.saturating_sub(GAP * widths.len().saturating_sub(1));
        while widths.iter().sum::<usize>() > room {
            let shrinks = self.columns.iter().zip(&mut widths).filter(|(column, width)| {
                column.least.is_some_and(|least| **width > least.max(width::of(&column.head)))
            });
            match shrinks.max_by_key(|(_, width)| **width) {
                Some((_, widest)) => *widest -= 1,
                None => break,
            }
        }
        widths
    }

    fn write(&self, row: &[Cell], widths: &[usize], colour: bool, lines: &mut Vec<String>) {
        let empty = Cell::default();
        let cells: Vec<(&Cell, Vec<String>)> = widths
            .iter()
            .enumerate()
            .map(|(index, width)| {
                let cell = row.get(index).unwrap_or(&empty);
                (cell, width::wrap(&cell.text, *width))
            })
            .collect();
        let height = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        for level in 0..height {
            let mut line = String::new();
            for (index, ((cell, texts), width)) in cells.iter().zip(widths).enumerate() {
                if index > 0 {
                    line.push_str(&" ".repeat(GAP));
                }
                let text = texts.get(level).map(String::as_str).unwrap_or_default();
                let right = self.columns.get(index).is_some_and(|column| column.right);
                let padded =
                    if right { width::pad_left(text, *width) } else { width::pad(text, *width) };
                line.push_str(&cell.style.paint(&padded, colour));
            }
            lines.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_as_wide_as_the_others() {
        let mut table = Table::new(vec![
            Column::words("项目", 8),
            Column::fixed("结论"),
            Column::number("得分"),
            Column::words("原因", 10),
        ]);
        for (title, verdict, score, reason) in [
            ("专精特新“小巨人”企业", "不符合", "62–78", "营业收入 差 12.5 万元（0.25 %）；另 2 项"),
            ("Innovative SME", "符合", "100", ""),
            ("", "待定·缺数据", "", "缺 资产总额 2025 等 4 项"),
        ] {
            table.row([title, verdict, score, reason].map(Cell::plain).into());
        }
        for available in 40..120 {
            let lines = table.lines(available, false);
            let widths: Vec<usize> = lines.iter().map(|line| width::of(line)).collect();
            assert!(widths.iter().all(|width| *width == widths[0]), "{available}: {widths:?}");
            assert!(widths[0] <= available.max(47), "{available}: {}", widths[0]);
        }
    }
}
