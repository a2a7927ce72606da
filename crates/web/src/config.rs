//! How the face is set up. Read from files and flags elsewhere.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use app::single_sign_on::Provider;

/// How the face is set up.
#[derive(Clone, Default, Debug)]
pub struct WebConfig {
    /// Whether browsers reach it by HTTPS: cookies are then only sent so, and browsers are told to stay.
    pub secure: bool,
    /// The address as browsers see it, such as `https://tidu.example`; without it, the `Host` of a request is taken.
    pub origin: Option<String>,
    /// The proxy that is believed when it says who asks.
    pub proxy: Option<TrustedProxy>,
    /// The secret with which metrics can be asked for from elsewhere.
    pub metrics_secret: Option<String>,
    /// The provider of identities through which people can sign in, if there is one.
    pub provider: Option<Provider>,
    /// Whether everything in it is made up: every page and file says so.
    pub demo: bool,
    /// What anybody may use of it.
    pub limits: Limits,
}

/// A proxy in front that says who asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TrustedProxy {
    /// From where it connects. Nobody else is believed.
    pub from: Vec<IpAddr>,
    /// The header in which it puts the address, such as `x-real-ip`; of several addresses the last is the one that
    /// the proxy itself has seen.
    pub header: String,
}

/// What anybody may use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limits {
    /// Connections at one time.
    pub connections: usize,
    /// Time for the header of a request; a connection that says nothing for so long is closed, too.
    pub header_time: Duration,
    /// Time for the body of a request.
    pub body_time: Duration,
    /// Time in which a client has to take some of the answer.
    pub write_time: Duration,
    /// After that a connection takes no further request.
    pub connection_age: Duration,
    /// When it is told to stop, requests may take so long to end.
    pub stop_time: Duration,
    /// Bytes of a header.
    pub header_bytes: usize,
    /// Attempts to sign in from one address, in a minute.
    pub sign_ins_by_address: NonZeroU32,
    /// Attempts to sign in with one login from one address, in a minute.
    pub sign_ins_by_login: NonZeroU32,
    /// Attempts to sign in with one login from anywhere, in a minute.
    pub sign_ins_by_login_anywhere: NonZeroU32,
    /// Requests of one person or token to the API, in a minute.
    pub api_requests: NonZeroU32,
    /// Pages of self-checks for one address, in a minute.
    pub self_checks_by_address: NonZeroU32,
    /// Accounts that are made from one address, in an hour, whether it succeeds or not.
    pub registrations_by_address: NonZeroU32,
}

const fn number(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            header_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            write_time: Duration::from_secs(30),
            connection_age: Duration::from_mins(10),
            stop_time: Duration::from_secs(20),
            header_bytes: 16 * 1024,
            // An office goes out through one address.
            sign_ins_by_address: number(60),
            sign_ins_by_login: number(10),
            sign_ins_by_login_anywhere: number(200),
            api_requests: number(600),
            // A class of people learning about it goes out through one address, too.
            self_checks_by_address: number(300),
            registrations_by_address: number(20),
        }
    }
}
