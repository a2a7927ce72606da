//! Arithmetic: units that agree, years that are stated, growth that has something to grow.

use std::ops::Range;

use rules::{ElapsedUnit, Quantity};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::ast::{Expr, Node};
use crate::expression::measure::Unit;
use crate::expression::resolve::{Measured, Resolver, Typed, Year, mismatch};
use crate::expression::scope::Scope;

impl Resolver<'_> {
    pub(super) fn arithmetic(
        &self,
        scope: &Scope<'_>,
        expr: &Expr,
        year: Year,
    ) -> Option<Measured> {
        let read = |part: &Expr, year: Year| {
            let measured = self.expect_quantity(scope, part, year)?;
            if matches!(measured.quantity, Quantity::CompoundGrowth { .. }) {
                scope.report(Diagnostic::new(
                    Code::CompoundNotAlone,
                    scope.span(&part.at),
                    "复合增长率须单独与一个阈值比较",
                    "a compound growth rate must stand alone beside a limit",
                ));
                return None;
            }
            Some(measured)
        };
        match &expr.node {
            Node::Arithmetic(sign, left, right) => {
                let (first, second) = (read(left, year), read(right, year));
                let (first, second) = (first?, second?);
                let decimals = first.decimals.max(second.decimals);
                let (a, b) = (Box::new(first.quantity), Box::new(second.quantity));
                let (quantity, unit) = match sign {
                    '*' => (Quantity::Multiply(a, b), first.unit.times(&second.unit, 1)),
                    '/' => (Quantity::Divide(a, b), first.unit.times(&second.unit, -1)),
                    _ => {
                        self.same_unit(scope, left, &first.unit, right, &second.unit)?;
                        let quantity = if *sign == '+' {
                            Quantity::Add(a, b)
                        } else {
                            Quantity::Subtract(a, b)
                        };
                        (quantity, first.unit)
                    }
                };
                Some(Measured { quantity, unit, decimals })
            }
            Node::Negate(inner) => {
                let inner = read(inner, year)?;
                let quantity =
                    Quantity::Subtract(Box::new(Quantity::Constant(0)), Box::new(inner.quantity));
                Some(Measured { quantity, ..inner })
            }
            Node::Extreme { least, parts } => {
                let read: Vec<Option<Measured>> =
                    parts.iter().map(|part| read(part, year)).collect();
                let read: Vec<Measured> = read.into_iter().collect::<Option<_>>()?;
                let first = read.first()?.unit.clone();
                for (part, measured) in parts.iter().zip(&read) {
                    self.same_unit(scope, parts.first()?, &first, part, &measured.unit)?;
                }
                let decimals = read.iter().map(|part| part.decimals).max().unwrap_or_default();
                let quantities = read.into_iter().map(|part| part.quantity).collect();
                let quantity = if *least {
                    Quantity::Least(quantities)
                } else {
                    Quantity::Greatest(quantities)
                };
                Some(Measured { quantity, unit: first, decimals })
            }
            Node::OverYears { mean, years, part } => {
                let parts: Vec<Option<Measured>> =
                    (0..*years).map(|back| read(part, Some(-back))).collect();
                let parts: Vec<Measured> = parts.into_iter().collect::<Option<_>>()?;
                let (unit, decimals) =
                    parts.first().map(|part| (part.unit.clone(), part.decimals))?;
                let quantities = parts.into_iter().map(|part| part.quantity).collect();
                let quantity = if *mean {
                    Quantity::MeanOverYears(quantities)
                } else {
                    Quantity::SumOverYears(quantities)
                };
                Some(Measured { quantity, unit, decimals })
            }
            Node::Growth(part) => {
                let this = read(part, year)?;
                let Some(before) = earlier(part) else { return unchanging(scope, &part.at) };
                let last = read(&before, year.map(|year| year - 1))?;
                changing(scope, part, this, last, growth)
            }
            Node::GrowthOver { compound: true, years, part } => {
                let (end, start) = (read(part, Some(0))?, read(part, Some(-*years))?);
                let years = u32::try_from(*years).ok()?;
                changing(scope, part, end, start, |end, start| {
                    let (end, start) = (Box::new(end.quantity), Box::new(start.quantity));
                    let quantity = Quantity::CompoundGrowth { end, start, years };
                    Measured { quantity, unit: Unit::ratio(), decimals: 0 }
                })
            }
            Node::GrowthOver { compound: false, years, part } => {
                let mut rates = Vec::new();
                for back in 0..*years {
                    let (this, last) = (read(part, Some(-back))?, read(part, Some(-back - 1))?);
                    rates.push(changing(scope, part, this, last, growth)?.quantity);
                }
                let quantity = Quantity::MeanOverYears(rates);
                Some(Measured { quantity, unit: Unit::ratio(), decimals: 0 })
            }
            Node::Elapsed { unit, from, to } => {
                let Typed::Date(from) = self.typed(scope, from, year)? else {
                    return mismatch(
                        scope,
                        &from.at,
                        "此处应为日期指标",
                        "expected a date indicator here",
                        None,
                    );
                };
                let name = match unit {
                    ElapsedUnit::Years | ElapsedUnit::YearsBegun => {
                        enterprise::Text::new("年", "years")
                    }
                    ElapsedUnit::Days => enterprise::Text::new("天", "days"),
                };
                let quantity = Quantity::Elapsed { unit: *unit, from, to: *to };
                Some(Measured { quantity, unit: Unit::counted(&name), decimals: 0 })
            }
            _ => None,
        }
    }

    pub(super) fn same_unit(
        &self,
        scope: &Scope<'_>,
        left: &Expr,
        first: &Unit,
        right: &Expr,
        second: &Unit,
    ) -> Option<()> {
        if first.agrees(second) {
            return Some(());
        }
        let (a, b) = (first.words(), second.words());
        let mistyped = [first, second].into_iter().find_map(|unit| {
            crate::expression::cause::unknown_word(&self.names.catalogue, unit.counting_word()?)
        });
        let mut diagnostic = Diagnostic::new(
            Code::UnitMismatch,
            scope.span(&right.at),
            format!("单位不同：“{}”与“{}”", a.zh, b.zh),
            format!("units differ: {} and {}", a.en, b.en),
        )
        .label(b.zh.clone(), b.en)
        .other(scope.span(&left.at), a.zh, a.en);
        if let Some(help) = mistyped {
            diagnostic = diagnostic.help(help.zh, help.en);
        }
        scope.report(diagnostic);
        None
    }
}

fn growth(this: Measured, last: Measured) -> Measured {
    Measured {
        quantity: Quantity::Growth(Box::new(this.quantity), Box::new(last.quantity)),
        unit: Unit::ratio(),
        decimals: 0,
    }
}

/// Joins what a quantity comes to in two years; reports a quantity that is the same in both.
fn changing(
    scope: &Scope<'_>,
    part: &Expr,
    this: Measured,
    last: Measured,
    join: impl FnOnce(Measured, Measured) -> Measured,
) -> Option<Measured> {
    if this.quantity == last.quantity {
        unchanging(scope, &part.at)
    } else {
        Some(join(this, last))
    }
}

fn unchanging<T>(scope: &Scope<'_>, at: &Range<usize>) -> Option<T> {
    mismatch(
        scope,
        at,
        "这里的数量不随年度变化，没有增长可言",
        "this quantity does not move with the year, so it cannot grow",
        Some((
            "写成 growth(x[base]) 或 compound growth over 2 years (x)",
            "write growth(x[base]) or compound growth over 2 years (x)",
        )),
    )
}

/// The same expression a year earlier: stated years move by one, unstated ones follow the year that
/// is meant. `None` for what is tied to the base year.
fn earlier(part: &Expr) -> Option<Expr> {
    let node = match &part.node {
        Node::At(inner, offset) => Node::At(inner.clone(), offset - 1),
        Node::Arithmetic(sign, left, right) => {
            Node::Arithmetic(*sign, Box::new(earlier(left)?), Box::new(earlier(right)?))
        }
        Node::Negate(inner) => Node::Negate(Box::new(earlier(inner)?)),
        Node::Extreme { least, parts } => Node::Extreme {
            least: *least,
            parts: parts.iter().map(earlier).collect::<Option<_>>()?,
        },
        Node::OverYears { .. }
        | Node::Growth(_)
        | Node::GrowthOver { .. }
        | Node::Elapsed { .. } => {
            return None;
        }
        other => other.clone(),
    };
    Some(Expr { node, at: part.at.clone() })
}

pub(super) fn constant(
    scope: &Scope<'_>,
    at: &Range<usize>,
    number: &str,
    unit: Option<&str>,
) -> Option<Measured> {
    match (number.parse::<i64>(), unit) {
        (Ok(value), None) => {
            Some(Measured { quantity: Quantity::Constant(value), unit: Unit::ratio(), decimals: 0 })
        }
        _ => {
            scope.report(unnamed(scope.span(at)));
            None
        }
    }
}

/// A number of the law that stands in an expression instead of among the limits.
pub(super) fn unnamed(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::UnnamedLimit,
        span,
        "法定数值应写成有名称的阈值",
        "numbers of the law are named limits",
    )
    .help(
        "写在 limits 中，如 limits = { amount = \"100 万元\" }，表达式用 amount",
        "put it into limits, such as limits = { amount = \"100 万元\" }, and use amount",
    )
}
