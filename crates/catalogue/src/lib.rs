//! The rulebook as pages that people read: Markdown in Chinese and in English, with pictures of the
//! ladders. Rules in, texts out; nothing is judged, and no file is touched.
//!
//! What a programme's page says comes as parts ([`reading`], [`chapters`]) that know no layout, so that the platform
//! shows the same words in its own pages.

mod classifications;
mod codes;
mod events;
mod index;
mod indicators;
mod ladders;
mod markdown;
mod open;
mod paper;
pub mod part;
mod picture;
mod programme;
mod rounds;
mod sheet;
mod site;
mod uses;
mod wrap;

use enterprise::Lang;
use rules::Rulebook;

use crate::sheet::Sheet;
use crate::uses::Uses;

pub use programme::{Chapters, Reading, chapters, reading};

/// A file of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it lies below the catalogue, with forward slashes.
    pub path: String,
    /// Its text, with line feeds.
    pub text: String,
}

/// All pages in both languages, by path. The same rulebook gives the same bytes.
pub fn pages(rulebook: &Rulebook) -> Vec<Page> {
    let uses = Uses::of(rulebook);
    let mut pages: Vec<Page> = [Lang::Zh, Lang::En]
        .into_iter()
        .flat_map(|lang| in_language(rulebook, &uses, lang))
        .collect();
    pages.sort_by(|left, right| left.path.cmp(&right.path));
    pages
}

/// Whether a file says of itself that it was generated here.
pub fn is_generated(text: &str) -> bool {
    text.lines().take(3).any(|line| line.contains(site::GENERATOR))
}

fn in_language(rulebook: &Rulebook, uses: &Uses<'_>, lang: Lang) -> Vec<Page> {
    let mut sheets = vec![index::sheet(rulebook, lang)];
    sheets.extend(rulebook.programmes.iter().map(|it| programme::sheet(it, rulebook, lang)));
    sheets.extend(indicators::sheets(rulebook, uses, lang));
    sheets.extend(events::sheet(rulebook, uses, lang));
    sheets.extend(classifications::sheets(rulebook, lang));
    sheets.extend(rulebook.codes.values().map(|table| codes::sheet(table, lang)));
    let pictures = rulebook.ladders.iter().map(|ladder| Page {
        path: site::file(lang, &site::picture(&ladder.id)),
        text: picture::of(ladder, rulebook, lang),
    });
    sheets.into_iter().map(Sheet::finish).chain(pictures).collect()
}
