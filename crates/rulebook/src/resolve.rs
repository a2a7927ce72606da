//! Expressions to typed conditions and quantities: names resolved, units checked, years stated,
//! integer widths proven. Every problem points into the expression.

use std::ops::Range;
use std::sync::Arc;

use enterprise::{Indicator, Kind, Period};
use rules::{
    Comparison, Condition, ElapsedUnit, FactRef, Happened, Holds, Member, Operator, Quantity,
    Rulebook, Until, Width,
};

use crate::ast::{self, Expr, Node};
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::measure::Unit;
use crate::parser::parse;
use crate::reader::{File, Word};
use crate::scope::{Limits, Names, Scope};

/// A quantity with its unit.
pub(crate) struct Measured {
    pub quantity: Quantity,
    pub unit: Unit,
    pub decimals: u8,
}

enum Typed {
    Condition(Condition),
    Quantity(Measured),
    /// A choice, which only `in` can test.
    Choice(FactRef),
    /// A date, which only elapsed time can use.
    Date(FactRef),
}

/// The year that a yearly indicator without brackets means.
type Year = Option<i16>;

/// Resolves expressions against the names of the whole rulebook; formulas are needed to prove widths.
pub(crate) struct Resolver<'a> {
    pub names: &'a Names,
    /// Holds the formulas known so far.
    pub rulebook: &'a Rulebook,
}

impl Resolver<'_> {
    /// Reads a condition; reports what is wrong and answers `None` if it cannot be used.
    pub fn condition(&self, file: File<'_>, word: &Word<'_>, limits: &Limits) -> Option<Condition> {
        let scope = self.scope(file, word, limits)?;
        let expr = read(&scope, word)?;
        self.expect_condition(&scope, &expr, None)
    }

    /// Reads a quantity. `year` is what a yearly indicator without brackets means, if it may stand so.
    pub fn quantity(
        &self,
        file: File<'_>,
        word: &Word<'_>,
        limits: &Limits,
        year: Year,
    ) -> Option<Measured> {
        let scope = self.scope(file, word, limits)?;
        let expr = read(&scope, word)?;
        self.expect_quantity(&scope, &expr, year)
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

    fn expect_condition(&self, scope: &Scope<'_>, expr: &Expr, year: Year) -> Option<Condition> {
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

    fn expect_quantity(&self, scope: &Scope<'_>, expr: &Expr, year: Year) -> Option<Measured> {
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

    fn typed(&self, scope: &Scope<'_>, expr: &Expr, year: Year) -> Option<Typed> {
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
                    return mismatch(
                        scope,
                        &expr.at,
                        &format!("只有 {} 项，不可能满足 {k} 项", parts.len()),
                        &format!("{k} of {} can never be met", parts.len()),
                        None,
                    );
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
            Node::Happened { event, event_at, months, filter } => {
                Typed::Condition(self.happened(scope, event, event_at, *months, filter.as_ref())?)
            }
            _ => Typed::Quantity(self.arithmetic(scope, expr, year)?),
        })
    }

    fn arithmetic(&self, scope: &Scope<'_>, expr: &Expr, year: Year) -> Option<Measured> {
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
            Node::Elapsed { days, from, to } => {
                let Typed::Date(from) = self.typed(scope, from, year)? else {
                    return mismatch(
                        scope,
                        &from.at,
                        "此处应为日期指标",
                        "expected a date indicator here",
                        None,
                    );
                };
                let unit = if *days { ElapsedUnit::Days } else { ElapsedUnit::Years };
                let to = match to {
                    ast::Until::Today => Until::Today,
                    ast::Until::EndOfBase(offset) => Until::EndOfYear(*offset),
                };
                let name = if *days {
                    enterprise::Text::new("天", "days")
                } else {
                    enterprise::Text::new("年", "years")
                };
                let quantity = Quantity::Elapsed { unit, from, to };
                Some(Measured { quantity, unit: Unit::counted(&name), decimals: 0 })
            }
            _ => None,
        }
    }

    fn name(&self, scope: &Scope<'_>, name: &str, at: &Range<usize>, year: Year) -> Option<Typed> {
        if let Some(named) = scope.limits.get(name) {
            named.used.replace(true);
            let limit = named.limit.as_ref()?;
            let decimals = match &limit.measure {
                rules::Measure::Count { decimals, .. } => *decimals,
                _ => 0,
            };
            let quantity = Quantity::Limit(Arc::clone(limit));
            return Some(Typed::Quantity(Measured {
                quantity,
                unit: named.unit.clone(),
                decimals,
            }));
        }
        let indicator = self.indicator(scope, name, at)?;
        match (indicator.period, year) {
            (Period::State, _) => fact(scope, at, indicator, None),
            (Period::Yearly, Some(year)) => fact(scope, at, indicator, Some(year)),
            (Period::Yearly, None) => {
                scope.report(
                    Diagnostic::new(
                        Code::YearUnstated,
                        scope.span(at),
                        format!("“{}”是年度指标，没有写明年度", indicator.label.zh),
                        format!("`{name}` is yearly, and its year is not stated"),
                    )
                    .help(format!("写成 {name}[base]"), format!("write {name}[base]")),
                );
                None
            }
        }
    }

    fn dated(
        &self,
        scope: &Scope<'_>,
        name: &str,
        inner: &Expr,
        at: &Range<usize>,
        offset: i16,
    ) -> Option<Typed> {
        let indicator = self.indicator(scope, name, &inner.at)?;
        if indicator.period == Period::State {
            scope.report(
                Diagnostic::new(
                    Code::YearOnState,
                    scope.span(at),
                    format!("“{}”是现状指标，没有年度", indicator.label.zh),
                    format!("`{name}` is a present state and has no year"),
                )
                .help(format!("写成 {name}"), format!("write {name}")),
            );
            return None;
        }
        fact(scope, at, indicator, Some(offset))
    }

    fn indicator(
        &self,
        scope: &Scope<'_>,
        name: &str,
        at: &Range<usize>,
    ) -> Option<Arc<Indicator>> {
        if let Some(indicator) = scope.names.catalogue.indicator(name) {
            scope.names.used.borrow_mut().insert(name.to_owned());
            return Some(Arc::clone(indicator));
        }
        let known = scope.limits.keys().map(String::as_str);
        let indicators = scope.names.catalogue.indicators().iter().map(|known| known.id.as_str());
        scope.report(
            Diagnostic::new(
                Code::UnknownName,
                scope.span(at),
                format!("没有名为“{name}”的指标或阈值"),
                format!("no indicator or limit is called `{name}`"),
            )
            .suggest(name, known.chain(indicators)),
        );
        None
    }

    fn same_unit(
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
        scope.report(
            Diagnostic::new(
                Code::UnitMismatch,
                scope.span(&right.at),
                format!("单位不同：“{}”与“{}”", a.zh, b.zh),
                format!("units differ: {} and {}", a.en, b.en),
            )
            .label(b.zh.clone(), b.en)
            .other(scope.span(&left.at), a.zh, a.en),
        );
        None
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
                scope.report(
                    Diagnostic::new(
                        Code::TooWide,
                        scope.span(&expr.at),
                        "此比较需要超过 256 位的整数才能精确判断",
                        "this comparison needs integers of more than 256 bits to be exact",
                    )
                    .help(
                        "缩小指标的取值范围，或拆成几个条件",
                        "narrow the ranges of the indicators, or split the condition",
                    ),
                );
                return None;
            }
        }
        self.check_reach(scope, expr, &comparison);
        Some(Condition::Compare(comparison))
    }

    /// Reports a comparison that the ranges of its indicators decide by themselves.
    fn check_reach(&self, scope: &Scope<'_>, expr: &Expr, comparison: &Comparison) {
        let (Ok(left), Ok(right)) = (
            rules::range(self.rulebook, &comparison.left),
            rules::range(self.rulebook, &comparison.right),
        ) else {
            return;
        };
        let below = |a: Option<rules::Exact>, b: Option<rules::Exact>, or_equal: bool| {
            let order = a.and_then(|a| a.compare(b?));
            order.is_some_and(|order| if or_equal { order.is_le() } else { order.is_lt() })
        };
        let (never, always) = match comparison.operator {
            Operator::AtLeast => {
                (below(left.high, right.low, false), below(right.high, left.low, true))
            }
            Operator::MoreThan => {
                (below(left.high, right.low, true), below(right.high, left.low, false))
            }
            Operator::AtMost => {
                (below(right.high, left.low, false), below(left.high, right.low, true))
            }
            Operator::LessThan => {
                (below(right.high, left.low, true), below(left.high, right.low, false))
            }
            Operator::Equal => {
                (below(left.high, right.low, false) || below(right.high, left.low, false), false)
            }
        };
        if never || always {
            let (code, zh, en) = if never {
                (Code::NeverTrue, "永远不成立", "can never hold")
            } else {
                (Code::NeverFalse, "永远成立", "always holds")
            };
            scope.report(
                Diagnostic::new(
                    code,
                    scope.span(&expr.at),
                    format!("按指标取值范围，此条件{zh}"),
                    format!("over the ranges of its indicators this condition {en}"),
                )
                .help(
                    "核对阈值的单位和指标的 range",
                    "check the unit of the limit and the range of the indicator",
                ),
            );
        }
    }

    fn member(
        &self,
        scope: &Scope<'_>,
        inner: &Expr,
        options: &[(String, Range<usize>)],
        year: Year,
    ) -> Option<Condition> {
        let Typed::Choice(fact) = self.typed(scope, inner, year)? else {
            return mismatch(scope, &inner.at, "“in”只用于选项", "`in` is for choices only", None);
        };
        let Kind::Choice(choices) = &fact.indicator.kind else { return None };
        let mut indices = Vec::new();
        let mut complete = true;
        for (option, at) in options {
            match choices.iter().position(|choice| choice.id == *option) {
                Some(index) => indices.push(index),
                None => {
                    complete = false;
                    scope.report(
                        Diagnostic::new(
                            Code::UnknownReference,
                            scope.span(at),
                            format!("“{}”没有选项“{option}”", fact.indicator.label.zh),
                            format!("`{}` has no option `{option}`", fact.indicator.id),
                        )
                        .suggest(option, choices.iter().map(|choice| choice.id.as_str())),
                    );
                }
            }
        }
        indices.sort_unstable();
        indices.dedup();
        if complete && indices.len() == choices.len() {
            scope.report(Diagnostic::new(
                Code::NeverFalse,
                scope.span(&inner.at),
                "列出了全部选项，此条件永远成立",
                "all options are listed: this condition always holds",
            ));
        }
        complete.then(|| Condition::Member(Member { fact, options: indices }))
    }

    fn happened(
        &self,
        scope: &Scope<'_>,
        id: &str,
        at: &Range<usize>,
        months: u32,
        filter: Option<&(String, Range<usize>, Operator, Box<Expr>)>,
    ) -> Option<Condition> {
        let catalogue = &scope.names.catalogue;
        let Some(event) = catalogue.event(id) else {
            let known = catalogue.events.iter().map(|event| event.id.as_str());
            scope.report(unknown_reference(scope, at, "事件", "event", id).suggest(id, known));
            return None;
        };
        scope.names.used.borrow_mut().insert(format!("event:{id}"));
        let attribute = match filter {
            None => None,
            Some((name, name_at, operator, limit)) => {
                let Some(attribute) = event.attributes.iter().find(|known| known.id == *name)
                else {
                    let known = event.attributes.iter().map(|known| known.id.as_str());
                    scope.report(
                        unknown_reference(scope, name_at, "事件属性", "event attribute", name)
                            .suggest(name, known),
                    );
                    return None;
                };
                let limit_at = &limit.at;
                let Quantity::Limit(limit) = self.expect_quantity(scope, limit, None)?.quantity
                else {
                    return mismatch(
                        scope,
                        limit_at,
                        "此处应为阈值的名称",
                        "expected the name of a limit here",
                        None,
                    );
                };
                Some((attribute.clone(), *operator, limit))
            }
        };
        Some(Condition::Happened(Happened { event: event.clone(), months, attribute }))
    }
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

fn fact(
    scope: &Scope<'_>,
    at: &Range<usize>,
    indicator: Arc<Indicator>,
    offset: Option<i16>,
) -> Option<Typed> {
    let unit = Unit::of(&indicator.kind);
    let decimals = match &indicator.kind {
        Kind::Number { decimals, .. } => *decimals,
        _ => 0,
    };
    let reference = FactRef { indicator, offset };
    Some(match (&reference.indicator.kind, unit) {
        (_, Some(unit)) => {
            Typed::Quantity(Measured { quantity: Quantity::Fact(reference), unit, decimals })
        }
        (Kind::Flag, _) => Typed::Condition(Condition::Flag(reference)),
        (Kind::Choice(_), _) => Typed::Choice(reference),
        (Kind::Date, _) => Typed::Date(reference),
        _ => {
            return mismatch(
                scope,
                at,
                &format!("“{}”不能用在表达式中", reference.indicator.label.zh),
                &format!("`{}` cannot be used in an expression", reference.indicator.id),
                None,
            );
        }
    })
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

fn constant(
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
            scope.report(
                Diagnostic::new(
                    Code::UnnamedLimit,
                    scope.span(at),
                    "法定数值应写成有名称的阈值",
                    "numbers of the law are named limits",
                )
                .help(
                    "写在 limits 中，如 limits = { amount = \"100 万元\" }，表达式用 amount",
                    "put it into limits, such as limits = { amount = \"100 万元\" }, and use amount",
                ),
            );
            None
        }
    }
}

fn holds(scope: &Scope<'_>, programme: &str, at: &Range<usize>) -> Option<Condition> {
    let Some(head) = scope.names.programmes.get(programme) else {
        let known = scope.names.programmes.keys().map(String::as_str);
        scope.report(
            unknown_reference(scope, at, "项目", "programme", programme).suggest(programme, known),
        );
        return None;
    };
    let any_of =
        [programme.to_owned()].into_iter().chain(head.held_through.iter().cloned()).collect();
    Some(Condition::Holds(Holds {
        programme: programme.to_owned(),
        label: head.title.clone(),
        any_of,
    }))
}

fn unknown_reference(
    scope: &Scope<'_>,
    at: &Range<usize>,
    zh: &str,
    en: &str,
    name: &str,
) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownReference,
        scope.span(at),
        format!("没有名为“{name}”的{zh}"),
        format!("no {en} is called `{name}`"),
    )
}

fn mismatch<T>(
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
