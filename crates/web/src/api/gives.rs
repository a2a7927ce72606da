//! What calls answer: one thing, a part of a list, something new, or that it was done.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use schemars::JsonSchema;
use serde::Serialize;

use super::etag;
use super::shape::Draft;
use super::takes::Paging;
use crate::ask::{Answer, Ask};
use crate::failure::Failure;
use crate::routes::Method;

/// Something that a call answers.
pub(crate) trait Gives: Sized + Send {
    /// Adds it to the shape of the call.
    fn describe(draft: &mut Draft);
    /// The answer.
    fn answer(self, ask: &Ask) -> Answer;
}

/// One thing.
pub(crate) struct One<T> {
    pub value: T,
    /// The version that a change has to name.
    pub version: Option<i64>,
}

impl<T> One<T> {
    /// Something that nobody changes.
    pub fn of(value: T) -> Self {
        Self { value, version: None }
    }
}

impl<T: Serialize + JsonSchema + Send> Gives for One<T> {
    fn describe(draft: &mut Draft) {
        draft.shape.status = 200;
        draft.shape.answer = Some(draft.given::<T>());
    }

    fn answer(self, ask: &Ask) -> Answer {
        tagged(ask, self.version, &self.value)
    }
}

/// A part of a list.
pub(crate) struct List<T> {
    pub rows: Vec<T>,
    pub total: u64,
    pub paging: Paging,
}

/// 列表的一页 | A part of a list
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}List")]
struct Part<T> {
    /// 共有多少行 | How many rows there are altogether
    total: u64,
    /// 第几页 | Which part this is
    page: u64,
    /// 每页多少行 | How many rows each part has
    per_page: u64,
    /// 本页各行 | The rows of this part
    rows: Vec<T>,
}

impl<T> List<T> {
    /// A part of something that was found as a whole.
    pub fn part(all: Vec<T>, paging: Paging) -> Self {
        let total = all.len() as u64;
        let page = paging.page();
        let most = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let rows = all.into_iter().skip(most(page.skip)).take(most(page.take)).collect();
        Self { rows, total, paging }
    }

    /// What the store has found, each made into what is shown.
    pub fn found<R>(found: store::Listed<R>, paging: Paging, show: impl FnMut(R) -> T) -> Self {
        Self { rows: found.rows.into_iter().map(show).collect(), total: found.total, paging }
    }
}

impl<T: Serialize + JsonSchema + Send> Gives for List<T> {
    fn describe(draft: &mut Draft) {
        draft.shape.status = 200;
        draft.shape.answer = Some(draft.given::<Part<T>>());
        draft.shape.listed = true;
    }

    fn answer(self, ask: &Ask) -> Answer {
        let Paging { page, per_page } = self.paging;
        let links = links(ask, self.total, self.paging);
        let part = Part { total: self.total, page, per_page, rows: self.rows };
        let mut answer = tagged(ask, None, &part)?;
        if let Ok(links) = HeaderValue::try_from(links) {
            answer.headers_mut().insert(header::LINK, links);
        }
        Ok(answer)
    }
}

/// The ways to the first, the one before, the next and the last part (RFC 8288).
fn links(ask: &Ask, total: u64, Paging { page, per_page }: Paging) -> String {
    let last = total.div_ceil(per_page).max(1);
    let ways = [
        ("first", Some(1)),
        ("prev", Some(page - 1).filter(|page| (1..=last).contains(page))),
        ("next", Some(page + 1).filter(|page| *page <= last)),
        ("last", Some(last)),
    ];
    let to = |page: u64| {
        format!("{}?{}", ask.uri.path(), ask.query.query_with("page", &page.to_string()))
    };
    let ways: Vec<String> = ways
        .into_iter()
        .filter_map(|(name, page)| Some(format!("<{}>; rel=\"{name}\"", to(page?))))
        .collect();
    ways.join(", ")
}

/// Something new.
pub(crate) struct Created<T> {
    pub value: T,
    /// Its address.
    pub at: String,
}

impl<T: Serialize + JsonSchema + Send> Gives for Created<T> {
    fn describe(draft: &mut Draft) {
        draft.shape.status = 201;
        draft.shape.answer = Some(draft.given::<T>());
        draft.shape.created = true;
    }

    fn answer(self, _: &Ask) -> Answer {
        let at = HeaderValue::try_from(self.at).map_err(app::Refusal::broken)?;
        let body = serde_json::to_vec(&self.value).map_err(app::Refusal::broken)?;
        let kind = HeaderValue::from_static("application/json");
        let headers = [(header::CONTENT_TYPE, kind), (header::LOCATION, at)];
        Ok((StatusCode::CREATED, headers, body).into_response())
    }
}

/// It was done; the version is that of the row now, if it has one.
pub(crate) struct Done(pub Option<i64>);

impl Gives for Done {
    fn describe(draft: &mut Draft) {
        draft.shape.status = 204;
    }

    fn answer(self, _: &Ask) -> Answer {
        let mut answer = StatusCode::NO_CONTENT.into_response();
        if let Some(Ok(tag)) =
            self.0.map(|version| HeaderValue::try_from(etag::of_version(version)))
        {
            answer.headers_mut().insert(header::ETAG, tag);
        }
        Ok(answer)
    }
}

/// JSON with a tag; nothing but the tag if the caller has it already.
fn tagged(ask: &Ask, version: Option<i64>, value: &impl Serialize) -> Answer {
    let body = serde_json::to_vec(value).map_err(app::Refusal::broken)?;
    if ask.route.method != Method::Get {
        let kind = HeaderValue::from_static("application/json");
        return Ok(([(header::CONTENT_TYPE, kind)], body).into_response());
    }
    let tag = etag::tag(version, &body);
    kept(ask, tag, "application/json", body)
}

/// Something that is asked for again and again.
pub(crate) fn kept(ask: &Ask, tag: String, kind: &'static str, body: Vec<u8>) -> Answer {
    let known = etag::is_known(&ask.headers, &tag);
    let mut answer: Response = match known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response(),
    };
    let headers = answer.headers_mut();
    headers.insert(header::ETAG, HeaderValue::try_from(tag).map_err(app::Refusal::broken)?);
    // A browser keeps nothing; a program may, and asks each time whether it still holds.
    if ask.caller.as_ref().is_none_or(|caller| caller.session.is_none()) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.insert(header::VARY, HeaderValue::from_static("authorization, cookie"));
    }
    Ok(answer)
}

/// A number in the path.
pub(crate) fn number(ask: &Ask, name: &str) -> Result<i64, Failure> {
    ask.part(name).parse().map_err(|_| Failure::missing())
}
