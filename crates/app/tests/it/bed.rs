//! A platform for a test, with a clock that is set by hand, on every engine one after the other.

use std::collections::BTreeSet;
use std::future::Future;
use std::ops::Deref;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use app::populations::Populations;
use app::{Caller, Clock, Law, Origin, Platform};
use argon2::password_hash::PasswordHasher;
use audit::{Outcome, Problem, Record};
use crypto::{Digest, Keys, Sha256};
use jiff::{SignedDuration, Timestamp};
use rulebook::{Compiled, Sources};
use serde_json::Value;
use store::{Place, Store};
use testbed::Fresh;

/// What everybody signs in with whom no test has given another password.
pub const PASSWORD: &str = "lantern over quiet water";

/// A clock that stands until it is moved.
#[derive(Clone, Debug)]
struct Dial(Arc<AtomicI64>);

impl Clock for Dial {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// A law with two numbers.
fn law() -> Sources {
    let text = r#"
version  = "2026"
document = { number = "1号" }
status   = "secondary"
sources  = 2

[[criterion]]
id      = "rd"
clause  = "三"
label   = { zh = "研发投入", en = "R&D" }
limits  = { amount = "100 万元", intensity = { value = "3 %", status = "recalled" } }
require = 'rd_expense[base] >= amount and rd_intensity[base] > intensity'
"#;
    let mut sources = Sources::default();
    sources.add("programmes/test/pilot/2026.toml", text);
    sources
}

/// A platform of a test.
pub struct App {
    platform: Arc<Platform>,
    url: String,
    dial: Dial,
    place: Place,
    keys: String,
    populations: tempfile::TempDir,
    /// What must never stand in a record's details.
    personal: Mutex<BTreeSet<String>>,
}

impl Deref for App {
    type Target = Platform;

    fn deref(&self) -> &Platform {
        &self.platform
    }
}

impl App {
    async fn open(fresh: &Fresh, sources: Option<Sources>) -> Self {
        let (place, url) = match fresh {
            Fresh::Sqlite(folder) => (
                Place::folder(folder.path()).unwrap(),
                format!("sqlite://{}", folder.path().join("tidu.db").display()),
            ),
            Fresh::Postgres(server) => {
                (Place::postgres(server.url()).unwrap(), server.url().to_owned())
            }
        };
        let start: Timestamp = "2026-11-23T01:00:00Z".parse().unwrap();
        let dial = Dial(Arc::new(AtomicI64::new(start.as_second())));
        let store = Store::open(&place).await.unwrap();
        store::migrate(&store, start).await.unwrap();
        let law = match sources {
            None => Law::new(law(), Compiled::default()),
            Some(sources) => {
                app::rulebooks::adopt_rulebook(&store, &dial, &sources, "规则库").await.unwrap().law
            }
        };
        let keys = Keys::random().unwrap().to_text();
        let populations = tempfile::tempdir().unwrap();
        let platform = Platform::new(store, dial.clone(), Keys::parse(&keys).unwrap(), law)
            .with_populations(Populations::new(populations.path()));
        let platform = Arc::new(platform);
        Self { platform, url, dial, place, keys, populations, personal: Mutex::default() }
    }

    /// The same platform, for what runs beside.
    pub fn shared(&self) -> Arc<Platform> {
        Arc::clone(&self.platform)
    }

    /// What another process sees that shares the database, the files and the keys.
    pub async fn another(&self) -> Arc<Platform> {
        let store = Store::open(&self.place).await.unwrap();
        let law = app::rulebooks::adopt_rulebook(&store, &self.dial, &rules(), "").await.unwrap();
        let keys = Keys::parse(&self.keys).unwrap();
        let platform = Platform::new(store, self.dial.clone(), keys, law.law)
            .with_populations(Populations::new(self.populations.path()));
        Arc::new(platform)
    }

    /// The same database, opened once more as another process would.
    pub async fn again(&self) -> Store {
        Store::open(&self.place).await.unwrap()
    }

    /// The time as the platform reads it.
    pub fn clock(&self) -> impl Clock + 'static {
        self.dial.clone()
    }

    /// Runs a statement past the store.
    pub async fn sql(&self, statement: &str) {
        use sea_orm::ConnectionTrait as _;
        let door = sea_orm::Database::connect(&self.url).await.unwrap();
        let statement = sea_orm::Statement::from_string(door.get_database_backend(), statement);
        door.execute_raw(statement).await.unwrap();
        door.close().await.unwrap();
    }

    /// The files of the database, as far as it has any here.
    pub fn files(&self) -> Vec<std::path::PathBuf> {
        self.place.files()
    }

    /// The keys that the seals are held against.
    pub fn macs(&self) -> crypto::MacRing {
        Keys::parse(&self.keys).unwrap().macs(&crypto::Sm3)
    }

    /// What a check of the whole chain finds.
    pub async fn verified(&self) -> audit::Report {
        let begun = app::audit_trail::Verification::begin(self.store(), None).await;
        let mut verification = begun.unwrap();
        while verification.part(self.store()).await.unwrap() {}
        verification.finish()
    }

    /// Lets time pass.
    pub fn pass(&self, time: SignedDuration) {
        self.dial.0.fetch_add(time.as_secs(), Ordering::SeqCst);
    }

    /// Lets minutes pass.
    pub fn minutes(&self, minutes: i64) {
        self.pass(SignedDuration::from_mins(minutes));
    }

    /// Lets days pass.
    pub fn days(&self, days: i64) {
        self.pass(SignedDuration::from_hours(24 * days));
    }

    /// From where everybody comes.
    pub fn origin(&self) -> Origin {
        Origin {
            address: Some("192.0.2.7".to_owned()),
            agent: Some("Browser".to_owned()),
            request: Some("r-1".to_owned()),
        }
    }

    /// Notes a text that must never stand in a record's details.
    pub fn personal(&self, text: &str) {
        self.personal.lock().unwrap().insert(text.to_owned());
    }

    /// A session of a person, begun past the use case, which would hash a password; gives its secret.
    pub async fn session(&self, person: i64, second_factor: bool) -> String {
        let now = self.now();
        let secret = crypto::secret_token("tidus_").unwrap();
        let new = store::session::New {
            person,
            secret_hash: &crypto::hex(&Sha256.digest(&[b"tidu-secret-1", secret.as_bytes()])),
            form_secret: &crypto::secret_token("").unwrap(),
            at: now,
            expires: now + SignedDuration::from_mins(30),
            second_factor: second_factor.then_some(now),
            way: "password",
            address: "192.0.2.7",
            agent: "Browser",
        };
        let unit = self.store().write().await.unwrap();
        store::session::insert(&unit, &new).await.unwrap();
        unit.commit().await.unwrap();
        secret
    }

    /// A token of a person with which people are listed, made past the use case; gives its secret.
    pub async fn token(&self, person: i64) -> String {
        let now = self.now();
        let secret = crypto::secret_token("tidu_").unwrap();
        let new = store::token::New {
            person,
            secret_hash: &crypto::hex(&Sha256.digest(&[b"tidu-secret-1", secret.as_bytes()])),
            name: "报表",
            actions: &["person.list"],
            at: now,
            expires: now + SignedDuration::from_hours(24 * 30),
        };
        let unit = self.store().write().await.unwrap();
        store::token::insert(&unit, &new).await.unwrap();
        unit.commit().await.unwrap();
        secret
    }

    /// An account at a provider of identities that is linked to a person.
    pub async fn identity(&self, person: i64, subject: &str) {
        self.personal(subject);
        let unit = self.store().write().await.unwrap();
        store::identity::link(&unit, person, "https://idp.example", subject, self.now())
            .await
            .unwrap();
        unit.commit().await.unwrap();
    }

    /// How many accounts at providers are linked to a person.
    pub async fn identities(&self, person: i64) -> usize {
        let unit = self.store().read().await.unwrap();
        store::identity::of_person(&unit, person).await.unwrap().len()
    }

    /// Who holds the secret of a session.
    pub async fn who(&self, secret: &str) -> Option<Caller> {
        app::caller::by_session(self, secret, self.origin()).await.unwrap()
    }

    /// A person in a session of their own with the second factor given.
    pub async fn caller(&self, person: i64) -> Caller {
        let secret = self.session(person, true).await;
        self.who(&secret).await.unwrap()
    }

    /// The same with a password alone.
    pub async fn by_password(&self, person: i64) -> Caller {
        let secret = self.session(person, false).await;
        self.who(&secret).await.unwrap()
    }

    /// The number of the last record.
    pub async fn last(&self) -> i64 {
        let unit = self.store().read().await.unwrap();
        store::audit::head(&unit).await.unwrap().seq
    }

    /// The records after a number.
    pub async fn since(&self, seq: i64) -> Vec<Record> {
        let unit = self.store().read().await.unwrap();
        let found = store::audit::after(&unit, seq, 100_000).await.unwrap();
        found.into_iter().map(|(_, linked)| linked.unwrap().record).collect()
    }

    /// Does something that has to leave exactly one record, of this action and with this end.
    pub async fn leaves<T>(
        &self,
        action: &str,
        outcome: Outcome,
        act: impl Future<Output = T>,
    ) -> T {
        let before = self.last().await;
        let done = act.await;
        let records = self.since(before).await;
        let said: Vec<_> =
            records.iter().map(|one| (one.act.action.as_str(), one.act.outcome)).collect();
        assert_eq!(said, [(action, outcome)]);
        done
    }

    /// Does something that leaves no record.
    pub async fn leaves_nothing<T>(&self, act: impl Future<Output = T>) -> T {
        let before = self.last().await;
        let done = act.await;
        assert_eq!(self.since(before).await, []);
        done
    }

    /// The chain is whole, and nothing personal stands in it.
    async fn check_records(&self) {
        let mut report = self.verified().await;
        // Nothing seals the days that a test lets pass, and its people are there without a record.
        let records = report.records;
        report.problems.retain(|problem| match problem {
            Problem::Unsealed { .. } | Problem::BeginsLate { .. } => false,
            Problem::NoMark => records > 0,
            _ => true,
        });
        assert!(report.is_clean(), "{report:?}");
        assert_eq!(report.unlisted, 0, "{report:?}");
        let personal = self.personal.lock().unwrap().clone();
        for record in self.since(0).await {
            let details = record.act.details.value().expect("details in their one way of writing");
            texts(&details, &mut |text| {
                let found = personal.iter().find(|word| text.contains(*word));
                assert_eq!(found, None, "{record:?}");
            });
        }
    }
}

fn texts(value: &Value, see: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => see(text),
        Value::Array(values) => values.iter().for_each(|value| texts(value, see)),
        Value::Object(fields) => fields.values().for_each(|value| texts(value, see)),
        _ => {}
    }
}

/// The hash of [`PASSWORD`], worked out once.
pub fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let argon = argon2::Argon2::default();
        argon.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]).unwrap().to_string()
    })
}

/// Runs a test on a fresh platform over every engine.
pub fn each(test: impl AsyncFn(&App)) {
    each_under(None, test);
}

/// The same under the rulebook of this repository.
pub fn each_with_law(test: impl AsyncFn(&App)) {
    each_under(Some(rules()), test);
}

/// The rulebook of this repository.
pub fn rules() -> Sources {
    let mut sources = Sources::default();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebook");
    gather(std::path::Path::new(folder), "", &mut sources);
    sources
}

fn gather(folder: &std::path::Path, before: &str, into: &mut Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let inside = if before.is_empty() { name } else { format!("{before}/{name}") };
        if path.is_dir() {
            gather(&path, &inside, into);
        } else if inside.ends_with(".toml") {
            into.add(&inside, std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn each_under(sources: Option<Sources>, test: impl AsyncFn(&App)) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for fresh in testbed::fresh() {
        runtime.block_on(async {
            let app = App::open(&fresh, sources.clone()).await;
            // Seen when the test fails.
            println!("on {}", app.store().engine().name());
            test(&app).await;
            app.check_records().await;
            Arc::into_inner(app.platform).unwrap().close().await.unwrap();
        });
    }
}
