//! What a changed law would do, on a terminal: what was set, where subjects stand before and after,
//! then programme by programme who they are and what it costs.

mod costs;
mod ends;
mod groups;
mod numbers;
mod settings;

use enterprise::Text;
use rules::Population;

use super::header::{self, made_up};
use super::lines::{heading, say, title};
use super::paint::Style;
use super::screening::grouped;
use super::table::{Cell, Column, Table};
use crate::commands::simulate::{Effect, Gate, Pair, STANDS, Simulated, Stand};
use crate::output::Screen;
pub(crate) use numbers::{known, list};
use words::programme::marked;
use words::verdict::population_in_short;

/// More programmes than these are counted, not listed.
const LISTED: usize = 4;

/// What no simulation of one step can tell.
pub(crate) fn not_simulated() -> Text {
    Text::new(
        "只算数值改变的直接影响，不推算连锁影响：新符合某项目的企业不视为已有其称号，以该称号为前置的项目不因此改变。",
        "Only direct effects: a firm that newly qualifies does not thereby hold the title, and programmes that ask for the title do not follow.",
    )
}

/// That the checker refuses a variant.
pub(crate) fn refused_law(name: &str) -> Text {
    Text::new(
        format!("方案“{name}”与规则库的其他规定矛盾（见上），没有模拟"),
        format!(
            "variant `{name}` contradicts the rest of the rulebook (see above) and was not simulated"
        ),
    )
}

/// A subject's place in a word.
pub(crate) fn stand(stand: Stand) -> Text {
    population_in_short(stand)
}

/// The whole page.
pub(crate) fn page(simulated: &Simulated<'_>, screen: &Screen) -> Vec<String> {
    let ask = simulated.ask;
    let mut lines = Vec::new();
    let (file, subjects) = (&simulated.file, grouped(simulated.effects.subjects));
    let words = Text::new(
        format!("模拟规则数值改变的影响 · {file} · {subjects} 户"),
        format!("What changed numbers of the law would do · {file} · {subjects} subjects"),
    );
    say(words.get(screen.lang), Style::Bold, screen, &mut lines);
    if simulated.synthetic {
        say(made_up().get(screen.lang), Style::Open, screen, &mut lines);
    }
    lines.extend(header::run(ask.base_year(), ask.rulebook(), &ask.question, screen));
    say(not_simulated().get(screen.lang), Style::Dim, screen, &mut lines);
    if let Some(words) = simulated.outdated() {
        lines.push(String::new());
        say(words.get(screen.lang), Style::Open, screen, &mut lines);
    }
    if simulated.refused > 0 {
        let refused = grouped(simulated.refused);
        let words = Text::new(
            format!("{refused} 户数据有误未读入，不在其中"),
            format!("{refused} firms were refused and are not among them"),
        );
        say(words.get(screen.lang), Style::Open, screen, &mut lines);
    }
    for (index, variant) in ask.variants.iter().enumerate() {
        lines.push(String::new());
        lines.extend(heading(&settings::name(variant, screen), screen));
        lines.extend(settings::lines(variant, screen));
        lines.push(String::new());
        lines.extend(summary(simulated, index, screen));
        lines.extend(groups::classes(simulated, index, screen));
        for (pair, effect) in of_variant(simulated, index) {
            lines.extend(details(simulated, *pair, effect, screen));
        }
    }
    lines
}

/// The pairs of a variant with their effects.
fn of_variant<'s>(
    simulated: &'s Simulated<'_>,
    variant: usize,
) -> impl Iterator<Item = (&'s Pair, &'s Effect)> {
    let both = simulated.ask.pairs.iter().zip(&simulated.effects.effects);
    both.filter(move |(pair, _)| pair.variant == variant)
}

/// Where subjects stand before and after: a row for each place that somebody enters or leaves.
fn summary(simulated: &Simulated<'_>, variant: usize, screen: &Screen) -> Vec<String> {
    let mut table = Table::new(vec![
        Column::words(screen.say("项目", "Programme"), 10),
        Column::words(screen.say("分类", "Standing"), 6),
        Column::number(screen.say("现在", "now")),
        Column::number(screen.say("之后", "then")),
        Column::number(screen.say("进入", "in")),
        Column::number(screen.say("退出", "out")),
    ]);
    let mut same: Vec<&Text> = Vec::new();
    for (pair, effect) in of_variant(simulated, variant) {
        let Some(programme) = pair.before(simulated.ask) else { continue };
        if effect.moves.moved() == 0 {
            same.push(&programme.title);
            continue;
        }
        let mut name = title_of(simulated, *pair, screen);
        for place in STANDS {
            let (entered, left) = effect.moves.in_and_out(place);
            let always = place == Some(Population::Eligible);
            if entered == 0 && left == 0 && !always {
                continue;
            }
            let style = if always { Style::Bold } else { Style::Plain };
            table.row(vec![
                Cell::plain(std::mem::take(&mut name)),
                Cell::styled(stand(place).get(screen.lang), style),
                Cell::styled(grouped(effect.moves.before(place)), style),
                Cell::styled(grouped(effect.moves.after(place)), style),
                signed("+", entered, Style::Good),
                signed("−", left, Style::Bad),
            ]);
        }
    }
    let mut lines =
        if table.is_empty() { Vec::new() } else { table.lines(screen.width, screen.colour) };
    if !same.is_empty() {
        let (count, titles) = (same.len(), words::join(same.iter().copied(), "、", ", "));
        let words = if count > LISTED {
            let others = if table.is_empty() { ("", "") } else { ("其余 ", " other") };
            Text::new(
                format!("{}{count} 个项目没有企业变动", others.0),
                format!("nobody moves in {count}{} programmes", others.1),
            )
        } else {
            Text::new(
                format!("没有企业变动：{}", titles.zh),
                format!("nobody moves: {}", titles.en),
            )
        };
        say(words.get(screen.lang), Style::Dim, screen, &mut lines);
    }
    lines
}

/// A programme by its title, and what its verdicts are worth where they do not decide.
fn title_of(simulated: &Simulated<'_>, pair: Pair, screen: &Screen) -> String {
    let Some(programme) = pair.before(simulated.ask) else { return String::new() };
    let day = simulated.ask.question.as_of;
    let in_force = programme
        .versions
        .iter()
        .filter(|version| version.applies.iter().any(|applies| applies.covers(day)));
    let worth = in_force.map(|version| version.standing);
    marked(&programme.title, worth).get(screen.lang).to_owned()
}

/// Who they are and what it costs, for one programme.
fn details(simulated: &Simulated<'_>, pair: Pair, effect: &Effect, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    let Some(programme) = pair.before(simulated.ask) else { return lines };
    let through = [Gate::Eligible, Gate::Measurable].map(|gate| effect.moves.through(gate));
    let costs = costs::lines(effect, screen);
    let nobody = through.iter().all(|counts| *counts == (0, 0));
    let named = simulated.shown > 0 && !effect.names.is_empty();
    if nobody && costs.is_empty() && !named {
        return lines;
    }
    title(&format!("{} · {}", programme.title.get(screen.lang), programme.id), screen, &mut lines);
    if !nobody {
        lines.extend(groups::lines(simulated, effect, screen));
        lines.extend(ends::lines(simulated, effect, screen));
    }
    lines.extend(costs);
    lines.extend(ends::names(simulated, effect, screen));
    lines
}

fn signed(sign: &str, count: u64, style: Style) -> Cell {
    if count == 0 {
        Cell::plain("")
    } else {
        Cell::styled(format!("{sign}{}", grouped(count)), style)
    }
}
