//! The whole gate: every step in order, on after a failure, a summary at the end.
//! What a step does is its own affair; this file only runs, times and reports.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::step::{Outcome, Step};

/// A line of the summary.
struct Row {
    step: Step,
    outcome: Outcome,
    took: Duration,
}

/// True when no step failed.
pub(crate) fn run(root: &Path, skipped: &[Step]) -> bool {
    let rows = run_steps(skipped, |step| {
        println!("\n== {}: {}", step.name(), step.purpose());
        let outcome = step.run(root);
        match &outcome {
            Outcome::Passed => {}
            Outcome::Skipped(reason) => println!("SKIPPED: {reason}"),
            Outcome::Failed(reason) => println!("FAILED: {reason}"),
        }
        outcome
    });
    println!("\n{}", summary(&rows));
    passed(&rows)
}

fn run_steps(skipped: &[Step], mut run: impl FnMut(Step) -> Outcome) -> Vec<Row> {
    let mut rows = Vec::new();
    for step in Step::ALL {
        let start = Instant::now();
        let outcome = if skipped.contains(&step) {
            Outcome::Skipped("asked for with `--skip`".to_owned())
        } else {
            run(step)
        };
        rows.push(Row { step, outcome, took: start.elapsed() });
    }
    rows
}

fn passed(rows: &[Row]) -> bool {
    !rows.iter().any(|row| matches!(row.outcome, Outcome::Failed(_)))
}

fn summary(rows: &[Row]) -> String {
    let mut table = format!("{:<10} {:<8} {:>8}\n", "step", "result", "seconds");
    for row in rows {
        let result = match row.outcome {
            Outcome::Passed => "ok",
            Outcome::Skipped(_) => "skipped",
            Outcome::Failed(_) => "FAILED",
        };
        let seconds =
            format!("{}.{}", row.took.as_secs(), row.took.subsec_millis().div_euclid(100));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{:<10} {result:<8} {seconds:>8}", row.step.name());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_runs_even_after_a_failure() {
        let mut ran = Vec::new();
        let rows = run_steps(&[Step::Test], |step| {
            ran.push(step);
            match step {
                Step::Fmt => Outcome::Failed("badly formatted".into()),
                _ => Outcome::Passed,
            }
        });
        let expected: Vec<Step> =
            Step::ALL.into_iter().filter(|step| *step != Step::Test).collect();
        assert_eq!(ran, expected);
        assert!(!passed(&rows));
    }

    #[test]
    fn a_skipped_step_fails_nothing() {
        let rows = run_steps(&Step::ALL, |_| Outcome::Failed("never run".into()));
        assert!(passed(&rows));
    }

    #[test]
    fn the_summary_is_a_table() {
        let row =
            |step, outcome, millis| Row { step, outcome, took: Duration::from_millis(millis) };
        let rows = [
            row(Step::Fmt, Outcome::Passed, 1_250),
            row(Step::Lint, Outcome::Failed("a warning".into()), 61_000),
            row(Step::Licences, Outcome::Skipped("no tool".into()), 0),
        ];
        assert_eq!(
            summary(&rows),
            "step       result    seconds\n\
             fmt        ok            1.2\n\
             lint       FAILED       61.0\n\
             licences   skipped       0.0\n"
        );
    }
}
