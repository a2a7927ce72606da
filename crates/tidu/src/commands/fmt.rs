//! `tidu fmt`: lays out rule files, or says which are not laid out.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use enterprise::Text;
use rulebook::format;

use super::fail;
use crate::arguments::Fmt;
use crate::exit::Exit;
use crate::output::{Screen, stdout};
use crate::{file, folder};

pub(super) fn run(fmt: &Fmt, screen: Screen) -> io::Result<Exit> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in &fmt.paths {
        match folder::rule_files(path) {
            Ok(found) => files.extend(found),
            Err(text) => return Ok(fail(&screen, &text)),
        }
    }
    let mut out = stdout();
    let (mut changed, mut failed) = (0_usize, 0_usize);
    for path in &files {
        match lay_out(path, fmt.check) {
            Ok(false) => {}
            Ok(true) => {
                changed += 1;
                let word = if fmt.check {
                    screen.say("未整理", "not laid out")
                } else {
                    screen.say("已整理", "laid out")
                };
                writeln!(out, "{word}  {}", path.display())?;
            }
            Err(text) => {
                failed += 1;
                fail(&screen, &text);
            }
        }
    }
    let count = files.len();
    let summary = Text::new(
        format!("{count} 个文件，{changed} 个{}", if fmt.check { "须整理" } else { "有改动" }),
        format!("{count} files, {changed} {}", if fmt.check { "to lay out" } else { "changed" }),
    );
    writeln!(out, "{}", summary.get(screen.lang))?;
    out.flush()?;
    let clean = failed == 0 && !(fmt.check && changed > 0);
    Ok(if clean { Exit::Answered } else { Exit::Problems })
}

/// Whether the file was, or would be, changed.
fn lay_out(path: &Path, check: bool) -> Result<bool, Text> {
    let text = folder::text_of(path).map_err(|unreadable| {
        let (path, reason) = (path.display(), unreadable.reason);
        Text::new(format!("{path} {}", reason.zh), format!("{path} {}", reason.en))
    })?;
    let laid_out = format(&text).map_err(|error| {
        let line = error
            .at
            .and_then(|at| text.get(..at.start))
            .map(|before| before.matches('\n').count() + 1);
        let line = line.map(|line| format!(":{line}")).unwrap_or_default();
        Text::new(
            format!("{}{line} 不是有效的 TOML：{}", path.display(), error.message),
            format!("{}{line} is not valid TOML: {}", path.display(), error.message),
        )
    })?;
    if laid_out == text {
        return Ok(false);
    }
    if !check {
        file::write(path, laid_out.as_bytes())?;
    }
    Ok(true)
}
