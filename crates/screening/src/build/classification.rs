//! Classifications as parts of the plan.

use enterprise::FactKey;
use rules::{Classification, Missing};

use super::{Parts, Unsupported};
use crate::plan::{Class, ClassId};

impl<'r> Parts<'_, 'r> {
    pub fn classify(&mut self, known: &'r Classification) -> Result<ClassId, Unsupported> {
        // Tiers and groups are kept in a byte for each row.
        if known.order.len() > 16 || known.groups.len() >= usize::from(u8::MAX) {
            return Err(Unsupported);
        }
        let mut metrics = Vec::new();
        for group in &known.groups {
            let mut numbers = Vec::new();
            for metric in &group.metrics {
                numbers.push(self.number(&metric.value)?);
            }
            metrics.push(numbers);
        }
        let year = self.year(&known.by);
        let key = FactKey { indicator: known.by.indicator.id.clone(), year };
        let lack = self.lack_of(Missing::Fact { key, lack: known.by.indicator.lack.into() });
        let column = self.column(&known.by);
        Ok(self.plan.class(Class { column, classification: known.clone(), metrics, lack }))
    }
}
