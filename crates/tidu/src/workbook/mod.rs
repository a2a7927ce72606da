//! The workbook of a run.
