//! What happened, to which version, and from when: the lines above the changes of a block.

use changes::{Block, Occasion, Period, User, Weight};
use enterprise::Text;
use jiff::civil::Date;

use crate::output::Screen;
use crate::text::paint::Style;
use crate::text::width;

/// What a weight says to an officer.
pub(super) fn weight(weight: Weight) -> Text {
    match weight {
        Weight::Verdict => Text::new("影响判定", "Decides verdicts"),
        Weight::Practice => {
            Text::new("影响办理，不影响判定", "Concerns the procedure, not the verdict")
        }
        Weight::Wording => Text::new("只改文字", "Only worded otherwise"),
        Weight::Source => Text::new("只改出处或来源状态", "Only sourced otherwise"),
    }
}

/// The same for a headline.
pub(super) fn in_short(weight: Weight) -> Text {
    match weight {
        Weight::Verdict => Text::new("影响判定", "decide verdicts"),
        Weight::Practice => Text::new("影响办理", "concern the procedure"),
        Weight::Wording => Text::new("只改文字", "only worded otherwise"),
        Weight::Source => Text::new("只改出处", "only sourced otherwise"),
    }
}

/// The lines above the changes.
pub(super) fn lines(block: &Block, as_of: Date, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |words: &str, style: Style| {
        let wrapped = width::wrap(words, screen.width);
        lines.extend(wrapped.iter().map(|line| style.paint(line, screen.colour)));
    };
    if let Some(title) = title(block, as_of) {
        say(title.get(screen.lang), Style::Bold);
    }
    if !block.effect.is_empty() {
        say(periods(&block.effect).get(screen.lang), Style::Plain);
    }
    if !block.document.is_empty() {
        say(&block.document, Style::Dim);
    }
    if !block.used_by.is_empty() {
        say(users(&block.used_by).get(screen.lang), Style::Plain);
    }
    if let Some(warning) = reaches_back(block, as_of) {
        say(warning.get(screen.lang), Style::Open);
    }
    lines
}

fn title(block: &Block, as_of: Date) -> Option<Text> {
    let version = block.version.as_deref().unwrap_or_default();
    let standing = block.standing.map(words::programme::standing);
    let standing = standing.map_or_else(Text::default, |words| {
        Text::new(format!("（{}）", words.zh), format!(" ({})", words.en))
    });
    Some(match (block.occasion, block.succeeds.as_deref()) {
        (Occasion::NewVersion, Some(before)) => Text::new(
            format!("新版本 {version}{}，接替 {before} 版；与其相比：", standing.zh),
            format!("New version {version}{}, succeeds {before}; compared with it:", standing.en),
        ),
        (Occasion::NewVersion, None) => Text::new(
            format!("新版本 {version}{}，此前没有版本", standing.zh),
            format!("New version {version}{}; none before it", standing.en),
        ),
        (Occasion::Withdrawn, Some(before)) => Text::new(
            format!("撤回版本 {version}；改回 {before} 版，即："),
            format!("Version {version} withdrawn; back to {before}, that is:"),
        ),
        (Occasion::Withdrawn, None) => Text::new(
            format!("撤回版本 {version}；此前没有版本"),
            format!("Version {version} withdrawn; there is none before it"),
        ),
        (Occasion::Amended, _) => {
            let (zh, en) = if block.begun(as_of) {
                ("已施行", "in force")
            } else {
                ("尚未施行", "not yet in force")
            };
            if version.is_empty() {
                Text::new(format!("修订（{zh}）"), format!("Amended ({en})"))
            } else {
                Text::new(
                    format!("修订 {version} 版（{zh}）"),
                    format!("Version {version} amended ({en})"),
                )
            }
        }
        (Occasion::Rounds, _) => Text::new("申报批次", "Rounds"),
        (Occasion::Programme, _) => return None,
    })
}

/// An amendment holds for days past, and for verdicts that were given on them.
fn reaches_back(block: &Block, as_of: Date) -> Option<Text> {
    let decides = block
        .changes
        .iter()
        .any(|change| change.weight == Weight::Verdict && change.effect.is_none());
    let first = block.effect.iter().filter_map(|period| period.from).min()?;
    let open = block.effect.iter().any(|period| period.to.is_none());
    let last = block.effect.iter().filter_map(|period| period.to).max().filter(|_| !open);
    let days = match last {
        Some(last) => Text::new(format!("{first} 至 {last} "), format!("from {first} to {last}")),
        None => Text::new(format!("{first} 起"), format!("from {first} on")),
    };
    let reaches = block.occasion == Occasion::Amended && decides && first <= as_of;
    reaches.then(|| {
        Text::new(
            format!("注意：不是新版本，对 {}的判定都有影响，包括已作出的判定", days.zh),
            format!(
                "Note: not a new version; it holds for all verdicts {}, past ones included",
                days.en
            ),
        )
    })
}

/// `新申报、复核：2026-04-01 起`, purposes with the same days together.
pub(super) fn periods(periods: &[Period]) -> Text {
    let mut groups: Vec<(Text, Vec<Text>)> = Vec::new();
    for period in periods {
        let days = days(period);
        let purpose = period.purpose.map(words::verdict::purpose);
        match groups.iter_mut().find(|(known, _)| *known == days) {
            Some((_, purposes)) => purposes.extend(purpose.filter(|one| !purposes.contains(one))),
            None => groups.push((days, purpose.into_iter().collect())),
        }
    }
    let groups: Vec<Text> = groups
        .into_iter()
        .map(|(days, purposes)| {
            if purposes.is_empty() {
                return days;
            }
            let purposes = words::join(&purposes, "、", ", ");
            Text::new(
                format!("{} {}", purposes.zh, days.zh),
                format!("{} {}", purposes.en, days.en),
            )
        })
        .collect();
    words::join(&groups, "；", "; ")
}

fn days(period: &Period) -> Text {
    match (period.from, period.to) {
        (Some(from), to) => words::programme::period(from, to),
        (None, Some(to)) => Text::new(format!("至 {to}"), format!("until {to}")),
        (None, None) => Text::new("一直", "always"),
    }
}

/// `用于：专精特新“小巨人”企业 2026；…`
pub(super) fn users(users: &[User]) -> Text {
    let users: Vec<Text> = users
        .iter()
        .map(|user| {
            let versions = (user.versions.join("、"), user.versions.join(", "));
            Text::new(
                format!("{} {}", user.title.zh, versions.0),
                format!("{} {}", user.title.en, versions.1),
            )
        })
        .collect();
    let users = words::join(&users, "；", "; ");
    Text::new(format!("用于：{}", users.zh), format!("Used by: {}", users.en))
}
