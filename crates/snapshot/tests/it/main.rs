//! A made-up city in memory, held against the simple evaluator and against looking at every row.

mod lists;
mod made;
mod verdicts;
