//! People: the list, as a page and as a workbook, and those whose data waits to be erased.

use access::Action;
use app::people::{PersonView, export_people, list_people};
use store::Sorted;
use store::person::{By, Standing, Wanted};

use super::{name, roles, shown, states};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong};
use crate::parts::list::{Column, Kind, List};
use crate::view::{Act, Block, Cell, Choice, Field, Form, View};
use crate::workbook::{self, Workbook};

/// The list.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let words = ask.query.text("q");
    let mut list = List::new(&ask, say.t("people.title"), columns(&ask));
    let mut wrong = Wrong::default();
    let wanted = wanted(&ask, &list, &mut wrong);
    let chosen = ask.query.text("state").unwrap_or_default();
    let mut states = vec![Choice::new("", say.t("list.all"), chosen.is_empty())];
    states.extend(
        [
            ("invited", "person.invited"),
            ("locked", "person.locked"),
            ("disabled", "person.disabled"),
        ]
        .map(|(code, key)| Choice::new(code, say.t(key), chosen == code)),
    );
    let filters = Form::new("/people", say.t("list.search"))
        .field(Field::kind("q", say.t("people.words"), "search", words.unwrap_or_default()))
        .field(Field::select("state", say.t("list.state"), states))
        .mistakes(&wrong);
    let mut view = View::new(&ask, say.t("people.title"));
    if !wrong.0.is_empty() {
        view.push(Block::Filters(filters));
        return view.show_as(&ask, wrong.status());
    }
    let found = list_people(ask.platform(), ask.caller()?, &wanted, ask.page()).await?;
    list.filters(filters);
    fill(&ask, &mut list, &found.rows);
    list.total(&ask, found.total);
    list.export(&ask, "/people/export.xlsx");
    if words.is_none() && chosen.is_empty() {
        list.empty(say.t("people.none"));
    }
    view.offer(&ask, Action::PersonInvite, Act::main("/people/invite", say.t("people.invite")));
    view.offer(&ask, Action::PersonUnlock, Act::link("/releases", say.t("releases.title")));
    view.offer(&ask, Action::PersonErase, Act::link("/erasures", say.t("erasures.title")));
    view.list(&list)?;
    view.show(&ask)
}

/// The list as a workbook, with who took it out below its last row.
pub(crate) async fn export(ask: Ask) -> Answer {
    let say = ask.say;
    let mut list = List::new(&ask, say.t("people.title"), columns(&ask));
    let mut wrong = Wrong::default();
    let wanted = wanted(&ask, &list, &mut wrong);
    if !wrong.0.is_empty() {
        return Err(Failure::Form);
    }
    let exported = export_people(ask.platform(), ask.caller()?, &wanted).await?;
    fill(&ask, &mut list, &exported.rows);
    let mark = &exported.watermark;
    let mut book = Workbook::new(say, say.either(&mark.zh, &mark.en), ask.shared.config.demo);
    let (heads, rows) = list.sheet();
    book.sheet(&say.t("people.title"), &heads, &rows)?;
    ask.file(&format!("{}.xlsx", say.t("people.title")), workbook::KIND, book.finish()?)
}

/// Those whose personal data waits to be erased.
pub(crate) async fn erasures(ask: Ask) -> Answer {
    let say = ask.say;
    let waiting = app::people::list_erasures(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("erasures.title")).up("/people", say.t("people.title"));
    view.push(Block::Text(say.t("erasures.what")));
    let columns = columns(&ask).into_iter().map(|column| Column { sorts: false, ..column });
    let mut list = List::new(&ask, say.t("erasures.title"), columns.collect());
    list.empty(say.t("erasures.none"));
    fill(&ask, &mut list, &waiting);
    view.list(&list)?;
    view.show(&ask)
}

/// Those whose account waits to be released.
pub(crate) async fn releases(ask: Ask) -> Answer {
    let say = ask.say;
    let waiting = app::people::list_held(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("releases.title")).up("/people", say.t("people.title"));
    view.push(Block::Text(say.t("releases.what")));
    let columns = columns(&ask).into_iter().map(|column| Column { sorts: false, ..column });
    let mut list = List::new(&ask, say.t("releases.title"), columns.collect());
    list.empty(say.t("releases.none"));
    fill(&ask, &mut list, &waiting);
    view.list(&list)?;
    view.show(&ask)
}

fn columns(ask: &Ask) -> Vec<Column> {
    let say = ask.say;
    vec![
        Column::link("name", say.t("person.name")).small(say.t("person.login")).sorts().width(16),
        Column::text("roles", say.t("person.roles")).small(say.t("home.organisation")).width(28),
        Column::new("phone", say.t("person.phone"), Kind::Code),
        Column::text("mail", say.t("person.mail")).width(26),
        Column::new("factor", say.t("person.factor"), Kind::State).aside(),
        Column::new("since", say.t("person.since"), Kind::Day).sorts().aside().width(18),
        Column::new("state", say.t("list.state"), Kind::State),
    ]
}

fn fill(ask: &Ask, list: &mut List, people: &[PersonView]) {
    let say = ask.say;
    for person in people {
        let factor = if person.second_factor { "person.factor-set" } else { "person.factor-none" };
        list.row(vec![
            Cell::Link {
                to: format!("/people/{}", person.id),
                text: name(&person.name, person.id),
                small: person.login.clone().unwrap_or_default(),
            },
            roles(ask, person),
            shown(&person.phone),
            shown(&person.mail),
            Cell::text(say.t(factor)),
            Cell::Num(say.time(person.created)),
            Cell::States(states(ask, person)),
        ]);
    }
}

fn wanted<'a>(ask: &'a Ask, list: &List, wrong: &mut Wrong) -> Wanted<'a> {
    let order = list.sort().map_or_else(Sorted::default, |sort| Sorted {
        by: if sort.key == "since" { By::Created } else { By::Name },
        down: sort.down,
    });
    let standing = ask.filter("state", wrong, |code| match code {
        "invited" => Some(Standing::Invited),
        "locked" => Some(Standing::Locked(ask.platform().now())),
        "disabled" => Some(Standing::Disabled),
        _ => None,
    });
    Wanted { words: ask.query.text("q"), standing, order }
}
