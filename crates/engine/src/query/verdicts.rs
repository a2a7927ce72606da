//! The view `verdicts`: a result told in rows, one for each subject and programme, with the names of
//! the criteria in place of bits.

use std::fmt::Write as _;

use datafusion::common::Result;
use datafusion::prelude::SessionContext;

use crate::metadata::Listed;

/// Columns of a result that say who the subject is.
const SUBJECT: [&str; 7] = ["uscc", "id", "name", "subject", "district", "industry", "size_class"];

/// Columns of a programme, by what stands behind its name, with their types in SQL.
const SAYS: [(&str, &str); 9] = [
    ("case", "VARCHAR"),
    ("verdict", "VARCHAR"),
    ("why", "VARCHAR"),
    ("population", "VARCHAR"),
    ("score_low", "DECIMAL(18,2)"),
    ("score_high", "DECIMAL(18,2)"),
    ("path", "VARCHAR"),
    ("shortfall_ppm", "BIGINT"),
    ("nearest", "VARCHAR"),
];

/// Makes the view; answers the names of its columns.
pub(super) async fn register(
    context: &SessionContext,
    columns: &[String],
    programmes: &[Listed],
) -> Result<Vec<String>> {
    if programmes.is_empty() {
        return Ok(Vec::new());
    }
    let parts: Vec<String> = programmes.iter().map(|programme| rows(programme, columns)).collect();
    let view = context.sql(&parts.join("\nUNION ALL\n")).await?.into_view();
    let names = view.schema().fields().iter().map(|field| field.name().clone()).collect();
    context.register_table("verdicts", view)?;
    Ok(names)
}

/// The rows of one programme.
fn rows(programme: &Listed, columns: &[String]) -> String {
    let column = |name: &str| columns.iter().any(|known| known == name);
    let prefix = programme.id.replace('-', "_");
    let mut sql = "SELECT ".to_owned();
    for name in SUBJECT.into_iter().filter(|name| column(name)) {
        let _ = write!(sql, "\"{name}\", ");
    }
    let _ = write!(sql, "{} AS programme", quoted(&programme.id));
    for (says, kind) in SAYS {
        let name = format!("{prefix}_{says}");
        let value = if column(&name) { format!("\"{name}\"") } else { "NULL".to_owned() };
        let _ = write!(sql, ", CAST({value} AS {kind}) AS \"{says}\"");
    }
    for says in ["not_met", "unknown"] {
        let case = format!("{prefix}_case");
        let case = if column(&case) { format!("\"{case}\"") } else { "''".to_owned() };
        let words = (0..).map(|word| match word {
            0 => format!("{prefix}_{says}"),
            word => format!("{prefix}_{says}_{}", word * 64),
        });
        let bits: Vec<String> =
            words.take_while(|name| column(name)).map(|name| format!(", \"{name}\"")).collect();
        let id = quoted(&programme.id);
        let _ = write!(sql, ", criteria({id}, {case}{}) AS \"{says}\"", bits.concat());
    }
    let _ = write!(sql, " FROM result WHERE \"{prefix}_verdict\" IS NOT NULL");
    sql
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
