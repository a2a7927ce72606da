//! What is asked of every firm: the days, the programmes, the ladders.

use answers::asked;
use enterprise::{Facts, Text};
use rules::plan::{Climb, Planning, Wish};
use rules::{Ladder, Programme, Question, Rulebook};

use crate::arguments::Plan;
use crate::clock;

/// What is asked of every firm.
pub(super) struct Ask<'r> {
    pub rulebook: &'r Rulebook,
    pub wish: Wish,
    programmes: Vec<&'r Programme>,
    ladders: Vec<&'r Ladder>,
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
        let programmes = asked::named(&arguments.programme, rulebook)?;
        let ladders = asked::ladders(&arguments.ladder, rulebook)?;
        let wish = Wish {
            today,
            target: arguments.target,
            base_year: arguments.base_year,
            purpose: arguments.purpose.map(Into::into),
            alternatives: arguments.alternatives,
        };
        Ok(Self { rulebook, wish, programmes, ladders })
    }

    /// The question as of the day of the plan.
    pub fn question(&self) -> Question {
        Question::on(self.wish.today)
    }

    /// The plans for the programmes and the ladders.
    pub fn plans(&self, facts: &Facts) -> (Vec<Planning<'r>>, Vec<Climb<'r>>) {
        asked::plans(self.rulebook, &self.programmes, &self.ladders, facts, &self.wish)
    }
}
