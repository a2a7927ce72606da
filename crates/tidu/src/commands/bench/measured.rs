//! What a benchmark found: for each size, how long each way took, and what was not run and why.

use enterprise::Text;

/// A way of screening that is timed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// The loops written by hand, from memory.
    Loops,
    /// The kernels, from memory.
    Kernels,
    /// The kernels for verdicts, populations, scores and masks only: what the ways in SQL answer, and more.
    Verdicts,
    /// Plain expressions of DataFusion, from memory.
    Sql,
    /// The simple evaluator, from memory, one subject after the other.
    Simple,
    /// Reading the columns that are needed, and nothing else.
    Reading,
    /// Parquet to Parquet around the loops.
    LoopsOnFiles,
    /// Parquet to Parquet as `tidu screen` does it.
    EngineOnFiles,
}

/// One way on one number of threads.
#[derive(Debug, Clone)]
pub(crate) struct Figure {
    pub way: Way,
    pub threads: usize,
    /// Nanoseconds for each row.
    pub nanoseconds: f64,
    /// How many times as long as the practical limit, where there is one.
    pub ratio: Option<f64>,
    /// The most memory that the process held, in bytes, where the system tells.
    pub peak: Option<u64>,
}

/// One size.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Whether it is the rulebook that is in use, or a generated one.
    pub generated: bool,
    pub rows: u64,
    pub programmes: usize,
    pub criteria: usize,
    pub comparisons: usize,
    pub bands: usize,
    /// Answers that were held against the loops, and against the simple evaluator.
    pub checked: (u64, u64),
    pub differences: Vec<String>,
    pub figures: Vec<Figure>,
    /// Of the loops on files, on one thread: the parts that reading, evaluating and writing have.
    pub shares: Option<[f64; 3]>,
    pub left_out: Vec<Text>,
}

impl Way {
    /// The stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Loops => "loops",
            Self::Kernels => "kernels",
            Self::Verdicts => "verdicts",
            Self::Sql => "sql",
            Self::Simple => "simple",
            Self::Reading => "reading",
            Self::LoopsOnFiles => "loops-on-files",
            Self::EngineOnFiles => "engine-on-files",
        }
    }

    /// What people read.
    pub fn words(self) -> Text {
        match self {
            Self::Loops => Text::new("手写循环（内存）", "loops by hand, from memory"),
            Self::Kernels => Text::new("筛查内核（内存）", "kernels, from memory"),
            Self::Verdicts => {
                Text::new("内核只判结论与掩码（内存）", "kernels, verdicts and masks only")
            }
            Self::Sql => {
                Text::new("DataFusion 普通 SQL（内存）", "plain DataFusion SQL, from memory")
            }
            Self::Simple => Text::new("逐户判断（内存）", "one by one, from memory"),
            Self::Reading => Text::new("只读所需列", "reading the columns only"),
            Self::LoopsOnFiles => {
                Text::new("手写循环（文件到文件）", "loops by hand, file to file")
            }
            Self::EngineOnFiles => {
                Text::new("tidu screen（文件到文件）", "tidu screen, file to file")
            }
        }
    }

    /// The way that stands for the practical limit of this one.
    pub fn limit(self) -> Option<Self> {
        match self {
            Self::Loops | Self::Kernels | Self::Verdicts | Self::Sql => Some(Self::Loops),
            Self::LoopsOnFiles | Self::EngineOnFiles => Some(Self::LoopsOnFiles),
            Self::Reading | Self::Simple => None,
        }
    }
}

impl Case {
    /// Works out how each way compares with its practical limit on as many threads.
    pub fn compare(&mut self) {
        let known = self.figures.clone();
        for figure in &mut self.figures {
            let limit = figure.way.limit().and_then(|limit| {
                known.iter().find(|other| other.way == limit && other.threads == figure.threads)
            });
            figure.ratio = limit.map(|limit| figure.nanoseconds / limit.nanoseconds);
        }
    }
}
