//! What a check can find wrong, each naming its record or seal, in both languages.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::unreadable::Unreadable;

/// Where something unreadable stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A line of a file, from 1.
    Line(u64),
    /// A record in the database, by its number.
    Record(i64),
    /// A seal in the database, by its day.
    Seal(Date),
}

/// Something that cannot be unless the records were interfered with (or the storage is damaged).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// It cannot be read.
    Unreadable {
        /// Where.
        place: Place,
        /// Why.
        why: Unreadable,
    },
    /// The content of the record does not fit its hash.
    Altered {
        /// The record.
        seq: i64,
    },
    /// The record follows another one than the one before it: that was replaced, or this one.
    Relinked {
        /// The record.
        seq: i64,
    },
    /// Records are missing.
    Removed {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// The record stands behind later ones.
    OutOfPlace {
        /// The record.
        seq: i64,
        /// The record that it stands behind.
        after: i64,
    },
    /// A second record with the same number.
    Doubled {
        /// The number.
        seq: i64,
    },
    /// Nobody knows the digest that the record names.
    UnknownDigest {
        /// The record.
        seq: i64,
        /// The name.
        name: String,
    },
    /// The personal data beside the record does not fit the commitment in it.
    Personal {
        /// The record.
        seq: i64,
    },
    /// Personal data is gone, and no later record says that it was erased.
    Unexplained {
        /// The first record.
        from: i64,
        /// The last record.
        to: i64,
    },
    /// Records after what should be the last.
    Beyond {
        /// The first of them.
        from: i64,
        /// The last of them.
        to: i64,
    },
    /// The last record is not the one that was the last.
    Head {
        /// Its number.
        seq: i64,
    },
    /// Nothing says which record is the last: what was cut off at the end would not be seen.
    NoHead,
    /// The seal was changed or forged: its tag does not fit.
    SealAltered {
        /// Its day.
        day: Date,
    },
    /// The key of the seal is not at hand.
    SealKey {
        /// Its day.
        day: Date,
        /// The method and the key.
        name: String,
    },
    /// The key could not be asked.
    SealUnchecked {
        /// Its day.
        day: Date,
        /// What the provider said.
        why: String,
    },
    /// The seal does not follow the seal before it, or stands behind the records that it covers.
    SealOutOfPlace {
        /// Its day.
        day: Date,
    },
    /// Records were written anew after they were sealed. Later seals then do not fit either; only the
    /// first of them is named.
    Rewritten {
        /// The day of the first seal that does not fit.
        day: Date,
        /// The last record that it covers.
        last: i64,
    },
    /// Records of several days that no seal covers: seals were not made, or taken away.
    Unsealed {
        /// The first record that no seal covers.
        from: i64,
        /// Its day.
        since: Date,
        /// Of how many days.
        days: usize,
    },
    /// A seal covers records of several days: those between were not made, or taken away.
    SealedLate {
        /// The day of the seal.
        day: Date,
        /// The first day that it covers.
        since: Date,
        /// How many days.
        days: usize,
    },
    /// Nothing says how many seals there are.
    NoMark,
    /// What says how many seals there are was changed or forged, or its key is not at hand.
    MarkAltered,
    /// What says how many seals there are was begun when there were records already.
    MarkLate {
        /// After so many.
        after: i64,
    },
    /// Not as many seals as were made.
    SealsMissing {
        /// So many were made.
        made: i64,
        /// So many are there.
        found: i64,
    },
    /// The newest seal is not the one that was made last.
    LastSeal,
    /// The records begin later than the accounts, or there are none.
    BeginsLate {
        /// Since when there are accounts.
        since: Timestamp,
        /// The first record, if there is any.
        first: Option<Timestamp>,
    },
}

impl Place {
    /// In Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Line(line) => format!("第 {line} 行"),
            Self::Record(seq) => format!("第 {seq} 号记录"),
            Self::Seal(day) => format!("{day} 的日封印"),
        }
    }

    /// In English.
    pub fn en(&self) -> String {
        match self {
            Self::Line(line) => format!("line {line}"),
            Self::Record(seq) => format!("record {seq}"),
            Self::Seal(day) => format!("the seal of {day}"),
        }
    }
}

impl Problem {
    /// In Chinese.
    pub fn zh(&self) -> String {
        match self {
            Self::Unreadable { place, why } => format!("{}无法读取：{}", place.zh(), why.zh()),
            Self::Altered { seq } => format!("第 {seq} 号记录被改动：内容与其摘要不符"),
            Self::Relinked { seq } => {
                format!("第 {seq} 号记录与前一条不相连：前一条或本条被替换")
            }
            Self::Removed { from, to } if from == to => format!("第 {from} 号记录缺失"),
            Self::Removed { from, to } => format!("第 {from} 至 {to} 号记录缺失"),
            Self::OutOfPlace { seq, after } => {
                format!("第 {seq} 号记录次序错乱：排在第 {after} 号之后")
            }
            Self::Doubled { seq } => format!("第 {seq} 号记录重复出现"),
            Self::UnknownDigest { seq, name } => {
                format!("第 {seq} 号记录的摘要算法“{name}”不认识")
            }
            Self::Personal { seq } => format!("第 {seq} 号记录的个人信息被改动：与承诺值不符"),
            Self::Unexplained { from, to } if from == to => {
                format!("第 {from} 号记录的个人信息已不在，但没有删除它的记录")
            }
            Self::Unexplained { from, to } => {
                format!("第 {from} 至 {to} 号记录的个人信息已不在，但没有删除它们的记录")
            }
            Self::Beyond { from, to } => {
                format!(
                    "第 {from} 至 {to} 号记录是多出的：链应止于第 {} 号",
                    from.saturating_sub(1)
                )
            }
            Self::Head { seq } => format!("末条第 {seq} 号记录不是应有的那一条"),
            Self::NoHead => "没有说明末条是哪一条：末尾若被截去无从发现".into(),
            Self::SealAltered { day } => format!("{day} 的日封印被改动或伪造：校验值不符"),
            Self::SealKey { day, name } => {
                format!("{day} 的日封印无法校验：没有密钥 {name}")
            }
            Self::SealUnchecked { day, why } => format!("{day} 的日封印未能校验：{why}"),
            Self::SealOutOfPlace { day } => {
                format!("{day} 的日封印与前一封印不相连：封印缺失、重复或次序错乱")
            }
            Self::Rewritten { day, last } => {
                format!("{day} 封印之后记录被重写：第 {last} 号及以前的记录与日封印不符")
            }
            Self::Unsealed { from, since, days } => {
                format!(
                    "自 {since} 第 {from} 号记录起有 {days} 天的记录没有日封印：封印未作或被删除"
                )
            }
            Self::SealedLate { day, since, days } => {
                format!(
                    "{day} 的日封印一次封存了自 {since} 起 {days} 天的记录：其间的封印未作或被删除"
                )
            }
            Self::NoMark => "没有封印总记：日封印若被删除无从发现，或总记已被删除".into(),
            Self::MarkAltered => "封印总记被改动或伪造，或缺少其密钥：校验值不符".into(),
            Self::MarkLate { after } => {
                format!("封印总记在已有 {after} 条记录之后才建立：此前的总记和日封印可能被删除")
            }
            Self::SealsMissing { made, found } => {
                format!("共作过 {made} 个日封印，现有 {found} 个：有封印被删除或添加")
            }
            Self::LastSeal => "最新的日封印不是最后所作的那一个：封印被替换".into(),
            Self::BeginsLate { since, first: Some(first) } => {
                format!("账号自 {since} 起就有，记录却自 {first} 才开始：此前的记录可能被全部删除")
            }
            Self::BeginsLate { since, first: None } => {
                format!("账号自 {since} 起就有，却没有任何记录：记录被全部删除")
            }
        }
    }

    /// In English.
    pub fn en(&self) -> String {
        match self {
            Self::Unreadable { place, why } => {
                format!("{} cannot be read: {}", place.en(), why.en())
            }
            Self::Altered { seq } => {
                format!("record {seq} was altered: its content does not fit its hash")
            }
            Self::Relinked { seq } => format!(
                "record {seq} does not follow the one before it: one of the two was replaced"
            ),
            Self::Removed { from, to } if from == to => format!("record {from} is missing"),
            Self::Removed { from, to } => format!("records {from} to {to} are missing"),
            Self::OutOfPlace { seq, after } => {
                format!("record {seq} is out of order: it stands behind record {after}")
            }
            Self::Doubled { seq } => format!("record {seq} is there more than once"),
            Self::UnknownDigest { seq, name } => {
                format!("record {seq} has a digest that nobody knows: {name}")
            }
            Self::Personal { seq } => format!(
                "the personal data of record {seq} was altered: it does not fit its commitment"
            ),
            Self::Unexplained { from, to } if from == to => format!(
                "the personal data of record {from} is gone, and no record says that it was erased"
            ),
            Self::Unexplained { from, to } => format!(
                "the personal data of records {from} to {to} is gone, and no record says that it was erased"
            ),
            Self::Beyond { from, to } => {
                format!(
                    "records {from} to {to} were added: the chain ends at {}",
                    from.saturating_sub(1)
                )
            }
            Self::Head { seq } => {
                format!("the last record, {seq}, is not the one that it should be")
            }
            Self::NoHead => {
                "nothing says which record is the last: what was cut off would not be seen".into()
            }
            Self::SealAltered { day } => {
                format!("the seal of {day} was altered or forged: its tag does not fit")
            }
            Self::SealKey { day, name } => {
                format!("the seal of {day} cannot be checked: key {name} is not at hand")
            }
            Self::SealUnchecked { day, why } => {
                format!("the seal of {day} could not be checked: {why}")
            }
            Self::SealOutOfPlace { day } => format!(
                "the seal of {day} does not follow the one before it: a seal is missing, doubled or out of order"
            ),
            Self::Rewritten { day, last } => format!(
                "records up to {last} were written anew after they were sealed: they do not fit the seal of {day}"
            ),
            Self::Unsealed { from, since, days } => format!(
                "no seal covers the records of {days} days since record {from} of {since}: seals were not made or were removed"
            ),
            Self::SealedLate { day, since, days } => format!(
                "the seal of {day} covers records of {days} days since {since}: seals between were not made or were removed"
            ),
            Self::NoMark => {
                "nothing says how many seals there are: removed seals would not be seen, or the mark was removed".into()
            }
            Self::MarkAltered => {
                "the mark of the seals was altered or forged, or its key is not at hand: its tag does not fit".into()
            }
            Self::MarkLate { after } => format!(
                "the mark of the seals was begun when there were {after} records: an earlier one and seals may have been removed"
            ),
            Self::SealsMissing { made, found } => {
                format!("{made} seals were made and {found} are there: seals were removed or added")
            }
            Self::LastSeal => "the newest seal is not the one that was made last: it was replaced".into(),
            Self::BeginsLate { since, first: Some(first) } => format!(
                "there are accounts since {since}, but records only since {first}: earlier ones may have been removed"
            ),
            Self::BeginsLate { since, first: None } => {
                format!("there are accounts since {since}, but no records at all: they were removed")
            }
        }
    }
}
