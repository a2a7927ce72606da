//! What names something in another file: benefits, ladders and rounds against the programmes.

use std::collections::BTreeMap;

use rules::{Programme, Round, Rulebook};

use crate::code::Code;
use crate::compile::duplicate;
use crate::compile::tree::Tree;
use crate::diagnostic::{Diagnostic, Span};
use crate::read::table::{Sink, Table};
use crate::read::version::purpose_words;

/// Benefits that exclude each other are named as `programme/benefit`.
pub(crate) fn check_benefits(tree: &Tree<'_>, rulebook: &Rulebook, sink: &Sink) {
    let mut known: Vec<String> = Vec::new();
    for programme in &rulebook.programmes {
        for benefit in programme.versions.iter().flat_map(|version| &version.benefits) {
            known.push(format!("{}/{}", programme.id, benefit.id));
        }
    }
    known.sort();
    known.dedup();
    for (programme, file) in &tree.versions {
        for benefit in file.table().list("benefit") {
            let Some(table) = benefit.table() else { continue };
            let id = table.get("id").and_then(|value| value.as_word());
            let own = id.map(|id| format!("{programme}/{}", id.text));
            for word in table.words("not_with").iter().chain(&table.words("highest_of")) {
                if own.as_deref() == Some(word.text) {
                    sink.report(Diagnostic::new(
                        Code::UnknownReference,
                        word.span.clone(),
                        "惠企政策不能与自身互斥或择优",
                        "a benefit cannot exclude itself",
                    ));
                }
            }
            for word in table.words("not_with").iter().chain(&table.words("highest_of")) {
                if known.binary_search_by(|other| other.as_str().cmp(word.text)).is_err() {
                    let diagnostic = Diagnostic::new(
                        Code::UnknownReference,
                        word.span.clone(),
                        format!("没有“{}”这项惠企政策", word.text),
                        format!("no benefit is called `{}`", word.text),
                    );
                    let near = diagnostic.suggest(word.text, known.iter().map(String::as_str));
                    sink.report(near);
                }
            }
        }
    }
}

/// A rung stands once, and none asks for a title higher up.
pub(crate) fn check_ladders(tree: &Tree<'_>, rulebook: &Rulebook, sink: &Sink) {
    let by_id: BTreeMap<&str, &Programme> =
        rulebook.programmes.iter().map(|programme| (programme.id.as_str(), programme)).collect();
    for file in &tree.ladders {
        let rungs = file.table().words("rungs");
        for (place, rung) in rungs.iter().enumerate() {
            let below = rungs.get(..place).unwrap_or_default();
            if let Some(first) = below.iter().find(|other| other.text == rung.text) {
                duplicate(sink, rung.text, rung.span.clone(), Some(&first.span));
            }
            let Some(programme) = by_id.get(rung.text) else { continue };
            let needs: Vec<&str> =
                programme.versions.iter().flat_map(|version| version.prerequisites()).collect();
            let higher = rungs.get(place + 1..).unwrap_or_default();
            if let Some(needed) = higher.iter().find(|other| needs.contains(&other.text)) {
                sink.report(
                    Diagnostic::new(
                        Code::LadderOrder,
                        rung.span.clone(),
                        format!("“{}”须先有“{}”，梯度中却排在它之下", rung.text, needed.text),
                        format!(
                            "`{}` asks for `{}`, which stands above it",
                            rung.text, needed.text
                        ),
                    )
                    .other(
                        needed.span.clone(),
                        "须先有此称号",
                        "this title is asked for",
                    ),
                );
            }
        }
    }
}

/// Windows of one programme and purpose do not overlap, and something is in force in each.
pub(crate) fn check_rounds(tree: &Tree<'_>, rulebook: &Rulebook, sink: &Sink) {
    let by_id: BTreeMap<&str, &Programme> =
        rulebook.programmes.iter().map(|programme| (programme.id.as_str(), programme)).collect();
    let mut known: BTreeMap<&str, Vec<(Span, &Round)>> = BTreeMap::new();
    // Rounds that were not understood have been reported, and no place can be told for the others.
    let places: Vec<Span> = tree
        .rounds
        .iter()
        .flat_map(|file| file.table().list("round"))
        .filter_map(|value| value.table().map(|table| window(&table)))
        .collect();
    if places.len() != rulebook.rounds.len() {
        return;
    }
    // With errors about, a version that was not understood may be the one in force.
    let understood = !sink.has_errors();
    for (round, span) in rulebook.rounds.iter().zip(places) {
        let earlier = known.entry(&round.programme).or_default();
        for purpose in &round.purposes {
            let (zh, en) = purpose_words(*purpose);
            let same = earlier.iter().find(|(_, other)| {
                other.purposes.contains(purpose) && other.from <= round.to && round.from <= other.to
            });
            if let Some((first, other)) = same {
                sink.report(
                    Diagnostic::new(
                        Code::RoundOverlap,
                        span.clone(),
                        format!("“{}”{zh}的两个窗口重叠", round.programme),
                        format!("two windows of `{}` for {en} overlap", round.programme),
                    )
                    .other(
                        first.clone(),
                        format!("{} 至 {}", other.from, other.to),
                        format!("{} to {}", other.from, other.to),
                    ),
                );
            }
            let programme = by_id.get(round.programme.as_str());
            let in_force = programme.is_some_and(|programme| {
                let applies = programme.versions.iter().flat_map(|version| &version.applies);
                applies.filter(|applies| applies.purpose == *purpose).any(|applies| {
                    applies.from <= round.to && applies.to.is_none_or(|to| round.from <= to)
                })
            });
            if programme.is_some() && !in_force && understood {
                sink.report(
                    Diagnostic::new(
                        Code::RoundWithoutVersion,
                        span.clone(),
                        format!("窗口期间“{}”没有用于{zh}的版本", round.programme),
                        format!("no version of `{}` for {en} is in force then", round.programme),
                    )
                    .help(
                        "核对 purposes 与各版本的 applies",
                        "compare `purposes` with the `applies` of the versions",
                    ),
                );
            }
        }
        earlier.push((span, round));
    }
}

fn window(table: &Table<'_>) -> Span {
    table.get("window").map_or_else(|| table.head(), |value| value.span())
}
