//! Criteria as a table: number, what must hold in words, clause, and how well each number is known.

use enterprise::{Lang, Text};
use rules::{
    Body, Condition, Criterion, Document, Group, Holds, Limit, Programme, Purpose, Rulebook,
};
use words::{law, provenance, quantity, verdict};

use crate::paper::Paper;
use crate::part::{ColumnKind, Line, Of, Piece, Row, To};
use crate::site;

/// Beyond this a condition is listed part by part; a line of about a table cell.
const SHORT: usize = 40;

/// Criteria that are listed together.
pub(crate) struct Listed<'r> {
    pub programme: &'r Programme,
    pub criteria: &'r [Criterion],
    pub document: &'r Document,
    /// What the names of places begin with.
    pub prefix: &'r str,
    /// Where their numbers stand, if they have addresses.
    pub of: Option<Of>,
    pub rulebook: &'r Rulebook,
}

struct Table<'s, 'r> {
    paper: &'s Paper,
    listed: &'s Listed<'r>,
    rows: Vec<Row>,
}

/// The table.
pub(crate) fn table(paper: &mut Paper, listed: &Listed<'_>) {
    let mut table = Table { paper, listed, rows: Vec::new() };
    for (criterion, number) in listed.criteria.iter().zip(1..) {
        table.add(criterion, &format!("{number}"), 0, listed.of.as_ref());
    }
    let rows = table.rows;
    let columns = [
        (ColumnKind::Figure, paper.say("序号", "No.")),
        (ColumnKind::Name, paper.say("条件", "Criterion")),
        (ColumnKind::Words, paper.say("要求", "What must hold")),
        (ColumnKind::Source, paper.say("条款与来源状态", "Clause and source status")),
        (ColumnKind::Id, paper.say("代码", "Id")),
    ];
    paper.table(&columns, rows);
}

impl Table<'_, '_> {
    fn add(&mut self, criterion: &Criterion, number: &str, depth: usize, around: Option<&Of>) {
        let paper = self.paper;
        let of = around.map(|around| around.inside(criterion));
        let words = paper.t(&criterion.label);
        let words = if criterion.is_leaf() { Piece::Text(words) } else { Piece::Strong(words) };
        let mut label = vec![Line::from(words)];
        if criterion.direct {
            label.push(paper.say("（直通）", "(direct path)").into());
        }
        let content = self.content(criterion);
        let content = content.into_iter().map(|line| paper.opening(line)).collect();
        self.rows.push(Row {
            name: Some(site::criterion(self.listed.prefix, &self.listed.programme.id, criterion)),
            depth,
            of: of.clone(),
            cells: vec![
                vec![number.into()],
                label,
                content,
                self.source(criterion),
                vec![Piece::Code(criterion.id.clone()).into()],
            ],
        });
        if let Body::Group(_, children) = &criterion.body {
            for (child, at) in children.iter().zip(1..) {
                self.add(child, &format!("{number}.{at}"), depth + 1, of.as_ref());
            }
        }
    }

    fn content(&self, criterion: &Criterion) -> Vec<Line> {
        let paper = self.paper;
        let mut content = Vec::new();
        if !criterion.purposes.is_empty() {
            content.push(self.only_for(&criterion.purposes));
        }
        if let Some(when) = &criterion.when {
            let words = paper.t(&law::condition(when));
            content.push(paper.pair(paper.say("适用情形", "Applies where"), words));
        }
        match &criterion.body {
            Body::Require(condition) => {
                content.extend(self.linked(condition, self.condition(condition)));
            }
            Body::Judged { by, question } => {
                let by = provenance::judge(by);
                let who = match paper.lang() {
                    Lang::Zh => format!("由{}判断", by.zh),
                    Lang::En => format!("Decided by a {}", by.en),
                };
                let question = question.as_ref().unwrap_or(&criterion.label);
                content.push(paper.pair(&who, paper.t(question)));
            }
            Body::Score => {
                let words = paper.say("评分表", "score table").to_owned();
                let link = Piece::Link(words, To::Here(site::score(self.listed.prefix)));
                content.push(match paper.lang() {
                    Lang::Zh => Line::from(link).and("总分达到合格线"),
                    Lang::En => Line::from("The ").and(link).and(" reaches its pass mark"),
                });
            }
            Body::Group(group, children) => {
                content.push(paper.t(&taken_together(*group, children.len())).into());
            }
        }
        if let Some(note) = &criterion.note {
            content.push(paper.remark(note));
        }
        for limit in &criterion.limits {
            if let Some(note) = &limit.citation.note
                && criterion.note.as_ref() != Some(note)
            {
                let value = paper.t(&quantity::limit(limit));
                content.push(Line::from(format!("{value} ")).and(paper.remark(note)));
            }
        }
        content
    }

    fn condition(&self, condition: &Condition) -> Vec<Line> {
        let paper = self.paper;
        let listing = law::listing(condition);
        let line = law::condition(condition);
        if listing.parts.len() < 3 && line.zh.chars().count() <= SHORT {
            return vec![paper.t(&line).into()];
        }
        let is_list = !listing.heading.zh.is_empty();
        let mut content = Vec::new();
        if is_list {
            let colon = paper.say("：", ":");
            content.push(format!("{}{colon}", paper.t(&listing.heading)).into());
        }
        let sign = if is_list { "· " } else { "" };
        content.extend(
            listing.parts.iter().map(|part| Line::from(format!("{sign}{}", paper.t(part)))),
        );
        content
    }

    /// Names of titles become links to their pages.
    fn linked(&self, condition: &Condition, mut content: Vec<Line>) -> Vec<Line> {
        let mut titles = Vec::new();
        holds(condition, &mut titles);
        let (paper, rulebook) = (self.paper, self.listed.rulebook);
        for title in titles {
            let label = paper.t(&title.label);
            let link = paper.linked(rulebook, &title.programme);
            for line in &mut content {
                if line.replace(&label, &link) {
                    break;
                }
            }
            let others: Vec<Line> = title
                .any_of
                .iter()
                .filter(|id| **id != title.programme)
                .map(|id| paper.linked(rulebook, id).into())
                .collect();
            if !others.is_empty() {
                let name = paper.say("持有下列任一称号亦可", "Holding one of these will do");
                content.push(paper.pair(name, paper.list(others)));
            }
        }
        content
    }

    fn only_for(&self, purposes: &[Purpose]) -> Line {
        let paper = self.paper;
        let names = purposes.iter().map(|purpose| paper.t(&verdict::purpose(*purpose)).into());
        paper.pair(paper.say("仅用于", "Only for"), paper.list(names))
    }

    /// Clause and status, and the status of each threshold that is known otherwise.
    fn source(&self, criterion: &Criterion) -> Vec<Line> {
        let paper = self.paper;
        let own = &criterion.citation.status;
        let clause = provenance::clause(&criterion.citation, self.listed.document);
        let mut status = vec![clause.into(), paper.status(own)];
        let differs = |limit: &&std::sync::Arc<Limit>| limit.citation.status != *own;
        for limit in criterion.limits.iter().filter(differs) {
            let value = paper.t(&quantity::limit(limit));
            status.push(paper.pair(&value, paper.status(&limit.citation.status)));
        }
        status
    }
}

/// The titles that a condition asks for, each once.
fn holds<'r>(condition: &'r Condition, titles: &mut Vec<&'r Holds>) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::AtLeast(_, parts) => {
            parts.iter().for_each(|part| holds(part, titles));
        }
        Condition::Not(inner) => holds(inner, titles),
        Condition::Holds(title) if !titles.contains(&title) => titles.push(title),
        _ => {}
    }
}

fn taken_together(group: Group, count: usize) -> Text {
    match group {
        Group::All => Text::new("以下各项须同时满足", "all of the following"),
        Group::Any if count == 2 => Text::new("以下两项满足其一", "either of the following"),
        Group::Any => Text::new("以下各项满足任一", "any of the following"),
        Group::AtLeast(least) => Text::new(
            format!("以下各项至少满足 {least} 项"),
            format!("at least {least} of the following"),
        ),
        Group::Cases => {
            Text::new("按适用情形，满足对应的一项", "the one of the following that applies")
        }
    }
}
