//! A workbook into a file. What goes wrong is told once: the library that packs it would print it, too.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use rust_xlsxwriter::{Workbook, XlsxError};

/// Writes a workbook into a new file.
pub(crate) fn save(workbook: &mut Workbook, path: &Path) -> io::Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let mut patient = Patient { file: BufWriter::new(file), failed: None };
    let saved = workbook.save_to_writer(&mut patient).map_err(io_error);
    if let Some(error) = patient.failed {
        return Err(error);
    }
    saved?;
    patient.file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// What goes wrong while a workbook is written.
pub(crate) fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        error => io::Error::other(error),
    }
}

/// Takes everything, and remembers what went wrong first.
struct Patient {
    file: BufWriter<File>,
    failed: Option<io::Error>,
}

impl Write for Patient {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.failed.is_none() {
            self.failed = self.file.write_all(bytes).err();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failed.is_none() {
            self.failed = self.file.flush().err();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_once_and_as_what_it_is() {
        // A device on which there is never any room.
        let Ok(file) = OpenOptions::new().write(true).open("/dev/full") else { return };
        let mut patient = Patient { file: BufWriter::with_capacity(1, file), failed: None };
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        assert!(workbook.save_to_writer(&mut patient).is_ok());
        let kind = patient.failed.map(|error| error.kind());
        assert_eq!(kind, Some(io::ErrorKind::StorageFull));
    }
}
