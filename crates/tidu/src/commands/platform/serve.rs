//! `tidu serve`: the platform until somebody stops it.

use std::io::{self, Write as _};
use std::path::Path;

use operation::{Config, Running, start_log};

use super::{VERSION, block_on, configured, told};
use crate::arguments::Serve;
use crate::commands::usable;
use crate::exit::Exit;
use crate::law;
use crate::output::{Screen, complain, stdout};

pub(in crate::commands) fn run(
    serve: &Serve,
    rulebook: Option<&Path>,
    screen: Screen,
) -> io::Result<Exit> {
    let config = match configured(&serve.settings, &screen) {
        Ok(config) => config,
        Err(exit) => return Ok(exit),
    };
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    start_log(config.log_form, config.log_level);
    if config.is_in_the_open() {
        complain(screen.say(
            "警告：监听地址对外开放，而 public_url 没有说明前面有 TLS：密码会以明文经过网络。请在前面放置 TLS 反向代理并设置 public_url = \"https://…\"",
            "warning: others can reach this address, and public_url does not say that TLS stands in front: passwords would \
             cross the network in the clear. Put a TLS proxy in front and set public_url = \"https://…\"",
        ));
    }
    let served = block_on(operation::serve(&config, &law.sources, VERSION, |running| {
        // That nobody reads it is no reason to stop.
        announce(running, &config, &screen).is_ok()
    }))?;
    Ok(match served {
        Ok(()) => Exit::Answered,
        Err(trouble) => told(&trouble, &screen),
    })
}

/// Says where the platform is and, the first time, who can sign in.
fn announce(running: &Running<'_>, config: &Config, screen: &Screen) -> io::Result<()> {
    let mut out = stdout();
    if let Some((from, to)) = running.start.migrated.filter(|(from, _)| *from > 0) {
        writeln!(
            out,
            "{} {from} → {to}",
            screen.say("数据库已升级：版本", "database brought up: version")
        )?;
    }
    writeln!(out, "{} {}", screen.say("平台地址：", "the platform:"), running.url)?;
    writeln!(out, "{} {}", screen.say("数据库：", "database:"), config.place)?;
    if running.start.carries_another {
        writeln!(
            out,
            "{}",
            screen.say(
                "程序自带的规则库与正在使用的不同，可在“规则库”页面比较后启用",
                "the program carries another rulebook than the one in force: compare and switch on the page of rulebooks"
            )
        )?;
    }
    if let Some(first) = &running.start.accounts {
        writeln!(
            out,
            "{}",
            screen.say(
                "\n首次启动，三员账号的一次性密码只显示这一次，首次登录时须修改：",
                "\nfirst start: accounts of the three officers. The passwords are shown this once and have to be changed at \
                 the first sign-in:"
            )
        )?;
        for (role, login, password) in &first.accounts {
            let words = role.words();
            writeln!(out, "  {login:<10} {password}   {}", screen.say(words.zh, words.en))?;
        }
    }
    writeln!(out, "{}", screen.say("\n按 Ctrl-C 停止", "\nCtrl-C stops it"))?;
    out.flush()
}
