//! In which unit each number of a plan is held. Chosen so that values stay whole numbers as long as
//! the law allows: amounts in fen, a constant's size in the unit instead of the value. Whole numbers
//! and single quotients of them are what floating point decides about without a doubt.

use ethnum::I256;
use rules::Exact;

use crate::plan::{Fraction, Number, NumberId, Plan};

/// By number: its unit, and by what its parts are multiplied to come to it.
#[derive(Debug, Default)]
pub(crate) struct Units {
    known: Vec<Option<Known>>,
}

#[derive(Debug)]
struct Known {
    unit: Exact,
    factors: Vec<f64>,
}

/// Whole numbers up to here are floating-point numbers.
pub(crate) const WHOLE: f64 = (1u64 << 53) as f64;

impl Units {
    pub fn new(plan: &Plan) -> Self {
        let mut units = Self::default();
        for number in plan.numbers.iter() {
            let known = units.known(number);
            units.known.push(known);
        }
        units
    }

    /// Values times this are what the law means. None if it is beyond what can be handled.
    pub fn of(&self, id: NumberId) -> Option<Exact> {
        Some(self.known.get(id)?.as_ref()?.unit)
    }

    /// The unit in floating point, off by a few roundings at most.
    pub fn roughly(&self, id: NumberId) -> f64 {
        self.of(id).map_or(f64::NAN, |unit| unit.numerator().as_f64() / unit.denominator().as_f64())
    }

    /// By what the parts of a number are multiplied, in their order.
    pub fn factors(&self, id: NumberId) -> Option<&[f64]> {
        Some(&self.known.get(id)?.as_ref()?.factors)
    }

    /// By what two numbers are multiplied to be held against each other.
    pub fn between(&self, left: NumberId, right: NumberId) -> Option<(f64, f64)> {
        let (left, right) = (self.of(left)?, self.of(right)?);
        let unit = common([left, right].into_iter())?;
        Some((whole(left, unit)?, whole(right, unit)?))
    }

    fn known(&self, number: &Number) -> Option<Known> {
        let plain = |unit| Some(Known { unit, factors: Vec::new() });
        match number {
            Number::Constant(value) => {
                let size = value.exact().size()?;
                plain(if size.is_positive() { size } else { Exact::whole(1) })
            }
            Number::Undefined | Number::Elapsed { .. } => plain(Exact::whole(1)),
            Number::Fact { scale, .. } => plain(Exact::scaled(1, *scale)?),
            Number::Derived { given, formula } => {
                let unit = self.of(*formula)?;
                let factors = match given {
                    Some((_, scale)) => fraction(Exact::scaled(1, *scale)?, unit)?.to_vec(),
                    None => Vec::new(),
                };
                Some(Known { unit, factors })
            }
            Number::Multiply(a, b) => plain(lowest(self.of(*a)?.times(self.of(*b)?)?)),
            Number::Divide(a, b) | Number::Ratio(a, b) => {
                plain(lowest(self.of(*a)?.over(self.of(*b)?)?))
            }
            Number::Add(a, b) | Number::Subtract(a, b) => self.together(&[*a, *b]),
            Number::Least(parts) | Number::Greatest(parts) | Number::Sum(parts) => {
                self.together(parts)
            }
            Number::Mean(parts) => {
                let Known { unit, factors } = self.together(parts)?;
                let count = Exact::whole(i64::try_from(parts.len()).ok()?);
                Some(Known { unit: lowest(unit.over(count)?), factors })
            }
        }
    }

    fn together(&self, parts: &[NumberId]) -> Option<Known> {
        let units = parts.iter().map(|part| self.of(*part)).collect::<Option<Vec<_>>>()?;
        let unit = common(units.iter().copied())?;
        let factors = units.iter().map(|own| whole(*own, unit)).collect::<Option<_>>()?;
        Some(Known { unit, factors })
    }
}

/// The largest unit of which all are whole multiples.
fn common(units: impl Iterator<Item = Exact>) -> Option<Exact> {
    let both = |a: Exact, b: Exact| {
        let above = gcd(
            a.numerator().checked_mul(b.denominator())?,
            b.numerator().checked_mul(a.denominator())?,
        );
        let below = a.denominator().checked_mul(b.denominator())?;
        Some(lowest(Exact::fraction(above, below)?))
    };
    units.map(Some).reduce(|a, b| both(a?, b?)).flatten()
}

fn gcd(mut a: I256, mut b: I256) -> I256 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn lowest(exact: Exact) -> Exact {
    Fraction::of(exact).exact()
}

/// What a unit comes to in another one, above and below the line.
fn fraction(own: Exact, unit: Exact) -> Option<[f64; 2]> {
    let share = lowest(own.over(unit)?);
    let small = |number: I256| Some(number.as_f64()).filter(|number| *number < WHOLE);
    Some([small(share.numerator())?, small(share.denominator())?])
}

fn whole(own: Exact, unit: Exact) -> Option<f64> {
    fraction(own, unit).filter(|[_, below]| *below == 1.0).map(|[above, _]| above)
}
