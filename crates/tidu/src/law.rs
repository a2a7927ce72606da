//! Where the rules come from: the rulebook built into the program, or a folder that overrides it.

use std::path::Path;

use enterprise::Text;
use rulebook::{Compiled, Sources, compile};

use crate::folder;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// A compiled rulebook with the texts that its diagnostics point into.
pub struct Law {
    /// The texts.
    pub sources: Sources,
    /// What the compiler understood, and what is wrong with it.
    pub compiled: Compiled,
}

/// The rulebook that the program carries.
pub fn embedded() -> Law {
    let mut sources = Sources::default();
    for (path, text) in embedded::FILES {
        sources.add(path, *text);
    }
    Law { compiled: compile(&sources), sources }
}

/// The rulebook in `folder`; without one, that of the program.
///
/// # Errors
/// The folder cannot be read, in words for people.
pub fn load(folder: Option<&Path>) -> Result<Law, Text> {
    match folder {
        None => Ok(embedded()),
        Some(folder) => {
            let sources = folder::read(folder)?;
            Ok(Law { compiled: compile(&sources), sources })
        }
    }
}
