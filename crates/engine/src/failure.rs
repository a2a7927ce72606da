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

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Refused(vec![problem], 1)
    }
}

impl From<DataFusionError> for Failure {
    fn from(error: DataFusionError) -> Self {
        if let Some(text) = about_damage(error.find_root()) {
            return Self::Broken(text);
        }
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

/// What was read is not what was once written.
fn damaged(said: &str) -> Text {
    Text::new(
        format!("Parquet 文件不完整或已损坏（{said}）；请重新生成或复制这个文件"),
        format!("the Parquet file is truncated or damaged ({said}); make or copy it again"),
    )
}

/// What an error says of damaged files, if it is about them.
pub(crate) fn about_damage(error: &DataFusionError) -> Option<Text> {
    match error {
        DataFusionError::ParquetError(error) => Some(damaged(&error.to_string())),
        DataFusionError::ArrowError(error, _) => match &**error {
            ArrowError::ParquetError(said) => Some(damaged(said)),
            _ => None,
        },
        _ => None,
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
