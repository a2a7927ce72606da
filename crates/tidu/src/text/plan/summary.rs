//! The beginning of each programme in a few lines: whether it can be reached, when at the earliest,
//! what comes first, whose word is waited for.

use enterprise::{Lang, Text};
use rules::plan::{Plan, Planning, Reach};

use super::Page;
use crate::text::lines::say;
use crate::text::paint::Style;
use words::condition::quoted;
use words::plan::{nothing_to_do, only_confirm};
use words::{gap, join, plan};

/// Names that are listed before the rest is only counted.
const NAMED: usize = 3;

impl Page<'_> {
    /// At most four things; none where the page itself is as short.
    pub(super) fn summary(&self, planning: &Planning<'_>, lines: &mut Vec<String>) {
        let (day, lang) = (planning.target, self.screen.lang);
        let (best, answer, style) = match &planning.reach {
            Reach::Plans(plans) => match plans.first() {
                Some(best) if !nothing_to_do(best) => (Some(best), Text::default(), Style::Good),
                _ => return,
            },
            Reach::NotByThen { earliest: Some(later), .. } => {
                let at = later.day;
                let when = Text::new(format!("，最早 {at}"), format!(", at the earliest on {at}"));
                (later.plans.first(), when, Style::Open)
            }
            Reach::NotByThen { looked_until, .. } => (
                None,
                Text::new(
                    format!("，查到 {looked_until} 也没有找到能达到的一天"),
                    format!(", nor was a day found up to {looked_until}"),
                ),
                Style::Bad,
            ),
            Reach::NoVersion | Reach::NotPublic => return,
        };
        let can = match &planning.reach {
            Reach::Plans(_) if best.is_some_and(only_confirm) => {
                Text::new("核实属实即可，不需要改变", "yes, if what is to be confirmed is so")
            }
            Reach::Plans(_) => Text::new("能，须作以下改变", "yes, with these changes"),
            _ => Text::new("不能", "no"),
        };
        let words = match lang {
            Lang::Zh => format!("到 {day} 能否达到：{}{}", can.zh, answer.zh),
            Lang::En => format!("Reached by {day}? {}{}", can.en, answer.en),
        };
        lines.push(String::new());
        say(&words, style, self.screen, lines);
        let Some(best) = best else { return };
        for words in [self.first(best), self.waits(best)].into_iter().flatten() {
            say(words.get(lang), Style::Plain, self.screen, lines);
        }
    }

    /// What comes first: the step whose last day is the next, or what is to be confirmed.
    fn first(&self, best: &Plan<'_>) -> Option<Text> {
        let steps = plan::shown(best, self.rulebook);
        if let Some(step) = steps.iter().min_by_key(|step| step.by) {
            let (figure, goal) =
                (plan::figure(step), plan::goal(&step.indicator, &step.to, step.bound));
            let by = plan::by(step);
            return Some(Text::new(
                format!("第一步：{}，{}，{}", figure.zh, goal.zh, by.zh),
                format!("First: {}, {}, {}", figure.en, goal.en, by.en),
            ));
        }
        if let Some(title) = best.titles.first() {
            let name = gap::title(&self.rulebook.catalogue, &title.programme);
            let label = quoted(&name.zh);
            return Some(match title.held_until {
                Some(day) => Text::new(
                    format!("第一步：保持{label}有效（{day} 到期）"),
                    format!("First: keep {} valid (it ends on {day})", name.en),
                ),
                None => {
                    Text::new(format!("第一步：取得{label}"), format!("First: win {}", name.en))
                }
            });
        }
        let count = best.trusted.len();
        let things = if count == 1 { "matter" } else { "matters" };
        (count > 0).then(|| {
            Text::new(
                format!("第一步：核实 {count} 项"),
                format!("First: confirm {count} {things}"),
            )
        })
    }

    /// Whose word is waited for.
    fn waits(&self, best: &Plan<'_>) -> Option<Text> {
        let names: Vec<Text> = best
            .pending
            .iter()
            .map(|what| gap::missing(what, self.rulebook))
            .chain(best.undefined.iter().map(|undefined| undefined.label.clone()))
            .collect();
        let list = join(names.iter().take(NAMED), "、", "; ");
        let (more_zh, more_en) = match names.len().saturating_sub(NAMED) {
            0 => (String::new(), String::new()),
            more => (format!("等 {} 项", names.len()), format!("; {more} more")),
        };
        (!names.is_empty()).then(|| {
            Text::new(
                format!("等待他人决定：{}{more_zh}", list.zh),
                format!("Others decide: {}{more_en}", list.en),
            )
        })
    }
}
