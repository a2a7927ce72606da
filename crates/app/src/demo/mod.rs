//! A platform in which everything is made up, for whoever wants to try it: marked so for ever, with an account for
//! each role and one password for all of them.
//!
//! What is different in it: signing in with the password is enough for everybody but the accounts that show how a
//! second factor is set up and given, and sessions are long. Nothing of this can be switched on in any other platform:
//! it is marked in the same unit that makes its first accounts.

mod accounts;
mod firms;
mod people;
mod set_up;

pub use accounts::{Account, Demo, MARK, recognise};
pub use set_up::{Prepared, prepare};
