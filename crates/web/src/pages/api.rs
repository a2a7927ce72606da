//! What programs ask for: the same lists as the pages, as JSON.

use app::decisions::{Asked, evaluate_subject};
use app::organisations::list_organisations;
use app::people::{PersonView, list_people};
use app::rulebooks::bring_rulebook;
use serde::Deserialize;
use serde_json::{Value, json};
use store::organisation::Wanted;

use crate::ask::{Answer, Ask, ROWS};
use crate::failure::Failure;

/// Who the program acts for, and what it may.
pub(crate) async fn me(ask: Ask) -> Answer {
    let profile = app::own::read_own_profile(ask.platform(), ask.caller()?).await?;
    let may: Vec<&str> = access::Action::ALL
        .iter()
        .filter(|action| ask.may(**action))
        .map(|action| action.code())
        .collect();
    ask.json(&json!({ "id": profile.id, "login": profile.login, "name": profile.name, "may": may }))
}

fn page(ask: &Ask, total: u64, rows: Vec<Value>) -> Answer {
    ask.json(&json!({ "total": total, "page": ask.number(), "size": ROWS, "rows": rows }))
}

/// People.
pub(crate) async fn people(ask: Ask) -> Answer {
    let wanted = store::person::Wanted { words: ask.query.text("q"), ..Default::default() };
    let found = list_people(ask.platform(), ask.caller()?, &wanted, ask.page()).await?;
    let row = |person: &PersonView| {
        let memberships: Vec<Value> = person
            .memberships
            .iter()
            .map(|held| {
                json!({
                    "organisation": held.organisation,
                    "role": held.role.code(),
                    "state": held.state.code(),
                    "from": held.from.to_string(),
                    "until": held.until.map(|day| day.to_string()),
                })
            })
            .collect();
        json!({
            "id": person.id,
            "login": person.login,
            "name": person.name.text,
            "phone": person.phone.text,
            "mail": person.mail.text,
            "memberships": memberships,
            "disabled": person.disabled.map(|at| at.to_string()),
        })
    };
    page(&ask, found.total, found.rows.iter().map(row).collect())
}

/// Organisations.
pub(crate) async fn organisations(ask: Ask) -> Answer {
    let wanted = Wanted { words: ask.query.text("q"), ..Wanted::default() };
    let found = list_organisations(ask.platform(), ask.caller()?, &wanted, ask.page()).await?;
    let rows = found
        .rows
        .iter()
        .map(|one| {
            json!({
                "id": one.id,
                "parent": one.parent,
                "kind": one.kind.code(),
                "name": one.name,
                "uscc": one.uscc,
                "district": one.district,
            })
        })
        .collect();
    page(&ask, found.total, rows)
}

/// Jobs.
pub(crate) async fn jobs(ask: Ask) -> Answer {
    let state = ask.query.text("state").and_then(store::job::State::from_code);
    let found = app::jobs::list_jobs(ask.platform(), ask.caller()?, state, ask.page()).await?;
    let rows = found
        .rows
        .iter()
        .map(|job| {
            json!({
                "id": job.id,
                "kind": job.kind,
                "state": job.state.code(),
                "done": job.done,
                "of": job.of,
                "attempts": job.attempts,
                "created": job.created.to_string(),
                "finished": job.finished.map(|at| at.to_string()),
            })
        })
        .collect();
    page(&ask, found.total, rows)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    facts: Value,
    programme: String,
    as_of: Option<jiff::civil::Date>,
    base_year: Option<i16>,
}

/// Facts in, verdict out.
pub(crate) async fn evaluate(ask: Ask) -> Answer {
    let question: Question = serde_json::from_slice(&ask.body).map_err(|_| Failure::Form)?;
    let asked = Asked {
        facts: question.facts.to_string(),
        programme: question.programme,
        purpose: None,
        as_of: question.as_of.unwrap_or_else(|| app::today(ask.platform().now())),
        base_year: question.base_year,
    };
    let evaluated = evaluate_subject(ask.platform(), ask.caller()?, &asked).await?;
    ask.json(&json!({
        "verdict": evaluated.verdict,
        "rulebook": evaluated.rulebook,
        "semantics": evaluated.semantics,
        "answer": evaluated.answer,
    }))
}

/// A rulebook as a ZIP; it is checked and kept, and not in force.
pub(crate) async fn bring(ask: Ask) -> Answer {
    let title = ask.query.text("title").unwrap_or_default();
    let brought = bring_rulebook(ask.platform(), ask.caller()?, title, ask.body.to_vec()).await?;
    ask.json(&json!({
        "hash": brought.stored.hash,
        "title": brought.stored.title,
        "errors": brought.stored.errors,
        "warnings": brought.stored.warnings,
    }))
}
