//! Wordings that all readers of data share. Problems with one place of use are worded there.

use std::io;

use crate::problem::{Problem, ProblemKind};
use crate::text::Text;

/// At most 40 characters of what a user wrote, on one line, for a message.
pub fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    let mut short: String = text.chars().take(LONGEST).map(plain).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}

/// “最接近的是…” for a list of what may be written; empty if nothing is alike.
pub fn nearest_hint(like: Option<&str>) -> Text {
    match like {
        None => Text::default(),
        Some(name) => {
            Text::new(format!("；最接近的是“{name}”"), format!("; the nearest is `{name}`"))
        }
    }
}

/// The operating system would not give the file.
pub fn unreadable(error: &io::Error) -> Problem {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("找不到这个文件", "there is no such file"),
        io::ErrorKind::PermissionDenied => ("没有读取这个文件的权限", "this file may not be read"),
        _ => ("读取文件时出错", "reading the file failed"),
    };
    refused(
        ProblemKind::Unreadable,
        (format!("{zh}（{error}）"), format!("{en} ({error})")),
        ("请检查路径和权限", "check the path and the permissions"),
    )
}

/// A refusal in a few words.
pub fn refused(
    kind: ProblemKind,
    message: (impl Into<String>, impl Into<String>),
    help: (impl Into<String>, impl Into<String>),
) -> Problem {
    Problem::refused(kind, Text::new(message.0, message.1), Text::new(help.0, help.1))
}

/// A warning in a few words.
pub fn warning(
    kind: ProblemKind,
    message: (impl Into<String>, impl Into<String>),
    help: (impl Into<String>, impl Into<String>),
) -> Problem {
    Problem::warning(kind, Text::new(message.0, message.1), Text::new(help.0, help.1))
}
