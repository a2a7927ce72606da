//! How often somebody may try. Counted in memory, for each process.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;

use app::Refusal;
use axum::http::{HeaderName, HeaderValue, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::address;
use crate::config::Limits;

/// Beyond so many keys those that could try again anyway are forgotten.
const KEYS: usize = 10_000;

/// Counts attempts.
pub(crate) struct Meters {
    by_address: DefaultKeyedRateLimiter<String>,
    /// By login and network: a stranger elsewhere takes nothing from its owner.
    by_login: DefaultKeyedRateLimiter<(String, String)>,
    /// By login alone, from however many networks somebody tries.
    by_login_anywhere: DefaultKeyedRateLimiter<String>,
    api: DefaultKeyedRateLimiter<String, StateInformationMiddleware>,
    api_limit: u32,
    checks: DefaultKeyedRateLimiter<String>,
    registrations: DefaultKeyedRateLimiter<String>,
}

/// How much of the API a caller may use, and how much of that is left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Rate {
    limit: u32,
    left: u32,
}

/// The window of [`Rate`] in seconds.
const WINDOW: u32 = 60;

impl Rate {
    /// Says it with an answer, as draft-ietf-httpapi-ratelimit-headers does.
    pub fn tell<B>(self, answer: &mut Response<B>) {
        let used = self.limit.saturating_sub(self.left);
        // One more is allowed after each part of the window.
        let until_full =
            (u64::from(used) * u64::from(WINDOW)).div_ceil(u64::from(self.limit.max(1)));
        let policy = format!("\"api\";q={};w={WINDOW}", self.limit);
        let rate = format!("\"api\";r={};t={until_full}", self.left);
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", rate)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                answer.headers_mut().insert(HeaderName::from_static(name), value);
            }
        }
    }
}

impl Meters {
    pub fn new(limits: &Limits) -> Self {
        let meter = |a_minute: NonZeroU32| RateLimiter::keyed(Quota::per_minute(a_minute));
        Self {
            by_address: meter(limits.sign_ins_by_address),
            by_login: RateLimiter::keyed(Quota::per_minute(limits.sign_ins_by_login)),
            by_login_anywhere: meter(limits.sign_ins_by_login_anywhere),
            api: RateLimiter::keyed(Quota::per_minute(limits.api_requests))
                .with_middleware::<StateInformationMiddleware>(),
            api_limit: limits.api_requests.get(),
            checks: meter(limits.self_checks_by_address),
            registrations: RateLimiter::keyed(Quota::per_hour(limits.registrations_by_address)),
        }
    }

    /// An attempt to show who one is, from an address.
    pub fn try_from(&self, address: Option<IpAddr>) -> Result<(), Refusal> {
        take(&self.by_address, network(address))
    }

    /// A page of a self-check.
    pub fn check(&self, address: Option<IpAddr>) -> Result<(), Refusal> {
        take(&self.checks, network(address))
    }

    /// An account that somebody makes.
    pub fn register(&self, address: Option<IpAddr>) -> Result<(), Refusal> {
        take(&self.registrations, network(address))
    }

    /// An attempt with a login from an address, whether there is such an account or not.
    pub fn try_login(&self, login: &str, address: Option<IpAddr>) -> Result<(), Refusal> {
        let login = login.trim().chars().take(100).collect::<String>().to_lowercase();
        // What a network has used up does not count against the login elsewhere.
        take(&self.by_login, (login.clone(), network(address)))?;
        take(&self.by_login_anywhere, login)
    }

    /// A request to the API. How much is left is said either way.
    pub fn ask_api(&self, key: String) -> (Rate, Result<(), Refusal>) {
        if self.api.len() > KEYS {
            self.api.retain_recent();
        }
        let rate = |left| Rate { limit: self.api_limit, left };
        match self.api.check_key(&key) {
            Ok(state) => (rate(state.remaining_burst_capacity()), Ok(())),
            Err(wait) => {
                let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                (rate(0), Err(Refusal::TooMany { seconds }))
            }
        }
    }
}

/// Addresses of one network count as one.
fn network(address: Option<IpAddr>) -> String {
    address.map(address::network).unwrap_or_default()
}

fn take<K: Clone + Hash + Eq>(meter: &DefaultKeyedRateLimiter<K>, key: K) -> Result<(), Refusal> {
    if meter.len() > KEYS {
        meter.retain_recent();
    }
    meter.check_key(&key).map_err(|wait| {
        let seconds = wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        Refusal::TooMany { seconds: i64::try_from(seconds).unwrap_or(i64::MAX) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_tries_too_often_is_told_when_to_try_again_and_nobody_else_is_hindered() {
        let limits =
            Limits { sign_ins_by_address: NonZeroU32::new(3).unwrap(), ..Limits::default() };
        let meters = Meters::new(&limits);
        let one: Option<IpAddr> = Some("2001:db8::1".parse().unwrap());
        let neighbour = Some("2001:db8::2".parse().unwrap());
        let other = Some("2001:db8:0:1::1".parse().unwrap());
        for _ in 0..3 {
            meters.try_from(one).unwrap();
        }
        let Err(Refusal::TooMany { seconds }) = meters.try_from(neighbour) else { panic!("taken") };
        assert!((1..=21).contains(&seconds), "{seconds}");
        meters.try_from(other).unwrap();
    }

    #[test]
    fn a_login_is_counted_however_it_is_written() {
        let limits = Limits { sign_ins_by_login: NonZeroU32::new(2).unwrap(), ..Limits::default() };
        let meters = Meters::new(&limits);
        meters.try_login("Admin", None).unwrap();
        meters.try_login(" admin", None).unwrap();
        assert!(meters.try_login("ADMIN ", None).is_err());
    }

    #[test]
    fn a_stranger_keeps_nobody_out_of_an_account_and_many_networks_do_not_try_for_ever() {
        let limits = Limits {
            sign_ins_by_login: NonZeroU32::new(2).unwrap(),
            sign_ins_by_login_anywhere: NonZeroU32::new(5).unwrap(),
            ..Limits::default()
        };
        let meters = Meters::new(&limits);
        let from = |last: u8| Some(IpAddr::from([192, 0, 2, last]));
        let tried = |last| meters.try_login("admin", from(last)).is_ok();
        assert_eq!([tried(1), tried(1), tried(1), tried(1)], [true, true, false, false]);
        // Its owner sits elsewhere.
        assert!(tried(2));
        assert_eq!([tried(3), tried(4), tried(5)], [true, true, false]);
        meters.try_login("another", from(5)).unwrap();
    }
}
