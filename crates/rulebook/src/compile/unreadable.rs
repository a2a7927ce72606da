//! Files that are there and cannot be read: one error each, beside all others.

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::read::table::Sink;
use crate::source::Sources;

pub(crate) fn report_unreadable(sources: &Sources, sink: &Sink) {
    for (path, unreadable) in sources.unreadable() {
        let first = unreadable.text.get(unreadable.at..).and_then(|rest| rest.chars().next());
        let end = unreadable.at + first.map_or(0, char::len_utf8);
        let (zh, en) = (&unreadable.reason.zh, &unreadable.reason.en);
        sink.report(Diagnostic::new(
            Code::UnreadableFile,
            Span::new(path, unreadable.at..end),
            format!("“{path}”{zh}"),
            format!("`{path}` {en}"),
        ));
    }
}
