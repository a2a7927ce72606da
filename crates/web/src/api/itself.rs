//! The API about itself: its OpenAPI document.

use std::sync::Arc;

use access::Words;
use schemars::JsonSchema;
use serde::Deserialize;

use super::call::{Call, says};
use super::etag;
use super::gives::{Gives, kept};
use super::shape::Draft;
use super::takes::Query;
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::lang::Lang;

/// The document, as it is served.
pub(crate) struct Document(Arc<str>);

/// OpenAPI 文档 | The OpenAPI document
#[derive(JsonSchema)]
#[schemars(rename = "OpenApi")]
#[allow(dead_code, reason = "only its schema is used")]
struct Shape {
    /// OpenAPI 的版本 | The version of OpenAPI
    openapi: String,
}

impl Gives for Document {
    fn describe(draft: &mut Draft) {
        draft.shape.status = 200;
        draft.shape.answer = Some(draft.given::<Shape>());
    }

    fn answer(self, ask: &Ask) -> Answer {
        let body = self.0.as_bytes().to_vec();
        kept(ask, etag::tag(None, &body), "application/json", body)
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Wanted {
    /// 语言；默认按 Accept-Language | The language; by default as Accept-Language says
    lang: Option<Which>,
}

#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Which {
    Zh,
    En,
}

/// The document.
pub(crate) struct OpenApi;

impl Call for OpenApi {
    const ID: &'static str = "openapi";
    const SUMMARY: Words = says("本接口的 OpenAPI 文档", "The OpenAPI document of this API");
    type Takes = Query<Wanted>;
    type Gives = Document;

    async fn call(ask: &Ask, Query(wanted): Self::Takes) -> Result<Document, Failure> {
        let lang = match wanted.lang {
            Some(Which::Zh) => Lang::Zh,
            Some(Which::En) => Lang::En,
            None => ask.say.0,
        };
        Ok(Document(Arc::clone(&ask.book().await?.api(lang).text)))
    }
}
