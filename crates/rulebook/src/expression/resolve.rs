//! Expressions to typed conditions and quantities: names resolved, units checked, years stated,
//! integer widths proven. Every problem points into the expression.

use std::ops::Range;

use rules::{Comparison, Condition, FactRef, Operator, Quantity, Rulebook, Width};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::expression::arithmetic::{constant, unnamed};
use crate::expression::ast::{Expr, Node};
use crate::expression::edge::too_wide;
use crate::expression::measure::Unit;
use crate::expression::names::holds;
use crate::expression::parser::parse;
use crate::expression::scope::{Limits, Names, Scope};
use crate::read::table::{File, Word};

/// A quantity with its unit.
pub(crate) struct Measured {
    pub quantity: Quantity,
    pub unit: Unit,
    pub decimals: u8,
}

pub(super) enum Typed {
    Condition(Condition),
    Quantity(Measured),
    /// A choice, which only `in` can test.
    Choice(FactRef),
    /// A date, which only elapsed time can use.
    Date(FactRef),
}

/// The year that a yearly indicator without brackets means.
pub(super) type Year = Option<i16>;

/// Resolves expressions against the names of the whole rulebook; formulas are needed to prove widths.
pub(crate) struct Resolver<'a> {
    pub names: &'a Names,
    /// Holds the formulas known so far.
    pub rulebook: &'a Rulebook,
}

impl Resolver<'_> {
    /// Reads a condition; reports what is wrong and answers `None` if it cannot be used.
    pub fn condition(&self, file: File<'_>, word: &Word<'_>, limits: &Limits) -> Option<Condition> {
        let understood = self
            .scope(file, word, limits)
            .and_then(|scope| self.expect_condition(&scope, &read(&scope, word)?, None));
        used_or_unknown(limits, understood)
    }

    /// Reads a quantity. `year` is what a yearly indicator without brackets means, if it may stand so.
    pub fn quantity(
        &self,
        file: File<'_>,
        word: &Word<'_>,
        limits: &Limits,
        year: Year,
    ) -> Option<Measured> {
        let understood = self
            .scope(file, word, limits)
            .and_then(|scope| self.expect_quantity(&scope, &read(&scope, word)?, year));
        used_or_unknown(limits, understood)
    }

    fn scope<'s>(
        &'s self,
        file: File<'s>,
        word: &Word<'_>,
        limits: &'s Limits,
    ) -> Option<Scope<'s>> {
        let Some(start) = word.inner_start(file) else {
            file.sink.report(
                Diagnostic::new(
                    Code::ExpressionSyntax,
                    word.span.clone(),
                    "表达式须写在单引号中，不用转义",
                    "write expressions in single quotes, without escapes",
                )
                .help("写成 '…' 或 '''…'''", "write '…' or '''…'''"),
            );
            return None;
        };
        Some(Scope { names: self.names, limits, file, holder: word.span.clone(), start })
    }

    pub(super) fn expect_condition(
        &self,
        scope: &Scope<'_>,
        expr: &Expr,
        year: Year,
    ) -> Option<Condition> {
        match self.typed(scope, expr, year)? {
            Typed::Condition(condition) => Some(condition),
            Typed::Quantity(_) => mismatch(
                scope,
                &expr.at,
                "此处应为条件，却是数量",
                "expected a condition, found a quantity",
                Some((
                    "与一个阈值比较，如 x >= limit",
                    "compare it with a limit, such as x >= limit",
                )),
            ),
            Typed::Choice(fact) => mismatch(
                scope,
                &expr.at,
                &format!("“{}”是选项，不是条件", fact.indicator.label.zh),
                &format!("`{}` is a choice, not a condition", fact.indicator.id),
                Some(("写成 x in { … }", "write x in { … }")),
            ),
            Typed::Date(fact) => mismatch(
                scope,
                &expr.at,
                &format!("“{}”是日期，不是条件", fact.indicator.label.zh),
                &format!("`{}` is a date, not a condition", fact.indicator.id),
                Some((
                    "写成 full years from x to end of base >= limit",
                    "write full years from x to end of base >= limit",
                )),
            ),
        }
    }

    pub(super) fn expect_quantity(
        &self,
        scope: &Scope<'_>,
        expr: &Expr,
        year: Year,
    ) -> Option<Measured> {
        match self.typed(scope, expr, year)? {
            Typed::Quantity(measured) => Some(measured),
            Typed::Condition(_) => mismatch(
                scope,
                &expr.at,
                "此处应为数量，却是条件",
                "expected a quantity, found a condition",
                None,
            ),
            Typed::Choice(_) => mismatch(
                scope,
                &expr.at,
                "此处应为数量，却是选项",
                "expected a quantity, found a choice",
                Some(("选项用 in { … } 判断", "test a choice with in { … }")),
            ),
            Typed::Date(_) => mismatch(
                scope,
                &expr.at,
                "此处应为数量，却是日期",
                "expected a quantity, found a date",
                Some(("写成 full years from x to today", "write full years from x to today")),
            ),
        }
    }

    pub(super) fn typed(&self, scope: &Scope<'_>, expr: &Expr, year: Year) -> Option<Typed> {
        let conditions = |parts: &[Expr], year: Year| -> Option<Vec<Condition>> {
            let parts: Vec<Option<Condition>> =
                parts.iter().map(|part| self.expect_condition(scope, part, year)).collect();
            parts.into_iter().collect()
        };
        Some(match &expr.node {
            Node::Name(name) => return self.name(scope, name, &expr.at, year),
            Node::At(inner, offset) => {
                let Node::Name(name) = &inner.node else { return None };
                return self.dated(scope, name, inner, &expr.at, *offset);
            }
            Node::Number(number, unit) => {
                Typed::Quantity(constant(scope, &expr.at, number, unit.as_deref())?)
            }
            Node::Not(inner) => Typed::Condition(Condition::Not(Box::new(
                self.expect_condition(scope, inner, year)?,
            ))),
            Node::All(parts) => Typed::Condition(Condition::All(conditions(parts, year)?)),
            Node::Any(parts) => Typed::Condition(Condition::Any(conditions(parts, year)?)),
            Node::AtLeast(k, parts) => {
                if *k > parts.len() {
                    scope.report(Diagnostic::new(
                        Code::NeverTrue,
                        scope.span(&expr.at),
                        format!("只有 {} 项，不可能满足 {k} 项", parts.len()),
                        format!("{k} of {} can never be met", parts.len()),
                    ));
                    return None;
                }
                Typed::Condition(Condition::AtLeast(*k, conditions(parts, year)?))
            }
            Node::Years { each, years, parts } => {
                let mut all = Vec::new();
                for back in 0..*years {
                    all.extend(match (each, parts.as_slice()) {
                        (true, parts) => conditions(parts, Some(-back))?,
                        (false, [part]) => vec![self.expect_condition(scope, part, Some(-back))?],
                        (false, parts) => vec![Condition::All(conditions(parts, Some(-back))?)],
                    });
                }
                Typed::Condition(if *each { Condition::All(all) } else { Condition::Any(all) })
            }
            Node::Compare(operator, left, right) => {
                Typed::Condition(self.compare(scope, expr, *operator, left, right, year)?)
            }
            Node::In(inner, options) => Typed::Condition(self.member(scope, inner, options, year)?),
            Node::Holds(programme, at) => Typed::Condition(holds(scope, programme, at)?),
            Node::Happened { event, event_at, window, filter } => {
                Typed::Condition(self.happened(scope, event, event_at, *window, filter.as_ref())?)
            }
            _ => Typed::Quantity(self.arithmetic(scope, expr, year)?),
        })
    }

    fn compare(
        &self,
        scope: &Scope<'_>,
        expr: &Expr,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        year: Year,
    ) -> Option<Condition> {
        let (first, second) =
            (self.expect_quantity(scope, left, year), self.expect_quantity(scope, right, year));
        let (first, second) = (first?, second?);
        for (side, quantity) in [(left, &first.quantity), (right, &second.quantity)] {
            if is_bare(quantity) {
                scope.report(unnamed(scope.span(&side.at)));
                return None;
            }
        }
        self.same_unit(scope, left, &first.unit, right, &second.unit)?;
        let compound = |quantity: &Quantity| matches!(quantity, Quantity::CompoundGrowth { .. });
        if compound(&second.quantity)
            || (compound(&first.quantity) && !matches!(second.quantity, Quantity::Limit(_)))
        {
            scope.report(Diagnostic::new(
                Code::CompoundNotAlone,
                scope.span(&expr.at),
                "复合增长率须写在左边，右边只能是一个阈值",
                "write the compound growth rate on the left and a single limit on the right",
            ));
            return None;
        }
        let measure = first.unit.measure(first.decimals.max(second.decimals));
        let mut comparison = Comparison {
            left: first.quantity,
            operator,
            right: second.quantity,
            measure,
            width: Width::I256,
        };
        match rules::width(self.rulebook, &comparison) {
            Ok(width) => comparison.width = width,
            Err(_) => {
                scope.report(too_wide(scope.span(&expr.at)));
                return None;
            }
        }
        self.check_reach(scope, expr, &comparison);
        Some(Condition::Compare(comparison))
    }
}

/// Where an expression was not understood, nobody knows which limits it would have used.
pub(crate) fn used_or_unknown<T>(limits: &Limits, understood: Option<T>) -> Option<T> {
    if understood.is_none() {
        limits.values().for_each(|named| {
            named.used.replace(true);
        });
    }
    understood
}

fn read(scope: &Scope<'_>, word: &Word<'_>) -> Option<Expr> {
    match parse(word.text) {
        Ok(expr) => Some(expr),
        Err(error) => {
            let code = if error.too_deep { Code::TooDeep } else { Code::ExpressionSyntax };
            // At the end of the text there is nothing to underline: its last character is.
            let end = word.text.len();
            let last = word.text.char_indices().next_back().map_or(0, |(index, _)| index);
            let at = if error.at.start >= end { last..end } else { error.at };
            scope.report(Diagnostic::new(code, scope.span(&at), error.zh, error.en));
            None
        }
    }
}

pub(super) fn mismatch<T>(
    scope: &Scope<'_>,
    at: &Range<usize>,
    zh: &str,
    en: &str,
    help: Option<(&str, &str)>,
) -> Option<T> {
    let mut diagnostic = Diagnostic::new(Code::TypeMismatch, scope.span(at), zh, en);
    if let Some((zh, en)) = help {
        diagnostic = diagnostic.help(zh, en);
    }
    scope.report(diagnostic);
    None
}

/// Whether a quantity is made of written numbers alone: a threshold without a name.
fn is_bare(quantity: &Quantity) -> bool {
    match quantity {
        Quantity::Constant(_) => true,
        Quantity::Add(left, right)
        | Quantity::Subtract(left, right)
        | Quantity::Multiply(left, right)
        | Quantity::Divide(left, right) => is_bare(left) && is_bare(right),
        Quantity::Least(parts) | Quantity::Greatest(parts) => parts.iter().all(is_bare),
        _ => false,
    }
}
