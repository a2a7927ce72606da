//! `tidu doctor`: examines an installation and says what to do.

use std::io::{self, Write as _};

use operation::Weight;

use super::{block_on, configured, told};
use crate::arguments::Doctor;
use crate::exit::Exit;
use crate::output::{Screen, stdout};

pub(in crate::commands) fn run(doctor: &Doctor, screen: Screen) -> io::Result<Exit> {
    let config = match configured(&doctor.settings, &screen) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    let findings = match block_on(operation::examine(&config))? {
        Ok(findings) => findings,
        Err(trouble) => return Ok(told(&trouble, &screen)),
    };
    let mut out = stdout();
    let mut bad = false;
    for finding in &findings {
        let mark = match finding.weight {
            Weight::Fine => screen.say("正常", "fine"),
            Weight::Remark => screen.say("注意", "remark"),
            Weight::Bad => {
                bad = true;
                screen.say("问题", "problem")
            }
        };
        writeln!(out, "{mark}  {}", finding.what.get(screen.lang))?;
        if finding.weight != Weight::Fine {
            writeln!(
                out,
                "      {}{}",
                screen.say("处理：", "help: "),
                finding.help.get(screen.lang)
            )?;
        }
    }
    Ok(if bad { Exit::Problems } else { Exit::Answered })
}
