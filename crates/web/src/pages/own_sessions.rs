//! Where one is signed in.

use app::own::{end_other_own_sessions, end_own_session, list_own_sessions};
use app::people::SessionSeen;

use crate::ask::{Answer, Ask};
use crate::view::{Act, Cell, Table, View};

/// One's sessions.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let sessions = list_own_sessions(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("sessions.title")).up("/own", say.t("own.title"));
    if sessions.len() > 1 {
        view.acts.push(Act::post(
            "/own/sessions/end-others",
            say.t("sessions.end-others"),
            Vec::new(),
        ));
    }
    let table = table(&ask, &sessions, |session| format!("/own/sessions/{}/end", session.id));
    view.table(table, say.t("sessions.none"));
    view.show(&ask)
}

/// Sessions as a table; where they are ended is said by `to`.
pub(super) fn table(
    ask: &Ask,
    sessions: &[SessionSeen],
    to: impl Fn(&SessionSeen) -> String,
) -> Table {
    let say = ask.say;
    let columns = vec![
        say.t("sessions.device"),
        say.t("sessions.address"),
        say.t("sessions.began"),
        say.t("sessions.seen"),
        say.t("sessions.way"),
        String::new(),
    ];
    let row = |session: &SessionSeen| {
        let agent = session.agent.as_deref().map_or_else(|| "—".to_owned(), browser);
        let end = Act::post(to(session), say.t("sessions.end"), Vec::new());
        vec![
            Cell::Two {
                text: agent,
                small: if session.is_this { say.t("sessions.this") } else { String::new() },
            },
            super::people::shown(&session.address),
            Cell::Num(say.time(session.created)),
            Cell::Num(say.time(session.seen)),
            Cell::text(say.t(match (session.second_factor, ask.shared.config.demo) {
                (true, false) => "sessions.with-factor",
                // What a demonstration waives was not shown.
                (true, true) => "sessions.in-demo",
                (false, _) => "sessions.by-password",
            })),
            if session.is_this { Cell::text("") } else { Cell::Acts(vec![end]) },
        ]
    };
    Table { caption: String::new(), columns, rows: sessions.iter().map(row).collect() }
}

/// What a browser calls itself, in short.
fn browser(agent: &str) -> String {
    let known =
        [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    let systems = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let find = |all: &[(&str, &'static str)]| {
        all.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&known), find(&systems)) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        _ => agent.chars().take(60).collect(),
    }
}

/// Ends one.
pub(crate) async fn end(ask: Ask) -> Answer {
    end_own_session(ask.platform(), ask.caller()?, ask.id()?).await?;
    ask.done("/own/sessions", "session-ended")
}

/// Ends all others.
pub(crate) async fn end_others(ask: Ask) -> Answer {
    end_other_own_sessions(ask.platform(), ask.caller()?).await?;
    ask.done("/own/sessions", "sessions-ended")
}
