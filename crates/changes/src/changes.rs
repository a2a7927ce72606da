//! All changes between two rulebooks, by what they are changes of and by occasion.

use enterprise::Text;
use jiff::civil::Date;
use rules::{Programme, Rulebook, Standing};

use crate::catalogue::catalogue;
use crate::change::{Change, Period, Weight};
use crate::classification::classifications;
use crate::codes::codes;
use crate::definitions::Shared;
use crate::ladders::ladders;
use crate::programme::{Books, programme};
use crate::users::User;

/// What is different between two rulebooks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Changes {
    /// The weightiest first.
    pub sections: Vec<Section>,
}

/// The changes of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// What they are changes of.
    pub subject: Subject,
    /// By occasion.
    pub blocks: Vec<Block>,
}

/// What changes are changes of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A programme.
    Programme {
        /// Its id.
        id: String,
        /// Its name.
        title: Text,
        /// What it judges (`enterprise`, `cluster` …).
        judges: String,
    },
    /// Criteria that several programmes share.
    Definition {
        /// The definition's id.
        id: String,
    },
    /// A classification.
    Classification {
        /// The definition's id.
        id: String,
        /// The indicator that it gives.
        title: Text,
    },
    /// Indicators and events.
    Catalogue,
    /// A table of codes.
    Codes {
        /// Its id.
        id: String,
        /// Its name.
        title: Text,
    },
    /// A ladder.
    Ladder {
        /// Its id.
        id: String,
        /// Its name.
        title: Text,
    },
}

/// Changes on one occasion.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What happened.
    pub occasion: Occasion,
    /// The version, if it is about one.
    pub version: Option<String>,
    /// The version that it succeeds, for one that is new or withdrawn.
    pub succeeds: Option<String>,
    /// What its verdicts are worth, for one that is new or withdrawn.
    pub standing: Option<Standing>,
    /// When that is in force.
    pub effect: Vec<Period>,
    /// Its document.
    pub document: String,
    /// The versions of programmes that use what changed, where it is shared.
    pub used_by: Vec<User>,
    /// The changes, the weightiest first.
    pub changes: Vec<Change>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// A version is new.
    NewVersion,
    /// A version is gone.
    Withdrawn,
    /// A version has another text than before, for days that it had already.
    Amended,
    /// It is about the programme, definition or table as a whole.
    Programme,
    /// Windows for applying.
    Rounds,
}

/// Compares two rulebooks.
pub fn compare(old: &Rulebook, new: &Rulebook) -> Changes {
    let mut books = Books { old, new, shared: Shared::default() };
    let mut sections = Vec::new();
    for after in &new.programmes {
        sections.extend(programme(&mut books, old.programme(&after.id), Some(after)));
    }
    let gone = |before: &&Programme| new.programme(&before.id).is_none();
    for before in old.programmes.iter().filter(gone) {
        sections.extend(programme(&mut books, Some(before), None));
    }
    sections.extend(books.shared.sections());
    sections.extend(classifications(old, new));
    sections.extend(catalogue(old, new));
    sections.extend(codes(old, new));
    sections.extend(ladders(old, new));
    for block in sections.iter_mut().flat_map(|section| &mut section.blocks) {
        block.changes.sort_by_key(|change| change.weight);
    }
    // What decides comes first; otherwise the order of the rulebook stays.
    sections.sort_by_key(Section::weight);
    Changes { sections }
}

impl Changes {
    /// Every change.
    pub fn all(&self) -> impl Iterator<Item = &Change> {
        self.sections.iter().flat_map(|section| &section.blocks).flat_map(|block| &block.changes)
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }
}

impl Section {
    /// The weight of its weightiest change.
    pub fn weight(&self) -> Weight {
        let changes = self.blocks.iter().flat_map(|block| &block.changes);
        changes.map(|change| change.weight).min().unwrap_or(Weight::Source)
    }
}

impl Block {
    pub(crate) fn new(occasion: Occasion) -> Self {
        Self {
            occasion,
            version: None,
            succeeds: None,
            standing: None,
            effect: Vec::new(),
            document: String::new(),
            used_by: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// Whether any of its days has come by `day`.
    pub fn begun(&self, day: Date) -> bool {
        self.effect.iter().any(|period| period.from.is_none_or(|from| from <= day))
    }

    /// The block the other way round.
    pub(crate) fn mirrored(self) -> Self {
        Self {
            occasion: match self.occasion {
                Occasion::NewVersion => Occasion::Withdrawn,
                Occasion::Withdrawn => Occasion::NewVersion,
                same => same,
            },
            changes: self.changes.into_iter().map(Change::mirrored).collect(),
            ..self
        }
    }
}

impl Occasion {
    /// The stable word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NewVersion => "new_version",
            Self::Withdrawn => "withdrawn",
            Self::Amended => "amended",
            Self::Programme => "programme",
            Self::Rounds => "rounds",
        }
    }
}
