//! Wordings that several readers share. Problems with one place of use are worded there.

use enterprise::{Place, Problem, ProblemKind, Text};

/// At most 40 characters of what a user wrote, on one line, for a message.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = text
        .chars()
        .take(LONGEST)
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// The operating system would not give the file.
pub(crate) fn unreadable(error: &std::io::Error) -> Box<Problem> {
    let (zh, en) = match error.kind() {
        std::io::ErrorKind::NotFound => ("找不到这个文件", "there is no such file"),
        std::io::ErrorKind::PermissionDenied => {
            ("没有读取这个文件的权限", "this file may not be read")
        }
        _ => ("读取文件时出错", "reading the file failed"),
    };
    Box::new(Problem::refused(
        ProblemKind::Unreadable,
        Text::new(format!("{zh}（{error}）"), format!("{en} ({error})")),
        Text::new("请检查路径和权限", "check the path and the permissions"),
    ))
}

/// A problem of which so far only the row is known.
pub(crate) fn located(mut problem: Box<Problem>, place: &Place) -> Box<Problem> {
    let row = problem.place.row;
    problem.place = Place { row, ..place.clone() };
    problem
}

/// “最接近的是…” for a list of what may be written; empty if nothing is alike.
pub(crate) fn nearest_hint(like: Option<&str>) -> Text {
    match like {
        None => Text::default(),
        Some(name) => {
            Text::new(format!("；最接近的是“{name}”"), format!("; the nearest is `{name}`"))
        }
    }
}

/// A refusal in a few words.
pub(crate) fn refused(
    kind: ProblemKind,
    message: (impl Into<String>, impl Into<String>),
    help: (impl Into<String>, impl Into<String>),
) -> Problem {
    Problem::refused(kind, Text::new(message.0, message.1), Text::new(help.0, help.1))
}

/// A warning in a few words.
pub(crate) fn warning(
    kind: ProblemKind,
    message: (impl Into<String>, impl Into<String>),
    help: (impl Into<String>, impl Into<String>),
) -> Problem {
    Problem::warning(kind, Text::new(message.0, message.1), Text::new(help.0, help.1))
}
