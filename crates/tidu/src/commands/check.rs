//! `tidu check`: every problem of a rulebook, in one run.

use std::io::{self, Write};
use std::path::Path;

use rulebook::{Code, Severity};

use super::fail;
use crate::arguments::Check;
use crate::exit::Exit;
use crate::json::diagnostic::DiagnosticView;
use crate::law::{self, Law};
use crate::output::{Screen, stdout};
use crate::text::{diagnostics, width};

pub(super) fn run(check: &Check, rulebook: Option<&Path>, screen: Screen) -> io::Result<Exit> {
    let mut out = stdout();
    if check.list {
        list(&mut out, &screen)?;
        out.flush()?;
        return Ok(Exit::Answered);
    }
    let law = match law::load(check.folder.as_deref().or(rulebook)) {
        Ok(law) => law,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    if check.json {
        let views: Vec<DiagnosticView> = law
            .compiled
            .diagnostics
            .iter()
            .map(|diagnostic| DiagnosticView::of(diagnostic, &law.sources))
            .collect();
        serde_json::to_writer_pretty(&mut out, &views).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        for diagnostic in &law.compiled.diagnostics {
            writeln!(out, "{}", diagnostics::render(diagnostic, &law.sources, &screen))?;
        }
        writeln!(out, "{}", summary(&law, &screen))?;
    }
    out.flush()?;
    Ok(if law.compiled.is_usable() { Exit::Answered } else { Exit::Problems })
}

fn summary(law: &Law, screen: &Screen) -> String {
    let count = |severity| {
        let all = law.compiled.diagnostics.iter();
        all.filter(|diagnostic| diagnostic.severity() == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let rulebook = &law.compiled.rulebook;
    let programmes = rulebook.programmes.len();
    let versions: usize = rulebook.programmes.iter().map(|known| known.versions.len()).sum();
    let (files, hash) = (law.sources.iter().count(), rulebook.short_hash());
    if screen.lang == enterprise::Lang::Zh {
        return format!(
            "{errors} 个错误，{warnings} 个警告 · {files} 个文件，{programmes} 个项目，{versions} 个版本 · 规则库 {hash}"
        );
    }
    let many =
        |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    format!(
        "{}, {} · {}, {}, {} · rulebook {hash}",
        many(errors, "error"),
        many(warnings, "warning"),
        many(files, "file"),
        many(programmes, "programme"),
        many(versions, "version"),
    )
}

fn list(out: &mut impl Write, screen: &Screen) -> io::Result<()> {
    let longest = Code::ALL.iter().map(|code| width::of(code.as_str())).max().unwrap_or_default();
    for code in Code::ALL {
        let severity = match code.severity() {
            Severity::Error => screen.say("错误", "error  "),
            Severity::Warning => screen.say("警告", "warning"),
        };
        let name = width::pad(code.as_str(), longest);
        writeln!(out, "{name}  {severity}  {}", code.summary().get(screen.lang))?;
    }
    Ok(())
}
