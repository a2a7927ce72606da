//! The meaning of conditions once more, written from docs/meaning.md over big rationals: another
//! hand, another arithmetic, other dates.

use enterprise::{Facts, Value};
use num_bigint::BigInt;
use num_rational::BigRational;
use rules::{
    Comparison, Condition, ElapsedUnit, Exact, FactRef, Happened, Operator, Quantity, Rulebook,
    Truth, Until, Why, Window,
};

use crate::reference_dates::{Day, day, days_between, full_years, next, window_start, years_begun};
use crate::world::{AS_OF, BASE_YEAR};

/// What a quantity comes to.
#[derive(Clone, Debug)]
enum Came {
    Number(BigRational),
    /// End over start, and the years between.
    Root(BigRational, u32),
    BeforeFounding,
    Open(Why),
}

pub(crate) struct Reference<'a> {
    pub rulebook: &'a Rulebook,
    pub facts: &'a Facts,
}

fn whole(number: i64) -> BigRational {
    BigRational::from_integer(number.into())
}

pub(crate) fn rational(value: Exact) -> BigRational {
    let integer = |part: ethnum::I256| part.to_string().parse::<BigInt>().unwrap();
    BigRational::new(integer(value.numerator()), integer(value.denominator()))
}

fn either(left: Came, right: Came, join: impl Fn(BigRational, BigRational) -> BigRational) -> Came {
    use Came::{BeforeFounding, Number, Open, Root};
    match (left, right) {
        (BeforeFounding, _) | (_, BeforeFounding) => BeforeFounding,
        (Open(left), Open(right)) => Open(left | right),
        (Open(why), _) | (_, Open(why)) => Open(why),
        (Number(left), Number(right)) => Number(join(left, right)),
        (Root(..), _) | (_, Root(..)) => panic!("rates stand alone"),
    }
}

fn quotient(above: Came, below: Came) -> Came {
    match (&above, &below) {
        (Came::BeforeFounding, _) => Came::BeforeFounding,
        (_, Came::Number(divisor)) if *divisor <= whole(0) => Came::Open(Why::JUDGEMENT),
        _ => either(above, below, |a, b| a / b),
    }
}

impl Reference<'_> {
    fn known(&self, fact: &FactRef, base: i16) -> Option<&Value> {
        let year = fact.offset.map(|offset| base + offset);
        self.facts.get(&fact.indicator.id, year).map(|known| &known.value)
    }

    fn is_before_founding(&self, fact: &FactRef, base: i16) -> bool {
        match (self.facts.get("founded_on", None).map(|known| &known.value), fact.offset) {
            (Some(Value::Date(founded)), Some(offset)) => base + offset < founded.year(),
            _ => false,
        }
    }

    fn fact(&self, fact: &FactRef, base: i16) -> Came {
        if let Some(value) = self.known(fact, base) {
            let Value::Number(number) = value else { panic!("a number") };
            let scale = match &fact.indicator.kind {
                enterprise::Kind::Money => 1,
                kind => kind.scale(),
            };
            return Came::Number(whole(*number) / whole(scale));
        }
        if let Some(formula) = self.rulebook.formulas.get(&fact.indicator.id) {
            return self.quantity(formula, base + fact.offset.unwrap_or(0));
        }
        if self.is_before_founding(fact, base) {
            return Came::BeforeFounding;
        }
        Came::Open(lack(fact))
    }

    fn quantity(&self, quantity: &Quantity, base: i16) -> Came {
        let go = |part: &Quantity| self.quantity(part, base);
        let all = |parts: &[Quantity], join: fn(BigRational, BigRational) -> BigRational| {
            parts.iter().map(go).reduce(|left, right| either(left, right, join)).unwrap()
        };
        match quantity {
            Quantity::Fact(fact) => self.fact(fact, base),
            Quantity::Limit(limit) => Came::Number(rational(limit.value)),
            Quantity::Constant(number) => Came::Number(whole(*number)),
            Quantity::Add(a, b) => either(go(a), go(b), |a, b| a + b),
            Quantity::Subtract(a, b) => either(go(a), go(b), |a, b| a - b),
            Quantity::Multiply(a, b) => either(go(a), go(b), |a, b| a * b),
            Quantity::Divide(a, b) => quotient(go(a), go(b)),
            Quantity::Least(parts) => all(parts, |a, b| if b < a { b } else { a }),
            Quantity::Greatest(parts) => all(parts, |a, b| if b > a { b } else { a }),
            Quantity::SumOverYears(parts) => {
                let counted = |part: &Quantity| match go(part) {
                    Came::BeforeFounding => Came::Number(whole(0)),
                    other => other,
                };
                parts.iter().map(counted).reduce(|a, b| either(a, b, |a, b| a + b)).unwrap()
            }
            Quantity::MeanOverYears(parts) => {
                let count = Came::Number(whole(parts.len().try_into().unwrap()));
                either(all(parts, |a, b| a + b), count, |sum, count| sum / count)
            }
            Quantity::Growth(this, last) => {
                let last = go(last);
                quotient(either(go(this), last.clone(), |a, b| a - b), last)
            }
            Quantity::CompoundGrowth { end, start, years } => self.root(go(end), go(start), *years),
            Quantity::Elapsed { unit, from, to } => self.elapsed(*unit, from, *to, base),
        }
    }

    fn root(&self, end: Came, start: Came, years: u32) -> Came {
        match (&end, &start) {
            (Came::BeforeFounding, _) => Came::BeforeFounding,
            (_, Came::Number(start)) if *start <= whole(0) => Came::Open(Why::JUDGEMENT),
            (Came::Number(end), _) if *end < whole(0) => Came::Open(Why::JUDGEMENT),
            _ => match either(end, start, |a, b| a / b) {
                Came::Number(ratio) => Came::Root(ratio, years),
                other => other,
            },
        }
    }

    fn elapsed(&self, unit: ElapsedUnit, from: &FactRef, to: Until, base: i16) -> Came {
        let until = match to {
            Until::Today => day(AS_OF),
            Until::EndOfYear(offset) => (i32::from(base + offset), 12, 31),
            Until::StartOfYear(offset) => (i32::from(base + offset), 1, 1),
        };
        match self.known(from, base) {
            Some(Value::Date(date)) => Came::Number(whole(match unit {
                ElapsedUnit::Years => full_years(day(*date), until),
                ElapsedUnit::YearsBegun => years_begun(day(*date), until),
                ElapsedUnit::Days => days_between(day(*date), until),
            })),
            _ => Came::Open(lack(from)),
        }
    }

    fn compare(&self, comparison: &Comparison) -> Truth {
        let side = |quantity: &Quantity| match self.quantity(quantity, BASE_YEAR) {
            Came::BeforeFounding => Came::Open(Why::JUDGEMENT),
            other => other,
        };
        let (left, right) = match (side(&comparison.left), side(&comparison.right)) {
            (Came::Number(left), Came::Number(right)) => (left, right),
            (Came::Root(ratio, years), Came::Number(limit)) => {
                let factor = limit + whole(1);
                // No rate lies at or below −100 % but −100 % itself.
                let power = (0..years).fold(whole(1), |power, _| power * factor.clone());
                if factor < whole(0) { (whole(1), whole(0)) } else { (ratio, power) }
            }
            (Came::Open(left), Came::Open(right)) => return Truth::Unknown(left | right),
            (Came::Open(why), _) | (_, Came::Open(why)) => return Truth::Unknown(why),
            sides => panic!("{sides:?}"),
        };
        Truth::from(match comparison.operator {
            Operator::AtLeast => left >= right,
            Operator::MoreThan => left > right,
            Operator::AtMost => left <= right,
            Operator::LessThan => left < right,
            Operator::Equal => left == right,
        })
    }

    pub(crate) fn truth(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::All(parts) => self.least(parts.len(), parts),
            Condition::Any(parts) => self.least(1, parts),
            Condition::AtLeast(k, parts) => self.least(*k, parts),
            Condition::Not(part) => match self.truth(part) {
                Truth::Met => Truth::NotMet,
                Truth::NotMet => Truth::Met,
                other => other,
            },
            Condition::Compare(comparison) => self.compare(comparison),
            Condition::Flag(fact) => match self.known(fact, BASE_YEAR) {
                Some(Value::Flag(flag)) => Truth::from(*flag),
                _ if self.is_before_founding(fact, BASE_YEAR) => Truth::Unknown(Why::JUDGEMENT),
                _ => Truth::Unknown(lack(fact)),
            },
            Condition::Member(member) => match self.known(&member.fact, BASE_YEAR) {
                Some(Value::Choice(choice)) => Truth::from(member.options.contains(choice)),
                _ => Truth::Unknown(lack(&member.fact)),
            },
            Condition::Holds(holds) => {
                let held: Vec<_> = holds.any_of.iter().map(|title| self.holds(title)).collect();
                if held.contains(&Some(true)) {
                    Truth::Met
                } else if held.contains(&None) {
                    Truth::Unknown(Why::DATA)
                } else {
                    Truth::NotMet
                }
            }
            Condition::Happened(happened) => self.happened(happened),
        }
    }

    /// At least `k` of the parts: every way the unknown ones can come out is counted.
    fn least(&self, k: usize, parts: &[Condition]) -> Truth {
        let truths: Vec<Truth> = parts.iter().map(|part| self.truth(part)).collect();
        let fewest = truths.iter().filter(|truth| **truth == Truth::Met).count();
        let open = truths.iter().filter_map(|truth| truth.unknown());
        let most = fewest + open.clone().count();
        match (fewest >= k, most >= k) {
            (true, _) => Truth::Met,
            (_, false) => Truth::NotMet,
            _ => Truth::Unknown(open.fold(Why::NONE, |all, why| all | why)),
        }
    }

    fn holds(&self, programme: &str) -> Option<bool> {
        let own: Vec<_> =
            self.facts.titles.iter().filter(|title| title.programme == programme).collect();
        let covers = |title: &&&enterprise::Title| {
            title.from <= AS_OF && title.to.is_some_and(|to| to >= AS_OF)
        };
        if own.iter().any(|title| covers(&title)) {
            return Some(true);
        }
        if own.iter().any(|title| title.to.is_none() && title.from <= AS_OF) {
            return None;
        }
        let denied = self.facts.titles_denied.iter().any(|denied| denied == programme);
        (!own.is_empty() || denied || self.facts.titles_complete).then_some(false)
    }

    /// Day by day: an event that counts, and whether every day of the window is declared.
    fn happened(&self, happened: &Happened) -> Truth {
        let kind = &happened.event.id;
        let start = match happened.window {
            Window::Months(months) => window_start(day(AS_OF), months),
            Window::SinceStartOf(offset) => (i32::from(BASE_YEAR + offset), 1, 1),
        };
        let inside = |date: Day| start <= date && date <= day(AS_OF);
        let mut unqualified = false;
        for event in self.facts.events.iter().filter(|event| event.kind == *kind) {
            if !inside(day(event.date)) {
                continue;
            }
            let Some((attribute, operator, limit)) = &happened.attribute else {
                return Truth::Met;
            };
            match event.attributes.get(&attribute.id) {
                None => unqualified = true,
                Some(value) => {
                    if operator.holds(whole(*value).cmp(&rational(limit.value))) {
                        return Truth::Met;
                    }
                }
            }
        }
        let declared = |date: Day| {
            self.facts.complete.iter().any(|complete| {
                let kinds = complete.kind == *kind || complete.kind == "*";
                let from = complete.from.is_none_or(|from| day(from) <= date);
                kinds && from && date <= day(complete.until)
            })
        };
        let mut date = start;
        while declared(date) && date < day(AS_OF) {
            date = next(date);
        }
        let complete = declared(date) && !unqualified;
        if complete { Truth::NotMet } else { Truth::Unknown(Why::DATA) }
    }
}

fn lack(fact: &FactRef) -> Why {
    match fact.indicator.lack {
        enterprise::Lack::Data => Why::DATA,
        enterprise::Lack::Judgement => Why::JUDGEMENT,
        enterprise::Lack::Open => Why::OPEN,
    }
}
