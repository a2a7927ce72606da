//! What a number comes to in each row: in floating point, with what is known of its exactness, and
//! whether it is known, absent or lacking. Mirrors `Amount` of the evaluator.

use crate::bits::{BLOCK, Bits};
use crate::lanes::{Lanes, Row, UNIT};
use crate::plan::Number;
use crate::prepared::WHOLE;
use crate::truths::Whys;

/// A number for each row, in the unit of the number (see `prepared::units`).
pub(crate) struct Amounts {
    /// Not a number where it is not known.
    pub value: Box<Row<f64>>,
    /// Only meant where the form is [`Form::Near`].
    pub error: Box<Row<f64>>,
    pub form: Form,
    pub known: Bits,
    /// The year lies before the founding.
    pub absent: Bits,
    /// Of rows that are neither known nor absent.
    pub why: Whys,
}

/// What is certain about the values of a block, as far as they are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Form {
    /// Whole numbers, exactly, none larger than this.
    Whole(f64),
    /// Quotients of whole numbers, rounded once: none above the line larger than the first, none
    /// below it larger than the second.
    Quotient(f64, f64),
    /// Within an error that is kept for each row.
    Near,
}

/// A row of values as one side of an operation.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    pub value: &'a Row<f64>,
    pub error: &'a Row<f64>,
    near: bool,
    share: f64,
}

impl Form {
    /// Whole numbers up to a size; beyond what floating point can hold they are near the truth only.
    pub fn whole(most: f64) -> Self {
        if most < WHOLE { Self::Whole(most) } else { Self::Near }
    }

    /// What holds for values of both forms.
    pub fn or(self, other: Self) -> Self {
        match (self.quotient(), other.quotient()) {
            _ if self == other => self,
            (Some((a, 1.0)), Some((b, 1.0))) => Self::Whole(a.max(b)),
            (Some((a, below)), Some((b, under))) => Self::Quotient(a.max(b), below.max(under)),
            _ => Self::Near,
        }
    }

    /// Bounds above and below the line.
    fn quotient(self) -> Option<(f64, f64)> {
        match self {
            Self::Whole(most) => Some((most, 1.0)),
            Self::Quotient(above, below) => Some((above, below)),
            Self::Near => None,
        }
    }
}

impl Side<'_> {
    /// The bound of a value's error.
    #[inline(always)]
    pub fn off(&self, value: f64, error: f64) -> f64 {
        if self.near { error } else { value.abs() * self.share }
    }
}

impl Amounts {
    /// Constants keep their value from block to block: their size is the unit.
    pub fn new(number: &Number) -> Self {
        let value = match number {
            Number::Constant(fraction) => {
                let exact = fraction.exact();
                f64::from(i8::from(exact.is_positive()) - i8::from(exact.is_negative()))
            }
            _ => 0.0,
        };
        let undefined = matches!(number, Number::Undefined);
        let judgement = if undefined { Bits::ALL } else { Bits::NONE };
        Self {
            value: Box::new([value; BLOCK]),
            error: Box::new([0.0; BLOCK]),
            form: Form::Whole(1.0),
            known: if undefined { Bits::NONE } else { Bits::ALL },
            absent: Bits::NONE,
            why: Whys { judgement, ..Whys::NONE },
        }
    }

    /// Why it is not known where a value must stand: of an absent year a person decides.
    pub fn whys(&self) -> Whys {
        Whys { judgement: self.why.judgement | self.absent, ..self.why }
    }

    pub fn side(&self) -> Side<'_> {
        let near = self.form == Form::Near;
        let share = if matches!(self.form, Form::Whole(_)) { 0.0 } else { UNIT };
        Side { value: &self.value, error: &self.error, near, share }
    }

    /// The value and error of a row.
    pub fn at(&self, row: usize) -> (f64, f64) {
        let of = |values: &Row<f64>| values.get(row).copied().unwrap_or(f64::NAN);
        let (value, error) = (of(&self.value), of(&self.error));
        (value, self.side().off(value, error))
    }

    /// Not a number where it is not known: no comparison holds of it.
    pub fn blank(&mut self, lanes: Lanes) {
        if self.known != Bits::ALL {
            lanes.put(&!self.known, f64::NAN, &mut self.value);
        }
    }

    /// Nothing is certain about any value.
    pub fn give_up(&mut self) {
        self.form = Form::Near;
        self.value.fill(0.0);
        self.error.fill(f64::INFINITY);
    }
}
