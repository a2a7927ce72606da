//! What is counted, in the form that Prometheus reads. Routes are named by their row, never by what was asked for.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// What is counted.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<Route, Histogram>,
    sign_ins: Family<SignIn, Counter>,
    database_errors: Counter,
    panics: Counter,
    jobs: Family<Jobs, Gauge>,
    pub connections: Gauge,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Request {
    method: &'static str,
    route: &'static str,
    status: u16,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Route {
    route: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct SignIn {
    outcome: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Jobs {
    state: &'static str,
}

const BOUNDS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

impl Metrics {
    pub fn new() -> Self {
        let mut registry = Registry::with_prefix("tidu");
        let requests = Family::default();
        let seconds: Family<Route, Histogram> =
            Family::new_with_constructor(|| Histogram::new(BOUNDS));
        let sign_ins = Family::default();
        let database_errors = Counter::default();
        let panics = Counter::default();
        let connections = Gauge::default();
        let jobs = Family::default();
        registry.register("http_requests", "Requests answered", Family::clone(&requests));
        registry.register("http_seconds", "Time to answer", Family::clone(&seconds));
        registry.register("http_connections", "Open connections", connections.clone());
        registry.register("sign_ins", "Attempts to sign in", Family::clone(&sign_ins));
        registry.register(
            "database_errors",
            "Answers that the database prevented",
            database_errors.clone(),
        );
        registry.register(
            "panics",
            "Requests that ended in a fault of the program",
            panics.clone(),
        );
        registry.register("jobs", "Jobs by state", Family::clone(&jobs));
        Self { registry, requests, seconds, sign_ins, database_errors, panics, jobs, connections }
    }

    pub fn answered(&self, method: &'static str, route: &'static str, status: u16, took: Duration) {
        self.requests.get_or_create(&Request { method, route, status }).inc();
        self.seconds.get_or_create(&Route { route }).observe(took.as_secs_f64());
    }

    pub fn signed_in(&self, outcome: &'static str) {
        self.sign_ins.get_or_create(&SignIn { outcome }).inc();
    }

    pub fn database_failed(&self) {
        self.database_errors.inc();
    }

    pub fn panicked(&self) {
        self.panics.inc();
    }

    pub fn jobs(&self, state: &'static str, count: u64) {
        self.jobs.get_or_create(&Jobs { state }).set(i64::try_from(count).unwrap_or(i64::MAX));
    }

    /// All of it as text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        match prometheus_client::encoding::text::encode(&mut text, &self.registry) {
            Ok(()) => text,
            Err(_) => String::new(),
        }
    }
}
