//! The documentation of the API as a page, made from the OpenAPI document itself: whatever a reader of one knows, a
//! reader of the other does. Public: the law and the shape of the API are no secret.

mod model;
mod schema;
mod text;

use std::sync::Arc;

use app::Law;
use askama::Template;

use super::openapi::document;
use crate::ask::{Answer, Ask};
use crate::frame::Frame;
use crate::lang::Lang;
use model::Model;
use text::Piece;

#[derive(Template)]
#[template(path = "api.html")]
struct Page<'a> {
    p: Frame,
    api: &'a Model,
}

/// The API under a law in one language: the document, and the same for people.
pub(crate) struct Described {
    pub text: Arc<str>,
    model: Model,
}

impl Described {
    pub fn new(lang: Lang, law: &Law) -> Self {
        let document = document(lang, law);
        Self { text: document.to_string().into(), model: Model::of(&document, lang) }
    }
}

/// The page.
pub(crate) async fn show(ask: Ask) -> Answer {
    let book = ask.book().await?;
    let api = &book.api(ask.say.0).model;
    ask.show(&Page { p: ask.frame(&api.title), api })
}
