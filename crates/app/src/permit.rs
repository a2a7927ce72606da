//! The one way to do something: the policy, a unit of work, and the record of what was done or refused.

use access::{Action, Rows, Why, decide};
use audit::{Act, Details, Draft, Hash, Object, Outcome, Personal};
use serde_json::Value;
use store::{Scope, Unit};

use crate::audit_trail;
use crate::caller::{Caller, scope};
use crate::platform::Platform;
use crate::refusal::Refusal;

/// Leave to change something, with the unit in which it is done.
#[derive(Debug)]
pub struct Permit<'a> {
    platform: &'a Platform,
    caller: &'a Caller,
    action: Action,
    rows: Rows,
    unit: Unit,
}

/// What a record says beside who, when and from where.
#[derive(Clone, Default, Debug)]
pub struct Said {
    /// What was acted upon: its kind and its number or name.
    pub object: Option<(&'static str, String)>,
    /// What else there is to say: texts and whole numbers, nothing personal.
    pub details: Option<Value>,
    /// What is personal about it. It can be erased by law.
    pub personal: Option<String>,
    /// How it ended, if not done.
    pub outcome: Option<Outcome>,
}

impl Said {
    /// About an object.
    pub fn of(kind: &'static str, id: impl ToString) -> Self {
        Self { object: Some((kind, id.to_string())), ..Self::default() }
    }

    /// With more to say.
    pub fn saying(self, details: Value) -> Self {
        Self { details: Some(details), ..self }
    }

    /// With something personal.
    pub fn personal(self, text: impl Into<String>) -> Self {
        Self { personal: Some(text.into()), ..self }
    }

    /// Something was looked at, nothing changed.
    pub fn looked(self) -> Self {
        Self { outcome: Some(Outcome::Looked), ..self }
    }
}

impl<'a> Permit<'a> {
    /// Asks whether the caller may do it. A refusal is recorded.
    pub async fn ask(
        platform: &'a Platform,
        caller: &'a Caller,
        action: Action,
    ) -> Result<Self, Refusal> {
        match decide(&caller.who, action) {
            Ok(rows) => {
                let unit = match &caller.once {
                    Some(once) => once.begin(platform).await?,
                    None => platform.store().write().await?,
                };
                Ok(Self { platform, caller, action, rows, unit })
            }
            Err(why) => Err(refused(platform, caller, action, why, Said::default()).await),
        }
    }

    /// The unit in which it is done.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Who does it.
    pub fn caller(&self) -> &Caller {
        self.caller
    }

    /// What is done.
    pub fn action(&self) -> Action {
        self.action
    }

    /// The rows that it may be done to.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The same as a condition for the store.
    pub fn scope(&self) -> Scope<'_> {
        scope(&self.rows, self.platform.now())
    }

    /// Keeps everything that was done in the unit, with its record, or nothing of it.
    pub async fn keep(self, said: Said) -> Result<(), Refusal> {
        self.keep_numbered(said).await.map(drop)
    }

    /// The same, for what has to name the record: its number.
    pub async fn keep_numbered(self, said: Said) -> Result<i64, Refusal> {
        let record =
            record(self.platform, Some(self.caller), &self.unit, self.action.code(), said).await?;
        match &self.caller.once {
            // Made lasting with the answer.
            Some(once) => once.park(self.unit),
            None => self.unit.commit().await?,
        }
        Ok(record)
    }

    /// Refuses after all. Nothing of the unit stays; the refusal is recorded.
    pub async fn refuse(self, why: Why, said: Said) -> Refusal {
        let Self { platform, caller, action, unit, .. } = self;
        drop(unit);
        refused(platform, caller, action, why, said).await
    }

    /// Refuses because there is no such row in the caller's scope.
    pub async fn not_here(self, said: Said) -> Refusal {
        match self.refuse(Why::NotHere, said).await {
            Refusal::Forbidden(_) => Refusal::NotFound,
            other => other,
        }
    }
}

/// Leave to look at something that is not sensitive: no record.
#[derive(Debug)]
pub struct Look {
    rows: Rows,
    unit: Unit,
    now: jiff::Timestamp,
}

impl Look {
    /// Asks whether the caller may look. A refusal is recorded.
    pub async fn ask(
        platform: &Platform,
        caller: &Caller,
        action: Action,
    ) -> Result<Self, Refusal> {
        match decide(&caller.who, action) {
            Ok(rows) => {
                Ok(Self { rows, unit: platform.store().read().await?, now: platform.now() })
            }
            Err(why) => Err(refused(platform, caller, action, why, Said::default()).await),
        }
    }

    /// The unit in which everything is read.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The rows that may be seen, as a condition for the store.
    pub fn scope(&self) -> Scope<'_> {
        scope(&self.rows, self.now)
    }
}

async fn refused(
    platform: &Platform,
    caller: &Caller,
    action: Action,
    why: Why,
    mut said: Said,
) -> Refusal {
    said.outcome = Some(Outcome::Refused);
    let details = said.details.get_or_insert_with(|| Value::Object(serde_json::Map::new()));
    if let Value::Object(details) = details {
        details.entry("why").or_insert_with(|| why.code().into());
    }
    let kept = async {
        let unit = platform.store().write().await?;
        record(platform, Some(caller), &unit, action.code(), said).await?;
        Ok::<_, Refusal>(unit.commit().await?)
    };
    match kept.await {
        Ok(()) => match (why, caller.owes) {
            (Why::Owes, Some(crate::caller::Owes::SecondFactor)) => Refusal::GiveSecondFactor,
            _ => Refusal::Forbidden(why),
        },
        // What cannot be recorded is refused as well, but as what it is.
        Err(error) => error,
    }
}

/// Appends a record in a unit and gives its number. Nobody is the caller before they have signed in.
pub(crate) async fn record(
    platform: &Platform,
    caller: Option<&Caller>,
    unit: &Unit,
    action: &str,
    said: Said,
) -> Result<i64, Refusal> {
    let anybody = audit::Actor { person: None, how: audit::How::Session };
    let origin = caller.map(|caller| caller.origin.clone()).unwrap_or_default();
    let actor = caller.map_or(anybody, Caller::actor);
    let organisation = caller.and_then(Caller::organisation);
    record_as(platform, unit, action, said, actor, organisation, &origin).await
}

/// Appends a record of whoever it was.
pub(crate) async fn record_as(
    platform: &Platform,
    unit: &Unit,
    action: &str,
    said: Said,
    actor: audit::Actor,
    organisation: Option<i64>,
    origin: &crate::Origin,
) -> Result<i64, Refusal> {
    let (kind, id) = said.object.unwrap_or(("platform", String::new()));
    let details = match &said.details {
        Some(value) => {
            Details::new(value).map_err(|error| Refusal::broken(format!("{error:?}")))?
        }
        None => Details::none(),
    };
    let personal = match said.personal {
        Some(text) => Some(Personal { salt: Hash(crypto::random_bytes()?), text }),
        None => None,
    };
    let act = Act {
        at: platform.now(),
        actor,
        organisation,
        action: action.to_owned(),
        object: Object { kind: kind.to_owned(), id },
        outcome: said.outcome.unwrap_or(Outcome::Done),
        origin: origin.address.clone(),
        request: origin.request.clone(),
        rulebook: Some(platform.law().hash.clone()),
        details,
    };
    let digest = platform.security(unit).await?.digest();
    let seq = store::audit::append(unit, Draft { act, personal }, digest).await?.seq;
    if seq == 1 {
        audit_trail::begin_mark(unit, platform.keys(), platform.now()).await?;
    }
    Ok(seq)
}
