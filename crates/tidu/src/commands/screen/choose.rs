//! Which programmes are screened: those that were named, else all that have a version of the wanted
//! standing on the day and judge subjects that occur.

use std::collections::BTreeSet;

use enterprise::Text;
use rules::{Programme, Question, Rulebook, Standing};
use screening::Screened;
use words::programme::subject;

use crate::commands::find;

/// The programmes, in the order of the rulebook or of the command line.
pub(in crate::commands) fn programmes<'r>(
    named: &[String],
    standings: &[Standing],
    rulebook: &'r Rulebook,
    question: &Question,
    kinds: &BTreeSet<String>,
) -> Result<Vec<&'r Programme>, Text> {
    let with_text: Vec<&Programme> =
        rulebook.programmes.iter().filter(|programme| !programme.versions.is_empty()).collect();
    let mut chosen: Vec<&Programme> = Vec::new();
    for wanted in named {
        let programme = find::programme(wanted, rulebook, &with_text)?;
        if !kinds.contains(&programme.subject) {
            return Err(nobody(wanted, &programme.subject));
        }
        if Screened::of(rulebook, programme, question).cases.is_empty() {
            return Err(not_in_force(wanted, question));
        }
        if !chosen.iter().any(|known| known.id == programme.id) {
            chosen.push(programme);
        }
    }
    if !named.is_empty() {
        return Ok(chosen);
    }
    let in_force = |programme: &&Programme| {
        let cases = Screened::of(rulebook, programme, question).cases;
        kinds.contains(&programme.subject)
            && cases.iter().any(|case| standings.contains(&case.standing))
    };
    let chosen: Vec<&Programme> = with_text.into_iter().filter(in_force).collect();
    if chosen.is_empty() {
        let day = question.as_of;
        return Err(Text::new(
            format!("{day} 没有可筛查的有效项目；用 --standing 或 --programme 指定其他项目"),
            format!(
                "no binding programme to screen on {day}; name others by --standing or --programme"
            ),
        ));
    }
    Ok(chosen)
}

fn nobody(wanted: &str, kind: &str) -> Text {
    let kind = subject(kind);
    Text::new(
        format!("“{wanted}”评的是{}，总体里没有", kind.zh),
        format!(
            "`{wanted}` judges a subject of another kind ({}); the population has none",
            kind.en
        ),
    )
}

fn not_in_force(wanted: &str, question: &Question) -> Text {
    let day = question.as_of;
    Text::new(
        format!("“{wanted}”在 {day} 没有可用的版本"),
        format!("`{wanted}` has no version in force on {day}"),
    )
}
