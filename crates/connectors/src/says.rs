//! Wordings that the readers here share: those of all readers of data, and how a problem gets its place.

pub(crate) use enterprise::says::{nearest_hint, refused, shown, warning};
use enterprise::{Place, Problem, says};

/// The operating system would not give the file.
pub(crate) fn unreadable(error: &std::io::Error) -> Box<Problem> {
    Box::new(says::unreadable(error))
}

/// A problem of which so far only the row is known.
pub(crate) fn located(mut problem: Box<Problem>, place: &Place) -> Box<Problem> {
    let row = problem.place.row;
    problem.place = Place { row, ..place.clone() };
    problem
}
