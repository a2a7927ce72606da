//! Organisations: the tree, one of them, a new one, changes, closing.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use access::{Action, OrganisationKind};
use app::organisations::{
    Described, NewOrganisation, change_organisation, close_organisation, create_organisation,
    list_organisations, reopen_organisation, show_organisation,
};
use serde::Deserialize;
use store::organisation::{Organisation, Wanted};

use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::view::{Act, Block, Cell, Choice, Confirm, Field, Form, Table, View};

/// The list.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let words = ask.query.text("q");
    let kind = ask.query.text("kind").and_then(OrganisationKind::from_code);
    let closed = ask.query.text("closed").is_some();
    let wanted = Wanted { kind, words, closed };
    let found = list_organisations(ask.platform(), ask.caller()?, &wanted, ask.page()).await?;
    let mut view = View::new(&ask, say.t("organisations.title"));
    view.offer(
        &ask,
        Action::OrganisationCreate,
        Act::main("/organisations/new", say.t("organisation.new")),
    );
    let mut kinds = vec![Choice::new("", say.t("list.all"), kind.is_none())];
    kinds.extend(kind_choices(&ask, OrganisationKind::ALL, kind));
    view.push(Block::Filters(
        Form::new("/organisations", say.t("list.search"))
            .field(Field::kind(
                "q",
                say.t("organisation.words"),
                "search",
                words.unwrap_or_default(),
            ))
            .field(Field::select("kind", say.t("organisation.kind"), kinds))
            .field(Field::checks(
                "closed",
                String::new(),
                vec![Choice::new("on", say.t("organisation.closed-too"), closed)],
            )),
    ));
    // Filtered, or cut into pages, the rows are no tree any more.
    let tree = words.is_none() && kind.is_none() && found.total <= crate::ask::ROWS;
    let mut organisations = found.rows;
    if tree {
        organisations.sort_by_key(steps);
    }
    let least = organisations.iter().map(depth).min().unwrap_or_default();
    let above = names_above(&ask, &organisations).await?;
    let rows = organisations
        .iter()
        .map(|one| {
            let to = format!("/organisations/{}", one.id);
            let place = if tree { (depth(one) - least).min(3) } else { 0 };
            vec![
                Cell::Deep { depth: place, to, text: one.name.clone(), small: String::new() },
                Cell::text(say.name(one.kind.words())),
                Cell::text(
                    one.parent
                        .and_then(|parent| above.get(&parent).cloned())
                        .unwrap_or_else(|| "—".to_owned()),
                ),
                Cell::Num(one.uscc.clone().unwrap_or_else(|| "—".to_owned())),
                Cell::Num(one.district.clone().unwrap_or_else(|| "—".to_owned())),
                state(&ask, one),
            ]
        })
        .collect();
    let columns = vec![
        say.t("organisation.name"),
        say.t("organisation.kind"),
        say.t("organisation.above"),
        say.t("organisation.uscc"),
        say.t("organisation.district"),
        say.t("list.state"),
    ];
    let none = if words.is_none() && kind.is_none() {
        say.t("organisations.none")
    } else {
        say.t("list.none-such")
    };
    view.table(Table { caption: String::new(), columns, rows }, none);
    view.pager(&ask, found.total);
    view.show(&ask)
}

fn depth(organisation: &Organisation) -> usize {
    organisation.path.matches('/').count()
}

/// The numbers on the way from the top: in their order a tree stands as it grew.
fn steps(organisation: &Organisation) -> Vec<i64> {
    organisation.path.split('/').filter_map(|step| step.parse().ok()).collect()
}

/// The names of those above, as far as they are within sight.
async fn names_above(ask: &Ask, rows: &[Organisation]) -> Result<BTreeMap<i64, String>, Failure> {
    let mut names: BTreeMap<i64, String> =
        rows.iter().map(|one| (one.id, one.name.clone())).collect();
    for parent in rows.iter().filter_map(|one| one.parent) {
        if let Entry::Vacant(place) = names.entry(parent) {
            let found = show_organisation(ask.platform(), ask.caller()?, parent).await;
            place.insert(found.map_or_else(|_| "—".to_owned(), |above| above.name));
        }
    }
    Ok(names)
}

fn state(ask: &Ask, organisation: &Organisation) -> Cell {
    match organisation.closed {
        Some(_) => Cell::State("", ask.say.t("organisation.closed")),
        None => Cell::State("good", ask.say.t("organisation.open")),
    }
}

fn kind_choices(
    ask: &Ask,
    kinds: &[OrganisationKind],
    chosen: Option<OrganisationKind>,
) -> Vec<Choice> {
    kinds
        .iter()
        .map(|kind| Choice::new(kind.code(), ask.say.name(kind.words()), chosen == Some(*kind)))
        .collect()
}

/// One of them.
pub(crate) async fn show(ask: Ask) -> Answer {
    let say = ask.say;
    let one = show_organisation(ask.platform(), ask.caller()?, ask.id()?).await?;
    let id = one.id;
    let mut view = View::new(&ask, &one.name).up("/organisations", say.t("organisations.title"));
    let to = |what: &str| format!("/organisations/{id}/{what}");
    if one.closed.is_some() {
        view.offer(&ask, Action::OrganisationClose, Act::link(to("reopen"), say.t("reopen.title")));
    } else {
        view.offer(
            &ask,
            Action::PersonInvite,
            Act::link(format!("/people/invite?organisation={id}"), say.t("people.invite")),
        );
        if !kinds_under(one.kind).is_empty() {
            view.offer(
                &ask,
                Action::OrganisationCreate,
                Act::link(
                    format!("/organisations/new?parent={id}"),
                    say.t("organisation.new-below"),
                ),
            );
        }
        view.offer(
            &ask,
            Action::OrganisationChange,
            Act::link(to("change"), say.t("organisation.change")),
        );
        if one.parent.is_some() {
            view.offer(
                &ask,
                Action::OrganisationClose,
                Act::danger(to("close"), say.t("close.title")),
            );
        }
    }
    let mut facts = vec![
        (say.t("organisation.kind"), Cell::text(say.name(one.kind.words()))),
        (say.t("list.state"), state(&ask, &one)),
        (say.t("organisation.uscc"), Cell::Num(one.uscc.clone().unwrap_or_else(|| "—".to_owned()))),
        (
            say.t("organisation.district"),
            Cell::Num(one.district.clone().unwrap_or_else(|| "—".to_owned())),
        ),
        (say.t("organisation.since"), Cell::Num(say.time(one.created))),
    ];
    // The one above may be out of sight.
    if let Some(parent) = one.parent
        && let Ok(above) = show_organisation(ask.platform(), ask.caller()?, parent).await
    {
        let link = Cell::link(format!("/organisations/{parent}"), above.name);
        facts.insert(1, (say.t("organisation.above"), link));
    }
    view.push(Block::Facts(facts));
    view.show(&ask)
}

fn kinds_under(parent: OrganisationKind) -> Vec<OrganisationKind> {
    OrganisationKind::ALL.iter().copied().filter(|kind| kind.stands_under(Some(parent))).collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    parent: i64,
    kind: String,
    name: String,
    uscc: Option<String>,
    district: Option<String>,
}

/// The form for a new one; below the city's bureau if nothing else is said.
pub(crate) async fn new_form(ask: Ask) -> Answer {
    new_page(&ask, None, &Wrong::default()).await
}

/// Enters it.
pub(crate) async fn create(ask: Ask) -> Answer {
    let typed: New = ask.form()?;
    let new = NewOrganisation {
        parent: typed.parent,
        kind: OrganisationKind::from_code(&typed.kind).ok_or(Failure::Form)?,
        described: Described {
            name: &typed.name,
            uscc: typed.uscc.as_deref(),
            district: typed.district.as_deref(),
        },
    };
    match create_organisation(ask.platform(), ask.caller()?, &new).await {
        Ok(id) => ask.done(&format!("/organisations/{id}"), "organisation-created"),
        Err(refusal) => {
            let wrong = wrong(refusal, ask.say)?;
            new_page(&ask, Some(&typed), &wrong).await
        }
    }
}

async fn new_page(ask: &Ask, typed: Option<&New>, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let asked = match (typed, ask.query.text("parent")) {
        (Some(typed), _) => Some(typed.parent),
        (None, Some(text)) => Some(text.parse().map_err(|_| Failure::missing())?),
        (None, None) => None,
    };
    let parent = match asked {
        Some(id) => show_organisation(ask.platform(), ask.caller()?, id).await?,
        None => top(ask).await?,
    };
    let mut view = View::new(ask, say.t("organisation.new"))
        .up("/organisations", say.t("organisations.title"));
    view.push(Block::Facts(vec![(say.t("organisation.above"), Cell::text(&parent.name))]));
    let kind = typed.and_then(|typed| OrganisationKind::from_code(&typed.kind));
    let of = |pick: fn(&New) -> Option<&str>| typed.and_then(pick).unwrap_or_default();
    let form = Form::new("/organisations/new", say.t("organisation.new"))
        .hide("parent", parent.id)
        .cancel("/organisations")
        .field(
            Field::select(
                "kind",
                say.t("organisation.kind"),
                kind_choices(ask, &kinds_under(parent.kind), kind),
            )
            .required(),
        );
    let form = described(
        ask,
        form,
        of(|typed| Some(&typed.name)),
        of(|typed| typed.uscc.as_deref()),
        of(|typed| typed.district.as_deref()),
    );
    view.push(Block::Form(form.mistakes(wrong)));
    view.show_as(ask, wrong.status())
}

async fn top(ask: &Ask) -> Result<Organisation, Failure> {
    let wanted = Wanted { kind: Some(OrganisationKind::CityBureau), ..Wanted::default() };
    let page = store::Page { skip: 0, take: 1 };
    let found = list_organisations(ask.platform(), ask.caller()?, &wanted, page).await?;
    found.rows.into_iter().next().ok_or(Failure::missing())
}

fn described(ask: &Ask, form: Form, name: &str, uscc: &str, district: &str) -> Form {
    let say = ask.say;
    form.field(Field::line("name", say.t("organisation.name"), name).required())
        .field(
            Field::line("uscc", say.t("organisation.uscc"), uscc)
                .hint(say.t("organisation.uscc-hint")),
        )
        .field(
            Field::line("district", say.t("organisation.district"), district)
                .hint(say.t("organisation.district-hint")),
        )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    version: i64,
    name: String,
    uscc: Option<String>,
    district: Option<String>,
}

/// The form for changing it.
pub(crate) async fn change_form(ask: Ask) -> Answer {
    let one = show_organisation(ask.platform(), ask.caller()?, ask.id()?).await?;
    let changed =
        Changed { version: one.version, name: one.name, uscc: one.uscc, district: one.district };
    change_page(&ask, &changed, &Wrong::default())
}

/// Changes it.
pub(crate) async fn change(ask: Ask) -> Answer {
    let typed: Changed = ask.form()?;
    let id = ask.id()?;
    let described = Described {
        name: &typed.name,
        uscc: typed.uscc.as_deref(),
        district: typed.district.as_deref(),
    };
    match change_organisation(ask.platform(), ask.caller()?, id, typed.version, &described).await {
        Ok(()) => ask.done(&format!("/organisations/{id}"), "organisation-changed"),
        Err(refusal) => change_page(&ask, &typed, &wrong(refusal, ask.say)?),
    }
}

fn change_page(ask: &Ask, typed: &Changed, wrong: &Wrong) -> Answer {
    let say = ask.say;
    let here = format!("/organisations/{}", ask.id()?);
    let mut view =
        View::new(ask, say.t("organisation.change")).up(&here, say.t("organisation.back"));
    let form = Form::new(format!("{here}/change"), say.t("form.save"))
        .hide("version", typed.version)
        .cancel(&here);
    let (uscc, district) = (typed.uscc.as_deref(), typed.district.as_deref());
    let form =
        described(ask, form, &typed.name, uscc.unwrap_or_default(), district.unwrap_or_default());
    view.push(Block::Form(form.mistakes(wrong)));
    view.show_as(ask, wrong.status())
}

async fn confirm(ask: &Ask, title: String, what: String, danger: bool) -> Answer {
    let one = show_organisation(ask.platform(), ask.caller()?, ask.id()?).await?;
    let form = Form::new(ask.uri.path(), title.clone())
        .hide("version", one.version)
        .cancel(format!("/organisations/{}", one.id));
    let facts = vec![(ask.say.t("organisation.name"), Cell::text(one.name))];
    Confirm { title, what, facts, form, danger }.show(ask, &Wrong::default())
}

/// Asks again before it is closed.
pub(crate) async fn ask_close(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("close.title"), ask.say.t("close.what"), true).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Version {
    version: i64,
}

/// Closes it.
pub(crate) async fn close(ask: Ask) -> Answer {
    let Version { version } = ask.form()?;
    let id = ask.id()?;
    close_organisation(ask.platform(), ask.caller()?, id, version).await?;
    ask.done(&format!("/organisations/{id}"), "organisation-closed")
}

/// Asks again before it is opened again.
pub(crate) async fn ask_reopen(ask: Ask) -> Answer {
    confirm(&ask, ask.say.t("reopen.title"), ask.say.t("reopen.what"), false).await
}

/// Opens it again.
pub(crate) async fn reopen(ask: Ask) -> Answer {
    let Version { version } = ask.form()?;
    let id = ask.id()?;
    reopen_organisation(ask.platform(), ask.caller()?, id, version).await?;
    ask.done(&format!("/organisations/{id}"), "organisation-reopened")
}
