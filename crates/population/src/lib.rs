//! A population as Parquet.
