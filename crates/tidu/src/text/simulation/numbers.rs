//! The numbers that can be set, with their present values: all of a programme, or those that could be
//! meant.

use enterprise::Text;
use jiff::civil::Date;
use rulebook::Number;
use rules::Rulebook;

use crate::output::Screen;
use crate::text::lines::{heading, say};
use crate::text::paint::Style;
use crate::text::width;

/// So many numbers that could be meant are listed.
const SHOWN: usize = 40;

/// Every number of a programme or definition, version by version.
pub(crate) fn list(
    numbers: &[&Number],
    rulebook: &Rulebook,
    day: Date,
    screen: &Screen,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut versions = numbers.chunk_by(|one, two| one.version == two.version);
    let Some(first) = numbers.first() else { return lines };
    let programme = rulebook.programme(&first.owner);
    let words = Text::new(
        "用法：--set '地址=值'，值带单位；+10 %、-500 万元 为在现值上增减；加 @版本 指定版本。",
        "Use: --set 'ADDRESS=VALUE' with units; +10 % and -500 万元 are relative; @VERSION chooses the version.",
    );
    say(words.get(screen.lang), Style::Dim, screen, &mut lines);
    for version in versions.by_ref() {
        let Some(first) = version.first() else { continue };
        let title = programme.map(|one| format!("{} · ", one.title.get(screen.lang)));
        let in_force = programme.is_some_and(|programme| {
            let known = programme.versions.iter().filter(|known| known.id == first.version);
            known.flat_map(|known| &known.applies).any(|applies| applies.covers(day))
        });
        let force = if in_force { screen.say(" · 现行", " · in force") } else { "" };
        let title = title.unwrap_or_default();
        lines.push(String::new());
        lines.extend(heading(&format!("{title}{}@{}{force}", first.owner, first.version), screen));
        lines.extend(grouped(version, screen));
    }
    let shared = shared(numbers, rulebook);
    if !shared.is_empty() {
        let (zh, en) = (shared.join("、"), shared.join(", "));
        lines.push(String::new());
        let words = Text::new(
            format!("另用到共用的定义，其中的数各项目一起改变：{zh}（--list 定义）"),
            format!(
                "Also uses shared definitions, whose numbers change for all who use them: {en} (--list ID)"
            ),
        );
        say(words.get(screen.lang), Style::Dim, screen, &mut lines);
    }
    lines
}

/// The definitions whose criteria a programme uses.
fn shared(numbers: &[&Number], rulebook: &Rulebook) -> Vec<String> {
    let Some(programme) = numbers.first().and_then(|first| rulebook.programme(&first.owner)) else {
        return Vec::new();
    };
    let versions = programme.versions.iter();
    let criteria = versions.flat_map(|version| version.criteria.iter().flat_map(|one| one.walk()));
    let mut owners: Vec<String> = Vec::new();
    for owner in criteria.map(|criterion| &criterion.owner).filter(|owner| **owner != programme.id)
    {
        if !owners.contains(owner) {
            owners.push(owner.clone());
        }
    }
    owners
}

/// The numbers that could be meant.
pub(crate) fn known(numbers: &[Number], screen: &Screen) -> Vec<String> {
    let shown: Vec<&Number> = numbers.iter().take(SHOWN).collect();
    let addresses: Vec<String> = shown.iter().map(|number| number.address()).collect();
    let widest = addresses.iter().map(|address| width::of(address)).max().unwrap_or(0);
    let mut lines = Vec::new();
    for (number, address) in shown.iter().zip(&addresses) {
        lines.extend(line(address, &value(number), widest, screen));
    }
    let more = numbers.len().saturating_sub(SHOWN);
    if let (true, Some(first)) = (more > 0, numbers.first()) {
        let owner = &first.owner;
        let words = Text::new(
            format!("  … 另 {more} 个：tidu simulate --list {owner}"),
            format!("  … and {more} more: tidu simulate --list {owner}"),
        );
        lines.push(words.get(screen.lang).to_owned());
    }
    lines
}

/// Under what each group of numbers belongs to.
fn grouped(numbers: &[&Number], screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    let same = |one: &&Number, two: &&Number| one.label == two.label && one.clause == two.clause;
    for group in numbers.chunk_by(same) {
        let Some(first) = group.first() else { continue };
        let about = format!("{}  {}", first.label.get(screen.lang), first.clause);
        say(about.trim(), Style::Bold, screen, &mut lines);
        let paths: Vec<String> = group.iter().map(|number| number.path.join(".")).collect();
        let widest = paths.iter().map(|path| width::of(path)).max().unwrap_or(0);
        for (number, path) in group.iter().zip(&paths) {
            lines.extend(line(path, &value(number), widest, screen));
        }
    }
    lines
}

/// An address and its value, in two lines where one is too narrow.
fn line(address: &str, value: &str, widest: usize, screen: &Screen) -> Vec<String> {
    if widest + width::of(value) + 4 <= screen.width {
        return vec![format!("  {}  {value}", width::pad(address, widest))];
    }
    if width::of(address) + width::of(value) + 4 <= screen.width {
        return vec![format!("  {address}  {value}")];
    }
    vec![format!("  {address}"), format!("      {value}")]
}

fn value(number: &Number) -> String {
    let sign = number.operator.map(|sign| format!("{sign} ")).unwrap_or_default();
    let band = number.band.as_ref().map(|band| format!("  ({band})")).unwrap_or_default();
    format!("{sign}{}{band}", number.written.as_deref().unwrap_or("—"))
}
