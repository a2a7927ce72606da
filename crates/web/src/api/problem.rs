//! The answer of the API to what it cannot do: a problem (RFC 9457) that says what is wrong, field by field, and what
//! to do. Its type is an address in the documentation of this installation.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::Failure;
use crate::lang::Say;

/// Where problems are explained.
pub(crate) const EXPLAINED: &str = "/api#problem-";

/// 未能办理的原因 | Why something was not done
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProblemDetails")]
pub(crate) struct Problem {
    /// 问题的种类，也是其说明的地址 | What kind of problem, and where it is explained
    #[serde(rename = "type")]
    #[schemars(extend("format" = "uri-reference"))]
    kind: String,
    /// 种类的名称 | What the kind is called
    title: String,
    /// 状态码 | The status
    status: u16,
    /// 出了什么问题，怎么办 | What is wrong, and what to do
    detail: String,
    /// 请求编号，报修时请一并告知 | The number of the request, for whoever is asked for help
    request: String,
    /// 逐项问题 | What is wrong, one by one
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Part>,
}

/// 一项问题 | One thing that is wrong
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProblemPart")]
struct Part {
    /// 参数名，或正文中的位置（如 `rows.0.name`） | The name of a parameter, or the place in the body, such as `rows.0.name`
    field: String,
    /// 正文中位置的 JSON 指针（RFC 6901），如 `/rows/0/name`；不是正文的问题则不给出 | The place in the body as a JSON pointer (RFC 6901), such as `/rows/0/name`; not there if it is not the body that is wrong
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// 错误种类：`required`、`type`、`format`、`length`、`range`、`characters`、`code`、`twice`、`unknown-field`、`unknown-parameter`，或 `refused`（办理时发现） | The kind of mistake: `required`, `type`, `format`, `length`, `range`, `characters`, `code`, `twice`, `unknown-field`, `unknown-parameter`, or `refused` (found when it was to be done)
    code: &'static str,
    /// 哪里不对，怎么改 | What is wrong, and how to mend it
    detail: String,
}

impl Failure {
    /// The answer of the API.
    pub fn problem(&self, say: Say, request: &str) -> Response {
        let status = self.status();
        let problem = Problem {
            kind: format!("{EXPLAINED}{}", self.code()),
            title: say.t(&format!("error.{}.title", self.code())),
            status: status.as_u16(),
            detail: self.words(say),
            request: request.to_owned(),
            errors: self.parts(say),
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let language = HeaderValue::from_static(say.0.tag());
        let headers: [(HeaderName, HeaderValue); 3] = [
            (header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
            (header::CONTENT_LANGUAGE, language),
            (header::VARY, HeaderValue::from_static("accept-language, authorization, cookie")),
        ];
        let mut answer = (status, headers, body).into_response();
        if status == StatusCode::UNAUTHORIZED {
            let bearer = HeaderValue::from_static("Bearer");
            answer.headers_mut().insert(header::WWW_AUTHENTICATE, bearer);
        }
        self.wait(answer)
    }

    fn parts(&self, say: Say) -> Vec<Part> {
        match self {
            Self::Query(all) | Self::Body(all) => all
                .iter()
                .map(|one| Part {
                    field: one.field.clone(),
                    pointer: one.pointer.clone(),
                    code: one.code,
                    detail: say.text(&one.why),
                })
                .collect(),
            Self::Refused(app::Refusal::Invalid(all)) => all
                .iter()
                .map(|one| Part {
                    field: one.field.to_owned(),
                    pointer: None,
                    code: "refused",
                    detail: say.text(&one.why),
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}
