//! What a firm can do to qualify, as its head wants to read it: the gap, the best plan step by step,
//! other plans in short, and what all of it rests on.

mod gap;
mod ladder;
mod others;
mod reach;
mod steps;
mod summary;

use std::cell::Cell;

use enterprise::{Facts, Lang, Text};
use jiff::civil::Date;
use rules::plan::{Climb, Planning, Wish};
use rules::{Outcome, Question, Rulebook};

use super::lines::{heading, item, say, title};
use super::paint::Style;
use super::{header, programme, width};
use crate::output::Screen;
use words::{join, plan, programme as law, provenance, verdict};

/// What the pages of one firm are made with.
pub(crate) struct Page<'a> {
    pub rulebook: &'a Rulebook,
    pub facts: &'a Facts,
    pub wish: &'a Wish,
    pub screen: &'a Screen,
    told: Told,
}

/// What was said on the page, and what is still to be said at its foot.
#[derive(Debug, Default)]
struct Told {
    /// What effort means has been said.
    effort: Cell<bool>,
    /// The day up to which there would be more time for a step with a warning.
    relaxed: Cell<Option<Date>>,
}

/// Titles that end within so many days are named at the top.
const SOON: i32 = 365;

impl<'a> Page<'a> {
    /// A page that is still blank.
    pub(crate) fn new(
        rulebook: &'a Rulebook,
        facts: &'a Facts,
        wish: &'a Wish,
        screen: &'a Screen,
    ) -> Self {
        Self { rulebook, facts, wish, screen, told: Told::default() }
    }
}

impl Page<'_> {
    /// The whole page of a firm.
    pub(crate) fn lines(&self, plannings: &[Planning<'_>], climbs: &[Climb<'_>]) -> Vec<String> {
        let mut lines = self.head();
        for planning in plannings {
            lines.push(String::new());
            lines.extend(self.planning(planning));
        }
        for climb in climbs {
            lines.push(String::new());
            lines.extend(self.climb(climb));
        }
        lines.push(String::new());
        if let Some(day) = self.told.relaxed.get() {
            let words = match self.screen.lang {
                Lang::Zh => format!("时间紧或增幅大的，可放宽到 {day}：tidu plan … --for {day}"),
                Lang::En => format!(
                    "Little time or a large rise? See what {day} would take: tidu plan … --for {day}"
                ),
            };
            say(&words, Style::Open, self.screen, &mut lines);
        }
        let foot = self.screen.say(
            "方案只计真实发生且有凭证的数据；它说明需要做到什么，不是修改数据的依据。",
            "Only what really happens and is documented counts: a plan says what to bring about, not what to report.",
        );
        say(foot, Style::Dim, self.screen, &mut lines);
        lines
    }

    fn head(&self) -> Vec<String> {
        let today = self.wish.today;
        let question = Question::on(today);
        let base_year = today.year().saturating_sub(1);
        let mut lines = header::firm(self.facts, base_year, self.rulebook, &question, self.screen);
        let closed = plan::closed_years(today);
        say(closed.get(self.screen.lang), Style::Plain, self.screen, &mut lines);
        let ending = self.ending();
        if !ending.is_empty() {
            title(
                self.screen.say("即将到期的称号", "Titles that end soon"),
                self.screen,
                &mut lines,
            );
            for words in &ending {
                item(words, self.screen, &mut lines);
            }
        }
        lines
    }

    /// The titles of the firm that end within a year, unless they go on.
    fn ending(&self) -> Vec<Text> {
        let (titles, today) = (&self.facts.titles, self.wish.today);
        let soon = titles.iter().filter(|title| {
            let Some(to) = title.to else { return false };
            let left = plan::days_until(today, to);
            let goes_on = titles.iter().any(|other| {
                other.programme == title.programme && other.to.is_none_or(|until| until > to)
            });
            (0..=SOON).contains(&left) && !goes_on
        });
        soon.filter_map(|title| plan::ending(title, self.rulebook, today)).collect()
    }

    /// One programme in full.
    fn planning(&self, planning: &Planning<'_>) -> Vec<String> {
        let mut lines = self.title(planning);
        lines.extend(self.reach(planning));
        lines
    }

    /// The programme, the day and why that day, by which text.
    fn title(&self, planning: &Planning<'_>) -> Vec<String> {
        let (screen, lang) = (self.screen, self.screen.lang);
        let answer = &planning.unchanged;
        let (title, purpose) = (&planning.programme.title, verdict::purpose(answer.purpose));
        let mut words = vec![title.clone(), purpose];
        if let Outcome::Assessed(assessment) = &answer.outcome {
            words.push(law::version(assessment.version));
        }
        let mut lines = heading(join(&words, " · ", " · ").get(lang), screen);
        let (day, year) = (planning.target, answer.base_year);
        let because = plan::because(planning);
        let target = match lang {
            Lang::Zh => format!("目标日 {day}（{}）", because.zh),
            Lang::En => format!("Target {day} ({})", because.en),
        };
        let base = match lang {
            Lang::Zh => format!("该日的上一会计年度 {year}"),
            Lang::En => format!("last fiscal year then {year}"),
        };
        let whole = format!("{target}   {base}");
        let parts =
            if width::of(&whole) <= screen.width { vec![whole] } else { vec![target, base] };
        for words in &parts {
            say(words, Style::Bold, screen, &mut lines);
        }
        if let Outcome::Assessed(assessment) = &answer.outcome {
            let document = provenance::document(&assessment.version.document);
            say(&document, Style::Dim, screen, &mut lines);
            // Remarks on the law are read with the criteria.
            let remarks = programme::standing(assessment, screen);
            for (words, style) in remarks.into_iter().filter(|(_, style)| *style != Style::Dim) {
                say(&words, style, screen, &mut lines);
            }
        }
        lines
    }
}
