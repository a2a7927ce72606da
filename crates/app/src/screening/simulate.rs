//! What would happen to the firms that the caller sees if numbers of the law were others. The law stays as it is.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use access::Action;
use enterprise::Text;
use rulebook::{Applied, Refused, Setting, SettingPart, overlay};
use serde_json::json;
use simulation::{Ask, Changed, Effect, Effects, Ends, Judge};
use snapshot::{City, Sight};

use super::disclosure::Disclosure;
use super::read_screening::seen;
use crate::aside::aside;
use crate::caller::Caller;
use crate::enterprises::{Figures, figures_on_lists};
use crate::permit::{Permit, Said};
use crate::platform::{Law, Platform};
use crate::refusal::{Invalid, Refusal, Words};

/// Numbers of the law, to be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatIf {
    /// Addresses and values, as they are typed.
    pub settings: Vec<(String, String)>,
    /// Whether everybody who moves is to be named.
    pub names: bool,
    /// How many processors may work on it.
    pub threads: usize,
}

/// What happened.
#[derive(Debug)]
pub struct Simulated {
    /// The population.
    pub city: Arc<City>,
    /// What was set, with the values before.
    pub applied: Vec<Applied>,
    /// What the checker says of the changed law.
    pub remarks: Vec<Words>,
    /// How many firms were looked at.
    pub subjects: u64,
    /// What it does to each programme that it can concern.
    pub effects: Vec<(String, Effect)>,
    /// What the caller sees of the figures of firms.
    pub figures: Figures,
}

impl Simulated {
    /// How much of the counts the caller may know.
    pub fn disclosure(&self) -> Disclosure {
        Disclosure::of(self.figures)
    }
}

/// Why numbers were not tried.
#[derive(Debug)]
pub enum NotTried {
    /// What is wrong with them.
    Wrong(Vec<NotSet>),
    /// Something else.
    Refused(Refusal),
}

/// Why a number was not set.
#[derive(Debug)]
pub struct NotSet {
    /// The place of its setting, and what of that has to be mended; none if it is wrong with all of them together.
    pub setting: Option<(usize, SettingPart)>,
    /// What is wrong and what to do.
    pub why: Words,
}

impl From<Refusal> for NotTried {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl NotTried {
    /// For who does not ask which of the settings it is.
    pub fn refusal(self) -> Refusal {
        match self {
            Self::Wrong(all) => Refusal::Invalid(
                all.into_iter().map(|one| Invalid { field: "value", why: one.why }).collect(),
            ),
            Self::Refused(refusal) => refusal,
        }
    }
}

/// Tries numbers out, on the record; nothing as long as there is no population. Who sees no figures of firms is told
/// how many would move, and none of them by name.
pub async fn simulate(
    platform: &Platform,
    caller: &Caller,
    what_if: WhatIf,
) -> Result<Option<Simulated>, NotTried> {
    let Some((city, sight)) = seen(platform, caller, Action::ScreeningSimulate).await? else {
        return Ok(None);
    };
    let (law, figures) = (platform.law(), figures_on_lists(caller));
    let asked = json!({ "asked": what_if.settings, "names": what_if.names });
    let found = aside(move || tried(city, &sight, &law, &what_if, figures)).await??;
    let permit = Permit::ask(platform, caller, Action::ScreeningSimulate).await?;
    permit.keep(Said::of("screening", "").saying(asked).looked()).await?;
    Ok(Some(found))
}

fn tried(
    city: Arc<City>,
    sight: &Sight,
    law: &Law,
    what_if: &WhatIf,
    figures: Figures,
) -> Result<Simulated, NotTried> {
    let changed = changed(law, city.question().as_of, &what_if.settings)?;
    let applied = changed.applied.clone();
    let remarks = changed.remarks.iter();
    let remarks = remarks.map(|one| Words::new(&one.message.zh, &one.message.en)).collect();
    let judged = |id: &str| city.programme(id).is_some();
    let ask = Ask::new(
        Arc::clone(&law.rulebook),
        city.question().clone(),
        vec![changed],
        &|programme| judged(&programme.id),
        what_if.names,
    );
    let found = counted(&city, sight, &ask, what_if.threads);
    let subjects = found.subjects;
    let programmes = ask.pairs.iter().map(|pair| ask.programme(pair.base));
    let effects = programmes
        .zip(found.effects)
        .filter_map(|(programme, effect)| Some((programme?.id.clone(), effect)))
        .map(|(id, effect)| (id, seen_by(figures, effect)))
        .collect();
    Ok(Simulated { city, applied, remarks, subjects, effects, figures })
}

/// Without names for who sees no figures, and without where they are if they are few: a name beside a threshold of one's
/// own choice is a figure.
fn seen_by(figures: Figures, effect: Effect) -> Effect {
    let disclosure = Disclosure::of(figures);
    if disclosure == Disclosure::Exact {
        return effect;
    }
    let nameless =
        Effect { entering: Ends::default(), leaving: Ends::default(), names: Vec::new(), ..effect };
    if disclosure.tells_where(&nameless) {
        return nameless;
    }
    Effect {
        by_district: BTreeMap::new(),
        by_industry: BTreeMap::new(),
        by_size: BTreeMap::new(),
        ..nameless
    }
}

/// The changed law, or why it cannot be.
fn changed(
    law: &Law,
    day: jiff::civil::Date,
    settings: &[(String, String)],
) -> Result<Changed, NotTried> {
    let settings: Vec<Setting> = settings
        .iter()
        .map(|(address, value)| Setting {
            address: address.clone(),
            value: value.clone(),
            place: None,
        })
        .collect();
    let present = (&*law.rulebook, &*law.diagnostics);
    let done = overlay(&law.sources, present, law.numbers(), day, &settings).map_err(refused)?;
    let reclassifies = done.compiled.rulebook.classifications != law.rulebook.classifications;
    Ok(Changed {
        name: "what-if".to_owned(),
        label: None,
        rulebook: done.compiled.rulebook,
        applied: done.applied,
        remarks: done.remarks,
        sources: done.sources,
        notes: Vec::new(),
        reclassifies,
    })
}

fn refused(refused: Refused) -> NotTried {
    NotTried::Wrong(match refused {
        Refused::Settings(refusals) => refusals
            .iter()
            .map(|(place, refusal)| NotSet {
                setting: Some((*place, refusal.part)),
                why: told(&refusal.message, refusal.help.as_ref()),
            })
            .collect(),
        Refused::Law(_, diagnostics) => diagnostics
            .iter()
            .map(|one| NotSet { setting: None, why: told(&one.message, one.help.as_ref()) })
            .collect(),
    })
}

/// What is wrong and what to do.
fn told(message: &Text, help: Option<&Text>) -> Words {
    match help {
        None => Words::new(&message.zh, &message.en),
        Some(help) => Words::new(
            format!("{}。{}", message.zh, help.zh),
            format!("{}: {}", message.en, help.en),
        ),
    }
}

/// Judges every batch, before and after.
fn counted<'a>(city: &City, sight: &Sight, ask: &'a Ask, threads: usize) -> Effects<'a> {
    let snapshot = city.snapshot();
    let judge = Judge::new(snapshot.shape(), ask);
    let batches: Vec<_> = snapshot.batches().collect();
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Effects::new(ask));
    let seen = |row: u64| u32::try_from(row).is_ok_and(|row| sight.covers(snapshot, row));
    let work = || {
        let mut own = Effects::new(ask);
        while let Some((first, batch)) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
            judge.batch(u64::from(*first), batch, &mut own, &seen);
        }
        // Nobody panics while holding it; if somebody did, what is in it is still sound.
        found.lock().unwrap_or_else(PoisonError::into_inner).merge(own);
    };
    thread::scope(|scope| {
        for _ in 1..threads.max(1) {
            scope.spawn(work);
        }
        work();
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use rules::Population;
    use simulation::{Moves, Through};

    /// So many come to meet all that can be measured, all in one district.
    fn effect(coming: u64) -> Effect {
        let mut moves = Moves::default();
        for _ in 0..coming {
            moves.count(Some(Population::No), Some(Population::Eligible));
        }
        let through = Through { counts: [(coming, 0); 2] };
        Effect {
            moves,
            by_district: BTreeMap::from([(Some(3), through)]),
            by_industry: BTreeMap::from([(None, through)]),
            by_size: BTreeMap::from([(Some(1), through)]),
            entering: Ends::default(),
            leaving: Ends::default(),
            costs: Vec::new(),
            names: Vec::new(),
        }
    }

    #[test]
    fn where_few_move_only_who_sees_figures_is_told_where() {
        let parts = |figures, coming| {
            let seen = seen_by(figures, effect(coming));
            (seen.by_district.len(), seen.by_industry.len(), seen.by_size.len())
        };
        assert_eq!(parts(Figures::Hidden, 49), (0, 0, 0));
        assert_eq!(parts(Figures::WithoutTax, 49), (0, 0, 0));
        assert_eq!(parts(Figures::Hidden, 50), (1, 1, 1));
        assert_eq!(parts(Figures::Shown, 1), (1, 1, 1));
    }
}
