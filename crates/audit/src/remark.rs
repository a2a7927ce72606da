//! What a check noticed that is no proof of interference but that somebody should explain.

use jiff::Timestamp;
use jiff::civil::Date;

/// Something to look into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The record says an earlier time than one before it; clocks may have been set back.
    Backwards {
        /// The record.
        seq: i64,
        /// Its time.
        at: Timestamp,
        /// The latest time before it.
        after: Timestamp,
    },
    /// Records of a day that should have been sealed are not.
    Unsealed {
        /// The first record that no seal covers.
        from: i64,
        /// Its day.
        since: Date,
    },
    /// The tags of the seals were not checked, for want of a key.
    NoKey {
        /// How many seals.
        seals: u64,
    },
}

impl Remark {
    /// In Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Backwards { seq, at, after } => {
                format!("第 {seq} 号记录的时间 {at} 早于此前的 {after}：时钟可能被回拨")
            }
            Self::Unsealed { from, since } => {
                format!("自 {since} 第 {from} 号记录起未作日封印，或封印缺失")
            }
            Self::NoKey { seals } => format!("未提供密钥，{seals} 个日封印的校验值未核对"),
        }
    }

    /// In English.
    pub fn en(&self) -> String {
        match self {
            Self::Backwards { seq, at, after } => {
                format!(
                    "record {seq} says {at}, before it was {after}: a clock may have been set back"
                )
            }
            Self::Unsealed { from, since } => {
                format!("no seal since record {from} of {since}, or the seals are missing")
            }
            Self::NoKey { seals } => {
                format!("without a key the tags of {seals} seals were not checked")
            }
        }
    }
}
