//! Rows one after the other: JSON and CSV.

use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use arrow::datatypes::DataType;
use engine::{Failure, Rows};

use super::Ended;
use super::cells::{self, Json};
use crate::interrupt;

/// A line of JSON for each row.
pub(super) fn json(rows: Rows<'_>, out: &mut impl Write) -> Result<(), Ended> {
    for batch in rows {
        let batch = batch?;
        let schema = batch.schema();
        let columns = batch.columns().iter().map(cells::plain);
        let columns = columns.collect::<Result<Vec<_>, _>>().map_err(Failure::from)?;
        for row in 0..batch.num_rows() {
            let parts = schema.fields().iter().zip(&columns).map(|(field, column)| {
                Ok((field.name().clone(), cells::json(column, row).map_err(Failure::from)?))
            });
            let object = Json::Object(parts.collect::<Result<_, Failure>>()?);
            serde_json::to_writer(&mut *out, &object).map_err(io::Error::from)?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(())
}

/// CSV after RFC 4180; answers how many rows.
pub(super) fn csv(rows: Rows<'_>, out: &mut impl Write) -> Result<u64, Ended> {
    written(rows, out, false)
}

/// With `guarded`, texts that begin like a formula get a `'` before them.
fn written(rows: Rows<'_>, out: &mut impl Write, guarded: bool) -> Result<u64, Ended> {
    let schema = rows.schema();
    let heads: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    line(&heads, out)?;
    let types = schema.fields().iter().map(|field| guarded && !is_plain(field.data_type()));
    let is_text: Vec<bool> = types.collect();
    let mut count = 0;
    for batch in rows {
        let batch = batch?;
        if interrupt::asked() {
            return Err(Failure::Stopped.into());
        }
        count += batch.num_rows() as u64;
        let columns = batch.columns().iter().map(|column| cells::texts(column));
        let columns = columns.collect::<Result<Vec<_>, _>>().map_err(Failure::from)?;
        for row in 0..batch.num_rows() {
            let texts = columns.iter().zip(&is_text).map(|(column, is_text)| {
                let text = column.value(row).to_string();
                match *is_text && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                    true => format!("'{text}"),
                    false => text,
                }
            });
            line(&texts.collect::<Vec<_>>(), out)?;
        }
    }
    out.flush()?;
    Ok(count)
}

/// A new file of CSV, with the mark by which Excel knows UTF-8.
pub(super) fn csv_file(rows: Rows<'_>, path: &Path) -> Result<u64, Failure> {
    let write = || -> Result<u64, Ended> {
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        let mut out = BufWriter::new(file);
        out.write_all("\u{feff}".as_bytes())?;
        // Who opens a file in Excel should not have a name computed.
        let count = written(rows, &mut out, true)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok(count)
    };
    write().map_err(|ended| match ended {
        Ended::Output(error) => Failure::from(error),
        Ended::Failed(failure) => failure,
    })
}

/// Whether values are numbers, days and the like, which begin with a sign and are no formulas.
fn is_plain(data_type: &DataType) -> bool {
    data_type.is_numeric()
        || data_type.is_temporal()
        || matches!(data_type, DataType::Boolean | DataType::Null)
}

fn line<T: AsRef<str>>(cells: &[T], out: &mut impl Write) -> io::Result<()> {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            out.write_all(b",")?;
        }
        let cell = cell.as_ref();
        if cell.contains([',', '"', '\n', '\r']) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\r\n")
}
