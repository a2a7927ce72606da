//! Background jobs: what kinds there are, the worker that does them, schedules, and what people do with jobs.
//!
//! A job is asked for in the unit of the change that needs it ([`ask`]), so that neither is there without the
//! other. It is done at least once: every kind is safe to repeat.

mod kinds;
mod manage;
mod running;
mod schedules;
mod worker;

pub use kinds::{KINDS, Kind, ask};
pub use manage::{cancel_job, change_schedule, list_jobs, list_schedules, retry_job, show_job};
pub use running::{Running, Stop};
pub use schedules::enter_schedules;
pub use worker::Worker;
