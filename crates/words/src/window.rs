//! The window for applying on a day, in words.

use enterprise::Text;
use jiff::civil::Date;
use rules::{Answer, Round};

/// How a day lies to the window.
#[derive(Debug, Clone, Copy)]
pub enum Window<'r> {
    /// In it.
    Open(&'r Round),
    /// Before it.
    Opens(&'r Round),
    /// After the last one; no later one is announced.
    Closed(&'r Round),
    /// None is known.
    NotAnnounced,
}

/// The window of an answer.
pub fn window<'r>(answer: &Answer<'r>) -> Window<'r> {
    match answer.round {
        None => Window::NotAnnounced,
        Some(round) if answer.as_of < round.from => Window::Opens(round),
        Some(round) if answer.as_of <= round.to => Window::Open(round),
        Some(round) => Window::Closed(round),
    }
}

/// The window in a few words.
pub fn words(window: Window<'_>, as_of: Date) -> Text {
    let day = |date: Date| {
        if date.year() == as_of.year() {
            format!("{:02}-{:02}", date.month(), date.day())
        } else {
            date.to_string()
        }
    };
    match window {
        Window::Open(round) => {
            Text::new(format!("开放至 {}", day(round.to)), format!("open until {}", day(round.to)))
        }
        Window::Opens(round) => {
            Text::new(format!("{} 开放", day(round.from)), format!("opens {}", day(round.from)))
        }
        Window::Closed(round) => {
            let last = day(round.to);
            Text::new(
                format!("{last} 已截止，下批未公布"),
                format!("closed {last}, next not announced"),
            )
        }
        Window::NotAnnounced => Text::new("未公布", "not announced"),
    }
}
