//! A platform for a test: a fresh database, a clock that is told the time, the three officers and some others.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use access::{OrganisationKind, Role};
use app::{Clock, Platform};
use axum::Router;
use jiff::Timestamp;
use store::membership::State;
use store::{Place, Store};
use testbed::Fresh;
use web::{Web, WebConfig};

#[path = "rules.rs"]
mod law;
pub use law::rules;

/// A clock that stands still until it is told to go on.
#[derive(Clone, Debug)]
pub struct Told(Arc<AtomicI64>);

impl Clock for Told {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// A platform with its face.
pub struct World {
    pub platform: Arc<Platform>,
    pub web: Web,
    pub router: Router,
    /// Login and password of the three officers, to be changed at the first sign-in.
    pub first: Vec<(Role, String, String)>,
    /// The numbers of two districts.
    pub districts: [i64; 2],
    /// The numbers of a firm in each.
    pub firms: [i64; 2],
    clock: Told,
    place: Fresh,
}

impl World {
    pub async fn new() -> Self {
        Self::with(WebConfig::default()).await
    }

    pub async fn with(config: WebConfig) -> Self {
        Self::at(testbed::sqlite(), config).await
    }

    pub async fn at(place: Fresh, config: WebConfig) -> Self {
        Self::under(place, config, rulebook::Sources::default()).await
    }

    /// Under a rulebook; an empty one is good enough for most tests.
    pub async fn under(place: Fresh, config: WebConfig, sources: rulebook::Sources) -> Self {
        let address = match &place {
            Fresh::Sqlite(folder) => Place::folder(folder.path()).unwrap(),
            Fresh::Postgres(server) => Place::postgres(server.url()).unwrap(),
        };
        let store = Store::open(&address).await.unwrap();
        let clock = Told(Arc::new(AtomicI64::new(1_795_400_000)));
        store::migrate(&store, clock.now()).await.unwrap();
        let adopted =
            app::rulebooks::adopt_rulebook(&store, &clock, &sources, "示例规则库").await.unwrap();
        let keys = crypto::Keys::random().unwrap();
        let platform = Platform::new(store, clock.clone(), keys, adopted.law);
        let platform = match &place {
            Fresh::Sqlite(folder) => platform.with_populations(app::populations::Populations::new(
                folder.path().join("populations"),
            )),
            Fresh::Postgres(_) => platform,
        };
        let first = app::first_start::first_start(&platform, "青岛市工业和信息化局")
            .await
            .unwrap()
            .unwrap();
        app::jobs::enter_schedules(&platform).await.unwrap();
        let platform = Arc::new(platform);
        let web = Web::new(Arc::clone(&platform), config).unwrap();
        let router = web::router(&web);
        let mut world = Self {
            platform,
            web,
            router,
            first: first.accounts,
            districts: [0; 2],
            firms: [0; 2],
            clock,
            place,
        };
        world.districts[0] = world.in_charge("市南区工业和信息化局", "370202").await;
        world.districts[1] = world.in_charge("市北区工业和信息化局", "370203").await;
        let firm = OrganisationKind::Enterprise;
        let [south, north] = world.districts;
        world.firms[0] = world
            .organisation(south, firm, "青岛海燕精密制造有限公司", Some("91370202MA3C1A2B3X"))
            .await;
        world.firms[1] = world
            .organisation(north, firm, "青岛崂山云帆软件有限公司", Some("91370203MA3C1A2B4N"))
            .await;
        world
    }

    /// An organisation in charge of a district.
    async fn in_charge(&self, name: &str, district: &str) -> i64 {
        self.entered(1, OrganisationKind::District, name, (None, Some(district))).await
    }

    pub async fn organisation(
        &self,
        parent: i64,
        kind: OrganisationKind,
        name: &str,
        uscc: Option<&str>,
    ) -> i64 {
        self.entered(parent, kind, name, (uscc, None)).await
    }

    async fn entered(
        &self,
        parent: i64,
        kind: OrganisationKind,
        name: &str,
        (uscc, district): (Option<&str>, Option<&str>),
    ) -> i64 {
        let unit = self.platform.store().write().await.unwrap();
        let at = self.platform.now();
        let parent = Some(parent);
        let new = store::organisation::New { parent, kind, name, uscc, district, at };
        let made = store::organisation::insert(&unit, &new).await.unwrap();
        unit.commit().await.unwrap();
        made.id
    }

    /// Somebody with a role, whose password is that of the first administrator.
    pub async fn person(&self, login: &str, name: &str, role: Role, organisation: i64) -> i64 {
        let unit = self.platform.store().write().await.unwrap();
        let at = self.platform.now();
        let new = store::person::New { login, name, phone: None, mail: None, at };
        let person = store::person::insert(&unit, new).await.unwrap();
        let admin = store::person::by_login(&unit, "admin").await.unwrap().unwrap();
        let hash = admin.password.unwrap();
        store::person::set_password(&unit, person.id, &hash, false, at).await.unwrap();
        let membership = store::membership::New {
            person: person.id,
            organisation,
            role,
            state: State::Active,
            from: app::today(at),
            until: None,
            proposed_by: None,
            at,
        };
        store::membership::insert(&unit, &membership).await.unwrap();
        unit.commit().await.unwrap();
        person.id
    }

    /// The number of one of the first accounts, which owes no new password from now on.
    pub async fn settled(&self, login: &str) -> i64 {
        let unit = self.platform.store().write().await.unwrap();
        let person = store::person::by_login(&unit, login).await.unwrap().unwrap();
        let hash = person.password.unwrap();
        store::person::set_password(&unit, person.id, &hash, false, self.platform.now())
            .await
            .unwrap();
        unit.commit().await.unwrap();
        person.id
    }

    /// A session as if somebody had signed in: its cookie and the secret of its forms.
    pub async fn session(&self, person: i64, second_factor: bool) -> (String, String) {
        let now = self.platform.now();
        let secret = crypto::secret_token("tidus_").unwrap();
        let form_secret = crypto::secret_token("").unwrap();
        let unit = self.platform.store().write().await.unwrap();
        let new = store::session::New {
            person,
            secret_hash: &hashed(&secret),
            form_secret: &form_secret,
            at: now,
            expires: now + jiff::SignedDuration::from_hours(1),
            second_factor: second_factor.then_some(now),
            way: "password",
            address: "198.51.100.7",
            agent: "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0",
        };
        store::session::insert(&unit, &new).await.unwrap();
        unit.commit().await.unwrap();
        (format!("tidu={secret}"), form_secret)
    }

    /// A token of somebody that carries some actions.
    pub async fn token(&self, person: i64, actions: &[access::Action]) -> String {
        let now = self.platform.now();
        let secret = crypto::secret_token("tidu_").unwrap();
        let codes: Vec<&str> = actions.iter().map(|action| action.code()).collect();
        let unit = self.platform.store().write().await.unwrap();
        let new = store::token::New {
            person,
            secret_hash: &hashed(&secret),
            name: "test",
            actions: &codes,
            at: now,
            expires: now + jiff::SignedDuration::from_hours(1),
        };
        store::token::insert(&unit, &new).await.unwrap();
        unit.commit().await.unwrap();
        secret
    }

    /// Where the database is.
    pub fn place(&self) -> &Fresh {
        &self.place
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn password(&self) -> &str {
        &self.first[0].2
    }
}

fn hashed(secret: &str) -> String {
    use crypto::Digest as _;
    crypto::hex(&crypto::Sha256.digest(&[b"tidu-secret-1", secret.as_bytes()]))
}
