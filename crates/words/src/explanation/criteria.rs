//! Criteria with everything below them.

use enterprise::{Judgement, Text};
use rules::{Body, Citation, CriterionResult, Document, Finding, Group, Truth};

use super::rows::Explainer;
use super::{Line, Tone};
use crate::provenance;

impl Explainer<'_> {
    /// The lines of some criteria, as they stand in the whole. `document` is the one that is being shown anyway.
    pub fn criteria<'a, 'c: 'a>(
        &self,
        results: impl IntoIterator<Item = &'a CriterionResult<'c>>,
        document: &Document,
    ) -> Vec<Line> {
        let mut lines = Vec::new();
        for result in results {
            self.begin();
            self.criterion(result, document, 0, None, &mut lines);
        }
        lines
    }

    fn criterion(
        &self,
        result: &CriterionResult<'_>,
        document: &Document,
        depth: usize,
        above: Option<&Citation>,
        lines: &mut Vec<Line>,
    ) {
        let criterion = result.criterion;
        if above == Some(&criterion.citation)
            && criterion.note.is_none()
            && result.when.is_none()
            && let Finding::Condition(condition) = &result.finding
            && self.in_one_row(&criterion.label, condition, depth, lines)
        {
            return;
        }
        // What is the same above need not be said again.
        let source = (above != Some(&criterion.citation)).then(|| {
            let clause = provenance::clause(&criterion.citation, document);
            (clause, provenance::status(&criterion.citation.status))
        });
        let label = criterion.label.clone();
        lines.push(Line::Head { depth, truth: result.truth, label, source });
        let below = depth + 1;
        if let Some(when) = &result.when
            && when.truth != Truth::Met
        {
            say(below, Text::new("适用条件", "applies where"), Tone::Dim, lines);
            self.below(when, below + 1, lines);
        }
        match &result.finding {
            Finding::OtherPurpose => {
                let words = Text::new("不适用于本用途", "does not apply to this purpose");
                say(below, words, Tone::Dim, lines);
            }
            _ if result.truth == Truth::NotApplicable => {}
            Finding::Condition(condition) => {
                let first = lines.len();
                self.below(condition, below, lines);
                // The label stands right above already.
                if let Some(Line::Row(row)) = lines.get_mut(first) {
                    unless_said(&mut row.label, &criterion.label);
                }
            }
            Finding::Judged(judgement) => judged(result, judgement.as_ref(), below, lines),
            Finding::Score => {
                let words = Text::new("见下面的评分表", "see the score below");
                say(below, words, Tone::Dim, lines);
            }
            Finding::Children(children) => {
                let words = match criterion.body {
                    Body::Group(Group::Any, _) => {
                        Some(Text::new("以下满足一项即可", "any one of these"))
                    }
                    Body::Group(Group::AtLeast(k), _) => Some(Text::new(
                        format!("以下至少满足 {k} 项"),
                        format!("at least {k} of these"),
                    )),
                    _ => None,
                };
                if let Some(words) = words {
                    say(below, words, Tone::Dim, lines);
                }
                for child in children {
                    self.criterion(child, document, below, Some(&criterion.citation), lines);
                }
            }
        }
        if let Some(note) = &criterion.note
            && result.truth != Truth::NotApplicable
        {
            let words = Text::new(format!("注：{}", note.zh), format!("note: {}", note.en));
            say(below, words, Tone::Dim, lines);
        }
    }
}

/// Takes away what is said already, in each language by itself.
fn unless_said(label: &mut Text, said: &Text) {
    if label.zh == said.zh {
        label.zh.clear();
    }
    if label.en == said.en {
        label.en.clear();
    }
}

fn judged(
    result: &CriterionResult<'_>,
    judgement: Option<&Judgement>,
    depth: usize,
    lines: &mut Vec<Line>,
) {
    let Body::Judged { by, question } = &result.criterion.body else { return };
    if let Some(question) = question {
        say(depth, question.clone(), Tone::Plain, lines);
    }
    let judge = provenance::judge(by);
    let Some(judgement) = judgement else {
        let words = Text::new(format!("待{}判断", judge.zh), format!("the {} decides", judge.en));
        return say(depth, words, Tone::Open, lines);
    };
    let who = judgement.by.as_deref();
    let who = Text::new(who.unwrap_or(&judge.zh), who.unwrap_or(&judge.en));
    let (zh, en) = if judgement.met { ("符合", "met") } else { ("不符合", "not met") };
    let mut words = Text::new(format!("{}判断：{zh}", who.zh), format!("{}: {en}", who.en));
    if let Some(day) = judgement.on {
        words.zh.push_str(&format!("（{day}）"));
        words.en.push_str(&format!(" ({day})"));
    }
    if let Some(note) = &judgement.note {
        words.zh.push_str(&format!("：{note}"));
        words.en.push_str(&format!(": {note}"));
    }
    say(depth, words, Tone::of(result.truth), lines);
}

fn say(depth: usize, text: Text, tone: Tone, lines: &mut Vec<Line>) {
    lines.push(Line::Note { depth, text, tone });
}
