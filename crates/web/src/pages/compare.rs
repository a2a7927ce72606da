//! Two versions of a programme side by side: first what changed and which way, then both texts, row by row.

use askama::Template;
use catalogue::part::{ColumnKind, Line, Part, Piece, Row, Table as Listed};
use changes::{Change, Direction, Kind as ChangeKind, Sides, Weight};
use jiff::civil::Date;
use rules::{Programme, Version};
use words::{programme as say_of, verdict};

use super::programme::{called, named};
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::lang::Say;
use crate::law::standing;
use crate::view::{Block, Choice, Field, Form, View};

#[derive(Template)]
#[template(path = "law/compare.html")]
struct Compared {
    say: Say,
    from: String,
    to: String,
    groups: Vec<Group>,
    criteria: Vec<Beside>,
    score: Vec<Beside>,
}

/// Changes of one weight.
struct Group {
    title: String,
    changes: Vec<Told>,
}

/// A change as the page tells it.
struct Told {
    label: String,
    within: String,
    before: String,
    after: String,
    class: &'static str,
    tag: String,
    more: Vec<String>,
}

/// A row of both texts.
struct Beside {
    label: String,
    depth: usize,
    old: Option<Vec<String>>,
    new: Option<Vec<String>>,
    same: bool,
}

/// Two versions side by side.
pub(crate) async fn compare(ask: Ask) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let programme = book.programme(ask.part("id")).ok_or_else(Failure::missing)?;
    let today = app::today(ask.platform().now());
    let (from, to) = asked(&ask, programme, today)?;
    let title = say.t1("programmes.compare-title", "title", say.both(&programme.title));
    let mut view = View::new(&ask, title)
        .up("/programmes", say.t("programmes.title"))
        .up(format!("/programmes/{}", programme.id), say.both(&programme.title));
    let (Some(from), Some(to)) = (from, to) else {
        view.push(Block::Empty(say.t("programmes.nothing-to-compare")));
        return view.show(&ask);
    };
    view.push(Block::Filters(choice(programme, from, to, today, say)));
    let sides = changes::sides(from, to);
    view.push(Block::Note("", summary(&sides.changes, say)));
    let old = book.read(&programme.id, Some(&from.id), say).await?;
    let new = book.read(&programme.id, Some(&to.id), say).await?;
    let chapters = old.chapters.as_ref().zip(new.chapters.as_ref());
    let (criteria, score) = match chapters {
        Some((old, new)) => (
            criteria(&sides, rows(&old.criteria), rows(&new.criteria)),
            score(&old.score, &new.score),
        ),
        None => (Vec::new(), Vec::new()),
    };
    view.part(&Compared {
        say,
        from: say.both(&say_of::version(from)),
        to: say.both(&say_of::version(to)),
        groups: groups(&sides.changes, say),
        criteria,
        score,
    })?;
    view.show(&ask)
}

/// The versions that are asked for: by themselves, the one in force and the one before it.
fn asked<'r>(
    ask: &Ask,
    programme: &'r Programme,
    today: Date,
) -> Result<(Option<&'r Version>, Option<&'r Version>), Failure> {
    let get = |name: &str| ask.query.text(name).map(|id| named(programme, id)).transpose();
    let to = match get("to")? {
        Some(to) => Some(to),
        None => standing(programme, today).version(),
    };
    let from = match get("from")? {
        Some(from) => Some(from),
        None => to.and_then(|to| {
            let others = programme.versions.iter().filter(|other| other.id != to.id);
            let first = |version: &Version| version.applies.iter().map(|one| one.from).min();
            let before = others.clone().filter(|other| first(other) < first(to));
            before.max_by_key(|other| first(other)).or_else(|| others.clone().next())
        }),
    };
    Ok((from, to))
}

fn choice(programme: &Programme, from: &Version, to: &Version, today: Date, say: Say) -> Form {
    let choices = |chosen: &Version| {
        let all = programme.versions.iter().rev().map(|version| {
            Choice::new(&version.id, called(version, today, say), version.id == chosen.id)
        });
        all.collect::<Vec<_>>()
    };
    Form::new(format!("/programmes/{}/compare", programme.id), say.t("programmes.do-compare"))
        .field(Field::select("from", say.t("programmes.from-version"), choices(from)))
        .field(Field::select("to", say.t("programmes.to-version"), choices(to)))
}

/// `影响判定 7 处（收紧 4，放宽 1）…`
fn summary(changes: &[Change], say: Say) -> String {
    let count = |wanted: &dyn Fn(&Change) -> bool| changes.iter().filter(|one| wanted(one)).count();
    let decides = |change: &Change| change.weight == Weight::Verdict;
    let towards = |direction| {
        count(&move |change: &Change| decides(change) && change.direction == Some(direction))
    };
    let mut said = say.t1("programmes.deciding-changes", "count", count(&decides));
    let both = [
        ("programmes.harder-count", towards(Direction::Tightened)),
        ("programmes.easier-count", towards(Direction::Relaxed)),
        ("programmes.practice-count", count(&|change| change.weight == Weight::Practice)),
    ];
    for (key, number) in both.into_iter().filter(|(_, number)| *number > 0) {
        said.push_str(say.either("，", ", "));
        said.push_str(&say.t1(key, "count", number));
    }
    said.push_str(say.either("。", "."));
    said
}

fn groups(changes: &[Change], say: Say) -> Vec<Group> {
    let weights = [
        (Weight::Verdict, "programmes.decides"),
        (Weight::Practice, "programmes.practice"),
        (Weight::Wording, "programmes.wording"),
    ];
    weights
        .into_iter()
        .map(|(weight, key)| Group {
            title: say.t(key),
            changes: changes
                .iter()
                .filter(|change| change.weight == weight)
                .map(|change| told(change, say))
                .collect(),
        })
        .filter(|group| !group.changes.is_empty())
        .collect()
}

fn told(change: &Change, say: Say) -> Told {
    // What is named by its label has nothing to add on the side where it is.
    let text = |text: &Option<enterprise::Text>, there: bool| match text {
        Some(text) => say.both(text),
        None if there => say.t("programmes.is-there"),
        None => say.t("programmes.not-there"),
    };
    let class = match change.direction {
        Some(Direction::Tightened) => "harder",
        Some(Direction::Relaxed) => "easier",
        None => "",
    };
    let purposes = change.whom.purposes.iter().map(|purpose| verdict::purpose(*purpose));
    let cases: Vec<enterprise::Text> = purposes.chain(change.whom.cases.iter().cloned()).collect();
    let mut more = Vec::new();
    if !cases.is_empty() {
        let cases = say.both(&words::join(&cases, "；", "; "));
        more.push(say.t1("programmes.only-for", "whom", cases));
    }
    more.extend(change.remark.as_ref().map(|remark| say.both(remark)));
    more.extend(change.citation.as_ref().map(|citation| citation.clause.clone()));
    let within = [&change.within, &change.detail].into_iter().flatten();
    let within: Vec<String> = within.map(|text| say.both(text)).collect();
    Told {
        label: say.both(&change.label),
        within: within.join(" › "),
        before: text(&change.before, change.kind != ChangeKind::Added),
        after: text(&change.after, change.kind != ChangeKind::Removed),
        class,
        tag: say.both(&change.tag()),
        more: more.into_iter().filter(|line| !line.is_empty()).collect(),
    }
}

/// The rows of all tables of a chapter.
fn rows(parts: &[Part]) -> Vec<(&Listed, &Row)> {
    parts
        .iter()
        .filter_map(|part| match part {
            Part::Table(table) => Some(table),
            _ => None,
        })
        .flat_map(|table| table.rows.iter().map(move |row| (table, row)))
        .collect()
}

fn criteria(sides: &Sides, old: Vec<(&Listed, &Row)>, new: Vec<(&Listed, &Row)>) -> Vec<Beside> {
    sides
        .criteria
        .iter()
        .filter_map(|side| {
            let before = side.old.and_then(|at| old.get(at));
            let after = side.new.and_then(|at| new.get(at));
            let (table, row) = after.or(before)?;
            Some(beside(table, row, before.copied(), after.copied(), side.same))
        })
        .collect()
}

/// The items of both score tables; the same item is called the same.
fn score(old: &[Part], new: &[Part]) -> Vec<Beside> {
    let (old, new) = (rows(old), rows(new));
    let key = |row: &Row| row.of.as_ref().map(|of| of.path.clone());
    let mut found: Vec<Beside> = new
        .iter()
        .map(|after| {
            let before = old.iter().find(|before| key(before.1) == key(after.1));
            let same = before.is_some_and(|before| before.1.cells == after.1.cells);
            beside(after.0, after.1, before.copied(), Some(*after), same)
        })
        .collect();
    let gone = old.iter().filter(|before| !new.iter().any(|after| key(after.1) == key(before.1)));
    found.extend(gone.map(|before| beside(before.0, before.1, Some(*before), None, false)));
    found
}

fn beside(
    table: &Listed,
    row: &Row,
    old: Option<(&Listed, &Row)>,
    new: Option<(&Listed, &Row)>,
    same: bool,
) -> Beside {
    let words = |(table, row): (&Listed, &Row)| cell(table, row, ColumnKind::Words);
    Beside {
        label: cell(table, row, ColumnKind::Name).join(" "),
        depth: row.depth.min(4),
        old: old.map(words),
        new: new.map(words),
        same,
    }
}

/// The lines of the first column of a kind.
fn cell(table: &Listed, row: &Row, kind: ColumnKind) -> Vec<String> {
    let at = table.columns.iter().position(|column| column.kind == kind);
    let lines = at.and_then(|at| row.cells.get(at)).map(Vec::as_slice).unwrap_or_default();
    lines.iter().map(plain).collect()
}

fn plain(line: &Line) -> String {
    let words = line.0.iter().map(|piece| match piece {
        Piece::Text(text)
        | Piece::Strong(text)
        | Piece::Faint(text)
        | Piece::Code(text)
        | Piece::Link(text, _)
        | Piece::Status(_, text) => text.as_str(),
    });
    words.collect()
}
