//! The rulebook in force with everything that pages ask of it again and again: worked out once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use app::Law;
use catalogue::{Chapters, Reading};
use rulebook::{Number, Worked, worked_examples};
use rules::{Criterion, Programme, Version};

use super::example::{Example, examples};
use super::number::{Told, told};
use crate::api::Described;
use crate::failure::Failure;
use crate::lang::{Lang, Say};

/// The book that was opened last; another one is opened when another rulebook is in force.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<Option<Arc<Book>>>);

/// The rulebook in force.
pub(crate) struct Book {
    pub law: Arc<Law>,
    told: OnceLock<Vec<Told>>,
    worked: OnceLock<Vec<Worked>>,
    read: Mutex<BTreeMap<Key, Arc<Read>>>,
    api: [OnceLock<Described>; 2],
}

/// Programme, version, and whether in Chinese.
type Key = (String, Option<String>, bool);

/// What there is to read of a programme and one of its versions.
pub(crate) struct Read {
    pub reading: Reading,
    /// None if the programme has no version.
    pub chapters: Option<Chapters>,
    pub examples: Vec<Example>,
}

impl Shelf {
    /// The rulebook in force as a book. Opening it anew takes a while, so that it is done apart.
    pub async fn book(&self, law: Arc<Law>) -> Result<Arc<Book>, Failure> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.law.hash == law.hash) {
            return Ok(known);
        }
        let open = move || {
            let book = Book::new(law);
            book.told();
            Arc::new(book)
        };
        let book = tokio::task::spawn_blocking(open).await.map_err(app::Refusal::broken)?;
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&book));
        Ok(book)
    }
}

impl Book {
    fn new(law: Arc<Law>) -> Self {
        let (told, worked) = (OnceLock::new(), OnceLock::new());
        Self { law, told, worked, read: Mutex::default(), api: Default::default() }
    }

    /// The programmes, in the order of the rulebook.
    pub fn programmes(&self) -> &[Programme] {
        &self.law.rulebook.programmes
    }

    /// A programme.
    pub fn programme(&self, id: &str) -> Option<&Programme> {
        self.law.rulebook.programme(id)
    }

    /// Every number, in words; in the order of [`Law::numbers`].
    pub fn told(&self) -> &[Told] {
        self.told.get_or_init(|| told(&self.law))
    }

    /// Every number with its words.
    pub fn numbers(&self) -> impl Iterator<Item = (&Number, &Told)> {
        self.law.numbers().iter().zip(self.told())
    }

    /// What there is to read of a programme and a version. What nobody has asked for yet is worked out apart.
    pub async fn read(
        self: &Arc<Self>,
        programme: &str,
        version: Option<&str>,
        say: Say,
    ) -> Result<Arc<Read>, Failure> {
        let key: Key = (programme.to_owned(), version.map(str::to_owned), say.0 == Lang::Zh);
        let known = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let (book, asked) = (Arc::clone(self), key.clone());
        let reading = move || book.worked_out(&asked, say);
        let read = tokio::task::spawn_blocking(reading).await.map_err(app::Refusal::broken)?;
        let read = Arc::new(read.ok_or_else(Failure::missing)?);
        let mut kept = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(key, Arc::clone(&read));
        Ok(read)
    }

    fn worked_out(&self, (id, version, _): &Key, say: Say) -> Option<Read> {
        let (rulebook, lang) = (&self.law.rulebook, say.tongue());
        let programme = self.programme(id)?;
        let version: Option<&Version> = match version {
            Some(id) => Some(programme.versions.iter().find(|version| version.id == *id)?),
            None => None,
        };
        let worked = self.worked.get_or_init(|| worked_examples(&self.law.sources, rulebook));
        Some(Read {
            reading: catalogue::reading(programme, rulebook, lang),
            chapters: version
                .map(|version| catalogue::chapters(programme, version, rulebook, lang)),
            examples: examples(rulebook, programme, version, worked, say),
        })
    }

    /// The API, whose examples are of this law.
    pub fn api(&self, lang: Lang) -> &Described {
        let [zh, en] = &self.api;
        let api = if lang == Lang::Zh { zh } else { en };
        api.get_or_init(|| Described::new(lang, &self.law))
    }

    /// The shared definitions whose criteria a programme uses.
    pub fn shared(&self, programme: &Programme) -> Vec<&str> {
        let mut found = Vec::new();
        let versions = self.programme(&programme.id).into_iter().flat_map(|known| &known.versions);
        for criterion in versions.flat_map(|version| &version.criteria).flat_map(Criterion::walk) {
            if criterion.owner != programme.id && !found.contains(&criterion.owner.as_str()) {
                found.push(&criterion.owner);
            }
        }
        found
    }

    /// What a programme, a classification or a shared definition is called.
    pub fn title(&self, owner: &str, say: Say) -> String {
        let rulebook = &self.law.rulebook;
        if let Some(programme) = rulebook.programme(owner) {
            return say.both(&programme.title);
        }
        let class = rulebook.classifications.values().flatten().find(|class| class.id == owner);
        if let Some(class) = class {
            return say.both(&class.indicator.label);
        }
        let first = self.law.numbers().iter().find(|number| number.owner == owner);
        let label = first.and_then(|number| number.labels.first());
        label.map_or_else(|| owner.to_owned(), |label| say.both(label))
    }
}
