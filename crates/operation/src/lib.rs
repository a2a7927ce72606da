//! Running an installation: configuration, start and stop, backup, restore, examination.
//!
//! An installation is a folder (keys, backups, and the database if it is embedded) and a database. [`Config`] says
//! where both are, [`open`] opens them, [`serve()`] runs the platform until it is asked to stop.

mod backups;
mod config;
mod demo;
mod doctor;
mod installation;
mod keys;
mod log;
mod rescue;
mod rights;
mod serve;
mod verify;
mod words;

pub use app::people::Closed;
pub use app::rescue::{Rescue, Rescued};
pub use backups::{back_up, backup_contents, bring_back};
pub use config::{Config, Given, SETTINGS, Setting, read_config};
pub use demo::{DemoStep, DemoWish, RunningDemo, demo};
pub use doctor::{Finding, Weight, examine};
pub use installation::{Installation, Start, bring_up, open};
pub use log::{LogForm, start_log, start_quiet_log};
pub use rescue::rescue;
pub use serve::{Running, serve};
pub use verify::{verify_audit, verify_exported};
pub use words::Trouble;
