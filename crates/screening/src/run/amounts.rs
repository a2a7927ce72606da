//! What a number comes to in each row: approximately, with a bound of the error, and whether it is
//! known, absent or lacking. Mirrors `Amount` of the evaluator.

use crate::bits::{BLOCK, Bits};
use crate::lanes::Row;
use crate::plan::Number;
use crate::truths::Whys;

/// A number for each row.
pub(crate) struct Amounts {
    pub value: Box<Row<f64>>,
    pub error: Box<Row<f64>>,
    pub known: Bits,
    /// The year lies before the founding.
    pub absent: Bits,
    /// Of rows that are neither known nor absent.
    pub why: Whys,
}

impl Amounts {
    /// Constants keep their value from block to block.
    pub fn new(number: &Number) -> Self {
        let (value, error) = match number {
            Number::Constant(fraction) => fraction.approximately(),
            _ => (0.0, 0.0),
        };
        let undefined = matches!(number, Number::Undefined);
        let judgement = if undefined { Bits::ALL } else { Bits::NONE };
        Self {
            value: Box::new([value; BLOCK]),
            error: Box::new([error; BLOCK]),
            known: if undefined { Bits::NONE } else { Bits::ALL },
            absent: Bits::NONE,
            why: Whys { judgement, ..Whys::NONE },
        }
    }

    /// Why it is not known where a value must stand: of an absent year a person decides.
    pub fn whys(&self) -> Whys {
        Whys { judgement: self.why.judgement | self.absent, ..self.why }
    }

    pub fn sides(&self) -> (&Row<f64>, &Row<f64>) {
        (&self.value, &self.error)
    }

    /// The value and error of a row.
    pub fn at(&self, row: usize) -> (f64, f64) {
        let of = |values: &Row<f64>| values.get(row).copied().unwrap_or(f64::NAN);
        (of(&self.value), of(&self.error))
    }
}
