//! Criteria as a table: number, what must hold in words, clause, and how well each number is known.

use enterprise::{Lang, Text};
use rules::{
    Body, Condition, Criterion, Document, Group, Holds, Limit, Programme, Purpose, Rulebook,
};
use words::{law, provenance, quantity, verdict};

use crate::ladders;
use crate::markdown::{anchor, code, escape, lines};
use crate::sheet::Sheet;
use crate::site;

/// Beyond this a condition is listed part by part; a line of about a table cell.
const SHORT: usize = 40;

struct Table<'s, 'r> {
    sheet: &'s Sheet,
    programme: &'r Programme,
    document: &'r Document,
    prefix: &'r str,
    rulebook: &'r Rulebook,
    rows: Vec<Vec<String>>,
}

/// The table; `prefix` begins the names of its places.
pub(crate) fn table(
    sheet: &mut Sheet,
    programme: &Programme,
    criteria: &[Criterion],
    document: &Document,
    prefix: &str,
    rulebook: &Rulebook,
) {
    let mut table = Table { sheet, programme, document, prefix, rulebook, rows: Vec::new() };
    for (criterion, number) in criteria.iter().zip(1..) {
        table.add(criterion, &format!("{number}"));
    }
    let rows = table.rows;
    let headings = [
        sheet.say("序号", "No."),
        sheet.say("条件", "Criterion"),
        sheet.say("要求", "What must hold"),
        sheet.say("条款与来源状态", "Clause and source status"),
        sheet.say("代码", "Id"),
    ];
    sheet.table(&headings, &rows);
}

impl Table<'_, '_> {
    fn add(&mut self, criterion: &Criterion, number: &str) {
        let sheet = self.sheet;
        let name = site::criterion(self.prefix, &self.programme.id, criterion);
        let words = sheet.t(&criterion.label);
        let words = if criterion.is_leaf() { words } else { format!("**{words}**") };
        let mut label = vec![format!("{}{words}", anchor(&name))];
        if criterion.direct {
            label.push(sheet.say("（直通）", "(direct path)").to_owned());
        }
        let content = self.content(criterion);
        let content: Vec<String> = content.iter().map(|line| sheet.opening(line)).collect();
        self.rows.push(vec![
            number.to_owned(),
            lines(&label),
            lines(&content),
            lines(&self.source(criterion)),
            code(&criterion.id),
        ]);
        if let Body::Group(_, children) = &criterion.body {
            for (child, at) in children.iter().zip(1..) {
                self.add(child, &format!("{number}.{at}"));
            }
        }
    }

    fn content(&self, criterion: &Criterion) -> Vec<String> {
        let sheet = self.sheet;
        let mut content = Vec::new();
        if !criterion.purposes.is_empty() {
            content.push(self.only_for(&criterion.purposes));
        }
        if let Some(when) = &criterion.when {
            let words = sheet.t(&law::condition(when));
            content.push(sheet.pair(sheet.say("适用情形", "Applies where"), &words));
        }
        match &criterion.body {
            Body::Require(condition) => {
                content.extend(self.linked(condition, self.condition(condition)));
            }
            Body::Judged { by, question } => {
                let by = provenance::judge(by);
                let who = match sheet.lang() {
                    Lang::Zh => format!("由{}判断", by.zh),
                    Lang::En => format!("Decided by a {}", by.en),
                };
                let question = question.as_ref().unwrap_or(&criterion.label);
                content.push(sheet.pair(&who, &sheet.t(question)));
            }
            Body::Score => {
                let link = format!(
                    "[{}](#{})",
                    sheet.say("评分表", "score table"),
                    site::score(self.prefix)
                );
                content.push(match sheet.lang() {
                    Lang::Zh => format!("{link}总分达到合格线"),
                    Lang::En => format!("The {link} reaches its pass mark"),
                });
            }
            Body::Group(group, children) => {
                content.push(sheet.t(&taken_together(*group, children.len())));
            }
        }
        if let Some(note) = &criterion.note {
            content.push(self.remark(note));
        }
        for limit in &criterion.limits {
            if let Some(note) = &limit.citation.note
                && criterion.note.as_ref() != Some(note)
            {
                let value = sheet.t(&quantity::limit(limit));
                content.push(format!("{value} {}", self.remark(note)));
            }
        }
        content
    }

    fn condition(&self, condition: &Condition) -> Vec<String> {
        let sheet = self.sheet;
        let listing = law::listing(condition);
        let line = law::condition(condition);
        if listing.parts.len() < 3 && line.zh.chars().count() <= SHORT {
            return vec![sheet.t(&line)];
        }
        let is_list = !listing.heading.zh.is_empty();
        let mut content = Vec::new();
        if is_list {
            content.push(sheet.pair(&sheet.t(&listing.heading), "").trim_end().to_owned());
        }
        let sign = if is_list { "· " } else { "" };
        content.extend(listing.parts.iter().map(|part| format!("{sign}{}", sheet.t(part))));
        content
    }

    /// Names of titles become links to their pages.
    fn linked(&self, condition: &Condition, mut content: Vec<String>) -> Vec<String> {
        let mut titles = Vec::new();
        holds(condition, &mut titles);
        let sheet = self.sheet;
        for title in titles {
            let label = sheet.t(&title.label);
            let link = ladders::linked(sheet, self.rulebook, &title.programme);
            if let Some(line) = content.iter_mut().find(|line| line.contains(&label)) {
                *line = line.replacen(&label, &link, 1);
            }
            let others: Vec<String> = title
                .any_of
                .iter()
                .filter(|id| **id != title.programme)
                .map(|id| ladders::linked(sheet, self.rulebook, id))
                .collect();
            if !others.is_empty() {
                let name = sheet.say("持有下列任一称号亦可", "Holding one of these will do");
                content.push(sheet.pair(name, &sheet.list(&others)));
            }
        }
        content
    }

    fn only_for(&self, purposes: &[Purpose]) -> String {
        let sheet = self.sheet;
        let names: Vec<String> =
            purposes.iter().map(|purpose| sheet.t(&verdict::purpose(*purpose))).collect();
        sheet.pair(sheet.say("仅用于", "Only for"), &sheet.list(&names))
    }

    fn remark(&self, note: &Text) -> String {
        let sheet = self.sheet;
        format!("*{}*", sheet.pair(sheet.say("注", "Note"), &sheet.t(note)))
    }

    /// Clause and status, and the status of each threshold that is known otherwise.
    fn source(&self, criterion: &Criterion) -> Vec<String> {
        let sheet = self.sheet;
        let own = &criterion.citation.status;
        let clause = escape(&provenance::clause(&criterion.citation, self.document));
        let mut status = vec![clause, sheet.t(&provenance::status(own))];
        let differs = |limit: &&std::sync::Arc<Limit>| limit.citation.status != *own;
        for limit in criterion.limits.iter().filter(differs) {
            let value = sheet.t(&quantity::limit(limit));
            let words = sheet.t(&provenance::status(&limit.citation.status));
            status.push(sheet.pair(&value, &words));
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
