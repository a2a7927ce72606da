//! `tidu test`: runs the worked examples, moves every number of the law by a step, and reports the
//! moves that no example notices.

use std::io::{self, Write as _};
use std::path::Path;

use rulebook::{ExampleReport, Severity, Unnoticed, run_examples};
use serde::Serialize;

use super::usable;
use crate::arguments::Test;
use crate::exit::Exit;
use crate::json::diagnostic::DiagnosticView;
use crate::law::{self, Law};
use crate::output::{Screen, stdout};
use crate::text::diagnostics;
use crate::text::paint::Style;
use answers::Label;

pub(super) fn run(test: &Test, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    let law = match usable(law::load(test.folder.as_deref().or(rulebook)), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    let report = run_examples(&law.sources, &law.compiled.rulebook);
    let failed = report.results.iter().filter(|result| !result.failures.is_empty()).count();
    let mut out = stdout();
    if test.json {
        serde_json::to_writer_pretty(&mut out, &ReportView::of(&report, &law))
            .map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for line in lines(&report, &law, failed, &screen) {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    out.flush()?;
    let broken = report.diagnostics.iter().any(|known| known.severity() == Severity::Error);
    let clean = failed == 0 && !broken && report.unnoticed.is_empty() && report.unshown.is_empty();
    Ok(if clean { Exit::Answered } else { Exit::Problems })
}

fn lines(report: &ExampleReport, law: &Law, failed: usize, screen: &Screen) -> Vec<String> {
    let lang = screen.lang;
    let mut lines: Vec<String> = report
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostics::render(diagnostic, &law.sources, screen))
        .collect();
    for result in report.results.iter().filter(|result| !result.failures.is_empty()) {
        let text = law.sources.text(&result.span.file).unwrap_or_default();
        let line = result.span.position(text).line;
        let sign = Style::Bad.paint("✗", screen.colour);
        lines.push(format!(
            "{sign} {} · {}  {}:{line}",
            result.owner, result.name, result.span.file
        ));
        lines.extend(result.failures.iter().map(|failure| format!("    {}", failure.get(lang))));
    }
    for move_ in &report.unnoticed {
        let sign = Style::Open.paint("?", screen.colour);
        let (zh, en) = if move_.up { ("上移", "up") } else { ("下移", "down") };
        let place = place(law, move_).map(|(file, line)| format!("  {file}:{line}"));
        let place = place.unwrap_or_default();
        let what = format!("{} · {}", move_.owner, move_.number);
        lines.push(match lang {
            enterprise::Lang::Zh => format!("{sign} {what}：{zh}一步，没有示例察觉{place}"),
            enterprise::Lang::En => format!("{sign} {what}: no example notices a step {en}{place}"),
        });
    }
    for known in &report.unshown {
        let sign = Style::Open.paint("?", screen.colour);
        let what = format!("{} · {}", known.owner, known.criterion);
        let (zh, en) = match known.outcome {
            "met" => ("符合它", "meets it"),
            "not_met" => ("不符合它", "fails it"),
            _ => ("使它待定", "leaves it open"),
        };
        lines.push(match lang {
            enterprise::Lang::Zh => format!("{sign} {what}：没有示例{zh}"),
            enterprise::Lang::En => format!("{sign} {what}: no example {en}"),
        });
    }
    let (examples, moves, unnoticed) = (report.results.len(), report.moves, report.unnoticed.len());
    let unshown = report.unshown.len();
    let hash = law.compiled.rulebook.short_hash();
    lines.push(match lang {
        enterprise::Lang::Zh => format!(
            "{examples} 个示例，{failed} 个不符 · 阈值移动 {moves} 次，{unnoticed} 次无示例察觉 · {unshown} 种结果无示例 · 规则库 {hash}"
        ),
        enterprise::Lang::En => format!(
            "{examples} examples, {failed} failed · {moves} moves, {unnoticed} unnoticed · {unshown} outcomes not shown · rulebook {hash}"
        ),
    });
    lines
}

#[derive(Serialize)]
struct ReportView<'a> {
    rulebook: &'a str,
    examples: usize,
    moves: usize,
    failures: Vec<FailureView<'a>>,
    unnoticed: Vec<UnnoticedView<'a>>,
    /// Criteria that no example meets, fails or leaves open.
    unshown: Vec<UnshownView<'a>>,
    diagnostics: Vec<DiagnosticView>,
}

#[derive(Serialize)]
struct FailureView<'a> {
    owner: &'a str,
    name: &'a str,
    file: &'a str,
    line: usize,
    failures: Vec<Label>,
}

#[derive(Serialize)]
struct UnnoticedView<'a> {
    owner: &'a str,
    number: &'a str,
    moved: &'static str,
    file: Option<&'a str>,
    line: Option<usize>,
}

#[derive(Serialize)]
struct UnshownView<'a> {
    owner: &'a str,
    criterion: &'a str,
    outcome: &'static str,
}

/// File and line of a number that was moved.
fn place<'a>(law: &Law, known: &'a Unnoticed) -> Option<(&'a str, usize)> {
    let span = known.place.as_ref()?;
    let text = law.sources.text(&span.file).unwrap_or_default();
    Some((&span.file, span.position(text).line))
}

impl<'a> ReportView<'a> {
    fn of(report: &'a ExampleReport, law: &'a Law) -> Self {
        let failures = report.results.iter().filter(|result| !result.failures.is_empty());
        let failures = failures.map(|result| {
            let text = law.sources.text(&result.span.file).unwrap_or_default();
            FailureView {
                owner: &result.owner,
                name: &result.name,
                file: &result.span.file,
                line: result.span.position(text).line,
                failures: result.failures.iter().map(Label::from).collect(),
            }
        });
        let unnoticed = report.unnoticed.iter().map(|known| UnnoticedView {
            owner: &known.owner,
            number: &known.number,
            moved: if known.up { "up" } else { "down" },
            file: place(law, known).map(|(file, _)| file),
            line: place(law, known).map(|(_, line)| line),
        });
        let unshown = report.unshown.iter().map(|known| UnshownView {
            owner: &known.owner,
            criterion: &known.criterion,
            outcome: known.outcome,
        });
        Self {
            unshown: unshown.collect(),
            rulebook: &law.compiled.rulebook.hash,
            examples: report.results.len(),
            moves: report.moves,
            failures: failures.collect(),
            unnoticed: unnoticed.collect(),
            diagnostics: report
                .diagnostics
                .iter()
                .map(|diagnostic| DiagnosticView::of(diagnostic, &law.sources))
                .collect(),
        }
    }
}
