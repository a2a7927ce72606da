//! A programme as its readers see it: what it is, when which version applies, and every version in full. What is said
//! is written once, as parts; the catalogue lays them out in Markdown, the platform as pages.

mod benefits;
mod criteria;
mod documents;
mod overview;
mod provisions;
mod score;
mod terms;
mod version;

use enterprise::Lang;
use rules::{Programme, Rulebook, Version};

use crate::paper::Paper;
use crate::part::Part;
use crate::sheet::Sheet;
use crate::{rounds, site};

pub(crate) use criteria::{Listed, table as criteria_table};

/// A programme, without its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it is: a list of names and values.
    pub about: Vec<Part>,
    /// Which version applies when.
    pub versions: Vec<Part>,
    /// Windows for applying.
    pub rounds: Vec<Part>,
    /// The documents that everything rests on.
    pub documents: Vec<Part>,
}

/// A version of a programme, chapter by chapter. A chapter about which it says nothing is empty; each of the others
/// begins with its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapters {
    /// What it is worth, its document, how long its title holds. It has no heading.
    pub head: Vec<Part>,
    /// What nobody knows yet.
    pub open: Vec<Part>,
    /// What must hold.
    pub criteria: Vec<Part>,
    /// What is taken for a fact that is missing.
    pub assumptions: Vec<Part>,
    /// How points are given.
    pub score: Vec<Part>,
    /// Who is preferred.
    pub preferences: Vec<Part>,
    /// The procedure.
    pub procedure: Vec<Part>,
    /// What to attach.
    pub materials: Vec<Part>,
    /// What holders must do.
    pub duties: Vec<Part>,
    /// What it grants.
    pub benefits: Vec<Part>,
    /// What its words mean: the indicators that it looks at.
    pub terms: Vec<Part>,
}

impl Chapters {
    /// All of them in the order of the catalogue. Taken apart, so that none is forgotten that is added.
    pub fn all(&self) -> [&[Part]; 11] {
        let Self {
            head,
            open,
            criteria,
            assumptions,
            score,
            preferences,
            procedure,
            materials,
            duties,
            benefits,
            terms,
        } = self;
        [
            head,
            open,
            criteria,
            assumptions,
            score,
            preferences,
            procedure,
            materials,
            duties,
            benefits,
            terms,
        ]
    }
}

/// A programme in words, without its versions.
pub fn reading(programme: &Programme, rulebook: &Rulebook, lang: Lang) -> Reading {
    let part = |write: &dyn Fn(&mut Paper)| Paper::written(lang, |paper| write(paper));
    Reading {
        about: part(&|paper| overview::about(paper, programme, rulebook)),
        versions: part(&|paper| overview::versions(paper, programme)),
        rounds: part(&|paper| rounds::section(paper, programme, rulebook)),
        documents: part(&|paper| documents::section(paper, programme, rulebook)),
    }
}

/// A version in words.
pub fn chapters(
    programme: &Programme,
    version: &Version,
    rulebook: &Rulebook,
    lang: Lang,
) -> Chapters {
    let part = |write: &dyn Fn(&mut Paper)| Paper::written(lang, |paper| write(paper));
    Chapters {
        head: part(&|paper| version::head(paper, version)),
        open: part(&|paper| version::open(paper, version)),
        criteria: part(&|paper| version::criteria(paper, programme, version, rulebook)),
        assumptions: part(&|paper| version::assumptions(paper, version)),
        score: part(&|paper| {
            if let Some(table) = &version.score {
                score::section(paper, programme, version, table);
            }
        }),
        preferences: part(&|paper| version::preferences(paper, programme, version, rulebook)),
        procedure: part(&|paper| provisions::procedure(paper, version)),
        materials: part(&|paper| provisions::materials(paper, version)),
        duties: part(&|paper| provisions::duties(paper, version)),
        benefits: part(&|paper| benefits::section(paper, programme, version, rulebook)),
        terms: part(&|paper| terms::section(paper, version, rulebook)),
    }
}

/// The page.
pub(crate) fn sheet(programme: &Programme, rulebook: &Rulebook, lang: Lang) -> Sheet {
    let mut sheet = Sheet::new(lang, &site::programme(&programme.id), &programme.title);
    let reading = reading(programme, rulebook, lang);
    for parts in [&reading.about, &reading.versions, &reading.rounds] {
        sheet.parts(parts);
    }
    for version in programme.versions.iter().rev() {
        let title = sheet.t(&words::programme::version(version));
        sheet.heading(2, &title, Some(&version.id));
        let of = chapters(programme, version, rulebook, lang);
        // The catalogue has a page of its own for what words mean.
        let [told @ .., _terms] = of.all();
        for parts in told {
            sheet.parts(parts);
        }
    }
    sheet.parts(&reading.documents);
    sheet
}
