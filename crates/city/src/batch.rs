//! A block of rows as a canonical batch of the population.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Int32Array, Int64Array, RecordBatch,
    StringArray, StringBuilder, UInt16Array, new_null_array,
};
use arrow::datatypes::{DataType, Int32Type};
use arrow::error::ArrowError;
use enterprise::Kind;
use population::{Shape, Special};

use crate::cast::Cast;
use crate::city::City;
use crate::identity;
use crate::ranks::EntityKind;
use crate::sheet::Sheet;
use crate::stand::stand;
use crate::tally::Tally;

impl City {
    /// The rows from `first` on as a canonical batch of the city's shape, and what they count.
    ///
    /// # Errors
    /// When the shape is not that of this city.
    pub fn batch(
        &self,
        shape: &Shape,
        first: u64,
        rows: usize,
    ) -> Result<(RecordBatch, Tally), ArrowError> {
        let end = first.saturating_add(u64::try_from(rows).unwrap_or(0)).min(self.entities);
        let mut casts: Vec<Cast> = (first..end).map(|row| self.cast(row)).collect();
        let mut sheet = Sheet::draw(&self.columns, &casts, self.today);
        for (row, cast) in casts.iter_mut().enumerate() {
            let Some(pack) = cast.pack.and_then(|pack| self.packs.get(pack)) else { continue };
            let code = |code: &str| self.codes.iter().position(|known| known == code);
            stand(pack, &self.columns, &self.places, &mut sheet, row, cast, code);
        }
        let mut columns: Vec<Option<ArrayRef>> = vec![None; shape.schema().fields().len()];
        let mut put = |place: Option<usize>, array: ArrayRef| {
            if let Some(column) = place.and_then(|place| columns.get_mut(place)) {
                *column = Some(array);
            }
        };
        for (place, column) in self.columns.iter().enumerate() {
            let index = shape.fact(&column.key.indicator, column.key.year);
            put(index, self.facts(&sheet, place, &column.indicator.kind));
        }
        let mut tally = Tally::default();
        for (special, array) in self.identities(&casts) {
            put(shape.column(special), array);
        }
        for (special, array) in self.registered(&casts, &mut tally)? {
            put(shape.column(special), array);
        }
        put(shape.column(Special::Conflicts), self.conflicts(&casts, &sheet)?);
        self.count(&casts, &mut tally);
        let arrays = columns.into_iter().zip(shape.schema().fields()).map(|(column, field)| {
            column.unwrap_or_else(|| new_null_array(field.data_type(), casts.len()))
        });
        let batch = RecordBatch::try_new(Arc::clone(shape.schema()), arrays.collect())?;
        Ok((batch, tally))
    }

    fn facts(&self, sheet: &Sheet, place: usize, kind: &Kind) -> ArrayRef {
        let values = sheet.values.get(place).map_or(&[][..], Vec::as_slice);
        let known = sheet.known.get(place).map_or(&[][..], Vec::as_slice);
        let all = values.iter().zip(known).map(|(value, known)| known.then_some(*value));
        match kind {
            Kind::Money | Kind::Ratio | Kind::Number { .. } => Arc::new(Int64Array::from_iter(all)),
            Kind::Date => {
                let days = all.map(|day| day.and_then(|day| i32::try_from(day).ok()));
                Arc::new(Date32Array::from_iter(days))
            }
            Kind::Flag => Arc::new(BooleanArray::from_iter(all.map(|yes| yes.map(|yes| yes != 0)))),
            Kind::Choice(_) => {
                let options =
                    all.map(|option| option.and_then(|option| u16::try_from(option).ok()));
                Arc::new(UInt16Array::from_iter(options))
            }
            Kind::Industry => {
                let keys = all.map(|code| code.and_then(|code| i32::try_from(code).ok()));
                let codes = Arc::new(StringArray::from_iter_values(&self.codes));
                match DictionaryArray::<Int32Type>::try_new(Int32Array::from_iter(keys), codes) {
                    Ok(dictionary) => Arc::new(dictionary),
                    // Every key is the number of a code.
                    Err(_) => new_null_array(&DataType::Utf8, values.len()),
                }
            }
        }
    }

    fn identities(&self, casts: &[Cast]) -> Vec<(Special, ArrayRef)> {
        let (mut codes, mut names) = (StringBuilder::new(), StringBuilder::new());
        for cast in casts {
            let district = self.district(cast.district);
            codes.append_value(identity::code(self.seed, cast.row, cast.kind, district));
            let industry = self.profile.industries.get(cast.industry);
            let word = industry.map_or("综合", |industry| industry.word.as_str());
            names.append_value(identity::name(cast.row, cast.kind, word, cast.class >= 6));
        }
        vec![(Special::Uscc, Arc::new(codes.finish())), (Special::Name, Arc::new(names.finish()))]
    }

    fn count(&self, casts: &[Cast], tally: &mut Tally) {
        for cast in casts {
            *tally.kinds.entry(cast.kind).or_default() += 1;
            tally.on_edges += u64::from(cast.pack.is_some());
            if cast.kind == EntityKind::Enterprise {
                let district = self.district(cast.district).to_owned();
                *tally.districts.entry(district).or_default() += 1;
            }
        }
    }
}
