//! The lines of an explanation as a tree of criteria.

use enterprise::Text;
use words::explanation::{Line as Said, Row as SaidRow};

use super::{Answers, tone_of};
use crate::parts::tree::{Line, Node, Row, Tree, Truth};

impl Answers<'_> {
    /// The tree of these lines.
    pub(super) fn tree(&self, lines: &[Said]) -> Tree {
        let mut open: Vec<(usize, Node)> = Vec::new();
        let mut nodes = Vec::new();
        for line in lines {
            match line {
                Said::Head { depth, truth, label, source } => {
                    close(&mut open, *depth, &mut nodes);
                    let mut node = Node::new(status(*truth), self.text(label));
                    if let Some((clause, status)) = source {
                        node.clause = clause.clone();
                        node.status_note = self.text(status);
                    }
                    open.push((*depth, node));
                }
                Said::Row(row) => {
                    close(&mut open, row.depth, &mut nodes);
                    self.row(row, &mut open, &mut nodes);
                }
                Said::Note { depth, text, tone } => {
                    close(&mut open, *depth, &mut nodes);
                    let Some((above, node)) = open.last_mut() else { continue };
                    if node.children.is_empty() {
                        let depth = within(*depth, *above);
                        let (text, tone) = (self.text(text), tone_of(*tone));
                        node.lines.push(Line::Remark { depth, text, tone });
                    } else {
                        add(&mut node.note, &self.text(text));
                    }
                }
            }
        }
        close(&mut open, 0, &mut nodes);
        Tree { say: self.say, nodes }
    }

    fn row(&self, said: &SaidRow, open: &mut [(usize, Node)], nodes: &mut Vec<Node>) {
        let word = |text: &Text| self.text(text);
        let row = Row {
            depth: 0,
            mark: said.truth.map(status),
            label: word(&said.label),
            value: word(&said.value),
            limit: word(&said.limit),
            note: word(&said.note),
            tone: tone_of(said.tone),
            share: said.ppm.map(share),
        };
        let alone = |row: Row| {
            let mut node = Node::new(row.mark.unwrap_or(Truth::NotApplicable), row.label.clone());
            node.lines.push(Line::Row(Row { mark: None, label: String::new(), ..row }));
            node
        };
        match open.last_mut() {
            Some((above, node)) if node.children.is_empty() => {
                node.lines.push(Line::Row(Row { depth: within(said.depth, *above), ..row }));
            }
            // A part in one row after parts that are more: the order of the law is kept.
            Some((_, node)) => node.children.push(alone(row)),
            None => nodes.push(alone(row)),
        }
    }
}

impl Tree {
    /// What fails alone: a plan tells the rest where it asks for it.
    pub(super) fn failing(mut self) -> Self {
        only_failing(&mut self.nodes);
        self
    }
}

fn only_failing(nodes: &mut Vec<Node>) {
    nodes.retain(|node| node.truth == Truth::NotMet);
    for node in nodes {
        node.lines.retain(|line| match line {
            Line::Row(row) => row.mark.is_none_or(|mark| mark == Truth::NotMet),
            Line::Remark { .. } => true,
        });
        only_failing(&mut node.children);
    }
}

/// Ends the criteria that do not stand above something at this depth.
fn close(open: &mut Vec<(usize, Node)>, depth: usize, nodes: &mut Vec<Node>) {
    while open.last().is_some_and(|(above, _)| *above >= depth) {
        let Some((_, node)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(node),
            None => nodes.push(node),
        }
    }
}

fn within(depth: usize, above: usize) -> u8 {
    u8::try_from(depth.saturating_sub(above + 1)).unwrap_or(u8::MAX).min(3)
}

fn add(note: &mut String, text: &str) {
    if !note.is_empty() {
        note.push(' ');
    }
    note.push_str(text);
}

/// How much of a threshold is reached, in thousandths, from what is short of it in parts per million.
fn share(short: i64) -> u32 {
    u32::try_from((1_000_000 - short.clamp(0, 1_000_000)) / 1000).unwrap_or(0)
}

fn status(truth: rules::Truth) -> Truth {
    match truth {
        rules::Truth::Met => Truth::Met,
        rules::Truth::NotMet => Truth::NotMet,
        rules::Truth::Unknown(_) => Truth::Unknown,
        rules::Truth::NotApplicable => Truth::NotApplicable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_never_leaves_the_bar() {
        for (short, shown) in
            [(0, 1000), (-250_000, 1000), (1, 999), (250_000, 750), (i64::MAX, 0), (i64::MIN, 1000)]
        {
            assert_eq!(share(short), shown, "{short}");
        }
    }
}
