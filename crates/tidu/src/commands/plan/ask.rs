//! What is asked of every firm: the days, the programmes, the ladders.

use enterprise::{Facts, Text};
use rules::plan::{Climb, Planning, Wish, climb, plan};
use rules::{Ladder, Programme, Question, Rulebook};

use crate::arguments::Plan;
use crate::clock;
use crate::commands::firms;

/// Whether the next rung has a standard that decides: such a ladder comes before what is only for
/// reference.
fn decides(climb: &Climb<'_>) -> bool {
    let first = climb.next.as_ref().and_then(|next| next.plannings.first());
    first.is_some_and(|planning| firms::decides(planning.programme))
}

/// What is asked of every firm.
pub(super) struct Ask<'r> {
    pub rulebook: &'r Rulebook,
    pub wish: Wish,
    programmes: Vec<&'r Programme>,
    ladders: Vec<&'r Ladder>,
    /// Whether ladders were named; else those without a way up are left out.
    named: bool,
}

impl<'r> Ask<'r> {
    /// What the arguments ask for.
    pub fn new(arguments: &Plan, rulebook: &'r Rulebook) -> Result<Self, Text> {
        let today = arguments.as_of.unwrap_or_else(clock::today);
        if let Some(target) = arguments.target.filter(|target| *target < today) {
            return Err(Text::new(
                format!(
                    "目标日 {target} 早于制定方案之日 {today}；目标日用 --for，制定日用 --as-of"
                ),
                format!(
                    "the target day {target} lies before {today}, the day of the plan (--for, --as-of)"
                ),
            ));
        }
        let last = arguments.target.map_or(today.year() + 1, |target| target.year());
        if let Some(year) = arguments.base_year.filter(|year| *year >= last) {
            return Err(Text::new(
                format!(
                    "上一会计年度 {year} 到目标日尚未结束；--base-year 须早于目标日所在的 {last} 年"
                ),
                format!(
                    "fiscal year {year} has not ended by the target day; --base-year must lie before {last}"
                ),
            ));
        }
        let programmes = firms::named(&arguments.programme, rulebook)?;
        let named = !arguments.ladder.is_empty();
        let ladders = if named {
            firms::ladders(&arguments.ladder, rulebook)?
        } else if programmes.is_empty() {
            firms::all_ladders(rulebook)
        } else {
            Vec::new()
        };
        let wish = Wish {
            today,
            target: arguments.target,
            base_year: arguments.base_year,
            purpose: arguments.purpose.map(Into::into),
            alternatives: arguments.alternatives,
        };
        Ok(Self { rulebook, wish, programmes, ladders, named })
    }

    /// The question as of the day of the plan.
    pub fn question(&self) -> Question {
        Question::on(self.wish.today)
    }

    /// The plans for the programmes that were named.
    pub fn plannings(&self, facts: &Facts) -> Vec<Planning<'r>> {
        let plan = |programme| plan(self.rulebook, programme, facts, &self.wish);
        self.programmes.iter().copied().map(plan).collect()
    }

    /// The plans for the ladders.
    pub fn climbs(&self, facts: &Facts) -> Vec<Climb<'r>> {
        let climb = |ladder| climb(self.rulebook, ladder, facts, &self.wish);
        let climbs = self.ladders.iter().copied().map(climb);
        let mut climbs: Vec<Climb<'r>> =
            climbs.filter(|climb| self.named || climb.next.is_some()).collect();
        if !self.named {
            climbs.sort_by_key(|climb| !decides(climb));
        }
        climbs
    }
}
