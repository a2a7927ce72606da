//! Figures of other sources that were not taken.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int16Builder, StringBuilder};
use arrow::error::ArrowError;
use enterprise::{Kind, format_decimal};
use population::{Special, day_of};

use crate::cast::Cast;
use crate::city::City;
use crate::column::Column;
use crate::draw::{Dice, Theme, spread};
use crate::profile::ConflictSpec;
use crate::records::records;
use crate::sheet::Sheet;

/// Another source of a column.
struct Other<'c> {
    spec: &'c ConflictSpec,
    place: usize,
    column: &'c Column,
    theme: Theme,
}

impl City {
    /// What other sources say of these firms.
    pub(crate) fn conflicts(&self, casts: &[Cast], sheet: &Sheet) -> Result<ArrayRef, ArrowError> {
        let (mut lengths, others) = (Vec::with_capacity(casts.len()), self.others());
        let (mut indicator, mut year) = (StringBuilder::new(), Int16Builder::new());
        let (mut source, mut value) = (StringBuilder::new(), StringBuilder::new());
        for (row, cast) in casts.iter().enumerate() {
            let mut length = 0;
            for other in &others {
                let mut dice = other.theme.of(cast.row);
                let known = sheet.is_known(other.place, row);
                if !known || !dice.chance(other.spec.share.of(cast.class)) {
                    continue;
                }
                let taken = sheet.value(other.place, row);
                let Some(said) = self.said(other, taken, &mut dice) else { continue };
                length += 1;
                indicator.append_value(&other.column.key.indicator);
                year.append_option(other.column.key.year);
                source.append_value(&other.spec.source);
                value.append_value(said);
            }
            lengths.push(length);
        }
        let parts: Vec<ArrayRef> = vec![
            Arc::new(indicator.finish()),
            Arc::new(year.finish()),
            Arc::new(source.finish()),
            Arc::new(value.finish()),
        ];
        records(&Special::Conflicts.data_type(), lengths, parts)
    }

    fn others(&self) -> Vec<Other<'_>> {
        let theme = Theme::new(self.seed, "conflict");
        let found = (0_u64..).zip(&self.profile.conflicts).filter_map(|(number, spec)| {
            // The newest year stands first.
            let mut columns = self.columns.iter().enumerate();
            let (place, column) = columns.find(|(_, known)| known.key.indicator == spec.fact)?;
            Some(Other { spec, place, column, theme: theme.part(number) })
        });
        found.collect()
    }

    /// What the other source says instead, if it differs.
    fn said(&self, other: &Other<'_>, taken: i64, dice: &mut Dice) -> Option<String> {
        match &other.column.indicator.kind {
            Kind::Date => {
                let day = day_of(i32::try_from(taken - dice.between(1, 60)).ok()?)?;
                Some(day.to_string())
            }
            Kind::Industry => {
                let count = u64::try_from(self.codes.len()).ok()?;
                let number = usize::try_from(dice.below(count)).ok()?;
                let code = self.codes.get(number)?;
                (i64::try_from(number).ok()? != taken).then(|| code.clone())
            }
            kind => {
                let (low, high) = other.column.range;
                let said = spread(taken, other.spec.spread, dice.normal()).clamp(low, high);
                (said != taken).then(|| format_decimal(said, kind.scale()))
            }
        }
    }
}
