//! What changes when: versions that begin or end, windows for applying.

use jiff::ToSpan as _;
use jiff::civil::Date;
use rules::{Rulebook, Standing};
use words::{programme as say_of, verdict};

use super::ladders::title;
use crate::lang::Say;
use crate::parts::Tone;
use crate::parts::timeline::Event;

/// Days that lie so far back are still told.
const BACK: i32 = 60;

/// What begins, ends or is open, from some time ago on.
pub(in crate::pages) fn events(rulebook: &Rulebook, today: Date, say: Say) -> Vec<Event> {
    let first = today.checked_sub(BACK.days()).unwrap_or(today);
    let mut events = Vec::new();
    for programme in &rulebook.programmes {
        let name = say.both(&programme.title);
        for version in &programme.versions {
            let label = say.both(&say_of::version(version));
            for applies in &version.applies {
                let purpose = say.both(&verdict::purpose(applies.purpose));
                // Many first days are not those of the official text: what they are stands in the remark.
                let remark = applies.citation.note.as_ref().map(|note| say.both(note));
                let notes: Vec<String> = [purpose].into_iter().chain(remark).collect();
                let note = notes.join(say.either("；", "; "));
                let mut add = |day: Date, key: &str, tone: Tone| {
                    let words = say.t2(key, ("title", &name), ("version", &label));
                    let to = format!("/programmes/{}?version={}", programme.id, version.id);
                    events.push(Event {
                        to: Some(to),
                        note: note.clone(),
                        ..Event::on(day, words, tone)
                    });
                };
                if applies.from >= first {
                    let (key, tone) = begins(version.standing);
                    add(applies.from, key, tone);
                }
                if let Some(to) = applies.to.filter(|to| *to >= first) {
                    add(to, "programmes.ends", Tone::Near);
                }
            }
        }
    }
    for round in rulebook.rounds.iter().filter(|round| round.to >= first) {
        let words = say.t2(
            "programmes.round",
            ("title", title(rulebook, &round.programme, say)),
            ("round", say.both(&say_of::round(round))),
        );
        events.push(Event {
            from: round.from,
            until: Some(round.to),
            label: words,
            to: Some(format!("/programmes/{}#rounds", round.programme)),
            note: String::new(),
            tone: Tone::Pending,
        });
    }
    events.sort_by(|one, other| (one.from, &one.label).cmp(&(other.from, &other.label)));
    events
}

/// Only a text that decides comes into force; what is for reference or not public has a day from which it is known.
fn begins(standing: Standing) -> (&'static str, Tone) {
    match standing {
        Standing::Binding => ("programmes.begins", Tone::Good),
        Standing::Open => ("programmes.becomes-known", Tone::Dim),
        Standing::Indicative | Standing::Historical => ("programmes.for-reference", Tone::Near),
    }
}
