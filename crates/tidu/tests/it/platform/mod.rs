//! The platform as a real process, on each engine: started, stopped, killed, backed up, examined, signed in to.

mod browser;
mod commands;
mod demo;
mod faults;
mod identity_provider;
mod in_a_browser;
mod kills;
mod process;
mod sign_on;
