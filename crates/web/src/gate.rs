//! The gate that every request passes: who is it, may they, does it come from a page of ours, how large is it. Then
//! its handler; a panic there ends the request and nothing else.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use access::{Why, decide};
use app::caller::Owes;
use app::{Caller, Look, Origin, Refusal};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequestParts as _, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::FutureExt as _;

use crate::ask::{Answer, Ask};
use crate::failure::{Failure, owed};
use crate::fields::{Fields, Unread, is_typed};
use crate::frame::{Frame, Setting};
use crate::identify::{identify, token};
use crate::lang::{Lang, Say};
use crate::limits::Rate;
use crate::look::{SWITCHES, Style};
use crate::outer::{Answered, Number};
use crate::retry::Again;
use crate::routes::{Kind, Method, Route, Whom};
use crate::web::Shared;
use crate::{address, cookie, multipart, proof, retry};

/// What is known of a request before anybody has looked at who asks.
struct Arrival {
    parts: Parts,
    number: String,
    address: Option<std::net::IpAddr>,
    say: Say,
    look: Style,
    query: Fields,
    /// Why the query cannot be read, if it cannot.
    unread: Option<Unread>,
}

impl Arrival {
    fn new(shared: &Shared, parts: Parts) -> Self {
        let number = parts.extensions.get::<Number>().map(|one| one.0.clone()).unwrap_or_default();
        let address =
            address::address(&parts.extensions, &parts.headers, shared.config.proxy.as_ref());
        let read = Fields::read(parts.uri.query().unwrap_or_default().as_bytes());
        let unread = read.as_ref().err().copied();
        let query = read.unwrap_or_default();
        let lang = match is_for_programs(parts.uri.path()) {
            true => Lang::accepted(&parts.headers),
            false => query
                .text("lang")
                .and_then(Lang::from_code)
                .or_else(|| cookie::lang(&parts.headers)),
        };
        let look = Style::kept(&parts.headers);
        Self { parts, number, address, say: Say(lang.unwrap_or(Lang::Zh)), look, query, unread }
    }

    fn origin(&self) -> Origin {
        let agent = self.parts.headers.get(header::USER_AGENT);
        let agent = agent.and_then(|agent| agent.to_str().ok());
        Origin {
            address: self.address.map(|address| address.to_string()),
            agent: agent.map(|agent| agent.chars().take(200).collect()),
            request: Some(self.number.clone()),
        }
    }
}

/// Whether a path is that of something for programs, also if there is nothing.
fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/")
}

/// Answers a request by its row.
pub(crate) async fn pass(shared: Arc<Shared>, route: &'static Route, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let arrival = Arrival::new(&shared, parts);
    let (say, number, path) =
        (arrival.say, arrival.number.clone(), arrival.parts.uri.path().to_owned());
    let asked = arrival.parts.uri.path_and_query().map(ToString::to_string);
    let form_page = retry::page_of(&arrival.parts.headers);
    let switch = arrival.query.text("lang").and_then(Lang::from_code);
    let switch = switch.filter(|_| !is_for_programs(&path));
    if let Some(answer) = switch_look(&shared, route, &arrival) {
        return answer;
    }
    let setting = Setting { say, look: arrival.look, demo: shared.config.demo };
    let mut found = Found::default();
    let handled = async { answer(&shared, route, arrival, body, &mut found).await };
    let outcome = match AssertUnwindSafe(handled).catch_unwind().await {
        Ok(outcome) => outcome,
        Err(_) => {
            shared.metrics.panicked();
            tracing::error!(route = route.path, request = number, "a handler panicked");
            Err(Failure::Refused(Refusal::broken("panic")))
        }
    };
    let Found { caller, rate, typed } = found;
    let mut answer = match outcome {
        Ok(answer) => answer,
        Err(failure) => {
            log(&shared, &failure, route, &number);
            let context = Context {
                setting,
                number: &number,
                path: &path,
                asked: asked.as_deref(),
                form_page,
                typed,
            };
            refused(&failure, route, &context, caller.as_ref())
        }
    };
    if let Some(kept) = switch.and_then(|lang| cookie::set_lang(lang, shared.config.secure)) {
        answer.headers_mut().append(header::SET_COOKIE, kept);
    }
    if let Some(rate) = rate {
        rate.tell(&mut answer);
    }
    let person = caller.as_ref().map(Caller::person);
    answer.extensions_mut().insert(Answered { route: route.path, person });
    answer
}

/// What is found out on the way, which counts also if there is no answer.
#[derive(Default)]
struct Found {
    caller: Option<Caller>,
    rate: Option<Rate>,
    /// What somebody typed into a form.
    typed: Vec<String>,
}

/// Keeps another look and sends the browser to the same page as it is without the switch.
fn switch_look(shared: &Shared, route: &Route, arrival: &Arrival) -> Option<Response> {
    if (route.kind, route.method) != (Kind::Page, Method::Get) {
        return None;
    }
    let look = arrival.look.switched(&arrival.query)?;
    let path = arrival.parts.uri.path();
    let rest = arrival.query.without(&SWITCHES).to_string();
    let mut answer =
        see_other(&if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") });
    let kept = cookie::set_look(look, shared.config.secure)?;
    answer.headers_mut().append(header::SET_COOKIE, kept);
    answer.extensions_mut().insert(Answered { route: route.path, person: None });
    Some(answer)
}

/// The answer, or why there is none.
async fn answer(
    shared: &Arc<Shared>,
    route: &'static Route,
    mut arrival: Arrival,
    body: Body,
    found: &mut Found,
) -> Answer {
    if route.kind.knows_people() {
        found.caller = identify(shared, &arrival.parts.headers, arrival.origin()).await?;
    }
    admit(shared, route, found, &arrival).await?;
    let who = found.caller.clone();
    match (arrival.unread, route.kind) {
        (Some(Unread::TooMany), Kind::Api) => return Err(Failure::Query(Vec::new())),
        (Some(unread), _) => return Err(unread.into()),
        // Parameters of the API are held against its description.
        (None, Kind::Api) => {}
        (None, _) => {
            is_clear(&arrival.query)?;
            has_page(&arrival.query)?;
        }
    }
    let parts = RawPathParams::from_request_parts(&mut arrival.parts, &()).await;
    let parts = parts.map_err(|_| Failure::missing())?;
    let parts: Vec<(String, String)> =
        parts.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    if !parts.iter().all(|(_, value)| value.chars().all(is_typed)) {
        return Err(Failure::missing());
    }
    let by_token = token(&arrival.parts.headers).is_some();
    // A token is never sent by a browser on its own: only cookies have to be guarded.
    let changes = route.method != Method::Get && route.kind.knows_people() && !by_token;
    if changes && route.kind == Kind::Api {
        return Err(Failure::NeedsToken);
    }
    let guarded = changes;
    if guarded && !proof::is_from_here(&arrival.parts.headers, &shared.config) {
        return Err(Failure::Foreign);
    }
    let body = take(shared, route, &arrival.parts, body).await?;
    let (form, body) = match route.kind {
        Kind::Form => form(&arrival.parts, body)?,
        _ => (Fields::default(), body),
    };
    if guarded && let Some(session) = who.as_ref().and_then(|who| who.session.as_ref()) {
        // Before anybody is signed in there is no session to abuse; where there is one, its own forms count only.
        let header =
            arrival.parts.headers.get("x-form-secret").and_then(|given| given.to_str().ok());
        let given = form.get("_secret").or(header).unwrap_or_default();
        if !proof::same(given, &session.form_secret) && route.whom != Whom::Public {
            return Err(Failure::Foreign);
        }
    }
    found.typed = retry::typed(&form);
    let ask = Ask {
        shared: Arc::clone(shared),
        route,
        caller: who,
        origin: arrival.origin(),
        address: arrival.address,
        say: arrival.say,
        look: arrival.look,
        local: address::is_local(&arrival.parts.extensions, &arrival.parts.headers),
        uri: arrival.parts.uri,
        headers: arrival.parts.headers,
        parts,
        query: arrival.query,
        form,
        body,
    };
    (route.handler)(ask).await
}

/// Whether somebody may ask for it at all. Whose data they see of it is said by the use case.
async fn admit(
    shared: &Shared,
    route: &Route,
    found: &mut Found,
    arrival: &Arrival,
) -> Result<(), Failure> {
    let who = found.caller.as_ref();
    let action = match route.whom {
        // A watcher is no person: its handler looks at where it comes from.
        Whom::Public | Whom::Watcher => return Ok(()),
        Whom::SignedIn => {
            let who = who.ok_or(Refusal::SignIn)?;
            // What belongs to the session itself is nothing for a program.
            return match who.session {
                Some(_) => Ok(()),
                None => Err(Refusal::Forbidden(Why::TokenLacks).into()),
            };
        }
        Whom::Action(action) => action,
    };
    let who = who.ok_or(Refusal::SignIn)?;
    if route.kind == Kind::Api {
        let secret = token(&arrival.parts.headers);
        let key = secret.map_or_else(|| who.person().to_string(), str::to_owned);
        let (rate, asked) = shared.meters.ask_api(key);
        found.rate = Some(rate);
        asked?;
    }
    match decide(&who.who, action) {
        Ok(_) => Ok(()),
        // Asked again where the refusal is recorded.
        Err(why) => match Look::ask(&shared.platform, who, action).await {
            Ok(_) => Err(Refusal::Forbidden(why).into()),
            Err(refusal) => Err(refusal.into()),
        },
    }
}

/// Refuses two answers to one question: taking either, or none, would show a list that nobody has asked for. Columns are
/// chosen one by one.
fn is_clear(query: &Fields) -> Result<(), Failure> {
    let twice = |name: &str| name != "columns" && query.all(name).nth(1).is_some();
    let Some((name, _)) = query.pairs().iter().find(|(name, _)| twice(name)) else { return Ok(()) };
    let (zh, en) = (
        format!("地址中的“{name}”只能给出一次，请去掉多余的"),
        format!("`{name}` may stand in the address once only: take the others out"),
    );
    Err(Refusal::invalid("query", zh, en).into())
}

/// Refuses a page of a list that is no number: whoever asks for it must not take the first for it.
fn has_page(query: &Fields) -> Result<(), Failure> {
    let page = query.text("page").map(str::parse::<u64>);
    if page.is_some_and(|page| page.map_or(true, |page| page == 0)) {
        return Err(Refusal::invalid(
            "page",
            "页码应为从 1 开始的整数",
            "a page is a whole number from 1 on",
        )
        .into());
    }
    Ok(())
}

/// The body, if it is not too large and comes in time.
async fn take(shared: &Shared, route: &Route, parts: &Parts, body: Body) -> Result<Bytes, Failure> {
    if route.method == Method::Get {
        return Ok(Bytes::new());
    }
    let said = parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    if said.and_then(|length| length.parse().ok()).is_some_and(|length: usize| length > route.most)
    {
        return Err(Failure::TooLarge);
    }
    let reading = axum::body::to_bytes(body, route.most);
    match tokio::time::timeout(shared.config.limits.body_time, reading).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Failure::TooLarge),
        Err(_) => Err(Failure::Slow),
    }
}

/// The fields of a form, and the file that it brings, if it does.
fn form(parts: &Parts, body: Bytes) -> Result<(Fields, Bytes), Failure> {
    let said = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let said = said.ok_or(Failure::Kind)?;
    match said.split(';').next().map(|kind| kind.trim().to_ascii_lowercase()).as_deref() {
        Some("application/x-www-form-urlencoded") => Ok((Fields::read(&body)?, Bytes::new())),
        Some("multipart/form-data") => multipart::read(said, &body)
            .map(|(fields, file)| (fields, Bytes::from(file)))
            .ok_or(Failure::Form),
        _ => Err(Failure::Kind),
    }
}

/// What an answer to a failure needs.
struct Context<'a> {
    setting: Setting,
    number: &'a str,
    path: &'a str,
    asked: Option<&'a str>,
    /// The page that the form stands on.
    form_page: Option<String>,
    /// What was typed into it.
    typed: Vec<String>,
}

fn refused(
    failure: &Failure,
    route: &Route,
    context: &Context<'_>,
    caller: Option<&Caller>,
) -> Response {
    if !matches!(route.kind, Kind::Page | Kind::Form) {
        return failure.problem(context.setting.say, context.number);
    }
    let by_token = caller.is_some_and(|caller| caller.session.is_none());
    let page = route.kind == Kind::Page && !by_token;
    match failure {
        Failure::Refused(Refusal::SignIn) => {
            let form_page = context.form_page.as_deref();
            let is_form = route.kind == Kind::Form && !by_token;
            let next = if is_form { form_page } else { context.asked.filter(|_| page) };
            let mut query = url::form_urlencoded::Serializer::new(String::new());
            if let Some(next) = next.filter(|next| *next != "/") {
                query.append_pair("next", next);
            }
            if is_form {
                query.append_pair("unsaved", "yes");
            }
            let query = query.finish();
            return see_other(&match query.is_empty() {
                true => "/sign-in".to_owned(),
                false => format!("/sign-in?{query}"),
            });
        }
        Failure::Refused(Refusal::GiveSecondFactor | Refusal::Forbidden(Why::Owes)) if page => {
            if let Some(owes) = caller.and_then(|caller| caller.owes) {
                return see_other(owed(owes));
            }
        }
        _ => {}
    }
    let again = match (failure, route.kind) {
        (Failure::Refused(Refusal::Changed), Kind::Form) => {
            Again { to: context.form_page.clone(), typed: context.typed.clone() }
        }
        _ => Again::default(),
    };
    failure.page(frame(context, caller), caller, context.number, again)
}

fn frame(context: &Context<'_>, caller: Option<&Caller>) -> Frame {
    let caller = caller.filter(|caller| caller.owes != Some(Owes::SecondFactor));
    Frame::of(context.setting, "", context.path, caller)
}

fn see_other(path: &str) -> Response {
    match HeaderValue::try_from(path) {
        Ok(to) => (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn log(shared: &Shared, failure: &Failure, route: &Route, number: &str) {
    match failure {
        Failure::Refused(Refusal::Later(fault)) => {
            shared.metrics.database_failed();
            tracing::warn!(route = route.path, request = number, %fault, "not to be had at the moment");
        }
        Failure::Refused(Refusal::Broken(fault)) => {
            tracing::error!(route = route.path, request = number, %fault, "broken");
        }
        _ => {}
    }
}

/// No row has this path.
pub(crate) async fn nothing_here(shared: Arc<Shared>, request: Request) -> Response {
    outside(shared, request, &Failure::missing()).await
}

/// Rows have this path, but none has this method.
pub(crate) async fn no_such_method(shared: Arc<Shared>, request: Request) -> Response {
    outside(shared, request, &Failure::Method).await
}

async fn outside(shared: Arc<Shared>, request: Request, failure: &Failure) -> Response {
    let arrival = Arrival::new(&shared, request.into_parts().0);
    let path = arrival.parts.uri.path();
    if is_for_programs(path) {
        // Which methods there are is said by the router.
        return match (failure, &arrival.parts.method) {
            (Failure::Method, &axum::http::Method::OPTIONS) => {
                StatusCode::NO_CONTENT.into_response()
            }
            _ => failure.problem(arrival.say, &arrival.number),
        };
    }
    let caller = identify(&shared, &arrival.parts.headers, arrival.origin()).await.ok().flatten();
    let setting = Setting { say: arrival.say, look: arrival.look, demo: shared.config.demo };
    let context = Context {
        setting,
        number: &arrival.number,
        path,
        asked: None,
        form_page: None,
        typed: Vec::new(),
    };
    let frame = frame(&context, caller.as_ref());
    let mut answer = failure.page(frame, caller.as_ref(), &arrival.number, Again::default());
    let person = caller.as_ref().map(Caller::person);
    answer.extensions_mut().insert(Answered { route: "", person });
    answer
}
