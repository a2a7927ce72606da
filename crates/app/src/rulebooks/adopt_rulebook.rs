//! The rulebook in force when a process starts, and following what other processes switch to.

use rulebook::{Compiled, Sources, compile};
use serde_json::json;
use store::rulebook::{Stored, Switch};
use store::{Store, Unit};

use super::package::{pack, unpack};
use crate::permit::{Said, record_as};
use crate::platform::{Law, Platform};
use crate::refusal::Refusal;
use crate::{Clock, Origin};

/// What a process starts with.
#[derive(Debug)]
pub struct Adopted {
    /// The rulebook in force.
    pub law: Law,
    /// Whether it was put in force just now, because none was.
    pub first: bool,
    /// Whether the program carries another one, which can be brought and switched to.
    pub carries_another: bool,
}

/// Keeps the rulebook that the program carries, puts it in force if none is, and loads the one that is.
pub async fn adopt_rulebook(
    store: &Store,
    clock: &impl Clock,
    carried: &Sources,
    title: &str,
) -> Result<Adopted, Refusal> {
    let now = clock.now();
    let compiled = compile(carried);
    if !compiled.is_usable() {
        return Err(Refusal::broken(
            "the rulebook that the program carries has errors: see `tidu check`",
        ));
    }
    let hash = carried.hash();
    let unit = store.write().await?;
    let stored = described(carried, title, &compiled, None, now);
    store::rulebook::keep(&unit, &stored, pack(carried)?).await?;
    let known = store::rulebook::in_force(&unit).await?;
    let first = known.is_none();
    if first {
        store::rulebook::switch_to(&unit, &hash, None, "first start", None, now).await?;
    }
    unit.commit().await?;
    let law = match known {
        Some(known) if known.hash != hash => {
            let unit = store.read().await?;
            load(&unit, &known.hash).await?
        }
        _ => Law::new(carried.clone(), compiled),
    };
    let carries_another = law.hash != hash;
    Ok(Adopted { law, first, carries_another })
}

/// Takes over what another process has put in force.
pub async fn follow_switch(platform: &Platform) -> Result<(), Refusal> {
    let unit = platform.store().read().await?;
    if let Some(Switch { hash, .. }) = store::rulebook::in_force(&unit).await?
        && hash != platform.law().hash
    {
        let law = load(&unit, &hash).await?;
        tracing::info!(rulebook = hash, "another process has put a rulebook in force");
        platform.set_law(law);
    }
    Ok(())
}

/// A rulebook that is kept, compiled by this program.
pub(crate) async fn load(unit: &Unit, hash: &str) -> Result<Law, Refusal> {
    let (sources, compiled) = open(unit, hash).await?;
    if !compiled.is_usable() {
        return Err(Refusal::broken(format!(
            "the rulebook {hash} has errors under this version of the program"
        )));
    }
    Ok(Law::new(sources, compiled))
}

/// The rulebook in force, for records only: it is not compiled, and nothing can be judged by it.
pub(crate) async fn uncompiled(unit: &Unit) -> Result<Law, Refusal> {
    let files = match store::rulebook::in_force(unit).await? {
        Some(known) => store::rulebook::files(unit, &known.hash).await?,
        None => None,
    };
    let sources = files.map(|files| unpack(&files)).transpose()?.unwrap_or_default();
    Ok(Law::new(sources, Compiled::default()))
}

/// A rulebook that is kept, with everything that the compiler says of it.
pub(super) async fn open(unit: &Unit, hash: &str) -> Result<(Sources, Compiled), Refusal> {
    let files = store::rulebook::files(unit, hash).await?.ok_or(Refusal::NotFound)?;
    tokio::task::spawn_blocking(move || {
        let sources = unpack(&files)?;
        let compiled = compile(&sources);
        Ok((sources, compiled))
    })
    .await
    .map_err(Refusal::broken)?
}

/// What is said of a rulebook beside its files.
pub(super) fn described(
    sources: &Sources,
    title: &str,
    compiled: &Compiled,
    by: Option<i64>,
    now: jiff::Timestamp,
) -> Stored {
    use rulebook::Severity;
    let count = |severity: Severity| {
        let found = compiled
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity() == severity)
            .count();
        i64::try_from(found).unwrap_or(i64::MAX)
    };
    Stored {
        hash: sources.hash(),
        title: title.to_owned(),
        semantics: i64::from(rules::SEMANTICS),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        by,
        at: now,
    }
}

/// Records that the first rulebook was put in force. Apart, since there is no platform before there is a law.
pub async fn record_first(platform: &Platform) -> Result<(), Refusal> {
    let unit = platform.store().write().await?;
    let said = Said::of("rulebook", &platform.law().hash).saying(json!({ "first-start": true }));
    let system = audit::Actor { person: None, how: audit::How::System };
    record_as(platform, &unit, "rulebook.switch", said, system, None, &Origin::default()).await?;
    Ok(unit.commit().await?)
}
