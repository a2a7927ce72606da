//! The smallest and the largest of those who enter and leave, and all of them by name.

use enterprise::{Lang, Text};

use super::{Simulated, stand};
use crate::commands::simulate::{Effect, Ends, Moved};
use crate::output::Screen;
use crate::text::lines::say;
use crate::text::paint::Style;
use crate::text::screening::grouped;
use crate::text::table::{Cell, Column, Table};
use words::amounts::money;

/// 万元, in fen.
const WAN: i64 = 1_000_000;

/// The examples of one programme.
pub(super) fn lines(simulated: &Simulated<'_>, effect: &Effect, screen: &Screen) -> Vec<String> {
    // Who is listed by name below need not be an example.
    if simulated.shown > 0 && effect.names.len() <= simulated.shown {
        return Vec::new();
    }
    let mut table = columns(simulated.ask.base_year(), screen);
    let parts = [
        (&effect.entering, screen.say("进入的", "Entering")),
        (&effect.leaving, screen.say("退出的", "Leaving")),
    ];
    for (ends, words) in parts {
        part(&mut table, ends, words, screen);
    }
    if table.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new()];
    lines.extend(table.lines(screen.width, screen.colour));
    lines
}

/// The smallest, then the largest that are not among them.
fn part(table: &mut Table, ends: &Ends, words: &str, screen: &Screen) {
    let others: Vec<&Moved> = ends
        .largest
        .iter()
        .rev()
        .filter(|large| !ends.smallest.iter().any(|small| small.row == large.row))
        .collect();
    if ends.smallest.is_empty() {
        return;
    }
    let head = |zh: &str, en: &str| match screen.lang {
        Lang::Zh => format!("{words}{zh}"),
        Lang::En => format!("{words}{en}"),
    };
    let (small, all) = (head("，营收最小的", ", smallest"), head("", ""));
    let head_of_small = if others.is_empty() { all } else { small };
    table.across(Cell::styled(head_of_small, Style::Dim));
    ends.smallest.iter().for_each(|moved| row(table, moved, screen));
    if !others.is_empty() {
        table.across(Cell::styled(head("，营收最大的", ", largest"), Style::Dim));
        others.into_iter().for_each(|moved| row(table, moved, screen));
    }
}

/// Everybody who moves, as far as they are wanted by name.
pub(super) fn names(simulated: &Simulated<'_>, effect: &Effect, screen: &Screen) -> Vec<String> {
    if simulated.shown == 0 || effect.names.is_empty() {
        return Vec::new();
    }
    let mut table = columns(simulated.ask.base_year(), screen);
    let all = effect.names.len();
    let shown = simulated.shown.min(all);
    let head = match screen.lang {
        Lang::Zh => format!("变动的企业（{} / {}）", grouped(shown as u64), grouped(all as u64)),
        Lang::En => {
            format!("Firms that move ({} of {})", grouped(shown as u64), grouped(all as u64))
        }
    };
    table.across(Cell::styled(head, Style::Dim));
    effect.names.iter().take(shown).for_each(|moved| row(&mut table, moved, screen));
    let mut lines = vec![String::new()];
    lines.extend(table.lines(screen.width, screen.colour));
    if shown < all {
        let words = Text::new("全部名单：-o 文件.xlsx", "All of them: -o FILE.xlsx");
        say(words.get(screen.lang), Style::Dim, screen, &mut lines);
    }
    lines
}

fn columns(year: i16, screen: &Screen) -> Table {
    let revenue = match screen.lang {
        Lang::Zh => format!("{year} 营收"),
        Lang::En => format!("revenue {year}"),
    };
    Table::new(vec![
        Column::words(screen.say("企业", "Firm"), 8),
        Column::fixed(screen.say("代码", "Code")),
        Column::number(&revenue),
        Column::words(screen.say("变动", "Move"), 8),
    ])
}

fn row(table: &mut Table, moved: &Moved, screen: &Screen) {
    let profile = &moved.profile;
    // To tell small from large, whole 万元 are enough.
    let cut = |fen: i64| if fen.abs() < WAN { fen } else { fen - fen % WAN };
    let revenue = profile.revenue.map(|fen| money(cut(fen)).get(screen.lang).to_owned());
    let (from, to) = (stand(moved.from), stand(moved.to));
    table.row(vec![
        Cell::plain(profile.name.clone()),
        Cell::plain(profile.code.clone()),
        Cell::plain(revenue.unwrap_or_else(|| "—".to_owned())),
        Cell::plain(format!("{} → {}", from.get(screen.lang), to.get(screen.lang))),
    ]);
}
