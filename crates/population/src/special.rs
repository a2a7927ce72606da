//! The columns that are no facts: who the subject is, and the lists of what it holds, what happened
//! to it and what was decided about it.

use arrow::datatypes::DataType;

use crate::form::{self, Form};

/// A column that is no fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Special {
    /// The unified social credit code.
    Uscc,
    /// The identity of a subject without such a code.
    Id,
    /// The name.
    Name,
    /// What kind of subject it is; absent: an enterprise.
    Subject,
    /// Titles held now, earlier or later.
    Titles,
    /// Whether the titles are all there are. In a canonical batch never null, and there as soon as
    /// the population has titles: a list that is there is complete unless the row says otherwise.
    TitlesComplete,
    /// Titles known not to be held.
    TitlesDenied,
    /// Dated events.
    Events,
    /// For which kinds and periods the events are all there.
    Complete,
    /// Decisions of persons.
    Judgements,
    /// Relations to other enterprises.
    Relations,
    /// Values of other sources that were not taken.
    Conflicts,
}

impl Special {
    /// All of them, in the order in which a population that is written here has them.
    pub const ALL: [Self; 12] = [
        Self::Uscc,
        Self::Id,
        Self::Name,
        Self::Subject,
        Self::Titles,
        Self::TitlesComplete,
        Self::TitlesDenied,
        Self::Events,
        Self::Complete,
        Self::Judgements,
        Self::Relations,
        Self::Conflicts,
    ];

    /// The column's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Uscc => "uscc",
            Self::Id => "id",
            Self::Name => "name",
            Self::Subject => "subject",
            Self::Titles => "titles",
            Self::TitlesComplete => "titles_complete",
            Self::TitlesDenied => "titles_denied",
            Self::Events => "events",
            Self::Complete => "complete",
            Self::Judgements => "judgements",
            Self::Relations => "relations",
            Self::Conflicts => "conflicts",
        }
    }

    /// The column with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|special| special.name() == name)
    }

    /// The type in a canonical batch.
    pub fn data_type(self) -> DataType {
        self.form().data_type()
    }

    /// Whether it says who the subject is; those columns stand before the facts.
    pub(crate) fn is_identity(self) -> bool {
        matches!(self, Self::Uscc | Self::Id | Self::Name | Self::Subject)
    }

    pub(crate) fn form(self) -> Form {
        match self {
            Self::Uscc => Form::Code,
            Self::Id | Self::Name | Self::Subject => Form::Text,
            Self::Titles => Form::Records(form::TITLES),
            Self::TitlesComplete => Form::Flag,
            Self::TitlesDenied => Form::Texts,
            Self::Events => Form::Records(form::EVENTS),
            Self::Complete => Form::Records(form::COMPLETE),
            Self::Judgements => Form::Records(form::JUDGEMENTS),
            Self::Relations => Form::Records(form::RELATIONS),
            Self::Conflicts => Form::Records(form::CONFLICTS),
        }
    }
}
