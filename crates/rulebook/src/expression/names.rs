//! Names in expressions: limits, indicators, options, events, titles. What is not known is reported
//! with the nearest name that is.

use std::ops::Range;
use std::sync::Arc;

use enterprise::{Indicator, Kind, Period};
use rules::{Condition, FactRef, Happened, Holds, Member, Operator, Quantity, Window};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::expression::ast::Expr;
use crate::expression::measure::Unit;
use crate::expression::resolve::{Measured, Resolver, Typed, Year, mismatch};
use crate::expression::scope::Scope;

impl Resolver<'_> {
    pub(super) fn name(
        &self,
        scope: &Scope<'_>,
        name: &str,
        at: &Range<usize>,
        year: Year,
    ) -> Option<Typed> {
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

    pub(super) fn dated(
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

    pub(super) fn member(
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
                Some(index) if indices.contains(&index) => scope.report(Diagnostic::new(
                    Code::DuplicateId,
                    scope.span(at),
                    format!("选项“{option}”写了两次"),
                    format!("option `{option}` stands twice"),
                )),
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
        complete.then_some(Condition::Member(Member { fact, options: indices }))
    }

    pub(super) fn happened(
        &self,
        scope: &Scope<'_>,
        id: &str,
        at: &Range<usize>,
        window: Window,
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
        Some(Condition::Happened(Happened { event: event.clone(), window, attribute }))
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

pub(super) fn holds(scope: &Scope<'_>, programme: &str, at: &Range<usize>) -> Option<Condition> {
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
