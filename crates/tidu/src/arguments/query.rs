//! `tidu query`

use std::path::PathBuf;

use clap::Args;

use super::{Replace, Threads};

/// `tidu query`
#[derive(Debug, Args)]
#[command(
    after_help = "表 / Tables: population 企业总体 · result 筛查结果 · verdicts 每户每个项目一行；\n\
                  也可用文件名作表名 / file names are tables, too. SHOW TABLES · DESCRIBE result"
)]
pub(crate) struct Query {
    /// 企业总体或筛查结果：Parquet 文件或文件夹，可多个 / Populations or results (Parquet)
    #[arg(value_name = "FILES", required = true, num_args = 1.., help_heading = "参数 / Arguments")]
    pub files: Vec<PathBuf>,
    /// SQL 查询 / The question, in SQL
    #[arg(value_name = "SQL", required = true, help_heading = "参数 / Arguments")]
    pub sql: String,
    /// 以 JSON 输出，每行一个对象 / Print JSON, one object for each row
    #[arg(long, conflicts_with_all = ["csv", "output"])]
    pub json: bool,
    /// 以 CSV 输出 / Print CSV
    #[arg(long, conflicts_with = "output")]
    pub csv: bool,
    /// 写入文件：.parquet、.xlsx 或 .csv / Write a file instead
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// 最多显示几行（默认终端 40 行，其他不限；0 不限） / Most rows shown (default: 40 on a terminal)
    #[arg(long, value_name = "N", conflicts_with_all = ["json", "csv", "output"])]
    pub rows: Option<usize>,
    #[command(flatten)]
    pub threads: Threads,
    #[command(flatten)]
    pub replace: Replace,
}
