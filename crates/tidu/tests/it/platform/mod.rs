//! The platform as a real process, on each engine: started, stopped, killed, backed up, examined, signed in to.

mod browser;
mod commands;
mod contract;
mod demo;
mod faults;
mod identity_provider;
mod in_a_browser;
mod jobs;
mod kills;
mod process;
mod program;
mod same_answer;
mod sign_on;
