//! The arguments of `tidu generate`.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::{Replace, day};

/// `tidu generate`
#[derive(Debug, Args)]
pub(crate) struct Generate {
    /// 主体户数（企业、个体工商户、合作社） / How many entities of all kinds
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=city::MOST))]
    pub enterprises: u64,
    /// 输出文件 / File to write
    #[arg(short, long, value_name = "POPULATION.parquet")]
    pub output: PathBuf,
    /// 随机种子，相同种子得到相同的城市（默认 1） / Same seed, same city (default: 1)
    #[arg(long, value_name = "S", default_value_t = 1, hide_default_value = true)]
    pub seed: u64,
    /// 数据截至此日（默认今天） / Day up to which things are known (default: today)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// 小城：各称号、区市、类型、临界值俱全（5000 户以内默认如此） / Every title, district, kind and edge is there (default up to 5,000)
    #[arg(long, alias = "small")]
    pub stratified: bool,
    #[command(flatten)]
    pub replace: Replace,
}
