//! `tidu schema`: the JSON Schema of what commands print with `--json`.

use std::io::{self, Write as _};

use answers::{Explanation, ForecastPage, PlanPage};

use crate::arguments::SchemaOf;
use crate::exit::Exit;
use crate::json::{Difference, ScreeningPage, Simulation, Verification};
use crate::output::stdout;

pub(super) fn run(of: SchemaOf) -> io::Result<Exit> {
    let schema = match of {
        SchemaOf::Explain => schemars::schema_for!(Explanation),
        SchemaOf::Forecast => schemars::schema_for!(ForecastPage),
        SchemaOf::Plan => schemars::schema_for!(PlanPage),
        SchemaOf::Screen => schemars::schema_for!(ScreeningPage),
        SchemaOf::Verify => schemars::schema_for!(Verification),
        SchemaOf::Simulate => schemars::schema_for!(Simulation),
        SchemaOf::Diff => schemars::schema_for!(Difference),
    };
    let mut out = stdout();
    serde_json::to_writer_pretty(&mut out, &schema).map_err(io::Error::from)?;
    writeln!(out)?;
    out.flush()?;
    Ok(Exit::Answered)
}
