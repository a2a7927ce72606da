//! Programmes: by ladder, by what is in force today and what changes when, and as a list.

use std::collections::BTreeMap;

use app::confirmations::{Held, read_confirmations};
use askama::Template;
use jiff::ToSpan as _;
use jiff::civil::Date;
use rules::{Programme, Rulebook};
use words::{programme as say_of, verdict};

use crate::ask::{Answer, Ask, ROWS};
use crate::failure::Failure;
use crate::lang::Say;
use crate::law::{Book, Marks, Progress, Standing, standing};
use crate::parts::Tone;
use crate::parts::ladder::{Ladder, Rung, State};
use crate::parts::list::{Column, Kind, List};
use crate::parts::tiles::{Tile, Tiles};
use crate::parts::timeline::{Event, Timeline};
use crate::view::{Block, Cell, Choice, Field, Form, Part, View};

/// Days that lie so far back are still told.
const BACK: i32 = 60;

#[derive(Template)]
#[template(path = "law/ladders.html")]
struct Ladders {
    ladders: Vec<(String, Part, String)>,
}

/// All programmes of the rulebook in force.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let book = ask.book().await?;
    let today = app::today(ask.platform().now());
    let seen = read_confirmations(ask.platform(), ask.caller.as_ref(), None).await?;
    let marks = Marks::new(&book, &seen, say);
    let mut progress: BTreeMap<&str, Progress> = BTreeMap::new();
    let mut whole = Progress::default();
    for (at, (number, _)) in book.numbers().enumerate() {
        let Some(checked) = marks.checked(at) else { continue };
        whole.add(checked.held);
        progress.entry(&number.owner).or_default().add(checked.held);
    }
    let mut view = View::new(&ask, say.t("programmes.title"));
    view.push(Block::Text(say.t2(
        "programmes.what",
        ("day", today),
        ("hash", book.law.rulebook.short_hash()),
    )));
    view.part(&tiles(&book, today, whole, say))?;
    let rulebook = &book.law.rulebook;
    if !rulebook.ladders.is_empty() {
        view.push(Block::Heading(say.t("programmes.ladders")));
        view.part(&ladders(rulebook, today, say)?)?;
    }
    let events = events(rulebook, today, say);
    if !events.is_empty() {
        view.push(Block::Heading(say.t("programmes.when")));
        view.part(&Timeline { say, today, events })?;
    }
    view.push(Block::Heading(say.t("programmes.all")));
    view.list(&all(&ask, &book, today, &progress))?;
    view.show(&ask)
}

fn tiles(book: &Book, today: Date, whole: Progress, say: Say) -> Tiles {
    let count = |wanted: &str| {
        let all = book.programmes().iter();
        all.filter(|programme| standing(programme, today).code() == wanted).count()
    };
    let tile = |code: &str, key: &str, tone: Tone| {
        Tile::new(say.t(key), count(code), say.t("programmes.unit"))
            .to(format!("/programmes?standing={code}#list"))
            .tone(tone)
    };
    let numbers = Tile::new(
        say.t("programmes.checked"),
        format!("{}/{}", whole.agrees, whole.all),
        say.t("programmes.numbers-unit"),
    );
    let differs = match whole.differs {
        0 => String::new(),
        some => say.t1("programmes.differ", "count", some),
    };
    Tiles {
        tiles: vec![
            tile("binding", "programmes.binding", Tone::Good),
            tile("indicative", "programmes.indicative", Tone::Near),
            tile("open", "programmes.not-public", Tone::Dim),
            tile("historical", "programmes.historical", Tone::Dim),
            numbers.note(differs).to("/numbers").tone(Tone::Plain),
        ],
    }
}

fn ladders(rulebook: &Rulebook, today: Date, say: Say) -> Result<Ladders, Failure> {
    let mut all: Vec<&rules::Ladder> = rulebook.ladders.iter().collect();
    // The longest is what most readers come for.
    all.sort_by_key(|ladder| std::cmp::Reverse(ladder.rungs.len()));
    let mut ladders = Vec::new();
    for ladder in all {
        let names = |ids: Option<&Vec<String>>| {
            let known = ids.into_iter().flatten().map(|id| title(rulebook, id, say));
            known.collect::<Vec<_>>().join(say.either("、", ", "))
        };
        let rungs = ladder.rungs.iter().map(|id| {
            let known = rulebook.programme(id);
            let note = known.map(|programme| in_short(programme, today, say)).unwrap_or_default();
            let beside = names(ladder.beside.get(id));
            let fed_by = names(ladder.fed_by.get(id));
            let more = [("programmes.beside", beside), ("programmes.fed-by", fed_by)];
            let more = more
                .into_iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(key, names)| say.t1(key, "names", names));
            let note: Vec<String> = [note].into_iter().chain(more).collect();
            Rung {
                label: title(rulebook, id, say),
                to: known.map(|programme| format!("/programmes/{}", programme.id)),
                state: State::LawOnly,
                next: false,
                note: note.join(say.either("；", "; ")),
            }
        });
        let drawn = Ladder { say, title: say.both(&ladder.title), rungs: rungs.collect() };
        let note = ladder.note.as_ref().map(|note| say.both(note)).unwrap_or_default();
        ladders.push((ladder.id.clone(), Part::new(&drawn)?, note));
    }
    Ok(Ladders { ladders })
}

fn title(rulebook: &Rulebook, id: &str, say: Say) -> String {
    rulebook.programme(id).map_or_else(|| id.to_owned(), |programme| say.both(&programme.title))
}

/// `2026 版，有效`
fn in_short(programme: &Programme, today: Date, say: Say) -> String {
    let standing = standing(programme, today);
    let word = say.t(standing.key());
    match standing.version() {
        Some(version) => {
            format!("{}{}{word}", say.both(&say_of::version(version)), say.either("，", ", "))
        }
        None => word,
    }
}

/// What begins, ends or is open, from some time ago on.
fn events(rulebook: &Rulebook, today: Date, say: Say) -> Vec<Event> {
    let first = today.checked_sub(BACK.days()).unwrap_or(today);
    let mut events = Vec::new();
    for programme in &rulebook.programmes {
        let name = say.both(&programme.title);
        for version in &programme.versions {
            let label = say.both(&say_of::version(version));
            for applies in &version.applies {
                let purpose = say.both(&verdict::purpose(applies.purpose));
                let mut add = |day: Date, key: &str, tone: Tone| {
                    let words = say.t2(key, ("title", &name), ("version", &label));
                    let to = format!("/programmes/{}?version={}", programme.id, version.id);
                    events.push(Event {
                        to: Some(to),
                        note: purpose.clone(),
                        ..Event::on(day, words, tone)
                    });
                };
                if applies.from >= first {
                    add(applies.from, "programmes.begins", Tone::Good);
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

/// The list with what narrows it.
fn all(ask: &Ask, book: &Book, today: Date, progress: &BTreeMap<&str, Progress>) -> List {
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

fn filters(ask: &Ask, book: &Book) -> Form {
    let say = ask.say;
    let query = |name: &str| ask.query.text(name).unwrap_or_default();
    let select = |name: &'static str, key: &str, all: Vec<(String, String)>| {
        let chosen = query(name);
        let whole = Choice::new("", say.t("programmes.any"), chosen.is_empty());
        let all = all.into_iter().map(|(value, text)| {
            let is_chosen = value == chosen;
            Choice::new(value, text, is_chosen)
        });
        Field::select(name, say.t(key), [whole].into_iter().chain(all).collect())
    };
    let mut kinds: Vec<(String, String)> = Vec::new();
    let mut subjects: Vec<(String, String)> = Vec::new();
    let mut authorities: Vec<(String, String)> = Vec::new();
    for programme in book.programmes() {
        let kind = (programme.kind.clone(), say.both(&say_of::kind(&programme.kind)));
        let subject = (programme.subject.clone(), say.both(&say_of::subject(&programme.subject)));
        let authority = (programme.authority.zh.clone(), say.both(&programme.authority));
        for (all, one) in
            [(&mut kinds, kind), (&mut subjects, subject), (&mut authorities, authority)]
        {
            if !all.contains(&one) {
                all.push(one);
            }
        }
    }
    let standings = Standing::ALL.map(|(code, key)| (code.to_owned(), say.t(key)));
    let checked = [
        (Held::Differs.code(), "programmes.has-differing"),
        (Held::Open.code(), "programmes.has-open"),
        (Held::Agrees.code(), "programmes.all-agree"),
    ];
    let checked = checked.map(|(code, key)| (code.to_owned(), say.t(key)));
    Form::new("/programmes#list", say.t("list.search"))
        .field(Field::kind("q", say.t("programmes.words"), "search", query("q")))
        .field(select("authority", "programmes.authority", authorities))
        .field(select("subject", "programmes.subject", subjects))
        .field(select("kind", "programmes.kind", kinds))
        .field(select("standing", "programmes.standing", standings.to_vec()))
        .field(select("checked", "programmes.checked", checked.to_vec()))
}
