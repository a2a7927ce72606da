//! Screening at work: Parquet in, Parquet out, SQL, through DataFusion.
