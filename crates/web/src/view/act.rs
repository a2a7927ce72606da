//! A link or a button.

/// A link or a button.
#[derive(Clone)]
pub(crate) struct Act {
    pub to: String,
    pub text: String,
    /// `second`, `danger` or nothing.
    pub class: &'static str,
    /// What a button sends; a link sends nothing.
    pub sends: Option<Vec<(&'static str, String)>>,
}

impl Act {
    /// A link that stands behind others.
    pub fn link(to: impl Into<String>, text: String) -> Self {
        Self { to: to.into(), text, class: "second", sends: None }
    }

    /// The link that most people look for.
    pub fn main(to: impl Into<String>, text: String) -> Self {
        Self { class: "", ..Self::link(to, text) }
    }

    /// A link to something that cannot easily be taken back.
    pub fn danger(to: impl Into<String>, text: String) -> Self {
        Self { class: "warn", ..Self::link(to, text) }
    }

    /// A button that sends something.
    pub fn post(to: impl Into<String>, text: String, sends: Vec<(&'static str, String)>) -> Self {
        Self { to: to.into(), text, class: "second", sends: Some(sends) }
    }
}
