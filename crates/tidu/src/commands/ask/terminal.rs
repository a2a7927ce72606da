//! The conversation: lines out, lines in. Works the same in a pipe, where the answers are repeated
//! so that the transcript can be read.

use std::io::{self, BufRead as _, BufWriter, IsTerminal as _, StdinLock, StdoutLock, Write as _};

use crate::output::{Screen, stdout};

/// Both ends of the conversation.
pub(super) struct Terminal {
    pub screen: Screen,
    out: BufWriter<StdoutLock<'static>>,
    input: StdinLock<'static>,
    repeats: bool,
}

/// What somebody said.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    Words(String),
    Help,
    Skip,
    Back,
    List,
    Save,
    /// Enough; also at the end of the input.
    Quit,
}

impl Terminal {
    pub fn new(screen: Screen) -> Self {
        let repeats = !io::stdin().is_terminal();
        Self { screen, out: stdout(), input: io::stdin().lock(), repeats }
    }

    pub fn show(&mut self, lines: &[String]) -> io::Result<()> {
        for line in lines {
            writeln!(self.out, "{}", line.trim_end())?;
        }
        self.out.flush()
    }

    /// One line, after a prompt.
    pub fn ask(&mut self, prompt: &str) -> io::Result<Said> {
        write!(self.out, "{prompt}")?;
        self.out.flush()?;
        let mut bytes = Vec::new();
        if self.input.read_until(b'\n', &mut bytes)? == 0 {
            writeln!(self.out)?;
            return Ok(Said::Quit);
        }
        let words = String::from_utf8_lossy(&bytes);
        let words = words.trim_matches(['\u{FEFF}', '\u{3000}']).trim();
        if self.repeats {
            writeln!(self.out, "{words}")?;
        }
        Ok(said(words))
    }
}

fn said(words: &str) -> Said {
    match words.to_lowercase().as_str() {
        "?" | "？" | "帮助" | "help" => Said::Help,
        "-" | "－" | "—" | "——" | "不清楚" | "不知道" | "不详" | "未知" | "跳过" | "skip"
        | "unknown" => Said::Skip,
        "<" | "＜" | "《" | "返回" | "back" => Said::Back,
        "l" | "ｌ" | "列表" | "list" => Said::List,
        "s" | "保存" | "save" => Said::Save,
        "q" | "退出" | "quit" | "exit" => Said::Quit,
        _ => Said::Words(words.to_owned()),
    }
}
