//! In place of what cannot be shown: there is nothing, it is being made, it failed, it is not for the reader, it is
//! too old. Each says what to do next.

use askama::Template;

use crate::view::Act;

/// In place of what cannot be shown.
#[derive(Template)]
#[template(path = "parts/notice.html")]
pub(crate) struct Notice {
    pub kind: Kind,
    pub title: String,
    /// Why, and what to do. May be empty.
    pub text: String,
    /// Links only: a notice sends nothing.
    pub acts: Vec<Act>,
}

/// Why there is nothing to show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// There is nothing yet, or nothing of the sort.
    Empty,
    /// It is being made.
    Loading,
    /// It failed.
    Failed,
    /// It is not for the reader.
    NotAllowed,
    /// It is too old, or its time is over.
    Expired,
}

impl Kind {
    fn class(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Loading => "loading",
            Self::Failed => "failed",
            Self::NotAllowed => "not-allowed",
            Self::Expired => "expired",
        }
    }
}

impl Notice {
    pub fn new(kind: Kind, title: impl Into<String>, text: impl Into<String>) -> Self {
        Self { kind, title: title.into(), text: text.into(), acts: Vec::new() }
    }

    pub fn act(mut self, act: Act) -> Self {
        self.acts.push(act);
        self
    }
}
