//! Where the law's numbers and the subject's facts come from, in words.

use enterprise::{Cost, Source, Text};
use rules::{Citation, Document, Status};

/// How well a number is known, in a few words.
pub fn status(status: &Status) -> Text {
    match status {
        Status::Verified { by, on } => {
            Text::new(format!("已核对（{by}，{on}）"), format!("verified ({by}, {on})"))
        }
        Status::Reposted => Text::new("多处转载", "reposted"),
        Status::Secondary { sources: 1 } => Text::new("1 个来源", "1 source"),
        Status::Secondary { sources } => {
            Text::new(format!("{sources} 个来源"), format!("{sources} sources"))
        }
        Status::Recalled => Text::new("仅凭记忆", "from memory"),
    }
}

/// The same with the caveat that everything carries which nobody compared with the official text.
pub fn official(known: &Status) -> Text {
    let words = status(known);
    if known.is_verified() {
        words
    } else {
        Text::new(format!("{}，待核对原文", words.zh), format!("{}, to be verified", words.en))
    }
}

/// The clause; with its document where that is not the one that is being shown anyway.
pub fn clause(citation: &Citation, shown: &Document) -> String {
    let known = &*citation.document;
    let annex = known.annex.as_str();
    let clause = citation.clause.as_str();
    // A clause that names an annex itself (附件3) means that one.
    let kind = annex.trim_end_matches(|c: char| c.is_ascii_digit());
    let here = if kind.is_empty() || clause.starts_with(kind) {
        clause.to_owned()
    } else {
        format!("{annex} {clause}").trim().to_owned()
    };
    let same =
        known.number == shown.number && (!known.number.is_empty() || known.name == shown.name);
    if same { here } else { format!("{} {here}", short(known)) }
}

/// How a document is called in short: by its number, or by its name if it has none.
pub fn short(document: &Document) -> &str {
    if document.number.is_empty() { &document.name } else { &document.number }
}

/// Document number, name and annex.
pub fn document(document: &Document) -> String {
    let parts = [&document.number, &document.name, &document.annex];
    let parts: Vec<&str> =
        parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Where a fact came from.
pub fn source(source: &Source) -> Text {
    let name = source.name.as_deref().unwrap_or_default();
    match (name.is_empty(), source.known) {
        (true, None) => Text::default(),
        (false, None) => Text::new(name, name),
        (true, Some(day)) => Text::new(format!("{day} 得知"), format!("known on {day}")),
        (false, Some(day)) => Text::new(format!("{name}，{day}"), format!("{name}, {day}")),
    }
}

/// What it costs to obtain a fact.
pub fn cost(cost: Cost) -> Text {
    match cost {
        Cost::Registry => Text::new("登记系统可查", "in a registry"),
        Cost::Upload => Text::new("企业上传材料", "firm uploads a document"),
        Cost::Ask => Text::new("询问企业", "ask the firm"),
        Cost::Expert => Text::new("专家核查", "an expert looks"),
    }
}

/// Who judges. The rule files name a role.
pub fn judge(by: &str) -> Text {
    match by {
        "reviewer" => Text::new("评审人员", "reviewer"),
        "expert" => Text::new("专家", "expert"),
        other => Text::new(other, other),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_clause_says_only_what_is_not_clear_already() {
        let document = |number: &str, annex: &str| Document {
            number: number.into(),
            name: String::new(),
            annex: annex.into(),
        };
        let shown = document("2号", "附件2");
        for (cited, clause_, words) in [
            (document("2号", "附件2"), "附件2 一", "附件2 一"),
            (document("2号", "附件2"), "附件3", "附件3"),
            (document("2号", "附件2"), "一", "附件2 一"),
            (document("2号", ""), "第三条", "第三条"),
            (document("63号", "附件1"), "一", "63号 附件1 一"),
        ] {
            let citation = Citation {
                document: Arc::new(cited),
                clause: clause_.into(),
                status: Status::Reposted,
                note: None,
            };
            assert_eq!(clause(&citation, &shown), words);
        }
    }

    #[test]
    fn every_status_has_its_words() {
        let on = jiff::civil::date(2026, 12, 1);
        for (known, zh, en) in [
            (
                Status::Verified { by: "张".into(), on },
                "已核对（张，2026-12-01）",
                "verified (张, 2026-12-01)",
            ),
            (Status::Reposted, "多处转载", "reposted"),
            (Status::Secondary { sources: 1 }, "1 个来源", "1 source"),
            (Status::Secondary { sources: 4 }, "4 个来源", "4 sources"),
            (Status::Recalled, "仅凭记忆", "from memory"),
        ] {
            assert_eq!(status(&known), Text::new(zh, en));
        }
    }
}
