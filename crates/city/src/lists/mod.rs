//! The columns that are lists: what registers hold of a firm, and figures that were not taken.

mod conflicts;
mod events;
mod judgements;
mod relations;
mod titles;

use arrow::array::ArrayRef;
use arrow::error::ArrowError;
use population::Special;

use crate::cast::Cast;
use crate::city::City;
use crate::tally::Tally;
use events::Events;
use judgements::Judgements;
use relations::Relations;
use titles::Titles;

impl City {
    /// What registers hold of these firms.
    pub(crate) fn registered(
        &self,
        casts: &[Cast],
        tally: &mut Tally,
    ) -> Result<Vec<(Special, ArrayRef)>, ArrowError> {
        let mut titles = Titles::default();
        let mut events = Events::default();
        let mut judgements = Judgements::default();
        let mut relations = Relations::default();
        for cast in casts {
            let held = self.register.titles(&self.casting, cast);
            for title in &held {
                tally.title(title.programme, title.to.is_none_or(|to| self.today <= to));
            }
            let (complete, denied) = self.register.titles_known(&self.casting, cast, &held);
            titles.push(&held, complete, &denied);
            let pack = cast.pack.and_then(|pack| self.packs.get(pack));
            events.push(self.register.events(cast, pack), &self.register.complete(cast));
            let criteria = &self.catalogue.judged;
            judgements.push(criteria, &self.register.assessed(cast, criteria.len()));
            let related = self.register.related(cast, self.entities);
            relations.push(related.map(|(other, controls)| (self.code(other), controls)));
        }
        let mut all = titles.finish()?;
        all.extend(events.finish()?);
        all.push((Special::Judgements, judgements.finish()?));
        all.push((Special::Relations, relations.finish()?));
        Ok(all)
    }
}
