//! One programme in full: what it was judged by, every criterion with its values, the score, what is
//! missing and what would turn the verdict.

use enterprise::{Facts, Lang};
use rules::{
    Answer, Assessment, CriterionResult, Outcome, Population, PurposeBecause, Rulebook, Standing,
    Truth,
};

use super::paint::Style;
use super::tree::lay_out;
use super::{benefits, gaps, lines, score, width};
use crate::output::Screen;
use words::explanation::{Explainer, Line};
use words::{programme as say, provenance, verdict};

/// The lines of one programme.
pub(crate) fn programme(
    facts: &Facts,
    answer: &Answer<'_>,
    rulebook: &Rulebook,
    screen: &Screen,
) -> Vec<String> {
    let mut lines = heading(answer, screen);
    let Outcome::Assessed(assessment) = &answer.outcome else { return lines };
    let explainer = Explainer::new(rulebook, facts, (answer.base_year, answer.as_of));
    let document = &assessment.version.document;
    let part = |results: &[CriterionResult<'_>], title: Option<&str>, lines: &mut Vec<String>| {
        self::part(&explainer.criteria(results, document), title, screen, lines);
    };
    part(&assessment.criteria, None, &mut lines);
    if let Some(found) = &assessment.score {
        lines.push(String::new());
        lines.extend(score::score(found, &explainer, screen));
    }
    lines.extend(gaps::gaps(assessment, answer.base_year, rulebook, screen));
    let preferred = screen.say("优先条件（不影响结论）", "Preferred (decides nothing)");
    part(&assessment.preferences, Some(preferred), &mut lines);
    let asks = answer.round_criteria.iter().any(|result| result.truth != Truth::NotApplicable);
    if let Some(title) = round_title(answer, screen).filter(|_| asks) {
        part(&answer.round_criteria, Some(&title), &mut lines);
    }
    lines.extend(benefits::benefits(assessment, screen));
    lines.extend(gaps::open_points(&assessment.version.open_points, screen));
    lines
}

/// The criteria that are chosen, as they stand in the whole.
pub(crate) fn criteria(
    facts: &Facts,
    answer: &Answer<'_>,
    chosen: fn(&CriterionResult<'_>) -> bool,
    rulebook: &Rulebook,
    screen: &Screen,
) -> Vec<String> {
    let mut lines = Vec::new();
    if let Outcome::Assessed(assessment) = &answer.outcome {
        let explainer = Explainer::new(rulebook, facts, (answer.base_year, answer.as_of));
        let chosen = assessment.criteria.iter().filter(|result| chosen(result));
        let drawn = explainer.criteria(chosen, &assessment.version.document);
        part(&drawn, None, screen, &mut lines);
    }
    lines
}

/// The heading of a round's own criteria.
fn round_title(answer: &Answer<'_>, screen: &Screen) -> Option<String> {
    let round = answer.round?;
    let name = round.label.as_ref().map(|label| label.get(screen.lang));
    let name = name.unwrap_or(screen.say("本批次", "This round"));
    let document = provenance::short(&round.document);
    Some(match screen.lang {
        Lang::Zh => {
            format!("{name}另有要求（{document}，{} 至 {}）", round.from, round.to)
        }
        Lang::En => {
            format!("{name} asks for more ({document}, {} to {})", round.from, round.to)
        }
    })
}

fn heading(answer: &Answer<'_>, screen: &Screen) -> Vec<String> {
    let lang = screen.lang;
    let title = answer.programme.title.get(lang);
    let purpose = verdict::purpose(answer.purpose);
    let mut words = format!("{title} · {}", purpose.get(lang));
    let mut remarks = Vec::new();
    if let Outcome::Assessed(assessment) = &answer.outcome {
        let version = assessment.version;
        words.push_str(&format!(" · {}", say::version(version).get(lang)));
        remarks.push((provenance::document(&version.document), Style::Dim));
        remarks.extend(standing(assessment, screen));
    }
    let mut lines = lines::heading(&words, screen);
    let style = Style::of_verdict(answer.verdict());
    let conclusion = verdict::conclusion(answer);
    let found = match &answer.outcome {
        Outcome::Assessed(assessment) => {
            match assessment.population {
                // Of criteria that are not public nothing can be said.
                _ if assessment.version.standing == Standing::Open => String::new(),
                // The verdict itself says the rest.
                Population::OneShort | Population::JudgementPending => {
                    format!(" · {}", verdict::population(assessment.population).get(lang))
                }
                _ => String::new(),
            }
        }
        Outcome::NoVersion { .. } => String::new(),
    };
    let label = screen.say("结论：", "Verdict: ");
    let words = format!("{label}{}{found}", conclusion.get(lang));
    for line in width::wrap(&words, screen.width) {
        lines.push(style.paint(&line, screen.colour));
    }
    remarks.extend(window(answer, screen));
    if answer.purpose_because == PurposeBecause::TitlesUnknown {
        let words = screen.say(
            "没有称号名单，按新申报判定；如已有称号请在数据中写明。",
            "No list of titles is at hand: judged as a new application.",
        );
        remarks.push((words.to_owned(), Style::Open));
    }
    for (words, style) in remarks {
        for line in width::wrap(&words, screen.width) {
            lines.push(style.paint(&line, screen.colour));
        }
    }
    lines
}

/// The window with its stages, and the standard by which it will judge if that is another one.
fn window(answer: &Answer<'_>, screen: &Screen) -> Vec<(String, Style)> {
    let Some(round) = answer.round else { return Vec::new() };
    let lang = screen.lang;
    let state = words::window::words(words::window::window(answer), answer.as_of);
    let mut words = match lang {
        Lang::Zh => format!("申报窗口：{} 至 {}，{}", round.from, round.to, state.zh),
        Lang::En => format!("Window: {} to {}, {}", round.from, round.to, state.en),
    };
    for stage in &round.stages {
        let (label, from, to) = (stage.label.get(lang), stage.from, stage.to);
        words.push_str(&match lang {
            Lang::Zh => format!("；{label} {from} 至 {to}"),
            Lang::En => format!("; {label} {from} to {to}"),
        });
    }
    let mut remarks = vec![(words, Style::Dim)];
    let now = answer.programme.version_on(answer.purpose, answer.as_of);
    let then = answer.programme.version_on(answer.purpose, round.from);
    if let (true, Some(then)) = (answer.as_of < round.from && now != then, then) {
        let name = say::version(then);
        let words = match lang {
            Lang::Zh => format!("该窗口按{}评定，与此处所用版本不同。", name.zh),
            Lang::En => format!("That window judges by the {}, not by the one used here.", name.en),
        };
        remarks.push((words, Style::Open));
    }
    remarks
}

/// What the version's standing and its numbers make of the verdict.
pub(crate) fn standing(assessment: &Assessment<'_>, screen: &Screen) -> Vec<(String, Style)> {
    let mut remarks = Vec::new();
    let standing = assessment.version.standing;
    if standing != Standing::Binding {
        let words = say::standing_means(standing);
        remarks.push((words.get(screen.lang).to_owned(), Style::Open));
    }
    if assessment.rests_on_recalled {
        let words = screen.say(
            "本结论用到没有人见过原文的数值（标“仅凭记忆”），不能作为依据。",
            "This verdict rests on numbers that nobody has seen in a text (marked: from memory).",
        );
        remarks.push((words.to_owned(), Style::Bad));
    }
    if let Some(note) = &assessment.version.note {
        remarks.push((note.get(screen.lang).to_owned(), Style::Dim));
    }
    remarks
}

/// Criteria under a heading, if there are any.
fn part(drawn: &[Line], title: Option<&str>, screen: &Screen, lines: &mut Vec<String>) {
    if drawn.is_empty() {
        return;
    }
    lines.push(String::new());
    for line in title.iter().flat_map(|title| width::wrap(title, screen.width)) {
        lines.push(Style::Bold.paint(&line, screen.colour));
    }
    lines.extend(lay_out(drawn, screen));
}
