//! A block of rows as a canonical batch of the population.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, BooleanBuilder, Date32Array, Date32Builder, DictionaryArray,
    Int16Builder, Int32Array, Int64Array, Int64Builder, RecordBatch, StringArray, StringBuilder,
    UInt16Array, new_null_array,
};
use arrow::datatypes::{DataType, Int32Type};
use arrow::error::ArrowError;
use enterprise::{Kind, format_decimal};
use population::{Shape, Special, day_of};

use crate::cast::Cast;
use crate::city::City;
use crate::draw::{Theme, spread};
use crate::edge::Pack;
use crate::identity;
use crate::ranks::EntityKind;
use crate::records::{part, records, values};
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

    fn registered(
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
                titles.programme.append_value(title.programme);
                titles.from.append_value(title.from);
                titles.to.append_option(title.to);
                let counted = tally.titles.entry(title.programme.to_owned()).or_default();
                if title.to.is_none_or(|to| self.today <= to) {
                    counted.0 += 1;
                } else {
                    counted.1 += 1;
                }
            }
            titles.lengths.push(held.len());
            let (complete, denied) = self.register.titles_known(&self.casting, cast, &held);
            titles.complete.append_value(complete);
            titles.denied_lengths.push(denied.len());
            denied.iter().for_each(|id| titles.denied.append_value(id));

            let pack: Option<&Pack> = cast.pack.and_then(|pack| self.packs.get(pack));
            let happened = self.register.events(cast, pack);
            events.lengths.push(happened.len());
            for event in happened {
                events.kind.append_value(event.kind);
                events.day.append_value(event.day);
                events.attributes.push(event.attributes.len());
                for (id, value) in event.attributes {
                    events.ids.append_value(id);
                    events.numbers.append_value(value);
                }
            }
            let complete = self.register.complete(cast);
            events.complete.push(complete.len());
            for kind in complete {
                events.complete_kind.append_value(kind.kind);
                events.complete_from.append_null();
                events.complete_until.append_value(kind.until);
            }

            let criteria = &self.catalogue.judged;
            let found = self.register.assessed(cast, criteria.len());
            judgements.lengths.push(found.len());
            for (criterion, (met, day)) in criteria.iter().zip(found) {
                judgements.owner.append_value(&criterion.owner);
                judgements.criterion.append_value(&criterion.criterion);
                judgements.met.append_value(met);
                judgements.by.append_value("示例评审员");
                judgements.on.append_value(day);
                judgements.note.append_null();
            }

            let related = self.register.related(cast, self.entities);
            relations.lengths.push(usize::from(related.is_some()));
            if let Some((other, controls)) = related {
                relations.kind.append_value(if controls { "controls" } else { "same-group" });
                relations.other.append_value(self.code(other));
            }
        }
        let mut all = titles.finish()?;
        all.extend(events.finish()?);
        all.push((Special::Judgements, judgements.finish()?));
        all.push((Special::Relations, relations.finish()?));
        Ok(all)
    }

    /// Figures of other sources that were not taken.
    fn conflicts(&self, casts: &[Cast], sheet: &Sheet) -> Result<ArrayRef, ArrowError> {
        let mut lengths = vec![0_usize; casts.len()];
        let (mut indicator, mut year) = (StringBuilder::new(), Int16Builder::new());
        let (mut source, mut value) = (StringBuilder::new(), StringBuilder::new());
        let specs = self.profile.conflicts.iter().filter_map(|spec| {
            // The newest year stands first.
            let place = self.columns.iter().position(|column| column.key.indicator == spec.fact)?;
            Some((spec, place, self.columns.get(place)?))
        });
        let specs: Vec<_> = specs.collect();
        for ((row, cast), length) in casts.iter().enumerate().zip(&mut lengths) {
            for (spec, place, column) in &specs {
                let mut dice = Theme::new(self.seed, "conflict").part(*place as u64).of(cast.row);
                if !sheet.is_known(*place, row) || !dice.chance(spec.share.of(cast.class)) {
                    continue;
                }
                let taken = sheet.value(*place, row);
                let other = match &column.indicator.kind {
                    Kind::Date => {
                        let day = i32::try_from(taken - dice.between(1, 60)).ok().and_then(day_of);
                        day.map(|day| day.to_string())
                    }
                    Kind::Industry => {
                        let number = dice.below(self.codes.len() as u64);
                        usize::try_from(number).ok().and_then(|n| self.codes.get(n)).cloned()
                    }
                    kind => {
                        let other = spread(taken, spec.spread, dice.normal());
                        let other = other.clamp(column.range.0, column.range.1);
                        (other != taken).then(|| format_decimal(other, kind.scale()))
                    }
                };
                let Some(other) = other else { continue };
                *length += 1;
                indicator.append_value(&column.key.indicator);
                year.append_option(column.key.year);
                source.append_value(&spec.source);
                value.append_value(other);
            }
        }
        let parts: Vec<ArrayRef> = vec![
            Arc::new(indicator.finish()),
            Arc::new(year.finish()),
            Arc::new(source.finish()),
            Arc::new(value.finish()),
        ];
        records(&Special::Conflicts.data_type(), lengths, parts)
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

#[derive(Default)]
struct Titles {
    lengths: Vec<usize>,
    programme: StringBuilder,
    from: Date32Builder,
    to: Date32Builder,
    complete: BooleanBuilder,
    denied_lengths: Vec<usize>,
    denied: StringBuilder,
}

impl Titles {
    fn finish(mut self) -> Result<Vec<(Special, ArrayRef)>, ArrowError> {
        let parts: Vec<ArrayRef> = vec![
            Arc::new(self.programme.finish()),
            Arc::new(self.from.finish()),
            Arc::new(self.to.finish()),
        ];
        let denied = Arc::new(self.denied.finish());
        Ok(vec![
            (Special::Titles, records(&Special::Titles.data_type(), self.lengths, parts)?),
            (Special::TitlesComplete, Arc::new(self.complete.finish())),
            (
                Special::TitlesDenied,
                values(&Special::TitlesDenied.data_type(), self.denied_lengths, denied)?,
            ),
        ])
    }
}

#[derive(Default)]
struct Events {
    lengths: Vec<usize>,
    kind: StringBuilder,
    day: Date32Builder,
    attributes: Vec<usize>,
    ids: StringBuilder,
    numbers: Int64Builder,
    complete: Vec<usize>,
    complete_kind: StringBuilder,
    complete_from: Date32Builder,
    complete_until: Date32Builder,
}

impl Events {
    fn finish(mut self) -> Result<Vec<(Special, ArrayRef)>, ArrowError> {
        let events = Special::Events.data_type();
        let numbers: Vec<ArrayRef> =
            vec![Arc::new(self.ids.finish()), Arc::new(self.numbers.finish())];
        let attributes = records(&part(&events, "attributes")?, self.attributes, numbers)?;
        let parts: Vec<ArrayRef> =
            vec![Arc::new(self.kind.finish()), Arc::new(self.day.finish()), attributes];
        let complete: Vec<ArrayRef> = vec![
            Arc::new(self.complete_kind.finish()),
            Arc::new(self.complete_from.finish()),
            Arc::new(self.complete_until.finish()),
        ];
        Ok(vec![
            (Special::Events, records(&events, self.lengths, parts)?),
            (Special::Complete, records(&Special::Complete.data_type(), self.complete, complete)?),
        ])
    }
}

#[derive(Default)]
struct Judgements {
    lengths: Vec<usize>,
    owner: StringBuilder,
    criterion: StringBuilder,
    met: BooleanBuilder,
    by: StringBuilder,
    on: Date32Builder,
    note: StringBuilder,
}

impl Judgements {
    fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let parts: Vec<ArrayRef> = vec![
            Arc::new(self.owner.finish()),
            Arc::new(self.criterion.finish()),
            Arc::new(self.met.finish()),
            Arc::new(self.by.finish()),
            Arc::new(self.on.finish()),
            Arc::new(self.note.finish()),
        ];
        records(&Special::Judgements.data_type(), self.lengths, parts)
    }
}

#[derive(Default)]
struct Relations {
    lengths: Vec<usize>,
    kind: StringBuilder,
    other: StringBuilder,
}

impl Relations {
    fn finish(mut self) -> Result<ArrayRef, ArrowError> {
        let parts: Vec<ArrayRef> =
            vec![Arc::new(self.kind.finish()), Arc::new(self.other.finish())];
        records(&Special::Relations.data_type(), self.lengths, parts)
    }
}
