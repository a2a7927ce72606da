//! Values held against the edges of bands, steps and tiers: exactly comparable, or reported.

use std::sync::Arc;

use rules::{Comparison, Limit, Operator, Quantity, Width};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::resolve::Resolver;
use crate::read::table::File;

impl Resolver<'_> {
    /// Whether a value can be held against an edge of a band or tier; reports if it cannot exactly.
    pub fn can_be_held_against(
        &self,
        file: File<'_>,
        span: &Span,
        value: &Quantity,
        limit: &Limit,
    ) -> bool {
        let comparison = Comparison {
            left: value.clone(),
            operator: Operator::AtLeast,
            right: Quantity::Limit(Arc::new(limit.clone())),
            measure: limit.measure.clone(),
            width: Width::I256,
        };
        let fits = rules::width(self.rulebook, &comparison).is_ok();
        if !fits {
            file.sink.report(too_wide(span.clone()));
        }
        fits
    }
}

pub(super) fn too_wide(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooWide,
        span,
        "此比较需要超过 256 位的整数才能精确判断",
        "this comparison needs integers of more than 256 bits to be exact",
    )
    .help(
        "缩小指标的取值范围，或拆成几个条件",
        "narrow the ranges of the indicators, or split the condition",
    )
}

/// Reports a rate over several years, which can only be compared, where steps or tiers are counted.
pub(crate) fn stands_alone(file: File<'_>, span: &Span, value: &Quantity) -> bool {
    let alone = matches!(value, Quantity::CompoundGrowth { .. });
    if alone {
        file.sink.report(Diagnostic::new(
            Code::CompoundNotAlone,
            span.clone(),
            "复合增长率只能与阈值或档位比较",
            "a compound growth rate can only be held against limits or bands",
        ));
    }
    alone
}
