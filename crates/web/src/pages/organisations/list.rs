//! Organisations: the tree, or what is left of it under a filter; as a page and as a workbook.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use access::{Action, OrganisationKind};
use app::organisations::{export_organisations, list_organisations, show_organisation};
use store::Sorted;
use store::organisation::{By, Organisation, Wanted};

use super::{kind_choices, state};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong};
use crate::parts::list::{Column, Kind, List};
use crate::view::{Act, Block, Cell, Choice, Field, Form, View};
use crate::workbook::{self, Workbook};

/// The list.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let mut list = List::new(&ask, say.t("organisations.title"), columns(&ask));
    let (wanted, wrong) = wanted(&ask, &list);
    let filters = filters(&ask, &wanted).mistakes(&wrong);
    if !wrong.0.is_empty() {
        let mut view = View::new(&ask, say.t("organisations.title"));
        view.push(Block::Filters(filters));
        return view.show_as(&ask, wrong.status());
    }
    let found = list_organisations(ask.platform(), ask.caller()?, &wanted, ask.page()).await?;
    list.filters(filters);
    // Filtered, sorted or cut into pages, the rows are no tree any more.
    let whole = wanted.words.is_none() && wanted.kind.is_none() && list.sort().is_none();
    let mut organisations = found.rows;
    let tree = whole && found.total <= crate::ask::ROWS;
    if tree {
        organisations.sort_by_key(steps);
    }
    fill(&ask, &mut list, &organisations, tree).await?;
    list.total(&ask, found.total);
    list.export(&ask, "/organisations/export.xlsx");
    if whole {
        list.empty(say.t("organisations.none"));
    }
    let mut view = View::new(&ask, say.t("organisations.title"));
    view.offer(
        &ask,
        Action::OrganisationCreate,
        Act::main("/organisations/new", say.t("organisation.new")),
    );
    view.list(&list)?;
    view.show(&ask)
}

/// The list as a workbook, with who took it out below its last row.
pub(crate) async fn export(ask: Ask) -> Answer {
    let say = ask.say;
    let mut list = List::new(&ask, say.t("organisations.title"), columns(&ask));
    let (wanted, wrong) = wanted(&ask, &list);
    wrong.for_file()?;
    let exported = export_organisations(ask.platform(), ask.caller()?, &wanted).await?;
    fill(&ask, &mut list, &exported.rows, false).await?;
    let mark = &exported.watermark;
    let mut book = Workbook::new(say, say.either(&mark.zh, &mark.en), ask.shared.config.demo);
    let (heads, rows) = list.sheet();
    book.sheet(&say.t("organisations.title"), &heads, &rows)?;
    let name = format!("{}.xlsx", say.t("organisations.title"));
    ask.file(&name, workbook::KIND, book.finish()?)
}

fn columns(ask: &Ask) -> Vec<Column> {
    let say = ask.say;
    vec![
        Column::link("name", say.t("organisation.name")).sorts().width(36),
        Column::text("kind", say.t("organisation.kind")).sorts(),
        Column::text("above", say.t("organisation.above")).width(28),
        Column::new("uscc", say.t("organisation.uscc"), Kind::Code).sorts().width(22),
        Column::new("district", say.t("organisation.district"), Kind::Code).sorts().width(12),
        Column::new("since", say.t("organisation.since"), Kind::Day).aside().width(18),
        Column::new("state", say.t("list.state"), Kind::State),
    ]
}

fn wanted<'a>(ask: &'a Ask, list: &List) -> (Wanted<'a>, Wrong) {
    let mut wrong = Wrong::default();
    let order = list.sort().map_or_else(Sorted::default, |sort| Sorted {
        by: match sort.key.as_str() {
            "name" => By::Name,
            "kind" => By::Kind,
            "uscc" => By::Code,
            "district" => By::District,
            _ => By::Entered,
        },
        down: sort.down,
    });
    let wanted = Wanted {
        kind: ask.filter("kind", &mut wrong, OrganisationKind::from_code),
        words: ask.query.text("q"),
        closed: ask.query.text("closed").is_some(),
        order,
    };
    (wanted, wrong)
}

fn filters(ask: &Ask, wanted: &Wanted<'_>) -> Form {
    let say = ask.say;
    let mut kinds = vec![Choice::new("", say.t("list.all"), wanted.kind.is_none())];
    kinds.extend(kind_choices(ask, OrganisationKind::ALL, wanted.kind));
    let words = wanted.words.unwrap_or_default();
    let closed = vec![Choice::new("on", say.t("organisation.closed-too"), wanted.closed)];
    Form::new("/organisations", say.t("list.search"))
        .field(Field::kind("q", say.t("organisation.words"), "search", words))
        .field(Field::select("kind", say.t("organisation.kind"), kinds))
        .field(Field::checks("closed", String::new(), closed))
}

async fn fill(
    ask: &Ask,
    list: &mut List,
    organisations: &[Organisation],
    tree: bool,
) -> Result<(), Failure> {
    let say = ask.say;
    let least = organisations.iter().map(depth).min().unwrap_or_default();
    let above = names_above(ask, organisations).await?;
    for one in organisations {
        let to = format!("/organisations/{}", one.id);
        let place = if tree { (depth(one) - least).min(3) } else { 0 };
        let parent = one.parent.and_then(|parent| above.get(&parent));
        list.row(vec![
            Cell::Deep { depth: place, to, text: one.name.clone(), small: String::new() },
            Cell::text(say.name(one.kind.words())),
            Cell::maybe(parent.map(String::as_str)),
            Cell::maybe(one.uscc.clone()),
            Cell::maybe(one.district.clone()),
            Cell::Num(say.time(one.created)),
            state(ask, one),
        ]);
    }
    Ok(())
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
