//! Background jobs: how far they are, stopping them, beginning them anew; schedules; backups.

use access::Action;
use app::backups::{ask_for_backup, list_backups};
use app::jobs::{
    Kind, cancel_job, change_schedule, list_jobs, list_schedules, retry_job, show_job,
};
use serde::Deserialize;
use store::job::{Job, State};

use super::by_whom::{names, somebody};
use crate::ask::{Answer, Ask};
use crate::failure::Wrong;
use crate::lang::Say;
use crate::parts::list::{Column, Kind as Look, List};
use crate::parts::progress::Progress;
use crate::view::{Act, Block, Cell, Choice, Confirm, Field, Form, Table, View};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// The jobs in a state, or all.
pub(crate) async fn list(ask: Ask) -> Answer {
    let say = ask.say;
    let mut wrong = Wrong::default();
    let state = ask.filter("state", &mut wrong, State::from_code);
    let title = if ask.may(Action::JobRetry) { "jobs.title" } else { "nav.own-jobs" };
    let mut view = View::new(&ask, say.t(title));
    let mut states = vec![Choice::new("", say.t("list.all"), state.is_none())];
    states.extend(
        State::ALL
            .into_iter()
            .map(|one| Choice::new(one.code(), say.t(named(one).1), state == Some(one))),
    );
    let filters = Form::new("/jobs", say.t("list.search"))
        .field(Field::select("state", say.t("list.state"), states))
        .mistakes(&wrong);
    if !wrong.0.is_empty() {
        view.push(Block::Filters(filters));
        return view.show_as(&ask, wrong.status());
    }
    let found = list_jobs(ask.platform(), ask.caller()?, state, ask.page()).await?;
    let columns = vec![
        Column::link("kind", say.t("jobs.kind")),
        Column::new("state", say.t("list.state"), Look::State),
        Column::text("progress", say.t("jobs.progress")),
        Column::figure("attempts", say.t("jobs.attempts")),
        Column::new("created", say.t("jobs.created"), Look::Day),
        Column::new("finished", say.t("jobs.finished"), Look::Day),
    ];
    let mut list = List::new(&ask, say.t("jobs.title"), columns);
    list.empty(say.t("jobs.none"));
    list.filters(filters);
    for job in &found.rows {
        list.row(vec![
            Cell::Link {
                to: format!("/jobs/{}", job.id),
                text: kind(say, &job.kind),
                small: format!("#{}", job.id),
            },
            status(say, job),
            progress(job),
            Cell::Num(format!("{}/{}", job.attempts, job.attempts_allowed)),
            Cell::Num(say.time(job.created)),
            Cell::Num(say.maybe(job.finished)),
        ]);
    }
    list.total(&ask, found.total);
    view.list(&list)?;
    view.show(&ask)
}

/// What a kind of job is called.
fn kind(say: Say, code: &str) -> String {
    Kind::from_code(code)
        .map_or_else(|| code.to_owned(), |kind| say.either(kind.zh, kind.en).to_owned())
}

/// What a state is called.
pub(super) fn word(state: State, say: Say) -> String {
    say.t(named(state).1)
}

fn named(state: State) -> (&'static str, &'static str) {
    match state {
        State::Waiting => ("wait", "jobs.waiting"),
        State::Running => ("wait", "jobs.running"),
        State::Done => ("good", "jobs.done"),
        State::Dead => ("bad", "jobs.dead"),
        State::Cancelled => ("", "jobs.cancelled"),
    }
}

fn status(say: Say, job: &Job) -> Cell {
    let (class, key) = named(job.state);
    let mut all = vec![(class, say.t(key))];
    if job.cancel_asked && job.state == State::Running {
        all.push(("bad", say.t("jobs.cancel-asked")));
    }
    Cell::States(all)
}

fn progress(job: &Job) -> Cell {
    match job.of {
        Some(of) if of > 0 => {
            Cell::Progress { done: job.done, of, text: job.note.clone().unwrap_or_default() }
        }
        _ => Cell::text(job.note.clone().unwrap_or_else(|| "—".to_owned())),
    }
}

/// One job.
pub(crate) async fn show(ask: Ask) -> Answer {
    let say = ask.say;
    let job = show_job(ask.platform(), ask.caller()?, ask.id()?).await?;
    let id = job.id;
    let mut view = View::new(&ask, kind(say, &job.kind)).up("/jobs", say.t("jobs.title"));
    match job.state {
        State::Waiting | State::Running if !job.cancel_asked => {
            view.offer(
                &ask,
                Action::JobCancel,
                Act::danger(format!("/jobs/{id}/cancel"), say.t("jobs.cancel")),
            );
        }
        State::Dead | State::Cancelled => {
            view.offer(
                &ask,
                Action::JobRetry,
                Act::post(format!("/jobs/{id}/retry"), say.t("jobs.retry"), Vec::new()),
            );
        }
        _ => {}
    }
    if matches!(job.state, State::Waiting | State::Running) {
        view.part(&Progress {
            say,
            id: "work",
            label: say.t(named(job.state).1),
            done: job.done,
            of: job.of.filter(|of| *of > 0),
            note: job.note.clone().unwrap_or_default(),
            again: Some(format!("/jobs/{id}")),
        })?;
    }
    let asked = names(&ask, Action::JobList, job.asked_by).await?;
    let mut facts = vec![
        (say.t("jobs.number"), Cell::Num(id.to_string())),
        (say.t("list.state"), status(say, &job)),
        (say.t("jobs.progress"), progress(&job)),
        (say.t("jobs.attempts"), Cell::Num(format!("{}/{}", job.attempts, job.attempts_allowed))),
        (say.t("jobs.created"), Cell::Num(say.time(job.created))),
        (say.t("jobs.begins"), Cell::Num(say.time(job.run_at))),
        (say.t("jobs.started"), Cell::Num(say.maybe(job.started))),
        (say.t("jobs.finished"), Cell::Num(say.maybe(job.finished))),
        (
            say.t("jobs.by"),
            match job.asked_by {
                Some(person) => somebody(&ask, &asked, person),
                None => Cell::text(say.t("jobs.by-schedule")),
            },
        ),
    ];
    if let Some(failure) = &job.failure {
        facts.push((say.t("jobs.failure"), Cell::text(failure)));
    }
    if let Some(result) = &job.result {
        facts.push((say.t("jobs.result"), Cell::Code(result.clone())));
    }
    view.push(Block::Facts(facts));
    view.show(&ask)
}

/// Asks again before it is cancelled.
pub(crate) async fn ask_cancel(ask: Ask) -> Answer {
    let say = ask.say;
    let job = show_job(ask.platform(), ask.caller()?, ask.id()?).await?;
    if !matches!(job.state, State::Waiting | State::Running) {
        return Err(app::Refusal::conflict(
            "任务已经结束，不能取消",
            "the job has ended: it cannot be cancelled",
        )
        .into());
    }
    let here = format!("/jobs/{}", job.id);
    let form = Form::new(format!("{here}/cancel"), say.t("jobs.cancel")).cancel(here);
    let facts = vec![(say.t("jobs.kind"), Cell::text(kind(say, &job.kind)))];
    let (title, what) = (say.t("jobs.cancel"), say.t("jobs.cancel-what"));
    Confirm { title, what, facts, form, danger: true }.show(&ask, &Wrong::default())
}

/// Cancels it.
pub(crate) async fn cancel(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    let id = ask.id()?;
    cancel_job(ask.platform(), ask.caller()?, id).await?;
    ask.done(&format!("/jobs/{id}"), "job-cancelled")
}

/// Begins it anew.
pub(crate) async fn retry(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    let id = ask.id()?;
    retry_job(ask.platform(), ask.caller()?, id).await?;
    ask.done(&format!("/jobs/{id}"), "job-retried")
}

/// All schedules.
pub(crate) async fn schedules(ask: Ask) -> Answer {
    let say = ask.say;
    let all = list_schedules(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("schedules.title"));
    view.push(Block::Text(say.t("schedules.what")));
    let may = ask.may(Action::JobChangeSchedule);
    let rows = all
        .iter()
        .map(|one| {
            let to = format!("/schedules/{}", one.name);
            let act = if one.on_duty {
                Act::post(to, say.t("schedules.stop"), vec![("on", "false".to_owned())])
            } else {
                Act::post(to, say.t("schedules.start"), vec![("on", "true".to_owned())])
            };
            let state = if one.on_duty {
                Cell::State("good", say.t("schedules.on"))
            } else {
                Cell::State("bad", say.t("schedules.off"))
            };
            vec![
                Cell::text(kind(say, &one.kind)),
                when(say, &one.cron),
                Cell::Num(if one.on_duty { say.time(one.next) } else { "—".to_owned() }),
                one.last_job.map_or(Cell::text("—"), |job| {
                    Cell::link(format!("/jobs/{job}"), format!("#{job}"))
                }),
                state,
                Cell::Acts(if may { vec![act] } else { Vec::new() }),
            ]
        })
        .collect();
    let mut columns: Vec<String> =
        ["jobs.kind", "schedules.when", "schedules.next", "schedules.last", "list.state"]
            .iter()
            .map(|key| say.t(key))
            .collect();
    columns.push(String::new());
    view.table(Table { caption: String::new(), columns, rows }, say.t("schedules.none"));
    view.show(&ask)
}

/// When something is due: in words where it is daily or weekly, else as it is written.
fn when(say: Say, cron: &str) -> Cell {
    let parts: Vec<&str> = cron.split(' ').collect();
    let [minute, hour, "*", "*", day] = parts.as_slice() else {
        return Cell::Code(cron.to_owned());
    };
    let number = |text: &str| text.parse::<u8>().ok();
    let (Some(minute), Some(hour)) = (number(minute), number(hour)) else {
        return Cell::Code(cron.to_owned());
    };
    let time = format!("{hour:02}:{minute:02}");
    let text = match (*day, number(day)) {
        ("*", _) => say.t1("schedules.daily", "time", time),
        (_, Some(day @ 0..=6)) => {
            let day = say.t(&format!("weekday.{day}"));
            say.t2("schedules.weekly", ("day", day), ("time", time))
        }
        _ => return Cell::Code(cron.to_owned()),
    };
    Cell::Two { text, small: cron.to_owned() }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Duty {
    on: bool,
}

/// Puts a schedule on duty or off.
pub(crate) async fn change(ask: Ask) -> Answer {
    let Duty { on } = ask.form()?;
    change_schedule(ask.platform(), ask.caller()?, ask.part("name"), on).await?;
    ask.done("/schedules", if on { "schedule-on" } else { "schedule-off" })
}

/// The backups that are kept.
pub(crate) async fn backups(ask: Ask) -> Answer {
    let say = ask.say;
    let all = list_backups(ask.platform(), ask.caller()?).await?;
    let mut view = View::new(&ask, say.t("backups.title"));
    view.push(Block::Text(say.t("backups.what")));
    view.offer(
        &ask,
        Action::OperationBackUp,
        Act::post("/backups", say.t("backups.make"), Vec::new()),
    );
    let all = match all {
        Ok(all) => all,
        Err(why) => {
            view.push(Block::Note("wrong", say.t1("backups.unreadable-why", "why", why.0)));
            return view.show(&ask);
        }
    };
    let rows = all
        .iter()
        .map(|file| vec![Cell::Code(file.name.clone()), Cell::Num(size(file.bytes))])
        .collect();
    let columns = vec![say.t("backups.file"), say.t("backups.size")];
    view.table(Table { caption: String::new(), columns, rows }, say.t("backups.none"));
    view.show(&ask)
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// Asks for one.
pub(crate) async fn back_up(ask: Ask) -> Answer {
    let Nothing {} = ask.form()?;
    ask_for_backup(ask.platform(), ask.caller()?).await?;
    ask.done("/backups", "backup-asked")
}
