//! A diagnostic of the rulebook as JSON, for editors: the same as on the terminal, with columns in
//! characters and in UTF-16 units.

use rulebook::{Diagnostic, Severity, Sources, Span};
use serde::Serialize;

use answers::Label;

/// One diagnostic.
#[derive(Debug, Serialize)]
pub(crate) struct DiagnosticView {
    code: &'static str,
    severity: &'static str,
    #[serde(flatten)]
    place: SpanView,
    message: Label,
    label: Label,
    help: Option<Label>,
    others: Vec<OtherView>,
}

#[derive(Debug, Serialize)]
struct OtherView {
    #[serde(flatten)]
    place: SpanView,
    label: Label,
}

/// Lines and columns from 1; the end is the first place after the span.
#[derive(Debug, Serialize)]
struct SpanView {
    file: String,
    line: usize,
    column: usize,
    column_utf16: usize,
    end_line: usize,
    end_column: usize,
    end_column_utf16: usize,
}

impl DiagnosticView {
    /// The view of a diagnostic in these sources.
    pub(crate) fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let others = diagnostic.others.iter().map(|(span, label)| OtherView {
            place: SpanView::of(span, sources),
            label: Label::from(label),
        });
        Self {
            code: diagnostic.code.as_str(),
            severity: match diagnostic.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            place: SpanView::of(&diagnostic.span, sources),
            message: Label::from(&diagnostic.message),
            label: Label::from(&diagnostic.label),
            help: diagnostic.help.as_ref().map(Label::from),
            others: others.collect(),
        }
    }
}

impl SpanView {
    fn of(span: &Span, sources: &Sources) -> Self {
        let text = sources.text(&span.file).unwrap_or_default();
        let (line, column, column_utf16) = position(text, span.start);
        let (end_line, end_column, end_column_utf16) = position(text, span.end);
        let file = span.file.to_string();
        Self { file, line, column, column_utf16, end_line, end_column, end_column_utf16 }
    }
}

fn position(text: &str, byte: usize) -> (usize, usize, usize) {
    let before = text.get(..text.floor_char_boundary(byte)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let in_line = before.rsplit('\n').next().unwrap_or_default();
    (line, in_line.chars().count() + 1, in_line.encode_utf16().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn columns_count_characters_and_utf16_units() {
        let text = "一\n二😀三";
        assert_eq!(position(text, 0), (1, 1, 1));
        assert_eq!(position(text, 4), (2, 1, 1));
        assert_eq!(position(text, 11), (2, 3, 4));
        assert_eq!(position(text, 12), (2, 3, 4));
        assert_eq!(position(text, 999), (2, 4, 5));
    }
}
