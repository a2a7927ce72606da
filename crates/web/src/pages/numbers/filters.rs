//! What narrows a list of numbers.

use app::confirmations::Held;
use words::programme;

use super::Line;
use crate::ask::Ask;
use crate::view::{Choice, Field, Form};

/// The form above the list.
pub(super) fn filters(ask: &Ask, all: &[Line<'_>]) -> Form {
    let say = ask.say;
    let query = |name: &str| ask.query.text(name).unwrap_or_default();
    let mut versions: Vec<&str> = Vec::new();
    for line in all {
        if !versions.contains(&line.number.version.as_str()) {
            versions.push(&line.number.version);
        }
    }
    let any = |name: &str| Choice::new("", say.t("programmes.any"), query(name).is_empty());
    let states = [
        (Held::Differs, "numbers.differ"),
        (Held::Outdated, "numbers.outdated-short"),
        (Held::Open, "numbers.open"),
        (Held::Agrees, "numbers.agree"),
    ];
    let states = states
        .into_iter()
        .map(|(held, key)| Choice::new(held.code(), say.t(key), query("held") == held.code()));
    let of_versions = versions.into_iter().map(|version| {
        let name = say.both(&programme::version_of_year(version));
        Choice::new(version, name, query("version") == version)
    });
    let mut form = Form::new(ask.uri.path(), say.t("list.search"))
        .field(Field::kind("q", say.t("numbers.words"), "search", query("q")))
        .field(Field::select(
            "version",
            say.t("programmes.version"),
            [any("version")].into_iter().chain(of_versions).collect(),
        ))
        .field(Field::select(
            "held",
            say.t("numbers.state"),
            [any("held")].into_iter().chain(states).collect(),
        ));
    for name in ["owner", "at"] {
        if let Some(value) = ask.query.text(name) {
            form = form.hide(if name == "owner" { "owner" } else { "at" }, value);
        }
    }
    form
}
