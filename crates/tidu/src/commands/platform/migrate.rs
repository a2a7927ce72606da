//! `tidu migrate`: brings the database up, for who wants to see it done before the platform starts.

use std::io::{self, Write as _};

use super::{block_on, configured, told};
use crate::arguments::Migrate;
use crate::exit::Exit;
use crate::output::{Screen, stdout};

pub(in crate::commands) fn run(migrate: &Migrate, screen: Screen) -> io::Result<Exit> {
    let config = match configured(&migrate.settings.0, &screen) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    match block_on(operation::bring_up(&config))? {
        Ok((from, to)) if from == to => {
            writeln!(
                stdout(),
                "{} {to}",
                screen.say("数据库已是最新：版本", "the database is up to date: version")
            )?;
            Ok(Exit::Answered)
        }
        Ok((from, to)) => {
            writeln!(
                stdout(),
                "{} {from} → {to}",
                screen.say("数据库已升级：版本", "database brought up: version")
            )?;
            Ok(Exit::Answered)
        }
        Err(trouble) => Ok(told(&trouble, &screen)),
    }
}
