//! A part of a page.

use askama::Template;

use super::{Act, Cell, Form, Pager, Table};
use crate::failure::Failure;

/// A part of a page.
pub(crate) enum Block {
    Heading(String),
    Text(String),
    /// A remark: its class (`done`, `wrong`, `wait`, or nothing) and its text.
    Note(&'static str, String),
    /// Something that is shown once: what it is, and the text to copy.
    Secret(String, String),
    Facts(Vec<(String, Cell)>),
    Table(Table),
    /// There is nothing; says why, and what to do.
    Empty(String),
    Pager(Pager),
    Form(Form),
    /// A form that narrows a list.
    Filters(Form),
    Acts(Vec<Act>),
    /// A text of a machine.
    Code(String),
    /// What has a template of its own.
    Part(Part),
}

/// A rendered part of a page. It is made from templates only, which escape what they are given.
#[derive(Clone, Default)]
pub(crate) struct Part(String);

impl Part {
    pub fn new(template: &impl Template) -> Result<Self, Failure> {
        template.render().map(Self).map_err(|error| app::Refusal::broken(error).into())
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Part {}
