//! `tidu audit verify`: names every audit record that was altered, removed or moved.

use std::io::{self, Write as _};

use super::{block_on, configured, told};
use crate::arguments::{Audit, AuditWhat};
use crate::exit::Exit;
use crate::output::{Screen, stdout};

pub(in crate::commands) fn run(audit: &Audit, screen: Screen) -> io::Result<Exit> {
    let AuditWhat::Verify(verify) = &audit.what;
    let config = match configured(&verify.settings.0, &screen) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    let report = match &verify.file {
        Some(file) => {
            let keys = config.keys.is_file().then_some(config.keys.as_path());
            operation::verify_exported(file, keys)
        }
        None => block_on(operation::verify_audit(&config, |_, _| {}))?,
    };
    let report = match report {
        Ok(report) => report,
        Err(trouble) => return Ok(told(&trouble, &screen)),
    };
    let mut out = stdout();
    for problem in &report.problems {
        writeln!(
            out,
            "{} {}",
            screen.say("问题：", "problem:"),
            screen.say(&problem.zh(), &problem.en())
        )?;
    }
    for remark in &report.remarks {
        writeln!(
            out,
            "{} {}",
            screen.say("注意：", "remark:"),
            screen.say(&remark.zh(), &remark.en())
        )?;
    }
    if report.unlisted > 0 {
        writeln!(out, "{} {}", screen.say("另有未列出的：", "and not listed:"), report.unlisted)?;
    }
    let (records, seals, wrong) = (report.records, report.seals, report.problems.len());
    writeln!(
        out,
        "{}",
        match screen.lang {
            enterprise::Lang::Zh => format!(
                "校验 {records} 条记录、{seals} 个日封：{}",
                if wrong == 0 { "完好".to_owned() } else { format!("{wrong} 处问题") }
            ),
            enterprise::Lang::En => format!(
                "{records} records, {seals} daily seals: {}",
                if wrong == 0 { "intact".to_owned() } else { format!("{wrong} problems") }
            ),
        }
    )?;
    Ok(if report.is_clean() { Exit::Answered } else { Exit::Problems })
}
