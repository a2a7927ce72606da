//! The documentation of the API as a page, made from the OpenAPI document itself: whatever a reader of one knows, a
//! reader of the other does. Public: the law and the shape of the API are no secret.

mod model;
mod schema;
mod text;

use std::sync::LazyLock;

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

/// The page.
pub(crate) async fn show(ask: Ask) -> Answer {
    static BOTH: LazyLock<[Model; 2]> =
        LazyLock::new(|| [Lang::Zh, Lang::En].map(|lang| Model::of(&document(lang), lang)));
    let [zh, en] = &*BOTH;
    let api = if ask.say.0 == Lang::Zh { zh } else { en };
    ask.show(&Page { p: ask.frame(&api.title), api })
}
