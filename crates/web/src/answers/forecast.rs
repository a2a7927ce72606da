//! How verdicts go on by time alone, as a time line for each programme, and what all of it rests on.

use enterprise::Text;
use rules::forecast::{Forecast, Period};
use words::forecast::{self as said, Place};
use words::reason::reason;
use words::verdict;

use super::{Answers, tone};
use crate::failure::Failure;
use crate::parts::Tone;
use crate::parts::timeline::{Event, Timeline};
use crate::view::{Block, Part};

impl Answers<'_> {
    /// The periods of each forecast; of one that never changes, a sentence.
    pub fn forecast(&self, forecasts: &[Forecast<'_>]) -> Result<Vec<Block>, Failure> {
        let say = self.say;
        let mut blocks = Vec::new();
        for forecast in forecasts {
            if forecasts.len() > 1 {
                blocks.push(Block::Heading(self.text(&forecast.programme.title)));
            }
            let still = forecast.periods.len() == 1
                && forecast.periods.iter().all(|period| period.steps.is_empty());
            if still {
                blocks.push(Block::Text(say.t1("answers.stays", "day", forecast.until)));
            } else {
                let events = self.events(forecast);
                let line = Timeline { say, today: self.today, events };
                blocks.push(Block::Part(Part::new(&line)?));
            }
            let ends = self.text(&said::ends(&forecast.ends, forecast.until));
            if !ends.is_empty() {
                blocks.push(Block::Text(ends));
            }
        }
        let premises = said::premises(forecasts, self.rulebook);
        self.list(say.t("answers.premises"), &premises, &mut blocks)?;
        Ok(blocks)
    }

    fn events(&self, forecast: &Forecast<'_>) -> Vec<Event> {
        let mut events = Vec::new();
        for (index, period) in forecast.periods.iter().enumerate() {
            let why = if index == 0 {
                reason(&period.answer, self.rulebook)
            } else {
                said::why(&period.changes(), self.place(forecast, period))
            };
            let label = verdict::conclusion(&period.answer);
            let tone = tone(period.answer.verdict());
            let mut event = Event::on(period.from, self.text(&label), tone);
            event.until = Some(period.to);
            event.note = self.text(&why);
            events.push(event);
            for step in &period.steps {
                let why: Text = said::why(&step.turned(), self.place(forecast, step));
                let mut event = Event::on(step.from, self.say.t("answers.unchanged"), Tone::Dim);
                event.note = self.text(&why);
                events.push(event);
            }
        }
        events
    }

    fn place<'p, 'r>(
        &'p self,
        forecast: &'p Forecast<'r>,
        period: &'p Period<'r>,
    ) -> Place<'p, 'r> {
        Place { rulebook: self.rulebook, assumed: &forecast.assumed, period }
    }
}
