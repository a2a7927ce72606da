//! The JSON form of a benchmark: one object with a case for each size.

use schemars::JsonSchema;
use serde::Serialize;

use crate::arguments::Bench;
use crate::commands::bench::measured::{Case, Figure};

/// The version of this form.
const SCHEMA: u32 = 1;

/// What a benchmark found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Benchmark")]
pub struct BenchPage {
    /// The version of this form.
    schema: u32,
    /// How often each way was timed; the median counts.
    times: u16,
    /// One for each number of subjects and of criteria.
    cases: Vec<CaseView>,
}

/// One size.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BenchmarkCase")]
struct CaseView {
    /// Whether the law was generated.
    generated: bool,
    rows: u64,
    programmes: usize,
    criteria: usize,
    comparisons: usize,
    bands: usize,
    /// Answers of kernels and loops that were held against each other before anything was timed.
    checked: u64,
    /// Answers that were held against the simple evaluator.
    checked_simply: u64,
    /// Answers that differ.
    differences: Vec<String>,
    figures: Vec<FigureView>,
    /// Of the loops on files: the parts that reading, evaluating and writing have.
    shares: Option<SharesView>,
    /// What was not run, and why.
    left_out: Vec<String>,
}

/// One way on one number of threads.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BenchmarkFigure")]
struct FigureView {
    /// loops, kernels, verdicts, sql, simple, reading, loops-on-files or engine-on-files.
    way: &'static str,
    threads: usize,
    /// Nanoseconds for a thousand rows.
    nanoseconds_per_thousand_rows: u64,
    elapsed_us: u64,
    /// How many times as long as the practical limit, in parts per million.
    ratio_ppm: Option<u64>,
    /// The most memory that the process held, in bytes.
    peak_bytes: Option<u64>,
}

/// In parts per million.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "BenchmarkShares")]
struct SharesView {
    reading: u64,
    evaluating: u64,
    writing: u64,
}

impl BenchPage {
    pub(crate) fn of(bench: &Bench, cases: &[Case]) -> Self {
        Self { schema: SCHEMA, times: bench.times, cases: cases.iter().map(CaseView::of).collect() }
    }
}

impl CaseView {
    fn of(case: &Case) -> Self {
        Self {
            generated: case.generated,
            rows: case.rows,
            programmes: case.programmes,
            criteria: case.criteria,
            comparisons: case.comparisons,
            bands: case.bands,
            checked: case.checked.0,
            checked_simply: case.checked.1,
            differences: case.differences.clone(),
            figures: case.figures.iter().map(|figure| FigureView::of(figure, case.rows)).collect(),
            shares: case.shares.map(|shares| {
                let [reading, evaluating, writing] = shares.map(|share| whole(share * 1e6));
                SharesView { reading, evaluating, writing }
            }),
            left_out: case.left_out.iter().map(|text| text.en.clone()).collect(),
        }
    }
}

impl FigureView {
    fn of(figure: &Figure, rows: u64) -> Self {
        Self {
            way: figure.way.code(),
            threads: figure.threads,
            nanoseconds_per_thousand_rows: whole(figure.nanoseconds * 1e3),
            elapsed_us: whole(figure.nanoseconds * rows as f64 / 1e3),
            ratio_ppm: figure.ratio.map(|ratio| whole(ratio * 1e6)),
            peak_bytes: figure.peak,
        }
    }
}

/// The nearest whole number.
fn whole(number: f64) -> u64 {
    number.round() as u64
}
