//! Why a run ended without an answer.

use std::error::Error;
use std::io;

use arrow::error::ArrowError;
use datafusion::error::DataFusionError;
use enterprise::{Problem, Text};
use parquet::errors::ParquetError;

/// Why a run ended without an answer. Nothing was written then.
#[derive(Debug)]
pub enum Failure {
    /// Somebody wanted it to end.
    Stopped,
    /// The data were refused: what is wrong with them, and how often.
    Refused(Vec<Problem>, u64),
    /// The file to write cannot be written.
    Output(io::Error),
    /// Reading or computing failed.
    Broken(Text),
}

impl Failure {
    /// Data of this file or folder were refused.
    pub(crate) fn refused(mut problems: Vec<Problem>, all: u64, file: &str) -> Self {
        for problem in &mut problems {
            problem.place.file.get_or_insert_with(|| file.to_owned());
        }
        Self::Refused(problems, all)
    }
}

impl From<DataFusionError> for Failure {
    fn from(error: DataFusionError) -> Self {
        let said = error.strip_backtrace();
        match error.find_root() {
            DataFusionError::ResourcesExhausted(_) => Self::Broken(Text::new(
                format!("内存不够：{said}"),
                format!("out of memory: {said}"),
            )),
            _ => Self::Broken(Text::new(
                format!("读取或计算时出错：{said}"),
                format!("reading or computing failed: {said}"),
            )),
        }
    }
}

impl From<ArrowError> for Failure {
    fn from(error: ArrowError) -> Self {
        DataFusionError::from(error).into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<ParquetError> for Failure {
    fn from(error: ParquetError) -> Self {
        if let ParquetError::External(source) = &error
            && let Some(io) = root(source.as_ref()).downcast_ref::<io::Error>()
        {
            return io::Error::new(io.kind(), io.to_string()).into();
        }
        Self::Broken(Text::new(format!("写入时出错：{error}"), format!("writing failed: {error}")))
    }
}

fn root<'e>(error: &'e (dyn Error + Send + Sync + 'static)) -> &'e (dyn Error + 'static) {
    let mut error: &(dyn Error + 'static) = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error
}
