//! Which programmes are screened: those that were named, else all that have a version of the wanted
//! standing on the day and judge subjects that occur.

use std::collections::BTreeSet;

use answers::asked;
use enterprise::{Lang, Text};
use rules::{Programme, Purpose, Question, Rulebook, Standing};
use screening::Screened;
use words::programme::subject;
use words::verdict::purpose;

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
        let programme = asked::programme(wanted, rulebook, &with_text)?;
        if !kinds.contains(&programme.subject) {
            return Err(nobody(wanted, &programme.subject));
        }
        if Screened::of(rulebook, programme, question).cases.is_empty() {
            return Err(not_in_force(wanted, rulebook, programme, question));
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

/// That no version judges on the day for the purpose, and for which purposes one does.
pub(in crate::commands) fn not_in_force(
    wanted: &str,
    rulebook: &Rulebook,
    programme: &Programme,
    question: &Question,
) -> Text {
    let day = question.as_of;
    let otherwise = of_other_purposes(rulebook, programme, question);
    if let (Some(asked), false) = (question.purpose, otherwise.is_empty()) {
        let asked = purpose(asked);
        let names = otherwise.iter().map(|known| purpose(*known)).collect::<Vec<_>>();
        let zh: Vec<&str> = names.iter().map(|name| name.zh.as_str()).collect();
        let en: Vec<&str> = names.iter().map(|name| name.en.as_str()).collect();
        return Text::new(
            format!("“{wanted}”没有“{}”，{day} 可用的是：{}", asked.zh, zh.join("、")),
            format!("`{wanted}` knows no {}; on {day} there is: {}", asked.en, en.join(", ")),
        );
    }
    Text::new(
        format!("“{wanted}”在 {day} 没有可用的版本"),
        format!("`{wanted}` has no version in force on {day}"),
    )
}

/// The purposes for which the programme has a version in force, where it has none for the one asked.
fn of_other_purposes(
    rulebook: &Rulebook,
    programme: &Programme,
    question: &Question,
) -> Vec<Purpose> {
    let open = |asked: Purpose| {
        let question = Question { purpose: Some(asked), ..question.clone() };
        !Screened::of(rulebook, programme, &question).cases.is_empty()
    };
    [Purpose::New, Purpose::ReReview, Purpose::Yearly]
        .into_iter()
        .filter(|own| open(*own))
        .collect()
}

/// Programmes that would be screened if no purpose were asked for, and are not: what to say of them.
pub(in crate::commands) fn left_out(
    named: &[String],
    standings: &[Standing],
    rulebook: &Rulebook,
    question: &Question,
    kinds: &BTreeSet<String>,
) -> Option<Text> {
    let asked = question.purpose.filter(|_| named.is_empty())?;
    let any = Question { purpose: None, ..question.clone() };
    let all = programmes(named, standings, rulebook, &any, kinds).ok()?;
    let chosen = programmes(named, standings, rulebook, question, kinds).unwrap_or_default();
    let out: Vec<&Programme> =
        all.into_iter().filter(|own| chosen.iter().all(|known| known.id != own.id)).collect();
    if out.is_empty() {
        return None;
    }
    let titles = |lang: Lang| out.iter().map(|own| own.title.get(lang)).collect::<Vec<_>>();
    let asked = purpose(asked);
    Some(Text::new(
        format!("没有“{}”、因此未筛查的项目：{}", asked.zh, titles(Lang::Zh).join("、")),
        format!("not screened, since they know no {}: {}", asked.en, titles(Lang::En).join("; ")),
    ))
}
