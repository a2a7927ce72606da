//! How numbers stand with the official text, beside the words in which they stand.

use std::collections::BTreeMap;

use app::confirmations::{Held, Seen, held};
use catalogue::part::{Of, Part};
use store::confirmation::Finding;

use super::Book;
use crate::lang::Say;

/// How numbers stand with the official text: what was found about each, by its place among all numbers.
pub(crate) struct Marks<'a> {
    book: &'a Book,
    say: Say,
    seen: &'a [Seen],
}

/// How one number stands.
pub(crate) struct Checked<'a> {
    pub held: Held,
    /// What says so, the newest first.
    pub by: Vec<&'a Seen>,
}

/// A chip beside some numbers: how they stand, and where to look.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    pub class: &'static str,
    pub text: String,
    pub to: String,
}

/// How many numbers stand how.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Progress {
    pub all: usize,
    pub agrees: usize,
    pub differs: usize,
    pub outdated: usize,
}

impl Progress {
    pub fn add(&mut self, held: Held) {
        self.all += 1;
        match held {
            Held::Agrees => self.agrees += 1,
            Held::Differs => self.differs += 1,
            Held::Outdated => self.outdated += 1,
            Held::Open => {}
        }
    }
}

impl<'a> Marks<'a> {
    pub fn new(book: &'a Book, seen: &'a [Seen], say: Say) -> Self {
        Self { book, say, seen }
    }

    /// How a number stands.
    pub fn checked(&self, at: usize) -> Option<Checked<'a>> {
        let number = self.book.law.numbers().get(at)?;
        let (held, by) = held(number, self.seen);
        Some(Checked { held, by })
    }

    /// A state in words: `已核对（张三，2026-11-23）`. Names are there only for who may know them.
    pub fn words(&self, at: usize, checked: &Checked<'_>) -> String {
        let say = self.say;
        let number = self.book.law.numbers().get(at);
        match checked.held {
            Held::Open => say.t("numbers.open"),
            Held::Outdated => say.t1("numbers.outdated-on", "day", newest(&checked.by)),
            Held::Agrees | Held::Differs => {
                let decides = match checked.held {
                    Held::Differs => Finding::Differs,
                    _ => Finding::Agrees,
                };
                let by: Vec<&Seen> = checked
                    .by
                    .iter()
                    .copied()
                    .filter(|seen| seen.confirmation.finding == decides)
                    .collect();
                if by.is_empty() {
                    // Where the rule file was written.
                    let status = number.map(|number| &number.citation.status);
                    return status
                        .map(|status| say.both(&words::provenance::status(status)))
                        .unwrap_or_default();
                }
                let mut names: Vec<&str> =
                    by.iter().rev().filter_map(|seen| seen.by.as_deref()).collect();
                names.dedup();
                let key = match checked.held {
                    Held::Differs => "numbers.differs-by",
                    _ => "numbers.agrees-by",
                };
                let mut who = names.join(say.either("、", ", "));
                if !who.is_empty() {
                    who.push_str(say.either("，", ", "));
                }
                who.push_str(&newest(&by));
                say.t1(key, "who", who)
            }
        }
    }

    /// The chip for a row of a page, from all numbers in it.
    fn mark(&self, numbers: &[usize]) -> Option<Mark> {
        let all: Vec<(usize, Checked<'a>)> =
            numbers.iter().filter_map(|at| Some((*at, self.checked(*at)?))).collect();
        let (first, _) = all.first()?;
        let mut progress = Progress::default();
        all.iter().for_each(|(_, checked)| progress.add(checked.held));
        let least = all.iter().min_by_key(|(_, checked)| checked.held);
        let say = self.say;
        let (held, text) = match least {
            Some((at, checked)) if progress.agrees == 0 || progress.agrees == progress.all => {
                (checked.held, self.words(*at, checked))
            }
            Some((at, checked)) if checked.held != Held::Open => {
                (checked.held, self.words(*at, checked))
            }
            _ => {
                let (done, of) = (progress.agrees, progress.all);
                (Held::Open, say.t2("numbers.some", ("done", done), ("of", of)))
            }
        };
        let address = &self.book.told().get(*first)?.address;
        let to = match all.len() {
            1 => format!("/numbers/{address}"),
            _ => {
                let beginning = address.rsplit_once('.').map_or("", |(before, _)| before);
                format!("/numbers?at={beginning}")
            }
        };
        Some(Mark { class: class(held), text, to })
    }

    /// A chip for each place of some parts, by what the place says of its numbers.
    pub fn by_place(&self, parts: &[&Part]) -> Places {
        let mut places: BTreeMap<Place, Vec<usize>> = BTreeMap::new();
        for of in parts.iter().flat_map(|part| ofs(part)) {
            places.entry(place(of)).or_default();
        }
        for (at, number) in self.book.law.numbers().iter().enumerate() {
            // The longest beginning that has a place; of a shared definition whatever version stands there.
            let beginnings = (1..=number.path.len()).rev();
            let found = beginnings
                .filter_map(|length| number.path.get(..length))
                .flat_map(|path| [Some(&number.version), None].map(|version| (path, version)))
                .map(|(path, version)| (number.owner.clone(), version.cloned(), path.to_vec()))
                .find(|place| places.contains_key(place));
            if let Some(numbers) = found.and_then(|place| places.get_mut(&place)) {
                numbers.push(at);
            }
        }
        let marks = places
            .into_iter()
            .filter_map(|(place, numbers)| Some((place, self.mark(&numbers)?)))
            .collect();
        Places(marks)
    }
}

/// Owner, version, and the beginning of the path.
type Place = (String, Option<String>, Vec<String>);

fn place(of: &Of) -> Place {
    (of.owner.clone(), of.version.clone(), of.path.clone())
}

/// Chips by place.
pub(crate) struct Places(BTreeMap<Place, Mark>);

impl Places {
    pub fn mark(&self, of: &Of) -> Option<Mark> {
        self.0.get(&place(of)).cloned()
    }
}

fn ofs(part: &Part) -> Vec<&Of> {
    match part {
        Part::Paragraph(_, of) => of.iter().collect(),
        Part::Table(table) => table.rows.iter().filter_map(|row| row.of.as_ref()).collect(),
        Part::Heading { .. } | Part::Bullets(_) => Vec::new(),
    }
}

/// The class of a chip.
pub(crate) fn class(held: Held) -> &'static str {
    match held {
        Held::Differs => "bad",
        Held::Outdated => "wait",
        Held::Open => "",
        Held::Agrees => "good",
    }
}

/// The day of the newest.
fn newest(by: &[&Seen]) -> String {
    let last = by.iter().map(|seen| seen.confirmation.at).max();
    last.map(|at| app::today(at).to_string()).unwrap_or_default()
}
