//! Who enters and who leaves by district, industry and size class; and who changes size class.

use enterprise::Text;

use super::{Simulated, signed};
use crate::commands::simulate::{Effect, Gate, Industry, Through, What, option_name, section_name};
use crate::output::Screen;
use crate::text::lines::{say, title};
use crate::text::paint::Style;
use crate::text::table::{Cell, Column, Table};

/// So many groups of a sort are shown; the others are added up.
const SHOWN: usize = 8;

/// The table of groups.
pub(super) fn lines(simulated: &Simulated<'_>, effect: &Effect, screen: &Screen) -> Vec<String> {
    let gates: Vec<Gate> = [Gate::Eligible, Gate::Measurable]
        .into_iter()
        .filter(|gate| effect.moves.through(*gate) != (0, 0))
        .collect();
    let mut columns = vec![Column::words("", 12)];
    for gate in &gates {
        let (enter, leave) = match gate {
            Gate::Eligible => {
                (screen.say("符合 +", "eligible +"), screen.say("符合 −", "eligible −"))
            }
            Gate::Measurable => (screen.say("可量化全满足 +", "all met +"), screen.say("−", "−")),
        };
        columns.extend([Column::number(enter), Column::number(leave)]);
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
        let section = section_name(book, industry.section);
        let name = section.map(|name| name.get(screen.lang)).unwrap_or_default();
        format!("{} {name}", industry.code()).trim_end().to_owned()
    };
    let districts =
        effect.by_district.iter().map(|(key, through)| (choice(What::District, *key), *through));
    let industries = effect.by_industry.iter().map(|(key, through)| (industry(*key), *through));
    let sizes = effect.by_size.iter().map(|(key, through)| (choice(What::Size, *key), *through));
    part(&mut table, screen.say("按区县", "By district"), districts.collect(), &gates, screen);
    part(&mut table, screen.say("按行业", "By industry"), industries.collect(), &gates, screen);
    part(&mut table, screen.say("按规模", "By size class"), sizes.collect(), &gates, screen);
    table.lines(screen.width, screen.colour)
}

/// The groups of one sort, the most concerned first.
fn part(
    table: &mut Table,
    head: &str,
    mut groups: Vec<(String, Through)>,
    gates: &[Gate],
    screen: &Screen,
) {
    let concerned = |through: &Through| -> u64 {
        gates.iter().map(|gate| through.at(*gate)).map(|(entered, left)| entered + left).sum()
    };
    groups.sort_by_key(|(_, through)| std::cmp::Reverse(concerned(through)));
    table.across(Cell::styled(head, Style::Dim));
    let mut row = |name: String, through: &[Through]| {
        let mut cells = vec![Cell::plain(format!("  {name}"))];
        for gate in gates {
            let at = through.iter().map(|through| through.at(*gate));
            let (entered, left) = at.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            cells.extend([signed("+", entered, Style::Good), signed("−", left, Style::Bad)]);
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
        let words = Text::new(format!("其余 {count} 组"), format!("{count} others"));
        let through: Vec<Through> = others.iter().map(|(_, through)| *through).collect();
        row(words.get(screen.lang).to_owned(), &through);
    }
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
        table.row([name(*from), name(*to), count.to_string()].map(Cell::plain).into());
    }
    lines.extend(table.lines(screen.width, screen.colour));
    lines
}
