//! Several pages about one thing, beside one another: links, of which one is here.

use askama::Template;

/// Links beside one another.
#[derive(Template)]
#[template(path = "parts/tabs.html")]
pub(crate) struct Tabs {
    /// What they are about, for those who hear the page.
    pub label: String,
    pub tabs: Vec<Tab>,
}

/// A link.
#[derive(Clone, Debug)]
pub(crate) struct Tab {
    pub to: String,
    pub text: String,
    /// How many there are of it.
    pub count: Option<u64>,
    pub here: bool,
}
