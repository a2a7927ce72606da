//! Numbers of the law held against the official text by a person who puts the name to it.
//!
//! What was found holds for a number of an address as long as the number stays what it was, whatever rulebook it
//! stands in; when it changes, what was found is shown as outdated. It stands beside the law and never changes a
//! verdict: a number that differs from the official text is for the next rulebook to mend.
//!
//! One person is enough. Each finding names who looked, where and when, so that anybody can look again; a second one
//! by another person is welcome and told, and where two contradict each other the number stands on top of the list.
//! If a second person were needed, most numbers would stay unconfirmed for good, and the reader would know less.

mod confirm_number;
mod read_confirmations;
mod state;
mod withdraw_confirmation;

pub use confirm_number::{Found, confirm_number};
pub use read_confirmations::{Seen, number_history, read_confirmations};
pub use state::{Held, held};
pub use withdraw_confirmation::withdraw_confirmation;
