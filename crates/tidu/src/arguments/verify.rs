//! The options of `tidu verify`.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{PurposeName, day};

/// `tidu verify`
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// 总体文件（Parquet），或放着它们的文件夹 / Population: a Parquet file, or a folder of them
    #[arg(value_name = "POPULATION", help_heading = "参数 / Arguments")]
    pub population: PathBuf,
    /// 只核对此项目，可重复（默认全部有约束力的现行项目） / Only this programme; repeatable
    #[arg(long, value_name = "ID")]
    pub programme: Vec<String>,
    /// 用途：new 新申报、re-review 复核、yearly 年度 / Purpose
    #[arg(long, value_name = "PURPOSE", hide_possible_values = true)]
    pub purpose: Option<PurposeName>,
    /// 评估日（默认今天） / Date of the verdicts (default: today)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// 上一会计年度（默认评估日前一年） / Last fiscal year (default: the year before the date)
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1990..=2100))]
    pub base_year: Option<i16>,
    /// 只核对均匀抽取的这么多户（默认全部） / Only so many subjects, evenly spread (default: all)
    #[arg(long, value_name = "N")]
    pub sample: Option<NonZeroU64>,
    /// 以 JSON 输出 / Print JSON
    #[arg(long)]
    pub json: bool,
}
