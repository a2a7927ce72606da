//! Which fields keep a verdict open: from the open verdicts down through what is open in them, to
//! the facts, titles and events that lack. Mirrors `missing` of the evaluator's summary.

use super::{Block, Values};
use crate::bits::Bits;
use crate::plan::{
    Branch, Event, Number, NumberId, OtherChoice, Otherwise, PointsId, Test, TestId, Under,
};
use crate::plan::{Lack, Points};

/// By field: the rows of a block for which it is missing.
pub(crate) struct Fields {
    rows: Vec<Bits>,
    /// Those that are missing anywhere.
    touched: Vec<usize>,
}

impl Fields {
    pub fn new(fields: usize) -> Self {
        Self { rows: vec![Bits::NONE; fields], touched: Vec::with_capacity(fields) }
    }

    /// Nothing is missing.
    pub fn clear(&mut self) {
        for field in self.touched.drain(..) {
            if let Some(rows) = self.rows.get_mut(field) {
                *rows = Bits::NONE;
            }
        }
    }

    /// Puts what is missing in order.
    pub fn sort(&mut self) {
        self.touched.sort_unstable();
    }

    /// What is missing, with the rows.
    pub fn missing(&self) -> impl Iterator<Item = (usize, &Bits)> {
        self.touched.iter().filter_map(|field| Some((*field, self.rows.get(*field)?)))
    }

    fn add(&mut self, field: Option<usize>, rows: Bits) {
        if let Some((field, own)) = field.and_then(|field| Some((field, self.rows.get_mut(field)?)))
            && rows.any()
        {
            if !own.any() {
                self.touched.push(field);
            }
            *own |= rows;
        }
    }

    fn lack(&mut self, lack: Lack, rows: Bits) {
        self.add(lack.field, rows);
    }
}

impl Values {
    /// Collects the fields that are missing under these criteria, for these rows.
    pub fn missing(&self, block: &Block<'_>, tree: &[Branch], rows: Bits, fields: &mut Fields) {
        for branch in tree {
            let rows = rows & self.truths(branch.truth).unknown;
            if !rows.any() {
                continue;
            }
            if let Some(when) = branch.when {
                self.of_test(block, when, rows, fields);
            }
            match &branch.under {
                Under::Nothing => {}
                Under::Condition(test) => self.of_test(block, *test, rows, fields),
                Under::Score(items) => {
                    for item in items {
                        let open = self.won(*item).map_or(Bits::NONE, |item| item.open);
                        self.of_points(block, *item, rows & open, fields);
                    }
                }
                Under::Children(children) => self.missing(block, children, rows, fields),
            }
        }
    }

    fn of_test(&self, block: &Block<'_>, id: TestId, rows: Bits, fields: &mut Fields) {
        let rows = rows & self.truths(id).unknown;
        let Some(test) = block.plan.tests.get(id).filter(|_| rows.any()) else { return };
        match test {
            Test::All(parts) | Test::AtLeast(_, parts) => {
                for part in parts {
                    self.of_test(block, *part, rows, fields);
                }
            }
            Test::Not(inner) => self.of_test(block, *inner, rows, fields),
            Test::Compare { left, right, .. } => {
                self.of_number(block, *left, rows, fields);
                self.of_number(block, *right, rows, fields);
            }
            Test::Flag { otherwise, .. } => fields.otherwise(block, *otherwise, rows),
            Test::Member { otherwise, .. } => match otherwise {
                OtherChoice::Plain(otherwise) => fields.otherwise(block, *otherwise, rows),
                OtherChoice::Class(id) | OtherChoice::AssumedClass(_, _, id) => {
                    let (Some(class), Some(chosen)) =
                        (block.plan.classes.get(*id), self.classes.get(*id))
                    else {
                        return;
                    };
                    let coded = match block.input.code(class.column) {
                        Some(column) => super::input::valid(column, block.start, block.len),
                        None => Bits::NONE,
                    };
                    fields.lack(class.lack, rows.but(coded));
                    if !(rows & chosen.grouped()).any() {
                        return;
                    }
                    for (group, metrics) in class.metrics.iter().enumerate() {
                        let rows = rows & chosen.in_group(group);
                        for metric in metrics.iter().filter(|_| rows.any()) {
                            self.of_number(block, *metric, rows, fields);
                        }
                    }
                }
            },
            Test::Title(title) => {
                let name = block.plan.titles.get(*title);
                let field = name.and_then(|name| block.prepared.title_fields.get(name));
                fields.add(field.copied(), rows);
            }
            Test::Event(event) => {
                let Some(Event { fields: (listed, attribute), .. }) = block.plan.events.get(*event)
                else {
                    return;
                };
                let unqualified = self.events.unqualified.get(*event).copied();
                let unqualified = unqualified.unwrap_or(Bits::NONE);
                fields.add(*attribute, rows & unqualified);
                fields.add(Some(*listed), rows.but(unqualified));
            }
            // Words of persons, and what never stands in a condition.
            Test::Same(_)
            | Test::Judged(_)
            | Test::When { .. }
            | Test::Cases(_)
            | Test::Favourable(_)
            | Test::CasesMeasured { .. }
            | Test::Reached { .. }
            | Test::ReachedMeasured { .. } => {}
        }
    }

    fn of_number(&self, block: &Block<'_>, id: NumberId, rows: Bits, fields: &mut Fields) {
        let Some(amounts) = self.numbers.get(id) else { return };
        let rows = rows.but(amounts.known | amounts.absent) & amounts.why.data;
        let Some(number) = block.plan.numbers.get(id).filter(|_| rows.any()) else { return };
        match number {
            Number::Constant(_) | Number::Undefined => {}
            Number::Fact { otherwise, .. } => fields.otherwise(block, *otherwise, rows),
            Number::Derived { formula, .. } => self.of_number(block, *formula, rows, fields),
            Number::Add(a, b)
            | Number::Subtract(a, b)
            | Number::Multiply(a, b)
            | Number::Divide(a, b)
            | Number::Ratio(a, b) => {
                self.of_number(block, *a, rows, fields);
                self.of_number(block, *b, rows, fields);
            }
            Number::Least(parts)
            | Number::Greatest(parts)
            | Number::Sum(parts)
            | Number::Mean(parts) => {
                for part in parts {
                    self.of_number(block, *part, rows, fields);
                }
            }
            Number::Elapsed { lack, .. } => fields.lack(*lack, rows),
        }
    }

    fn of_points(&self, block: &Block<'_>, id: PointsId, rows: Bits, fields: &mut Fields) {
        let Some(points) = block.plan.points.get(id).filter(|_| rows.any()) else { return };
        match points {
            Points::Bands { number, .. }
            | Points::Steps { number, .. }
            | Points::Given { number, .. } => self.of_number(block, *number, rows, fields),
            Points::Tally { entries, .. } | Points::Levels { entries, .. } => {
                for (test, _) in entries {
                    self.of_test(block, *test, rows, fields);
                }
            }
            Points::Best(sides) => {
                for side in sides {
                    self.of_points(block, *side, rows, fields);
                }
            }
            Points::Sum(_) | Points::Total(_) => {}
        }
    }
}

impl Fields {
    fn otherwise<T>(&mut self, block: &Block<'_>, otherwise: Otherwise<T>, rows: Bits) {
        if let Otherwise::Missing(year, lack) = otherwise {
            self.lack(lack, rows.but(block.before_founding(year)));
        }
    }
}
