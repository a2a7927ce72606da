//! `within` of an indicator: the whole that it is a part of, measured alike.

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::read::indicator::ReadIndicator;
use crate::read::table::Sink;

/// A whole is another indicator of the same kind and period.
pub(crate) fn check_wholes(indicators: &[ReadIndicator<'_>], sink: &Sink) {
    for read in indicators {
        let Some(word) = read.table.word("within") else { continue };
        let part = &read.indicator;
        let whole = indicators.iter().find(|other| other.id.text == word.text);
        let diagnostic = match whole {
            None => Diagnostic::new(
                Code::UnknownReference,
                word.span.clone(),
                format!("没有“{}”这个指标", word.text),
                format!("no indicator is called `{}`", word.text),
            )
            .suggest(word.text, indicators.iter().map(|other| other.id.text)),
            Some(whole) if whole.id.text == read.id.text => Diagnostic::new(
                Code::UnknownReference,
                word.span.clone(),
                "指标不能是自身的一部分",
                "an indicator is no part of itself",
            ),
            Some(whole)
                if (&whole.indicator.kind, whole.indicator.period) != (&part.kind, part.period) =>
            {
                Diagnostic::new(
                    Code::UnitMismatch,
                    word.span.clone(),
                    format!("“{}”的类型、单位或期间不同，不能互为部分和整体", word.text),
                    format!("`{}` is of another kind, unit or period", word.text),
                )
            }
            Some(_) => continue,
        };
        sink.report(diagnostic);
    }
}
