//! Running and keeping the platform: settings in, words out. What is done is done by `operation`.

mod audit;
mod backup;
mod demo;
mod doctor;
mod migrate;
mod rescue;
mod serve;

use std::io;

use enterprise::Text;
use operation::{Config, Given, Trouble, read_config};

pub(super) use audit::run as audit;
pub(super) use backup::{backup, restore};
pub(super) use demo::run as demo;
pub(super) use doctor::run as doctor;
pub(super) use migrate::run as migrate;
pub(super) use rescue::run as rescue;
pub(super) use serve::run as serve;

use super::fail;
use crate::arguments::Settings;
use crate::exit::Exit;
use crate::output::{Screen, complain};

/// The version that the platform says it is.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Settings from everywhere, or all that is wrong with them.
fn configured(settings: &Settings, screen: &Screen) -> Result<Config, Exit> {
    let given = Given {
        file: settings.config.clone(),
        environment: std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect(),
        flags: settings.given.clone(),
        alone: false,
    };
    read_config(&given).map_err(|wrong| {
        for trouble in &wrong {
            told(trouble, screen);
        }
        Exit::Nothing
    })
}

/// Says what is wrong and what to do.
fn told(trouble: &Trouble, screen: &Screen) -> Exit {
    let exit = fail(screen, &trouble.what);
    complain(&format!("    {}{}", screen.say("处理：", "help: "), trouble.help.get(screen.lang)));
    exit
}

/// Runs what waits for a database or a network.
fn block_on<T>(work: impl Future<Output = T>) -> io::Result<T> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work))
}

fn cannot(zh: &str, en: &str) -> Text {
    Text::new(zh, en)
}
