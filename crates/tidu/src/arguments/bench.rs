//! `tidu bench`

use std::path::PathBuf;

use clap::Args;

/// `tidu bench`
#[derive(Debug, Args)]
pub(crate) struct Bench {
    /// 企业户数，可列多个（默认 200000；1000 万户时逐批生成） / Subjects, one or several numbers
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "200000", hide_default_value = true, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub rows: Vec<u64>,
    /// 条件数，可列多个（默认 300） / Criteria, one or several numbers
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "300", hide_default_value = true, value_parser = clap::value_parser!(u64).range(1..=5_000))]
    pub criteria: Vec<u64>,
    /// 线程数，可列多个（默认 1,2） / Threads, one or several numbers
    #[arg(long, value_name = "N,…", value_delimiter = ',', default_value = "1,2", hide_default_value = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Vec<u16>,
    /// 每种方式测几次，取中位数（默认 5） / Times each way is timed; the median counts
    #[arg(long, value_name = "N", default_value_t = 5, hide_default_value = true, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub times: u16,
    /// 不测：sql、files 文件到文件、rulebook 规则库，可重复 / Leave out: sql, files, rulebook; repeatable
    #[arg(long, value_name = "WHAT", value_parser = ["sql", "files", "rulebook"], hide_possible_values = true)]
    pub without: Vec<String>,
    /// 不测，只把企业数据和同样的规则（SQL）存到此文件夹，供其他软件计时 / Write data and rules for others to time
    #[arg(long, value_name = "DIR")]
    pub export: Option<PathBuf>,
    /// 以 JSON 输出 / Print JSON
    #[arg(long)]
    pub json: bool,
}
