//! A request that has passed the gate, as handlers see it, and what they answer.

use std::net::IpAddr;
use std::sync::Arc;

use app::{Caller, Platform, Refusal};
use askama::Template;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};

use crate::cookie;
use crate::failure::{Failure, Wrong};
use crate::fields::Fields;
use crate::frame::Frame;
use crate::lang::Say;
use crate::law::Book;
use crate::look::Style;
use crate::routes::Route;
use crate::web::Shared;

/// What a handler answers.
pub(crate) type Answer = Result<Response, Failure>;

/// How many rows a page of a list has.
pub(crate) const ROWS: u64 = 50;

/// A request that has passed the gate.
pub(crate) struct Ask {
    pub shared: Arc<Shared>,
    pub route: &'static Route,
    pub caller: Option<Caller>,
    pub origin: app::Origin,
    pub address: Option<IpAddr>,
    pub say: Say,
    pub look: Style,
    /// Whether it comes from this machine, with no proxy between.
    pub local: bool,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub parts: Vec<(String, String)>,
    pub query: Fields,
    pub form: Fields,
    pub body: axum::body::Bytes,
}

impl Ask {
    pub fn platform(&self) -> &Platform {
        &self.shared.platform
    }

    /// Who asks.
    pub fn caller(&self) -> Result<&Caller, Failure> {
        self.caller.as_ref().ok_or(Failure::Refused(Refusal::SignIn))
    }

    /// Whether the policy allows the caller something: for what a page offers. What is done is asked about again.
    pub fn may(&self, action: access::Action) -> bool {
        self.caller.as_ref().is_some_and(|caller| access::decide(&caller.who, action).is_ok())
    }

    /// The law in force with everything that pages ask of it.
    pub async fn book(&self) -> Result<Arc<Book>, Failure> {
        self.shared.shelf.book(self.platform().law()).await
    }

    /// The part of a list that is asked for.
    pub fn page(&self) -> store::Page {
        store::Page { skip: self.skip(), take: ROWS }
    }

    /// What stands in a variable part of the path.
    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value)
    }

    /// A number in the path. What is no number is nothing that is here.
    pub fn id(&self) -> Result<i64, Failure> {
        self.part("id").parse().map_err(|_| Failure::missing())
    }

    /// The form.
    pub fn form<T: serde::de::DeserializeOwned>(&self) -> Result<T, Failure> {
        self.form.form().ok_or(Failure::Form)
    }

    /// The part of a list that is asked for, counted from 1.
    pub fn number(&self) -> u64 {
        self.query.text("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1)
    }

    /// What one of the filters of a list says. One that cannot be read is a mistake beside it, never left out: the
    /// rows would not be those that were asked for.
    pub fn filter<T>(
        &self,
        name: &'static str,
        wrong: &mut Wrong,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let typed = self.query.text(name)?;
        let found = read(typed);
        if found.is_none() {
            let zh = format!("没有按“{typed}”查询：请从列出的条件中选择，或按提示的样子填写");
            let en =
                format!("nothing was looked for by `{typed}`: choose one of those that are listed");
            wrong.add(Wrong::one(name, &app::Words::new(zh, en), self.say));
        }
        found
    }

    /// How many rows stand before that part.
    pub fn skip(&self) -> u64 {
        (self.number() - 1).saturating_mul(ROWS).min(i64::MAX as u64)
    }

    /// What every page needs around it.
    pub fn frame(&self, title: &str) -> Frame {
        Frame::new(self, title)
    }

    /// A page.
    pub fn show(&self, page: &impl Template) -> Answer {
        self.show_as(StatusCode::OK, page)
    }

    /// A page with a status of its own.
    pub fn show_as(&self, status: StatusCode, page: &impl Template) -> Answer {
        html(status, page)
    }

    /// Off to another page of ours.
    pub fn go(&self, path: &str) -> Answer {
        let to = HeaderValue::try_from(path).map_err(Refusal::broken)?;
        Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
    }

    /// Off to another page, which says that something was done: `done` names a message.
    pub fn done(&self, path: &str, done: &str) -> Answer {
        let joint = if path.contains('?') { '&' } else { '?' };
        self.go(&format!("{path}{joint}done={done}"))
    }

    /// Gives the browser the secret of a session with an answer.
    pub fn with_session(&self, secret: &str, mut answer: Response) -> Answer {
        let cookie = cookie::set_session(secret, self.shared.config.secure)
            .ok_or_else(|| Refusal::broken("the secret of a session does not fit into a cookie"))?;
        answer.headers_mut().append(header::SET_COOKIE, cookie);
        Ok(answer)
    }

    /// Takes the secret of the session from the browser.
    pub fn without_session(&self, mut answer: Response) -> Response {
        if let Some(cookie) = cookie::forget_session(self.shared.config.secure) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
        answer
    }

    /// A file to keep.
    pub fn file(&self, name: &str, kind: &'static str, content: impl Into<Body>) -> Answer {
        let disposition = HeaderValue::try_from(attachment(name)).map_err(Refusal::broken)?;
        let kind = HeaderValue::from_static(kind);
        let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)];
        Ok((headers, content.into()).into_response())
    }

    /// A workbook to keep.
    pub fn workbook(&self, name: &str, book: crate::workbook::Workbook) -> Answer {
        self.file(name, crate::workbook::KIND, book.finish()?)
    }
}

/// How a file is called: as it is where only plain signs stand in its name, else with the name spelled out beside a
/// plain one, for browsers that know no other.
fn attachment(name: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    if name.bytes().all(plain) {
        return format!("attachment; filename=\"{name}\"");
    }
    let end = name.rsplit('.').next().filter(|end| end.bytes().all(plain)).unwrap_or("bin");
    let spelled: String = name
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("attachment; filename=\"tidu.{end}\"; filename*=UTF-8''{spelled}")
}

/// A page as an answer.
pub(crate) fn html(status: StatusCode, page: &impl Template) -> Answer {
    let text = page.render().map_err(Refusal::broken)?;
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    Ok((status, [(header::CONTENT_TYPE, kind)], text).into_response())
}

#[cfg(test)]
mod tests {
    use super::attachment;

    #[test]
    fn files_are_called_in_any_script_and_say_nothing_else() {
        assert_eq!(attachment("audit.jsonl"), "attachment; filename=\"audit.jsonl\"");
        assert_eq!(
            attachment("人员.xlsx"),
            "attachment; filename=\"tidu.xlsx\"; filename*=UTF-8''%E4%BA%BA%E5%91%98.xlsx"
        );
        let evil = attachment("a\"\r\nSet-Cookie: x.x;y");
        assert!(!evil.contains(['\r', '\n']) && evil.matches('"').count() == 2, "{evil}");
    }
}
