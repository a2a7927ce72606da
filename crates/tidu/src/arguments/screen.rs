//! `tidu screen`

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rules::Standing;

use super::{Replace, Threads, When};

/// `tidu screen`
#[derive(Debug, Args)]
pub(crate) struct Screen {
    /// 企业总体：Parquet 文件或文件夹 / Population: a Parquet file or a folder of them
    #[arg(value_name = "POPULATION", help_heading = "参数 / Arguments")]
    pub population: PathBuf,
    /// 结果文件 / Result to write
    #[arg(short, long, value_name = "RESULT.parquet")]
    pub output: PathBuf,
    #[command(flatten)]
    pub when: When,
    /// 只筛此项目，可重复（默认全部有效项目） / Only this programme; repeatable
    #[arg(long, value_name = "ID")]
    pub programme: Vec<String>,
    /// 另筛：indicative 参考、historical 历史、open 未公开 / Versions of this standing, too; repeatable
    #[arg(long, value_name = "STANDING", hide_possible_values = true)]
    pub standing: Vec<StandingName>,
    /// 另存名单：每个项目一张表 / Lists as a workbook, a sheet for each programme
    #[arg(long, value_name = "FILE.xlsx")]
    pub lists: Option<PathBuf>,
    #[command(flatten)]
    pub threads: Threads,
    #[command(flatten)]
    pub replace: Replace,
    /// 以 JSON 输出汇总 / Print the summary as JSON
    #[arg(long)]
    pub json: bool,
}

/// A standing by its code.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum StandingName {
    Binding,
    Indicative,
    Historical,
    Open,
}

impl From<StandingName> for Standing {
    fn from(name: StandingName) -> Self {
        match name {
            StandingName::Binding => Self::Binding,
            StandingName::Indicative => Self::Indicative,
            StandingName::Historical => Self::Historical,
            StandingName::Open => Self::Open,
        }
    }
}
