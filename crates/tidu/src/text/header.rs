//! The head of an answer: who, as of when, by which rules.

use enterprise::{Facts, Text};
use rules::{Question, Rulebook, classify};

use super::paint::Style;
use super::width;
use crate::output::Screen;
use words::explanation::common_source;
use words::{condition, join, provenance};

/// The lines above the verdicts of one firm.
pub(crate) fn firm(
    facts: &Facts,
    base_year: i16,
    rulebook: &Rulebook,
    question: &Question,
    screen: &Screen,
) -> Vec<String> {
    let name =
        facts.name.clone().unwrap_or_else(|| screen.say("（无名称）", "(no name)").to_owned());
    let uscc = facts.uscc.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut lines = vec![Style::Bold.paint(format!("{name}  {uscc}").trim_end(), screen.colour)];
    let classes = classes(facts, rulebook, question);
    lines.extend(parts_in_lines(&classes, screen));
    if let Some(source) = common_source(facts) {
        let words = provenance::source(source);
        let words = Text::new(
            format!("数据来源：{}（另注者除外）", words.zh),
            format!("facts from: {} (unless noted)", words.en),
        );
        lines.extend(parts_in_lines(&[words], screen));
    }
    lines.extend(run(base_year, rulebook, question, screen));
    lines
}

/// That the subjects of a population are made up.
pub(crate) fn made_up() -> Text {
    Text::new("演示数据：企业均为虚构", "demo data: all subjects are made up")
}

/// The line that says as of when and by which rules, and what the numbers are worth.
pub(crate) fn run(
    base_year: i16,
    rulebook: &Rulebook,
    question: &Question,
    screen: &Screen,
) -> Vec<String> {
    let hash = rulebook.short_hash();
    let as_of = question.as_of;
    let mut parts = vec![
        Text::new(format!("评估日 {as_of}"), format!("as of {as_of}")),
        Text::new(format!("上一会计年度 {base_year}"), format!("last fiscal year {base_year}")),
        Text::new(format!("规则库 {hash}"), format!("rulebook {hash}")),
    ];
    if let Some(day) = question.known_on {
        parts.push(Text::new(format!("按 {day} 已知"), format!("as known on {day}")));
    }
    let mut lines = parts_in_lines(&parts, screen);
    let caveat = screen.say(
        "法定数值除标“已核对”者外，均为待核对原文，本结果只供参考，不是行政认定。",
        "No number of the law has been compared with the official text unless it is marked verified; \
         for orientation only, not an official decision.",
    );
    for line in width::wrap(caveat, screen.width) {
        lines.push(Style::Dim.paint(&line, screen.colour));
    }
    lines
}

fn parts_in_lines(parts: &[Text], screen: &Screen) -> Vec<String> {
    let words = join(parts, "   ", "   ");
    width::wrap(words.get(screen.lang), screen.width)
}

/// Every class computed from the facts: `企业规模划型：小型`.
fn classes(facts: &Facts, rulebook: &Rulebook, question: &Question) -> Vec<Text> {
    let mut classes = Vec::new();
    for id in rulebook.classifications.keys() {
        let Some(indicator) = rulebook.catalogue.indicator(id) else { continue };
        let possible = match facts.get(id, None).map(|fact| &fact.value) {
            Some(enterprise::Value::Choice(choice)) => vec![*choice],
            _ => classify(rulebook, id, facts, question),
        };
        let class = if possible.is_empty() {
            Text::new("不能判定", "cannot be told")
        } else {
            condition::choices(indicator, &possible)
        };
        let label = &indicator.label;
        classes.push(Text::new(
            format!("{}：{}", label.zh, class.zh),
            format!("{}: {}", label.en, class.en),
        ));
    }
    classes
}
