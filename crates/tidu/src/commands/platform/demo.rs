//! `tidu demo`: a platform over a made-up city until somebody stops it.

use std::io::{self, IsTerminal as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;

use enterprise::Lang;
use operation::{DemoStep, DemoWish, RunningDemo, start_quiet_log};
use words::amounts::separated;

use super::{VERSION, block_on, told};
use crate::arguments::Demo;
use crate::commands::usable;
use crate::exit::Exit;
use crate::law;
use crate::output::{Screen, stdout};
use crate::text::table::{Cell, Column, Table};

pub(in crate::commands) fn run(
    demo: &Demo,
    rulebook: Option<&Path>,
    screen: Screen,
) -> io::Result<Exit> {
    let law = match usable(law::load(rulebook), &screen) {
        Ok(law) => law,
        Err(exit) => return Ok(exit),
    };
    start_quiet_log();
    let wish = DemoWish {
        data: demo.data.clone(),
        listen: demo.listen,
        entities: demo.enterprises,
        exposed: demo.expose,
    };
    let mut progress = Progress { screen, shown: false };
    let mut step = |step| {
        progress.say(step);
        ControlFlow::Continue(())
    };
    let served = block_on(operation::demo(&wish, &law.sources, VERSION, &mut step, |running| {
        clear();
        // That nobody reads it is no reason to stop.
        let _ = announce(running, &screen);
    }))?;
    Ok(match served {
        Ok(()) => Exit::Answered,
        Err(trouble) => {
            clear();
            told(&trouble, &screen)
        }
    })
}

/// One line on how far the first start is: on a terminal it is written over, elsewhere each step is said once.
struct Progress {
    screen: Screen,
    shown: bool,
}

impl Progress {
    fn say(&mut self, step: DemoStep) {
        let words = match (self.screen.lang, step) {
            (Lang::Zh, DemoStep::Making(done, all)) => {
                format!("首次启动：生成虚构城市 {} / {} 户", count(done), count(all))
            }
            (Lang::En, DemoStep::Making(done, all)) => {
                format!("first start: making the city up, {} of {}", count(done), count(all))
            }
            (Lang::Zh, DemoStep::Screening) => "首次启动：按现行规则库筛查全部企业".to_owned(),
            (Lang::En, DemoStep::Screening) => {
                "first start: screening everybody by the rulebook in force".to_owned()
            }
            (Lang::Zh, DemoStep::Entering) => "首次启动：建立单位和账号".to_owned(),
            (Lang::En, DemoStep::Entering) => {
                "first start: entering organisations and accounts".to_owned()
            }
        };
        let first = !std::mem::replace(&mut self.shown, true);
        let mut err = io::stderr().lock();
        // Nobody waits for this line.
        let _ = match (io::stderr().is_terminal(), step) {
            (true, _) => write!(err, "\r\x1b[2K{words}").and_then(|()| err.flush()),
            (false, DemoStep::Making(..)) if !first => Ok(()),
            (false, _) => writeln!(err, "{words}"),
        };
    }
}

fn clear() {
    if io::stderr().is_terminal() {
        let _ = io::stderr().lock().write_all(b"\r\x1b[2K");
    }
}

fn count(number: u64) -> String {
    separated(&number.to_string())
}

/// Says where it is, who can sign in, and that all of it is made up.
fn announce(running: &RunningDemo<'_>, screen: &Screen) -> io::Result<()> {
    let mut out = stdout();
    let (url, entities) = (running.url, count(running.entities));
    let head = match screen.lang {
        Lang::Zh => format!("演示平台：虚构城市 {entities} 户，全部数据均为虚构"),
        Lang::En => {
            format!("A demonstration: a made-up city of {entities} entities; nothing in it is real")
        }
    };
    writeln!(out, "{head}\n")?;
    writeln!(out, "{} {url}", screen.say("平台地址：", "the platform:"))?;
    match running.password {
        Some(password) => writeln!(
            out,
            "{} {password}",
            screen.say("所有账号的口令：", "password of every account:")
        )?,
        None => writeln!(
            out,
            "{}",
            screen.say(
                "口令文件不在了；可删除数据文件夹重新开始",
                "the file of the password is gone: remove the folder to begin anew"
            )
        )?,
    }
    writeln!(out)?;
    for line in table(running, screen).lines(screen.width, screen.colour) {
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out)?;
    let (data, file) = (running.data.display(), running.password_file.display());
    match screen.lang {
        Lang::Zh => {
            writeln!(
                out,
                "除 security 外，各账号凭口令即可登录，不要求二次验证；这只在演示平台如此。"
            )?;
            writeln!(out, "数据在 {data}，下次启动接着用；口令也在 {file}。")?;
            writeln!(out, "\n按 Ctrl-C 停止")?;
        }
        Lang::En => {
            writeln!(
                out,
                "Every account but `security` signs in with the password alone: no second factor, in a demonstration only."
            )?;
            writeln!(
                out,
                "Everything lies in {data} and is there at the next start; the password, too, in {file}."
            )?;
            writeln!(out, "\nCtrl-C stops it")?;
        }
    }
    out.flush()
}

fn table(running: &RunningDemo<'_>, screen: &Screen) -> Table {
    let mut table = Table::new(vec![
        Column::fixed(screen.say("登录名", "login")),
        Column::fixed(screen.say("角色", "role")),
        Column::words(screen.say("单位", "organisation"), 16),
        Column::words(screen.say("可以看什么", "what there is to see"), 16),
    ]);
    for one in running.accounts {
        let role = one.role().map(|role| role.words());
        let role = role.map_or("", |words| screen.say(words.zh, words.en));
        table.row(vec![
            Cell::plain(&one.login),
            Cell::plain(role),
            Cell::plain(&one.organisation),
            Cell::plain(screen.say(&one.zh, &one.en)),
        ]);
    }
    table
}
