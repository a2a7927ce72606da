//! What was made up, in a few tables.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use city::{EntityKind, Tally};
use enterprise::{Kind, Lang, Text};
use jiff::civil::Date;
use rules::Rulebook;
use words::amounts::separated;

use crate::arguments::Generate;
use crate::output::{Screen, stdout};
use crate::text::table::{Cell, Column, Table};

/// Says what is in the file.
pub(super) fn summary(
    tally: &Tally,
    generate: &Generate,
    as_of: Date,
    rulebook: &Rulebook,
    screen: Screen,
) -> io::Result<()> {
    let mut out = stdout();
    for line in lines(tally, generate, as_of, rulebook, screen) {
        writeln!(out, "{}", line.trim_end())?;
    }
    out.flush()
}

fn lines(
    tally: &Tally,
    generate: &Generate,
    as_of: Date,
    rulebook: &Rulebook,
    screen: Screen,
) -> Vec<String> {
    let (path, seed) = (generate.output.display(), generate.seed);
    let all = count(tally.kinds.values().sum());
    let edges = count(tally.on_edges);
    let head = match screen.lang {
        Lang::Zh => [
            format!("已写入 {path}：模拟城市 {all} 户，截至 {as_of}，种子 {seed}"),
            format!(
                "全部数据均为虚构，仅供演示和测试；其中 {edges} 户的数据恰在法规临界值上或仅差一步"
            ),
        ],
        Lang::En => [
            format!("Wrote {path}: a made-up city of {all} entities, as of {as_of}, seed {seed}"),
            format!(
                "Everything in it is made up, to try things on; {edges} firms stand exactly on a threshold of the law or a step off"
            ),
        ],
    };
    let mut lines: Vec<String> =
        head.iter().flat_map(|line| crate::text::width::wrap(line, screen.width)).collect();
    for table in
        [kinds(tally, screen), titles(tally, rulebook, screen), districts(tally, rulebook, screen)]
    {
        if !table.is_empty() {
            lines.push(String::new());
            lines.extend(table.lines(screen.width, screen.colour));
        }
    }
    lines
}

fn kinds(tally: &Tally, screen: Screen) -> Table {
    let mut table = Table::new(vec![
        Column::fixed(screen.say("主体", "Entities")),
        Column::number(screen.say("户数", "count")),
    ]);
    for (kind, word) in [
        (EntityKind::Enterprise, screen.say("企业", "enterprises")),
        (EntityKind::SoleTrader, screen.say("个体工商户", "sole traders")),
        (EntityKind::Cooperative, screen.say("农民专业合作社", "farmers' cooperatives")),
    ] {
        if let Some(known) = tally.kinds.get(&kind) {
            table.row(vec![Cell::plain(word), Cell::plain(count(*known))]);
        }
    }
    table
}

fn titles(tally: &Tally, rulebook: &Rulebook, screen: Screen) -> Table {
    let mut table = Table::new(vec![
        Column::words(screen.say("称号、名单", "Titles and lists"), 16),
        Column::number(screen.say("持有", "held")),
        Column::number(screen.say("曾持有", "formerly")),
    ]);
    // As ladders have them, highest first; then what stands on none.
    let rungs = rulebook.ladders.iter().flat_map(|ladder| ladder.rungs.iter().rev());
    let others = rulebook.programmes.iter().map(|programme| &programme.id);
    let mut left: BTreeMap<&str, (u64, u64)> =
        tally.titles.iter().map(|(id, counts)| (id.as_str(), *counts)).collect();
    for id in rungs.chain(others) {
        let Some((held, former)) = left.remove(id.as_str()) else { continue };
        let name = rulebook.catalogue.title(id);
        let name = name.map_or(id.as_str(), |known| known.label.get(screen.lang));
        table.row(vec![Cell::plain(name), Cell::plain(count(held)), Cell::plain(count(former))]);
    }
    table
}

fn districts(tally: &Tally, rulebook: &Rulebook, screen: Screen) -> Table {
    let mut table = Table::new(vec![
        Column::fixed(screen.say("区市", "District")),
        Column::number(screen.say("企业", "enterprises")),
    ]);
    for (code, known) in &tally.districts {
        let name = name_of(rulebook, code).map_or(code.as_str(), |name| name.get(screen.lang));
        table.row(vec![Cell::plain(name), Cell::plain(count(*known))]);
    }
    table
}

/// The words for an option that some choice of the catalogue has.
fn name_of<'r>(rulebook: &'r Rulebook, id: &str) -> Option<&'r Text> {
    let choices = rulebook.catalogue.indicators().iter().filter_map(|known| match &known.kind {
        Kind::Choice(choices) => Some(choices),
        _ => None,
    });
    choices.flatten().find(|choice| choice.id == id).map(|choice| &choice.label)
}

fn count(number: u64) -> String {
    separated(&number.to_string())
}
