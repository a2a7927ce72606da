//! What benefits come to for those who enter, leave and stay.

use enterprise::Text;

use crate::commands::simulate::{Cost, Effect, Flows, Gate, Money};
use crate::output::Screen;
use crate::text::lines::say;
use crate::text::paint::Style;
use crate::text::screening::grouped;
use words::amounts::money;

/// A paragraph for each benefit that somebody gains, loses or gets otherwise.
pub(super) fn lines(effect: &Effect, screen: &Screen) -> Vec<String> {
    let mut lines = Vec::new();
    for cost in &effect.costs {
        let (eligible, measurable) = (cost.at(Gate::Eligible), cost.at(Gate::Measurable));
        if eligible.is_empty() && measurable.is_empty() {
            continue;
        }
        lines.push(String::new());
        let words = about(cost, eligible);
        say(words.get(screen.lang), Style::Plain, screen, &mut lines);
        if measurable != eligible {
            let words = flows(measurable);
            let words = Text::new(
                format!("  待判断的如都通过：{}", words.zh),
                format!("  if all who wait for a judgement pass: {}", words.en),
            );
            say(words.get(screen.lang), Style::Plain, screen, &mut lines);
        }
    }
    lines
}

fn about(cost: &Cost, at: &Flows) -> Text {
    let words = flows(at);
    Text::new(
        format!("{}：{}", cost.label.zh, words.zh),
        format!("{}: {}", cost.label.en, words.en),
    )
}

/// `进入 12 户 3600 万元；退出 3 户 900 万元；净增 2700 万元`
fn flows(flows: &Flows) -> Text {
    let mut parts = Vec::new();
    let sides = [
        (&flows.entering, "进入", "entering"),
        (&flows.leaving, "退出", "leaving"),
        (&flows.before, "留下的现为", "staying, now"),
        (&flows.after, "改后", "then"),
    ];
    for (side, zh, en) in sides {
        if !side.is_empty() {
            let sum = sum(side);
            parts.push(Text::new(format!("{zh} {}", sum.zh), format!("{en} {}", sum.en)));
        }
    }
    let net = flows.net();
    if flows.unknown() == 0 || net != 0 {
        let amount = in_words(net.abs());
        parts.push(match net.signum() {
            1 => Text::new(format!("净增 {}", amount.zh), format!("{} more in all", amount.en)),
            -1 => Text::new(format!("净减 {}", amount.zh), format!("{} less in all", amount.en)),
            _ => Text::new("合计不变", "no change in all"),
        });
    }
    if parts.is_empty() {
        return Text::new("没有企业变动", "nobody moves");
    }
    words::join(&parts, "；", "; ")
}

fn sum(side: &Money) -> Text {
    let mut parts = Vec::new();
    if side.known > 0 {
        let (known, amount) = (grouped(side.known), in_words(side.fen));
        parts.push(Text::new(
            format!("{known} 户 {}", amount.zh),
            format!("{known}: {}", amount.en),
        ));
    }
    if side.unknown > 0 {
        let unknown = grouped(side.unknown);
        let mut words =
            Text::new(format!("{unknown} 户金额未知"), format!("{unknown} of unknown amount"));
        if side.capped == side.unknown {
            let most = in_words(side.at_most);
            words.zh.push_str(&format!("（合计至多 {}）", most.zh));
            words.en.push_str(&format!(" (at most {} together)", most.en));
        }
        parts.push(words);
    }
    words::join(&parts, "，", ", ")
}

/// Sums of a whole city fit in 64 bits; a sum that does not is told in yuan.
fn in_words(fen: i128) -> Text {
    match i64::try_from(fen) {
        Ok(fen) => money(fen),
        Err(_) => {
            let yuan = fen.div_euclid(100);
            Text::new(format!("{yuan} 元"), format!("CNY {yuan}"))
        }
    }
}
