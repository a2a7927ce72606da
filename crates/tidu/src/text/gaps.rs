//! What is still missing and where to find it, what was assumed, and the smallest changes that would
//! turn the verdict.

use enterprise::{Lang, Text};
use rules::{Assessment, LackOrder, Missing, Rulebook, Test, Turn, Verdict, ways_to_turn};

use super::lines::{item, title};
use super::paint::Style;
use super::table::{Cell, Column, Table};
use crate::output::Screen;
use words::amounts;
use words::condition::{compare, tested};
use words::quantity::Years;
use words::{gap, join, provenance};

/// Ways to turn a verdict that are shown: the smallest.
const WAYS: usize = 3;
/// Ways that are looked at for the tightest ones.
const MOST: usize = 64;

/// The lines below the criteria.
pub(crate) fn gaps(
    assessment: &Assessment<'_>,
    base_year: i16,
    rulebook: &Rulebook,
    screen: &Screen,
) -> Vec<String> {
    let mut lines = data(&assessment.missing, rulebook, screen);
    pending(&assessment.missing, rulebook, screen, &mut lines);
    if !assessment.assumptions.is_empty() {
        assumed(assessment, screen, &mut lines);
    }
    let (words, ways) = match assessment.verdict {
        Verdict::Eligible => {
            (screen.say("余量最小的条件", "Least to spare"), least_to_spare(assessment, base_year))
        }
        _ => (
            screen.say(
                "符合所需的最小改变（任一种）",
                "Smallest changes that would suffice (any one)",
            ),
            ways_to_turn(assessment, WAYS).iter().map(|way| way_words(way, base_year)).collect(),
        ),
    };
    if !ways.is_empty() {
        title(words, screen, &mut lines);
        for way in &ways {
            item(way, screen, &mut lines);
        }
    }
    lines
}

/// What has to be looked up, and where.
pub(crate) fn data(missing: &[Missing], rulebook: &Rulebook, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    let data = missing_data(missing, rulebook, screen);
    let lists = missing_lists(missing, rulebook);
    if !data.is_empty() || !lists.is_empty() {
        title(screen.say("还缺的数据", "Missing data"), screen, &mut lines);
        if !data.is_empty() {
            lines.extend(data.lines(screen.width, screen.colour));
        }
        for list in &lists {
            item(list, screen, &mut lines);
        }
    }
    lines
}

/// What somebody has to say, or what is not public.
fn pending(missing: &[Missing], rulebook: &Rulebook, screen: &Screen, lines: &mut Vec<String>) {
    let pending: Vec<&Missing> = missing.iter().filter(|missing| !missing.why().data).collect();
    if !pending.is_empty() {
        title(screen.say("待定事项", "Pending"), screen, lines);
        for missing in pending {
            item(&pending_words(missing, rulebook), screen, lines);
        }
    }
}

/// Defaults that the verdict rests on.
fn assumed(assessment: &Assessment<'_>, screen: &Screen, lines: &mut Vec<String>) {
    title(screen.say("以下假定成立时结论才成立", "Holds only if this is true"), screen, lines);
    for assume in &assessment.assumptions {
        let (label, reason) = (&assume.indicator.label, &assume.reason);
        let words = Text::new(
            format!("{}：{}", label.zh, reason.zh),
            format!("{}: {}", label.en, reason.en),
        );
        item(&words, screen, lines);
    }
}

/// What nobody knows yet about the law itself.
pub(crate) fn open_points(points: &[Text], screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    if !points.is_empty() {
        title(screen.say("规定本身尚不清楚的", "Not known of the law itself"), screen, &mut lines);
    }
    for point in points {
        item(point, screen, &mut lines);
    }
    lines
}

/// The comparisons that alone would end an eligible verdict, the nearest to their edges first.
fn least_to_spare(assessment: &Assessment<'_>, base_year: i16) -> Vec<Text> {
    let ways = ways_to_turn(assessment, MOST);
    let alone = ways.iter().filter_map(|way| match way.as_slice() {
        [turn] => turn.test,
        _ => None,
    });
    let mut compared: Vec<(i64, Text)> = alone
        .filter_map(|result| match &result.test {
            Test::Compare(compared) => Some(compared),
            _ => None,
        })
        .filter_map(|compared| {
            let (distance, comparison) = (compared.distance?, compared.comparison);
            let words = compare(comparison, Years::From(base_year));
            let far = amounts::distance(&distance, comparison.operator, &comparison.measure);
            let words =
                Text::new(format!("{}：{}", words.zh, far.zh), format!("{}: {}", words.en, far.en));
            Some((distance.ppm?.saturating_abs(), words))
        })
        .collect();
    compared.sort_by_key(|(ppm, _)| *ppm);
    compared.into_iter().take(WAYS).map(|(_, words)| words).collect()
}

/// The facts that somebody can look up, those of one indicator together.
fn missing_data(missing: &[Missing], rulebook: &Rulebook, screen: &Screen) -> Table {
    let lang = screen.lang;
    let mut table = Table::new(vec![
        Column::words(screen.say("数据项", "Fact"), 16),
        Column::words(screen.say("年度", "Year"), 4),
        Column::words(screen.say("由谁提供", "From"), 10),
        Column::words(screen.say("怎样取得", "How"), 10),
    ]);
    let mut seen: Vec<&str> = Vec::new();
    for what in missing.iter().filter(|what| what.why().data) {
        let Missing::Fact { key, .. } = what else { continue };
        if seen.contains(&key.indicator.as_str()) {
            continue;
        }
        seen.push(&key.indicator);
        let Some(indicator) = rulebook.catalogue.indicator(&key.indicator) else { continue };
        let years: Vec<String> = missing
            .iter()
            .filter_map(|other| match other {
                Missing::Fact { key: other, .. } if other.indicator == key.indicator => other.year,
                _ => None,
            })
            .map(|year| year.to_string())
            .collect();
        let separator = if lang == Lang::Zh { "、" } else { ", " };
        table.row(vec![
            Cell::plain(indicator.label.get(lang)),
            Cell::plain(years.join(separator)),
            Cell::plain(indicator.source.get(lang)),
            Cell::plain(provenance::cost(indicator.cost).get(lang)),
        ]);
        let note = indicator.note.get(lang);
        if !note.is_empty() {
            table.across(Cell::styled(format!("    {note}"), Style::Dim));
        }
    }
    table
}

/// Titles and kinds of events of which it is not known whether there are any.
fn missing_lists(missing: &[Missing], rulebook: &Rulebook) -> Vec<Text> {
    let labels = |wanted: fn(&Missing) -> bool| {
        let found = missing.iter().filter(|what| wanted(what));
        let labels: Vec<Text> = found
            .map(|what| match what {
                Missing::Event { kind, .. } => {
                    let event = rulebook.catalogue.event(kind);
                    event.map(|event| event.label.clone()).unwrap_or_default()
                }
                Missing::Title(programme) => gap::title(&rulebook.catalogue, programme),
                other => gap::missing(other, rulebook),
            })
            .collect();
        (!labels.is_empty()).then(|| join(&labels, "、", ", "))
    };
    let events = labels(|what| matches!(what, Missing::Event { .. }));
    let titles = labels(|what| matches!(what, Missing::Title(_)));
    let events = events.map(|list| {
        Text::new(
            format!("事件的完整名单（截至评估日）：{}", list.zh),
            format!("complete lists of events up to the date: {}", list.en),
        )
    });
    let titles = titles.map(|list| {
        Text::new(
            format!("是否持有称号：{}", list.zh),
            format!("whether these titles are held: {}", list.en),
        )
    });
    events.into_iter().chain(titles).collect()
}

pub(crate) fn pending_words(missing: &Missing, rulebook: &Rulebook) -> Text {
    let words = gap::missing(missing, rulebook);
    match missing {
        Missing::Fact { key, lack } => {
            let source = rulebook.catalogue.indicator(&key.indicator).map(|known| &known.source);
            let source = source.cloned().unwrap_or_default();
            match lack {
                LackOrder::Open => Text::new(
                    format!("{}：标准未公开", words.zh),
                    format!("{}: the standard is not public", words.en),
                ),
                _ => Text::new(
                    format!("{}：由{}给出", words.zh, source.zh),
                    format!("{}: given by {}", words.en, source.en),
                ),
            }
        }
        _ => Text::new(
            format!("{}：须人工判断", words.zh),
            format!("{}: a person decides", words.en),
        ),
    }
}

/// `营业收入 2025 ≥ 5000 万元 ＋ …`
fn way_words(way: &[Turn<'_, '_>], base_year: i16) -> Text {
    let parts: Vec<Text> = way
        .iter()
        .map(|turn| match turn.test {
            Some(result) => tested(&result.test, Years::From(base_year), turn.to_met),
            None => {
                let label = &turn.criterion.label;
                if turn.to_met {
                    Text::new(format!("{}：符合", label.zh), format!("{}: met", label.en))
                } else {
                    Text::new(format!("{}：不符合", label.zh), format!("{}: not met", label.en))
                }
            }
        })
        .collect();
    join(&parts, "  ＋  ", "  +  ")
}
