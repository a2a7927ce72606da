//! Why a request was not answered as asked, and the page that says so; what programs are told stands in
//! `api::problem`. What went wrong inside goes to the log, never to the answer.

use app::caller::Owes;
use app::{Caller, Refusal, Words};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::api::Mistake;
use crate::ask::html;
use crate::fields::Unread;
use crate::frame::Frame;
use crate::lang::Say;
use crate::retry::Again;

/// Why a request was not answered as asked.
pub(crate) enum Failure {
    /// A use case or the policy refused.
    Refused(Refusal),
    /// The form is none of ours.
    Form,
    /// Something in it is no text.
    Text,
    /// It does not come from a page of ours, or from one of another session.
    Foreign,
    /// Too many bytes.
    TooLarge,
    /// Not in the form in which it is taken.
    Kind,
    /// The body did not come in time.
    Slow,
    /// The path is there, but not for this method.
    Method,
    /// Parameters of the query that cannot be taken.
    Query(Vec<Mistake>),
    /// A body that is no JSON: where, and why.
    Syntax(Words),
    /// A body that does not fit its schema.
    Body(Vec<Mistake>),
    /// A header that cannot be read.
    Header(&'static str),
    /// Changes by programs are made with a token: nothing that browsers send by themselves is enough.
    NeedsToken,
    /// A change has to say which version it changes.
    NeedsVersion,
    /// Somebody has changed the version since.
    Stale,
    /// A key that was given to another request.
    KeyReused,
}

impl Failure {
    /// There is no such thing.
    pub fn missing() -> Self {
        Self::Refused(Refusal::NotFound)
    }

    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => match refusal {
                Refusal::SignIn => StatusCode::UNAUTHORIZED,
                Refusal::GiveSecondFactor | Refusal::Forbidden(_) => StatusCode::FORBIDDEN,
                Refusal::NotFound => StatusCode::NOT_FOUND,
                Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
                Refusal::Changed | Refusal::Conflict(_) | Refusal::Repeated => StatusCode::CONFLICT,
                Refusal::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
                Refusal::Later(_) => StatusCode::SERVICE_UNAVAILABLE,
                Refusal::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Form | Self::Text | Self::Query(_) | Self::Syntax(_) | Self::Header(_) => {
                StatusCode::BAD_REQUEST
            }
            Self::Foreign | Self::NeedsToken => StatusCode::FORBIDDEN,
            Self::Body(_) | Self::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NeedsVersion => StatusCode::PRECONDITION_REQUIRED,
            Self::Stale => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Kind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
        }
    }

    /// What it is called in messages and problems.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => match refusal {
                Refusal::SignIn => "sign-in",
                Refusal::GiveSecondFactor => "second-factor",
                Refusal::Forbidden(_) => "forbidden",
                Refusal::NotFound => "not-found",
                Refusal::Invalid(_) => "invalid",
                Refusal::Changed => "changed",
                Refusal::Conflict(_) | Refusal::Repeated => "conflict",
                Refusal::TooMany { .. } => "too-many",
                Refusal::Later(_) => "later",
                Refusal::Broken(_) => "broken",
            },
            Self::Form => "form",
            Self::Text => "text",
            Self::Foreign => "foreign",
            Self::TooLarge => "too-large",
            Self::Kind => "kind",
            Self::Slow => "slow",
            Self::Method => "method",
            Self::Query(_) => "query",
            Self::Syntax(_) => "syntax",
            Self::Body(_) => "invalid",
            Self::Header(_) => "header",
            Self::NeedsToken => "token",
            Self::NeedsVersion => "version",
            Self::Stale => "stale",
            Self::KeyReused => "key",
        }
    }

    pub(crate) fn words(&self, say: Say) -> String {
        match self {
            Self::Refused(refusal) => say.text(&refusal.words()),
            Self::Syntax(what) => say.t1("error.syntax.what", "what", say.text(what)),
            Self::Header(name) => say.t1("error.header.what", "name", name),
            Self::Body(_) => say.t("error.body.what"),
            other => say.t(&format!("error.{}.what", other.code())),
        }
    }

    fn retry_after(&self) -> Option<i64> {
        match self {
            Self::Refused(Refusal::TooMany { seconds }) => Some((*seconds).max(1)),
            Self::Refused(Refusal::Later(_)) => Some(5),
            _ => None,
        }
    }

    /// The answer to somebody with a browser: a page that says what to do next.
    pub fn page(
        &self,
        frame: Frame,
        caller: Option<&Caller>,
        request: &str,
        again: Again,
    ) -> Response {
        let say = frame.say;
        let mut frame = frame;
        frame.title = say.t(&format!("error.{}.title", self.code()));
        let page = Page {
            status: self.status().as_u16(),
            what: self.words(say),
            next: self.next(caller),
            again,
            request: if self.is_ours() { request.to_owned() } else { String::new() },
            p: frame,
        };
        let answer = html(self.status(), &page).unwrap_or_else(|_| self.status().into_response());
        self.wait(answer)
    }

    /// Where somebody can settle what stands in the way.
    fn next(&self, caller: Option<&Caller>) -> Option<&'static str> {
        match self {
            Self::Refused(Refusal::Forbidden(access::Why::NeedsFactor)) => {
                Some("/own/second-factor")
            }
            Self::Refused(Refusal::Forbidden(access::Why::Owes) | Refusal::GiveSecondFactor) => {
                caller.and_then(|caller| caller.owes).map(owed)
            }
            _ => None,
        }
    }

    /// Whether somebody has to look for the reason in the log.
    fn is_ours(&self) -> bool {
        matches!(self, Self::Refused(Refusal::Broken(_) | Refusal::Later(_)))
    }

    pub(crate) fn wait(&self, mut answer: Response) -> Response {
        if let Some(seconds) = self.retry_after() {
            answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        answer
    }
}

/// Where something that is owed is settled.
pub(crate) fn owed(owes: Owes) -> &'static str {
    match owes {
        Owes::SecondFactor => "/second-factor",
        Owes::Password => "/own/password",
        Owes::SetUpSecondFactor => "/own/second-factor",
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Unread> for Failure {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::TooMany => Self::Form,
            Unread::NoText => Self::Text,
        }
    }
}

/// What is wrong with the fields of a form, for the page that shows it again. Everything else is a failure.
pub(crate) fn wrong(refusal: Refusal, say: Say) -> Result<Wrong, Failure> {
    match refusal {
        Refusal::Invalid(fields) => {
            Ok(Wrong(fields.into_iter().map(|one| (one.field, say.text(&one.why))).collect()))
        }
        // What somebody typed is worth more than a page that says what is wrong: it is shown on top of the form.
        Refusal::Conflict(words) => Ok(Wrong(vec![("", say.text(&words))])),
        other => Err(Failure::Refused(other)),
    }
}

/// Mistakes, each beside its field.
#[derive(Clone, Default)]
pub(crate) struct Wrong(pub Vec<(&'static str, String)>);

impl Wrong {
    /// Adds what is wrong with other fields.
    pub fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// What is wrong with a field.
    pub fn of(&self, field: &str) -> Vec<&str> {
        self.0.iter().filter(|(one, _)| *one == field).map(|(_, why)| why.as_str()).collect()
    }

    /// What is wrong with none of the fields that the form shows.
    pub fn beside(&self, shown: &[&str]) -> Vec<&str> {
        self.0.iter().filter(|(one, _)| !shown.contains(one)).map(|(_, why)| why.as_str()).collect()
    }

    /// The status of the page.
    pub fn status(&self) -> StatusCode {
        match self.0.as_slice() {
            [] => StatusCode::OK,
            [("", _)] => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// Refuses a file for which something was asked that cannot be read: there is no field beside which it could stand.
    pub fn for_file(self) -> Result<(), Failure> {
        match self.0.into_iter().next() {
            None => Ok(()),
            Some((field, why)) => Err(Refusal::invalid(field, why.clone(), why).into()),
        }
    }

    /// A mistake that the page itself found.
    pub fn one(field: &'static str, words: &Words, say: Say) -> Self {
        Self(vec![(field, say.text(words))])
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct Page {
    p: Frame,
    status: u16,
    what: String,
    next: Option<&'static str>,
    again: Again,
    request: String,
}
