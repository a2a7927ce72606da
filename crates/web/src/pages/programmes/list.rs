//! All programmes as a list, with what narrows and orders it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rules::Programme;
use words::programme as say_of;

use super::filters::filters;
use crate::ask::{Ask, ROWS};
use crate::lang::Say;
use crate::law::{Book, Progress, Standing, standing};
use crate::parts::list::{Column, Kind, List};
use crate::view::Cell;

/// The list with what narrows it.
pub(super) fn all(
    ask: &Ask,
    book: &Book,
    today: Date,
    progress: &BTreeMap<&str, Progress>,
) -> List {
    let say = ask.say;
    let columns = vec![
        Column::link("name", say.t("programmes.name")).sorts().small(say.t("programmes.authority")),
        Column::text("kind", say.t("programmes.kind")).sorts(),
        Column::text("subject", say.t("programmes.subject")).sorts(),
        Column::new("standing", say.t("programmes.standing"), Kind::State).sorts(),
        Column::text("version", say.t("programmes.version")),
        Column::text("period", say.t("programmes.period")),
        Column::new("checked", say.t("programmes.checked"), Kind::Figure).sorts(),
    ];
    let mut list = List::new(ask, say.t("programmes.all"), columns);
    list.filters(filters(ask, book));
    let query = |name: &str| ask.query.text(name).unwrap_or_default().to_owned();
    let (words, kind, subject) = (query("q").to_lowercase(), query("kind"), query("subject"));
    let (wanted, by, checked) = (query("standing"), query("authority"), query("checked"));
    let of =
        |programme: &Programme| progress.get(programme.id.as_str()).copied().unwrap_or_default();
    let fits = |programme: &&Programme| {
        (kind.is_empty() || programme.kind == kind)
            && (subject.is_empty() || programme.subject == subject)
            && (by.is_empty() || programme.authority.zh == by)
            && (wanted.is_empty() || standing(programme, today).code() == wanted)
            && has_words(programme, &words)
            && match checked.as_str() {
                "differs" => of(programme).differs > 0,
                "open" => of(programme).agrees < of(programme).all,
                "agrees" => of(programme).all > 0 && of(programme).agrees == of(programme).all,
                _ => true,
            }
    };
    let mut found: Vec<&Programme> = book.programmes().iter().filter(fits).collect();
    let place = |programme: &Programme| {
        let code = standing(programme, today).code();
        Standing::ALL.iter().position(|(known, _)| *known == code).unwrap_or_default()
    };
    // What decides comes first; otherwise the order of the rulebook.
    found.sort_by_key(|programme| place(programme));
    if let Some(sort) = list.sort() {
        let key = |programme: &&Programme| match sort.key.as_str() {
            "kind" => say.both(&say_of::kind(&programme.kind)),
            "subject" => say.both(&say_of::subject(&programme.subject)),
            "standing" => place(programme).to_string(),
            "checked" => {
                let of = of(programme);
                format!("{:06}", (of.agrees * 100_000).checked_div(of.all).unwrap_or(999_999))
            }
            _ => say.both(&programme.title),
        };
        found.sort_by_cached_key(key);
        if sort.down {
            found.reverse();
        }
    }
    list.total(ask, u64::try_from(found.len()).unwrap_or(u64::MAX));
    let (skip, take) = (usize::try_from(ask.skip()), usize::try_from(ROWS));
    let (skip, take) = (skip.unwrap_or(usize::MAX), take.unwrap_or(usize::MAX));
    for programme in found.into_iter().skip(skip).take(take) {
        list.row(row(programme, today, of(programme), say));
    }
    list
}

fn row(programme: &Programme, today: Date, progress: Progress, say: Say) -> Vec<Cell> {
    let stands = standing(programme, today);
    let version = stands.version().map(|version| say.both(&say_of::version(version)));
    let period = match stands {
        Standing::InForce(_, applies) => {
            Cell::Num(say.both(&say_of::period(applies.from, applies.to)))
        }
        Standing::Later(_, from) => Cell::Num(say.both(&say_of::period(from, None))),
        Standing::Over(_) | Standing::NameOnly => Cell::none(),
    };
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    vec![
        Cell::Link {
            to: format!("/programmes/{}", programme.id),
            text: say.both(&programme.title),
            small: say.both(&programme.authority),
        },
        Cell::text(say.both(&say_of::kind(&programme.kind))),
        Cell::text(say.both(&say_of::subject(&programme.subject))),
        Cell::State(stands.class(), say.t(stands.key())),
        Cell::maybe(version),
        period,
        match progress.all {
            0 => Cell::none(),
            of => {
                Cell::Progress { done: count(progress.agrees), of: count(of), text: String::new() }
            }
        },
    ]
}

/// Whether a programme has the words in its names, its authority, or the numbers of its documents.
fn has_words(programme: &Programme, words: &str) -> bool {
    let documents = programme
        .versions
        .iter()
        .map(|version| format!("{} {}", version.document.number, version.document.name));
    let texts = [&programme.title, &programme.authority]
        .into_iter()
        .flat_map(|text| [text.zh.clone(), text.en.clone()])
        .chain([programme.id.clone()])
        .chain(documents);
    let all: Vec<String> = texts.map(|text| text.to_lowercase()).collect();
    words.split_whitespace().all(|word| all.iter().any(|text| text.contains(word)))
}
