//! The platform as a real process, on each engine: started, stopped, killed, backed up, examined.

mod commands;
mod kills;
mod process;
