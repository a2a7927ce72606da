//! What those who watch over the process ask for.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;

use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::{identify, proof};

/// The process is alive.
pub(crate) async fn alive(_: Ask) -> Answer {
    Ok("ok\n".into_response())
}

/// The database answers, and has the tables that this program knows.
pub(crate) async fn ready(ask: Ask) -> Answer {
    let platform = ask.platform();
    let asked = async {
        let unit = platform.store().read().await?;
        // The settings are in a table: without migrations there is none.
        platform.security(&unit).await?;
        Ok::<_, app::Refusal>(store::version(platform.store()).await? == store::newest())
    };
    match asked.await {
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
