//! Comparisons that the ranges of their indicators decide by themselves: they test nothing.

use rules::{Comparison, Operator};

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::expression::ast::Expr;
use crate::expression::resolve::Resolver;
use crate::expression::scope::Scope;

impl Resolver<'_> {
    /// Reports a comparison that the ranges of its indicators decide by themselves.
    pub(super) fn check_reach(&self, scope: &Scope<'_>, expr: &Expr, comparison: &Comparison) {
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
}
