//! The log of a running platform. It goes to standard error; whoever runs the platform keeps it.

use std::io::IsTerminal as _;
use std::str::FromStr;

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Layer as _, fmt};

/// The form of the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LogForm {
    /// Lines for people.
    Text,
    /// A JSON object for each line.
    Json,
}

impl FromStr for LogForm {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(()),
        }
    }
}

/// Starts the log of a process that somebody only wants to look at: nothing but what is wrong.
pub fn start_quiet_log() {
    start_log(LogForm::Text, Level::WARN);
}

/// Starts the log of this process. Called twice, the first one stays.
pub fn start_log(form: LogForm, level: Level) {
    // What others have to say of their insides is of no use, and statements carry personal data.
    let targets = Targets::new()
        .with_default(Level::WARN)
        .with_targets(["app", "operation", "store", "tidu", "web"].map(|ours| (ours, level)));
    let registry = tracing_subscriber::registry();
    let started = match form {
        LogForm::Text => {
            let colours = std::io::stderr().is_terminal();
            registry
                .with(
                    fmt::layer()
                        .with_writer(std::io::stderr)
                        .with_ansi(colours)
                        .with_filter(targets),
                )
                .try_init()
        }
        LogForm::Json => {
            let lines = fmt::layer().json().flatten_event(true).with_writer(std::io::stderr);
            registry.with(lines.with_filter(targets)).try_init()
        }
    };
    if started.is_err() {
        tracing::debug!("the log has been started already");
    }
}
