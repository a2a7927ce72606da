//! `tidu schema`: the JSON Schema of what `explain --json` prints.

use std::io::{self, Write as _};

use crate::exit::Exit;
use crate::json::Explanation;
use crate::output::stdout;

pub(super) fn run() -> io::Result<Exit> {
    let schema = schemars::schema_for!(Explanation);
    let mut out = stdout();
    serde_json::to_writer_pretty(&mut out, &schema).map_err(io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    Ok(Exit::Answered)
}
