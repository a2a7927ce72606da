//! What stands on every page of an export: whoever passes it on is named on it.

use crate::words::Words;

/// Who took data out, for which organisation, when, and under which audit record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watermark<'a> {
    /// The person's name.
    pub person: &'a str,
    /// The organisation's name.
    pub organisation: &'a str,
    /// When, as the reader's clock shows it.
    pub at: &'a str,
    /// The number of the audit record.
    pub record: i64,
}

impl Watermark<'_> {
    /// The line, in both languages. Names cannot break it: it stays one line.
    pub fn text(&self) -> Words<String> {
        let line = |text: &str| -> String {
            text.chars().map(|one| if one.is_control() { ' ' } else { one }).collect()
        };
        let (person, organisation, at) =
            (line(self.person), line(self.organisation), line(self.at));
        let record = self.record;
        Words {
            zh: format!("{organisation} {person} 于 {at} 导出，审计记录 {record}，请勿外传"),
            en: format!(
                "Exported by {person}, {organisation}, {at}, audit record {record}; do not pass on"
            ),
        }
    }
}
