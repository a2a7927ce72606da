//! Two versions of a programme side by side: first what changed and which way, then both texts, row by row.

mod beside;
mod told;

use askama::Template;
use jiff::civil::Date;
use rules::{Programme, Version};
use words::programme as say_of;

use self::beside::{Beside, criteria, rows, score};
use self::told::{Group, groups, summary};
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
            Choice::new(
                &version.id,
                called(programme, version, today, say),
                version.id == chosen.id,
            )
        });
        all.collect::<Vec<_>>()
    };
    Form::new(format!("/programmes/{}/compare", programme.id), say.t("programmes.do-compare"))
        .field(Field::select("from", say.t("programmes.from-version"), choices(from)))
        .field(Field::select("to", say.t("programmes.to-version"), choices(to)))
}
