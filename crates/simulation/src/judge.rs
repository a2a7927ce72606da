//! Judges rows by columns, by the present law and every changed one at once.

use arrow::array::RecordBatch;
use enterprise::Facts;
use population::Shape;
use screening::{Builder, Columns, Results, Screening, code};

use crate::classes::Classes;
use crate::effects::{Effects, Seen};
use crate::moves::Stand;
use crate::pairs::Ask;

/// The present law and every changed one, compiled together.
pub struct Judge<'a> {
    ask: &'a Ask,
    shape: Shape,
    screening: Screening,
    /// By programme: its place in the results.
    before: Vec<usize>,
    /// By pair: its place in the results.
    after: Vec<Option<usize>>,
    classes: Classes,
}

impl<'a> Judge<'a> {
    /// For populations of this shape.
    pub fn new(shape: &Shape, ask: &'a Ask) -> Self {
        let mut builder = Builder::new(shape, ask.question.clone());
        let programmes = (0..ask.programmes.len()).filter_map(|base| ask.programme(base));
        let before = programmes.map(|one| builder.add(ask.rulebook(), one)).collect();
        let after = ask.pairs.iter().map(|pair| {
            let (book, programme) = pair.after(ask)?;
            Some(builder.add(book, programme))
        });
        let after = after.collect();
        let classes = Classes::new(ask, &mut builder);
        let screening = builder.build().only_verdicts();
        Self { ask, shape: shape.clone(), screening, before, after, classes }
    }

    /// Judges the rows of a canonical batch, of which the first has this number in the population, and counts those
    /// that are asked for.
    pub fn batch(
        &self,
        first: u64,
        canonical: &RecordBatch,
        effects: &mut Effects<'a>,
        counts: &dyn Fn(u64) -> bool,
    ) {
        let mut work = self.screening.work();
        let results = self.screening.screen(canonical, &mut work);
        if self.ask.events {
            effects.outdated.batch(&self.shape, canonical, self.ask.question.as_of);
        }
        let columns = |place: usize| results.programmes.get(place);
        let before: Vec<Option<&Columns>> = self.before.iter().map(|at| columns(*at)).collect();
        let after: Vec<Option<&Columns>> =
            self.after.iter().map(|at| at.and_then(columns)).collect();
        for (number, row) in (first..).zip(0..results.rows) {
            if counts(number) {
                self.row((number, row), canonical, &results, (&before, &after), effects);
            }
        }
    }

    fn row(
        &self,
        (number, row): (u64, usize),
        canonical: &RecordBatch,
        results: &Results,
        (before, after): (&[Option<&Columns>], &[Option<&Columns>]),
        effects: &mut Effects<'a>,
    ) {
        let place = |columns: &[Option<&Columns>], at: usize| {
            columns.get(at).copied().flatten().and_then(|columns| stand(columns, row))
        };
        let mut read = || -> Facts { self.shape.subject(canonical, row) };
        let seen = Seen {
            before: |base| place(before, base),
            after: |pair| place(after, pair),
            class: |law| self.classes.of(results, law, row),
        };
        effects.subject(number, seen, &mut read);
    }
}

/// Where a row stands in a programme.
fn stand(columns: &Columns, row: usize) -> Stand {
    let case = columns.case.get(row).filter(|case| **case != code::NO_CASE);
    case.and(columns.population.get(row)).map(|population| code::to_population(*population))
}
