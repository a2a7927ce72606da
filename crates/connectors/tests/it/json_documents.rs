//! JSON facts documents: everything that can be said in them, and everything that is refused.

use enterprise::{ProblemKind, Value};

use crate::common::{A, B, read_text, short};

fn document(facts: &str) -> String {
    format!(r#"{{"uscc":"{A}","name":"甲","facts":{{{facts}}}}}"#)
}

#[test]
fn a_whole_document() {
    let outcome = read_text(
        "a.json",
        &format!(
            r#"{{
  "uscc": "{A}", "name": "梯度科技",
  "facts": {{
    "revenue": {{"2025": "51234567.89", "2024": "1500 万元", "2023": 1.5e7, "2022": null}},
    "main_product_share": {{"2025": "3.5%", "2024": 0.035}},
    "niche_market_since": "2018-06-01", "has_brand": true, "size_class": "中型",
    "industry": "C3484", "class1_ip": 3, "quality_score": "81.25"
  }},
  "titles": [{{"programme": "specialised-sme", "from": "2024-07-01", "to": "2027-06-30"}},
             {{"programme": "innovative-sme", "from": "2023-07-01", "to": null}}],
  "events": [{{"kind": "national-science-award", "date": "2024-05-01", "rank": 2}}],
  "complete": [{{"kind": "*", "from": "2020-01-01", "until": "2026-11-22"}}],
  "judgements": [{{"programme": "little-giant", "criterion": "market-position", "met": true, "by": "张三", "on": "2026-05-01", "note": "第一"}},
                 {{"owner": "common", "criterion": "chain-role", "met": false}}],
  "relations": [{{"kind": "controls", "other": "{B}"}}],
  "sources": {{"revenue": "税务局 2026-05", "revenue.2025": {{"name": "审计报告", "known": "2026-05-20"}}}}
}}"#
        ),
    );
    let facts = outcome.facts();
    let values = short(facts);
    assert_eq!(values["revenue.2025"], Value::Number(5_123_456_789));
    assert_eq!(values["revenue.2024"], Value::Number(1_500_000_000));
    assert_eq!(values["revenue.2023"], Value::Number(1_500_000_000));
    assert!(!values.contains_key("revenue.2022"));
    assert_eq!(values["main_product_share.2025"], values["main_product_share.2024"]);
    assert_eq!(values["size_class"], Value::Choice(1));
    assert_eq!(values["quality_score"], Value::Number(8_125));
    assert_eq!(facts.titles.len(), 2);
    assert!(facts.titles_complete);
    assert_eq!(facts.events[0].attributes["rank"], 2);
    assert_eq!(facts.complete[0].kind, "*");
    assert_eq!(facts.judgements.len(), 2);
    assert_eq!(facts.relations[0].other, B);
    let source = |year| facts.get("revenue", Some(year)).unwrap().source.clone();
    assert_eq!(source(2024).name.as_deref(), Some("税务局 2026-05"));
    assert_eq!(source(2025).known, Some(jiff::civil::date(2026, 5, 20)));
    assert_eq!(outcome.told(), "");
}

#[test]
fn absent_lists_are_unknown_and_empty_ones_are_complete() {
    assert!(!read_text("a.json", &document("")).facts().titles_complete);
    let text = format!(r#"{{"uscc":"{A}","titles":[]}}"#);
    assert!(read_text("a.json", &text).facts().titles_complete);
    let text = format!(r#"{{"uscc":"{A}","titles":null}}"#);
    assert!(!read_text("a.json", &text).facts().titles_complete);
}

#[test]
fn arrays_lines_and_objects_in_a_row() {
    let [a, b] = [A, B].map(|code| format!(r#"{{"uscc":"{code}"}}"#));
    for text in [
        format!("[{a},{b}]"),
        format!("\n [ {a} , {b} ]\n"),
        format!("{a}\n{b}\n"),
        format!("{a}{b}"),
        format!("\u{FEFF}{a}\r\n\r\n{b}"),
    ] {
        let outcome = read_text("many.json", &text);
        let rows: Vec<_> = outcome.readings.iter().map(|reading| reading.place.row).collect();
        assert_eq!(rows, [Some(1), Some(2)], "{text}");
        assert_eq!(outcome.summary.unwrap().refused, 0);
    }
    let outcome = read_text("none.json", "[]");
    assert_eq!(outcome.summary.unwrap().problems[0].kind, ProblemKind::Empty);
}

#[test]
fn a_refused_document_says_everything_and_the_next_one_is_read() {
    let outcome = read_text(
        "bad.ndjson",
        &format!(
            r#"{{"uscc":"91370202MA00000001","nmae":"x","facts":{{
  "revenu":{{"2025":1}},"rd_intensity":{{"2025":"3%"}},"revenue":5,"debt_ratio":{{"2025":"3%"}},
  "rd_expense":{{"1989":1,"二五":1,"2025":"0.001","2024":"3 吨","2023":[1]}},
  "staff":{{"2025":1,"2025":2}}, "size_class":"大型","debt_ratio":"99999"}},
 "titles":[{{"programme":"little-gaint","from":"2024-07-01"}},{{"programme":"little-giant","from":"2024-07-01","to":"2023-07-01"}},{{"programme":"little-giant"}}],
 "events":[{{"kind":"serious-accident","date":"2024-02-30"}},{{"kind":"serious-accident","date":"2024-02-20","rank":1}},{{"kind":"national-science-award","date":"2024-02-20","rank":"一"}}],
 "complete":[{{"kind":"accident","until":"2026-01-01"}}],
 "judgements":[{{"programme":"little-giant","criterion":"market","met":true}},{{"programme":"common","criterion":"chain-role","met":"是"}}],
 "relations":[{{"kind":"controls","other":"123"}}],
 "sources":{{"founded_on.2025":"x","revenue.25":"y","revenue":{{"nam":"z"}}}}}}
{{"uscc":"{B}"}}"#
        ),
    );
    assert_eq!(outcome.readings.len(), 2);
    assert!(outcome.readings[0].facts.is_none());
    assert!(outcome.readings[1].facts.is_some());
    outcome.assert_bilingual();
    insta::assert_snapshot!(outcome.told());
}

#[test]
fn the_code_is_required_and_must_be_right_and_come_once() {
    let outcome = read_text("a.json", r#"{"name":"甲"}"#);
    assert!(outcome.readings[0].facts.is_none());
    assert_eq!(outcome.readings[0].name.as_deref(), Some("甲"));
    let outcome = read_text("a.json", r#"{"uscc":913702020000000000}"#);
    assert_eq!(outcome.readings[0].problems[0].kind, ProblemKind::Uscc);
    let outcome = read_text("a.json", &format!(r#"{{"uscc":"{A}"}}{{"uscc":"{A}"}}"#));
    assert!(outcome.readings[0].facts.is_some());
    assert_eq!(outcome.readings[1].problems.last().unwrap().kind, ProblemKind::Duplicate);
    assert!(outcome.told().contains("第 1 个文档"), "{}", outcome.told());
}

#[test]
fn years_before_the_founding_are_refused() {
    let outcome =
        read_text("a.json", &document(r#""founded_on":"2024-03-01","revenue":{"2023":"1"}"#));
    assert_eq!(outcome.readings[0].problems.last().unwrap().kind, ProblemKind::WrongYear);
}

#[test]
fn damaged_files_are_unreadable_and_say_where() {
    let cases = [
        ("{\"uscc\":", ProblemKind::Unreadable),
        ("{\"uscc\":\"x\"} x", ProblemKind::Unreadable),
        ("[{},]", ProblemKind::Unreadable),
        ("[{}] {}", ProblemKind::Unreadable),
        ("{]", ProblemKind::Unreadable),
        ("", ProblemKind::Empty),
        (" \n\u{3000}", ProblemKind::Empty),
    ];
    for (text, kind) in cases {
        assert_eq!(read_text("a.json", text).failure(), kind, "{text}");
    }
    let outcome = read_text("a.json", &format!("{{\"uscc\":\"{A}\"}}\n{{\"uscc\" 1}}"));
    let told = outcome.told();
    assert!(told.contains("第 2 行第 9 列") && told.contains("此前已读出 1 户"), "{told}");
}

#[test]
fn things_that_are_no_documents_are_refused() {
    for text in ["[1]", "[[]]", "[null]", "[\"x\"]"] {
        let outcome = read_text("a.json", text);
        assert_eq!(outcome.summary.unwrap().refused, 1, "{text}");
    }
}
