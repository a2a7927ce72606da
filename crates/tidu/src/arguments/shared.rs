//! Options that several commands take in the same words.

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rules::Purpose;

use super::day;

/// For which purpose and on which day a question is asked.
#[derive(Debug, Args)]
pub(crate) struct When {
    /// 用途：new 新申报、re-review 复核、yearly 年度（默认按是否持有称号） / Purpose (default: by titles held)
    #[arg(long, value_name = "PURPOSE", hide_possible_values = true)]
    pub purpose: Option<PurposeName>,
    /// 评估日（默认今天） / Date of the verdicts (default: today)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,
    /// 上一会计年度（默认评估日前一年） / Last fiscal year (default: the year before the date)
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1990..=2100))]
    pub base_year: Option<i16>,
}

/// How many work at the same time.
#[derive(Debug, Args)]
pub(crate) struct Threads {
    /// 线程数（默认全部处理器） / Threads (default: all processors)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Whether files that are there are replaced.
#[derive(Debug, Args)]
pub(crate) struct Replace {
    /// 已有同名文件时覆盖 / Replace a file of this name
    #[arg(long)]
    pub force: bool,
}

/// A purpose by its code.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum PurposeName {
    New,
    ReReview,
    Yearly,
}

impl From<PurposeName> for Purpose {
    fn from(name: PurposeName) -> Self {
        match name {
            PurposeName::New => Self::New,
            PurposeName::ReReview => Self::ReReview,
            PurposeName::Yearly => Self::Yearly,
        }
    }
}
