//! The configuration: one table of settings, read from a file, the environment and the command line. What the
//! command line says comes first, then the environment, then the file, then what a setting is by itself.

mod provider;
mod read;
mod settings;

pub(crate) use provider::redirect;
pub use read::{Given, read_config};
pub use settings::{SETTINGS, Setting};

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use app::single_sign_on::Provider;
use url::Url;

use crate::log::LogForm;

/// How an installation is set up.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of the installation.
    pub data: PathBuf,
    /// The database.
    pub place: store::Place,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address that people type, if it is another one.
    pub public_url: Option<Url>,
    /// The addresses of the proxies whose word is taken on where a request comes from.
    pub trusted_proxies: Vec<IpAddr>,
    /// The file with the keys.
    pub keys: PathBuf,
    /// The name of the bureau, for the first start.
    pub bureau: String,
    /// The form of the log.
    pub log_form: LogForm,
    /// What is logged.
    pub log_level: tracing::Level,
    /// The secret with which metrics are read from elsewhere.
    pub metrics_secret: Option<String>,
    /// For so long requests under way are waited for at the end.
    pub patience: Duration,
    /// So many requests are answered at once.
    pub connections: usize,
    /// So many attempts to sign in from one address in a minute.
    pub sign_ins_per_minute: NonZeroU32,
    /// So many requests to the API with one token in a minute.
    pub api_requests_per_minute: NonZeroU32,
    /// The provider of identities, if people can sign in through one.
    pub provider: Option<Provider>,
    /// The folder for backups.
    pub backups: PathBuf,
    /// So many backups that were made by themselves are kept.
    pub backups_kept: usize,
}

impl Config {
    /// Whether browsers reach it through TLS.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    /// Whether passwords may cross a network in the clear: nobody has said that TLS stands in front.
    pub fn is_in_the_open(&self) -> bool {
        !self.listen.ip().is_loopback() && !self.is_secure()
    }
}
