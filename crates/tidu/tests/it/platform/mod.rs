//! The platform as a real process, on each engine: started, stopped, killed, backed up, examined.

mod commands;
mod faults;
mod kills;
mod process;
