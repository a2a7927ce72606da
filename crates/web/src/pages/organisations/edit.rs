//! A new organisation, and changes to one.

use access::OrganisationKind;
use app::organisations::{
    Described, NewOrganisation, change_organisation, create_organisation, list_organisations,
    show_organisation,
};
use serde::Deserialize;
use store::organisation::{Organisation, Wanted};

use super::{kind_choices, kinds_under};
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::view::{Block, Cell, Field, Form, View};

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
    if let Some(kept) = ask.draft(&["kind", "name", "uscc", "district"]).await? {
        return Ok(kept);
    }
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
        Ok(id) => {
            ask.sent().await;
            ask.done(&format!("/organisations/{id}"), "organisation-created")
        }
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
    view.push(Block::Form(ask.drafted(form.mistakes(wrong), wrong).await?));
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
