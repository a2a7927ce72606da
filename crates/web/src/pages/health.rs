//! How the process is: for those who watch over it from outside, and for the administrator.

use std::time::Duration;

use app::health::read_health;
use app::populations::Hold;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;

use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::lang::Say;
use crate::parts::Tone;
use crate::parts::figure::Figure;
use crate::view::{Act, Block, Cell, Table, View};
use crate::{identify, proof};

/// The process is alive.
pub(crate) async fn alive(_: Ask) -> Answer {
    Ok("ok\n".into_response())
}

/// Whoever watches over the process waits no longer.
const PATIENCE: Duration = Duration::from_millis(900);

/// The database answers in time, has the tables that this program knows, and an audit chain to go on with, and what is
/// written to it is kept.
pub(crate) async fn ready(ask: Ask) -> Answer {
    let platform = ask.platform();
    let asked = async {
        let unit = platform.store().read().await?;
        // The settings are in a table: without migrations there is none.
        platform.security(&unit).await?;
        store::audit::head(&unit).await?;
        Ok::<_, app::Refusal>(store::version(platform.store()).await? == store::newest())
    };
    let asked = tokio::time::timeout(PATIENCE, asked).await;
    match asked.unwrap_or_else(|_| Err(app::Refusal::broken("no answer in time"))) {
        Ok(true) if !platform.store().takes_writes().await => {
            Ok((StatusCode::SERVICE_UNAVAILABLE, "nothing can be written\n").into_response())
        }
        Ok(true) => Ok("ready\n".into_response()),
        Ok(false) => Ok((StatusCode::SERVICE_UNAVAILABLE, "not migrated\n").into_response()),
        Err(refusal) => {
            if let app::Refusal::Later(fault) | app::Refusal::Broken(fault) = &refusal {
                tracing::warn!(%fault, "not ready");
            }
            Ok((StatusCode::SERVICE_UNAVAILABLE, "not ready\n").into_response())
        }
    }
}

/// Counts, for this machine and for who knows the secret. For others there is nothing here.
pub(crate) async fn metrics(ask: Ask) -> Answer {
    let secret = ask.shared.config.metrics_secret.as_deref();
    let known = secret
        .zip(identify::token(&ask.headers))
        .is_some_and(|(secret, given)| proof::same(given, secret));
    if !(ask.local || known) {
        return Err(Failure::missing());
    }
    if let Ok(unit) = ask.platform().store().read().await
        && let Ok(counts) = store::job::counts(&unit).await
    {
        for state in store::job::State::ALL {
            let found = counts.iter().find(|(one, _)| *one == state).map_or(0, |(_, count)| *count);
            ask.shared.metrics.jobs(state.code(), found);
        }
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let text = ask.shared.metrics.text();
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], text).into_response())
}

/// How the installation is, for the administrator.
pub(crate) async fn show(ask: Ask) -> Answer {
    let say = ask.say;
    let health = read_health(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("health.title"));
    view.acts.push(Act::link("/health", say.t("health.again")));
    let (tables, newest) = health.tables;
    let database = match tables == newest {
        true => ("good", say.t("health.fine")),
        false => ("bad", say.t2("health.old-tables", ("found", tables), ("known", newest))),
    };
    let (word, tone) = held(&health.hold, say);
    let law = ask.platform().law();
    view.push(Block::Facts(vec![
        (say.t("health.program"), Cell::Num(env!("CARGO_PKG_VERSION").to_owned())),
        (say.t("health.database"), Cell::States(vec![database, ("", health.engine.to_owned())])),
        (say.t("health.rulebook"), Cell::Code(law.rulebook.short_hash().to_owned())),
        (say.t("health.population"), Cell::State(class(tone), word)),
        (
            say.t("home.backup"),
            match health.backup {
                Ok(Some(at)) => Cell::Num(say.time(at)),
                Ok(None) => Cell::State("wait", say.t("home.never")),
                Err(_) => Cell::State("bad", say.t("backups.unreadable")),
            },
        ),
    ]));
    let rows = health.jobs.iter().map(|(state, count)| {
        let shown = Figure::count(i64::try_from(*count).unwrap_or(i64::MAX));
        let to = format!("/jobs?state={}", state.code());
        vec![Cell::text(super::jobs::word(*state, say)), Cell::To(to, shown)]
    });
    let columns = vec![say.t("list.state"), say.t("health.count")];
    let caption = say.t("jobs.title");
    view.push(Block::Table(Table { caption, columns, rows: rows.collect() }));
    view.push(Block::Text(say.t("health.more")));
    view.show(&ask)
}

/// How far the population in use is, in a word.
pub(super) fn held(hold: &Hold, say: Say) -> (String, Tone) {
    match hold {
        Hold::Nothing => (say.t("health.no-population"), Tone::Dim),
        Hold::Loading(_) => (say.t("health.loading"), Tone::Pending),
        Hold::Ready(_) => (say.t("health.ready"), Tone::Good),
        Hold::Failed(..) => (say.t("health.failed"), Tone::Bad),
    }
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "good",
        Tone::Bad => "bad",
        Tone::Pending => "wait",
        _ => "",
    }
}
