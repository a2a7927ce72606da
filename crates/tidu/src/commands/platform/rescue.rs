//! `tidu rescue`: lets one of the three officers in again, whom no other officer can help.

use std::io::{self, Write as _};

use enterprise::Lang;

use super::{block_on, configured, told};
use crate::arguments::Rescue;
use crate::exit::Exit;
use crate::output::{Screen, stdout};

pub(in crate::commands) fn run(rescue: &Rescue, screen: Screen) -> io::Result<Exit> {
    let config = match configured(&rescue.settings.0, &screen) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    let what = operation::Rescue { password: rescue.password, second_factor: rescue.second_factor };
    let done = match block_on(operation::rescue(&config, &rescue.login, what))? {
        Ok(done) => done,
        Err(trouble) => return Ok(told(&trouble, &screen)),
    };
    let mut out = stdout();
    let operation::Closed { sessions, tokens, identities } = done.closed;
    let login = &done.login;
    writeln!(
        out,
        "{}",
        match screen.lang {
            Lang::Zh => format!(
                "已找回账号 {login}：锁定已解除，已退出 {sessions} 个会话、吊销 {tokens} 个令牌、解除 {identities} 个统一认证关联，已记入审计"
            ),
            Lang::En => format!(
                "{login} is let in again: a lock is taken away, {sessions} sessions have ended, {tokens} tokens are revoked and {identities} accounts at a provider are linked no more; it is recorded"
            ),
        }
    )?;
    if rescue.second_factor {
        writeln!(
            out,
            "{}",
            screen.say(
                "二次验证已取消，下次登录时须重新设置",
                "the second factor is taken away: another has to be set up at the next sign-in"
            )
        )?;
    }
    if let Some(password) = &done.password {
        writeln!(
            out,
            "{}",
            screen.say(
                "一次性密码只显示这一次，登录后须立即修改：",
                "a password for one time, shown this once, to be changed at the sign-in:"
            )
        )?;
        writeln!(out, "  {password}")?;
    }
    out.flush()?;
    Ok(Exit::Answered)
}
