//! What every use case is given: the database, the time, the keys, the law in force.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crypto::{Digest, Keys, Seal, Sha256};
use jiff::Timestamp;
use rulebook::{Compiled, Diagnostic, Number, Sources, numbers};
use snapshot::City;
use store::{Store, Unit};
use tokio::sync::{Mutex, Notify, Semaphore};

use crate::backups::Backups;
use crate::clock::Clock;
use crate::demo::Demo;
use crate::looks::Looks;
use crate::populations::{Hold, Populations};
use crate::refusal::Refusal;
use crate::security::{SECURITY, Security};

/// The rulebook in force.
#[derive(Debug)]
pub struct Law {
    /// The hash of its files.
    pub hash: String,
    /// What the compiler made of them.
    pub rulebook: Arc<rules::Rulebook>,
    /// What it said of them.
    pub diagnostics: Vec<Diagnostic>,
    /// The files themselves.
    pub sources: Sources,
    numbers: OnceLock<Vec<Number>>,
}

impl Law {
    /// A compiled rulebook with the files that it was compiled from.
    pub fn new(sources: Sources, compiled: Compiled) -> Self {
        let Compiled { rulebook, diagnostics } = compiled;
        let (hash, rulebook) = (sources.hash(), rulebook.into());
        Self { hash, rulebook, diagnostics, sources, numbers: OnceLock::new() }
    }

    /// Every number of its files, with addresses. They are looked for once.
    pub fn numbers(&self) -> &[Number] {
        self.numbers.get_or_init(|| numbers(&self.sources))
    }
}

/// The platform, as use cases see it.
#[derive(Debug)]
pub struct Platform {
    store: Store,
    clock: Box<dyn Clock>,
    keys: Keys,
    law: RwLock<Arc<Law>>,
    city: RwLock<Option<Arc<City>>>,
    backups: Option<Backups>,
    populations: Option<Populations>,
    hold: RwLock<Hold>,
    demo: OnceLock<Demo>,
    looks: Looks,
    /// One screening at a time.
    pub(crate) screening: Mutex<()>,
    /// Hashing passwords takes memory: so many at once.
    pub(crate) hashing: Semaphore,
    /// Judging takes processors: so many requests at once.
    pub(crate) judging: Semaphore,
    /// Wakes the worker when there is something to do.
    pub(crate) work: Notify,
}

impl Platform {
    /// A platform over an open, migrated database.
    pub fn new(store: Store, clock: impl Clock + 'static, keys: Keys, law: Law) -> Self {
        Self {
            store,
            clock: Box::new(clock),
            keys,
            law: RwLock::new(Arc::new(law)),
            city: RwLock::default(),
            backups: None,
            populations: None,
            hold: RwLock::new(Hold::Nothing),
            demo: OnceLock::new(),
            looks: Looks::default(),
            screening: Mutex::new(()),
            hashing: Semaphore::new(2),
            judging: Semaphore::new(2),
            work: Notify::new(),
        }
    }

    /// With a folder for backups.
    pub fn with_backups(self, backups: Backups) -> Self {
        Self { backups: Some(backups), ..self }
    }

    /// With a folder for the files of populations.
    pub fn with_populations(self, populations: Populations) -> Self {
        Self { populations: Some(populations), ..self }
    }

    /// Where the files of populations lie.
    pub fn populations(&self) -> Result<&Populations, Refusal> {
        self.populations.as_ref().ok_or_else(|| Refusal::broken("no folder for populations is set"))
    }

    /// How far this process is with the population in use.
    pub fn hold(&self) -> Hold {
        self.hold.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn set_hold(&self, hold: Hold) {
        *self.hold.write().unwrap_or_else(PoisonError::into_inner) = hold;
    }

    /// Whether everything in it is made up, for whoever wants to try it.
    pub fn is_demo(&self) -> bool {
        self.demo.get().is_some()
    }

    /// What is said of it, if it is a demonstration.
    pub fn demo(&self) -> Option<&Demo> {
        self.demo.get()
    }

    /// From now on, and for ever, it is a demonstration.
    pub(crate) fn set_demo(&self, demo: Demo) {
        // It was one already.
        let _ = self.demo.set(demo);
    }

    /// What was looked at lately.
    pub(crate) fn looks(&self) -> &Looks {
        &self.looks
    }

    /// Where backups go.
    pub(crate) fn backups(&self) -> Option<&Backups> {
        self.backups.as_ref()
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Gives the database back.
    pub async fn close(self) -> Result<(), Refusal> {
        Ok(self.store.close().await?)
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The rulebook in force. What began with it ends with it, whatever is put in force meanwhile.
    pub fn law(&self) -> Arc<Law> {
        Arc::clone(&self.law.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another rulebook in force in this process.
    pub(crate) fn set_law(&self, law: Law) {
        *self.law.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(law);
    }

    /// The population in use with its verdicts; none as long as none was brought, or it is still being screened.
    pub fn city(&self) -> Option<Arc<City>> {
        self.city.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts a screened population in use in this process. What began with the one before ends with it.
    pub fn set_city(&self, city: Arc<City>) {
        *self.city.write().unwrap_or_else(PoisonError::into_inner) = Some(city);
    }

    /// Wakes the worker: there is something to do.
    pub fn wake(&self) {
        self.work.notify_one();
    }

    /// The keys that are not in the database.
    pub(crate) fn keys(&self) -> &Keys {
        &self.keys
    }

    /// Seals something small; `context` says what it is and whose, so that it opens nowhere else.
    pub(crate) fn seal(&self, plain: &str, context: &str) -> Result<Vec<u8>, Refusal> {
        self.keys.sealer().seal(plain.as_bytes(), context).map_err(Refusal::broken)
    }

    /// Opens what was sealed under the same context.
    pub(crate) fn open(&self, sealed: &[u8], context: &str) -> Result<String, Refusal> {
        let plain = self.keys.sealer().open(sealed, context).map_err(Refusal::broken)?;
        String::from_utf8(plain).map_err(Refusal::broken)
    }

    /// The hash under which a secret of 256 random bits lies in the database. Such a secret cannot be guessed, so
    /// that a plain digest is enough.
    pub(crate) fn hash_secret(&self, secret: &str) -> String {
        crypto::hex(&Sha256.digest(&[b"tidu-secret-1", secret.as_bytes()]))
    }

    /// The security settings as they are now.
    pub async fn security(&self, unit: &Unit) -> Result<Security, Refusal> {
        match store::setting::get(unit, SECURITY).await? {
            Some(setting) => Security::read(&setting.value),
            None => Ok(Security::default()),
        }
    }
}
