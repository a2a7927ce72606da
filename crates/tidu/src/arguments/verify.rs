//! The options of `tidu verify`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use super::When;

/// `tidu verify`
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// 总体文件（Parquet），或放着它们的文件夹 / Population: a Parquet file, or a folder of them
    #[arg(value_name = "POPULATION", help_heading = "参数 / Arguments")]
    pub population: PathBuf,
    /// 只核对此项目，可重复（默认全部有约束力的现行项目） / Only this programme; repeatable
    #[arg(long, value_name = "ID")]
    pub programme: Vec<String>,
    #[command(flatten)]
    pub when: When,
    /// 只核对均匀抽取的这么多户（默认全部） / Only so many subjects, evenly spread (default: all)
    #[arg(long, value_name = "N")]
    pub sample: Option<NonZeroU64>,
    /// 以 JSON 输出 / Print JSON
    #[arg(long)]
    pub json: bool,
}
