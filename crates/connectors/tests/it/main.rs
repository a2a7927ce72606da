//! Everything that goes through the public interface, in one binary.

mod common;
mod csv_tables;
mod headers;
mod hostile;
mod json_documents;
mod random;
mod scale;
mod templates;
mod workbooks;
