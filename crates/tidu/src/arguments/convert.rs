//! `tidu convert`

use std::path::PathBuf;

use clap::Args;

use super::Replace;

/// `tidu convert`
#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// 企业数据：csv、xlsx、json 或 parquet，可多个 / Facts: csv, xlsx, json or parquet; several
    #[arg(value_name = "INPUT", required = true, help_heading = "参数 / Arguments")]
    pub inputs: Vec<PathBuf>,
    /// 输出文件 / File to write
    #[arg(short, long, value_name = "POPULATION.parquet")]
    pub output: PathBuf,
    /// 未读入的行及原因另存为 xlsx 或 csv / Write the refused rows with their reasons
    #[arg(long, value_name = "FILE")]
    pub refused: Option<PathBuf>,
    /// 文件中表示“不知道”的词，当作空白（不是 0），可重复 / Word for "not known", taken as blank (never 0); repeatable
    #[arg(long, value_name = "WORD")]
    pub blank: Vec<String>,
    #[command(flatten)]
    pub replace: Replace,
}
