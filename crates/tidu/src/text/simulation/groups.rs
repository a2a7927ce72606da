//! Who enters and who leaves by district, industry and size class; and who changes size class.

use enterprise::{Lang, Text};

use super::{Simulated, signed};
use crate::commands::simulate::{Effect, Gate, Industry, Through, What, option_name, section_name};
use crate::output::Screen;
use crate::text::lines::{say, title};
use crate::text::paint::Style;
use crate::text::screening::grouped;
use crate::text::table::{Cell, Column, Table};

/// So many groups of a sort are shown; the others are added up.
const SHOWN: usize = 12;

/// What is counted: those who come in through a gate, or those who go out.
type Way = (Gate, bool);

/// Screens with room for whole headings.
const WIDE: usize = 80;

/// The table of groups, with a column for each way that somebody goes.
pub(super) fn lines(simulated: &Simulated<'_>, effect: &Effect, screen: &Screen) -> Vec<String> {
    let all = [Gate::Eligible, Gate::Measurable].map(|gate| [(gate, true), (gate, false)]);
    let of_effect = |(gate, enters): Way| one(effect.moves.through(gate), enters);
    let ways: Vec<Way> = all.into_iter().flatten().filter(|way| of_effect(*way) > 0).collect();
    let mut columns = vec![Column::words("", 12)];
    for (gate, enters) in &ways {
        let words = match gate {
            Gate::Eligible => screen.say("符合", "eligible"),
            Gate::Measurable if screen.width < WIDE => screen.say("全满足", "all met"),
            Gate::Measurable => screen.say("可量化全满足", "all met"),
        };
        columns.push(Column::number(&format!("{words} {}", if *enters { "+" } else { "−" })));
    }
    let mut table = Table::new(columns);
    let book = simulated.ask.rulebook();
    let unknown = screen.say("（不详）", "(unknown)");
    let choice = |what, option: Option<usize>| {
        let name = option.and_then(|option| option_name(book, what, option));
        name.map_or_else(|| unknown.to_owned(), |(_, name)| name.get(screen.lang).to_owned())
    };
    let industry = |industry: Option<Industry>| {
        let Some(industry) = industry else { return unknown.to_owned() };
        let code = industry.code();
        // What divisions are called is not recorded; the section says what they belong to.
        match (section_name(book, industry.section), screen.lang) {
            (None, _) => code,
            (Some(name), Lang::Zh) => format!("{code}（{}）", name.zh),
            (Some(name), Lang::En) => format!("{code} ({})", name.en),
        }
    };
    let districts =
        effect.by_district.iter().map(|(key, through)| (choice(What::District, *key), *through));
    let industries = effect.by_industry.iter().map(|(key, through)| (industry(*key), *through));
    let sizes = effect.by_size.iter().map(|(key, through)| (choice(What::Size, *key), *through));
    part(&mut table, screen.say("按区县", "By district"), districts.collect(), &ways, screen);
    part(&mut table, screen.say("按行业", "By industry"), industries.collect(), &ways, screen);
    part(&mut table, screen.say("按规模", "By size class"), sizes.collect(), &ways, screen);
    table.lines(screen.width, screen.colour)
}

/// The groups of one sort, the most concerned first.
fn part(
    table: &mut Table,
    head: &str,
    mut groups: Vec<(String, Through)>,
    ways: &[Way],
    screen: &Screen,
) {
    let count = |through: &Through, way: &Way| one(through.at(way.0), way.1);
    let concerned = |through: &Through| -> u64 { ways.iter().map(|way| count(through, way)).sum() };
    groups.sort_by_key(|(_, through)| std::cmp::Reverse(concerned(through)));
    table.across(Cell::styled(head, Style::Dim));
    let mut row = |name: String, through: &[Through]| {
        let mut cells = vec![Cell::plain(format!("  {name}"))];
        for way in ways {
            let moved = through.iter().map(|through| count(through, way)).sum();
            cells.push(match way {
                (_, true) => signed("+", moved, Style::Good),
                (_, false) => signed("−", moved, Style::Bad),
            });
        }
        table.row(cells);
    };
    // One more line says no more than a line of others would.
    let shown = if groups.len() == SHOWN + 1 { groups.len() } else { SHOWN.min(groups.len()) };
    let (first, others) = groups.split_at_checked(shown).unwrap_or((&groups, &[]));
    for (name, through) in first {
        row(name.clone(), &[*through]);
    }
    if !others.is_empty() {
        let count = others.len();
        let words = Text::new(format!("  其余 {count} 组"), format!("  {count} others"));
        let through: Vec<Through> = others.iter().map(|(_, through)| *through).collect();
        row(words.get(screen.lang).to_owned(), &through);
    }
}

/// How many go one way.
fn one((entered, left): (u64, u64), enters: bool) -> u64 {
    if enters { entered } else { left }
}

/// Who changes size class, where a variant tells them apart otherwise.
pub(super) fn classes(simulated: &Simulated<'_>, variant: usize, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(moves) = simulated.effects.classes.get(variant) else { return lines };
    let reclassifies = simulated.ask.variants.get(variant).is_some_and(|one| one.reclassifies);
    if !reclassifies {
        return lines;
    }
    title(screen.say("规模划型的变动", "Changes of size class"), screen, &mut lines);
    if moves.is_empty() {
        say(screen.say("没有企业变动", "nobody moves"), Style::Plain, screen, &mut lines);
        return lines;
    }
    let name = |option: Option<usize>| {
        let name = option.and_then(|one| option_name(simulated.ask.rulebook(), What::Size, one));
        let unknown = screen.say("不能判定", "cannot be told");
        name.map_or(unknown, |(_, name)| name.get(screen.lang)).to_owned()
    };
    let mut table = Table::new(vec![
        Column::fixed(screen.say("现在", "now")),
        Column::fixed(screen.say("之后", "then")),
        Column::number(screen.say("户数", "firms")),
    ]);
    for ((from, to), count) in moves {
        table.row([name(*from), name(*to), grouped(*count)].map(Cell::plain).into());
    }
    lines.extend(table.lines(screen.width, screen.colour));
    lines
}
