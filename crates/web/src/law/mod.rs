//! The law in force as pages show it: what it says, its numbers with what each is for, its worked examples. All of it
//! follows from the rulebook alone and is kept as long as that is in force.

mod book;
mod example;
mod mark;
mod number;
mod shown;
mod today;

pub(crate) use book::{Book, Read, Shelf};
pub(crate) use example::Example;
pub(crate) use mark::{Checked, Marks, Progress, class};
pub(crate) use number::{Told, value};
pub(crate) use shown::{Chapter, chapter};
pub(crate) use today::{Standing, standing};

use crate::lang::{Lang, Say};

impl Say {
    /// The language in which the law is asked to speak.
    pub fn tongue(self) -> enterprise::Lang {
        match self.0 {
            Lang::Zh => enterprise::Lang::Zh,
            Lang::En => enterprise::Lang::En,
        }
    }
}
