//! `tidu check`: every problem of a rulebook, in one run.

use std::io::{self, Write};
use std::path::Path;

use rulebook::{Code, Severity, check_examples};

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
        if check.markdown {
            page(&mut out)?;
        } else {
            list(&mut out, &screen)?;
        }
        out.flush()?;
        return Ok(Exit::Answered);
    }
    let mut law = match law::load(check.folder.as_deref().or(rulebook)) {
        Ok(law) => law,
        Err(text) => return Ok(fail(&screen, &text)),
    };
    // Examples are read against the rules, so only where these are understood.
    if law.compiled.is_usable() {
        let examples = check_examples(&law.sources, &law.compiled.rulebook);
        law.compiled.diagnostics.extend(examples);
    }
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

/// Both languages side by side: the page is committed, and the gate compares it.
fn page(out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "# 检查项\n\n*What `tidu check` and `tidu test` report*\n")?;
    writeln!(
        out,
        "本页由 `cargo xtask generated --write` 生成。每一项都有一个坏文件的例子：`crates/tidu/tests/bad/<代码>.toml`，\n\
         旁边的 `.snap` 是程序对它的说明。错误使规则库不能使用；警告请人看一眼。\n"
    )?;
    writeln!(
        out,
        "*Generated. Each code is shown by a bad file in `crates/tidu/tests/bad` beside what the program says of\n\
         it. With an error the rulebook cannot be used; a warning asks somebody to look.*\n"
    )?;
    writeln!(out, "| 代码 | | 含义 | Meaning |\n| --- | --- | --- | --- |")?;
    for code in Code::ALL {
        let severity = match code.severity() {
            Severity::Error => "错误 error",
            Severity::Warning => "警告 warning",
        };
        let summary = code.summary();
        writeln!(out, "| `{}` | {severity} | {} | {} |", code.as_str(), summary.zh, summary.en)?;
    }
    Ok(())
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
