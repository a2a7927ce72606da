//! A population for the generated law, by columns and in memory: about as scattered as that of a city,
//! with values on thresholds and values that are missing. The same seed gives the same rows.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BooleanArray, BooleanBufferBuilder, Date32Array, Int64Array, ListArray,
    NullBufferBuilder, RecordBatch, StringArray, StructArray, UInt16Array, new_null_array,
};
use arrow::buffer::{BooleanBuffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, Field};
use arrow::error::ArrowError;
use jiff::civil::{Date, date};
use population::{Shape, Special, day_number};

use crate::law::vocabulary::{Kind, indicator};
use crate::plain::{Amount, Edge, Plain};
use crate::seed::Seed;

/// How many of a hundred values stand exactly on a threshold.
const ON_EDGE: usize = 4;

/// A population that is never held as a whole: its batches are made when they are asked for.
#[derive(Debug, Clone)]
pub struct Crowd {
    shape: Shape,
    plain: Plain,
    seed: u64,
    /// For each column of the law: how many of a hundred values are missing.
    gaps: Vec<usize>,
    /// For each column of the law: edges of values, and of ratios to another column.
    edges: Vec<Vec<(Option<usize>, bool, Edge)>>,
}

/// One column in the making.
struct Making {
    values: Vec<i64>,
    known: Vec<bool>,
}

impl Crowd {
    /// The population of a law. `shape` has the law's columns and all lists.
    pub fn new(shape: Shape, plain: &Plain, seed: u64) -> Self {
        let mut draw = Seed::new(seed, 1 << 40);
        let gaps = plain.columns.iter().map(|_| 5 + draw.below(16)).collect();
        let mut edges = vec![Vec::new(); plain.columns.len()];
        let mut add = |column: usize, edge| {
            if let Some(edges) = edges.get_mut(column) {
                edges.push(edge);
            }
        };
        let banded =
            plain.bands.iter().flat_map(|of| of.edges.iter().map(|edge| (of.amount, edge.0)));
        let compared = plain.comparisons.iter().map(|of| (of.amount, of.edge));
        for (amount, edge) in compared.chain(banded) {
            match plain.amounts.get(amount) {
                Some(Amount::Value(column)) => add(*column, (None, false, edge)),
                Some(Amount::Ratio(over, under)) => add(*over, (Some(*under), false, edge)),
                Some(Amount::Growth(this, last)) => add(*this, (Some(*last), true, edge)),
                _ => {}
            }
        }
        Self { shape, plain: plain.clone(), seed, gaps, edges }
    }

    /// The columns of its batches.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// So many rows as the batch with this number.
    ///
    /// # Errors
    /// When the shape is not that of the law.
    pub fn batch(&self, number: u64, rows: usize) -> Result<RecordBatch, ArrowError> {
        let mut seed = Seed::new(self.seed, number);
        let mut made: Vec<Making> = Vec::new();
        for _ in &self.plain.columns {
            made.push(Making { values: Vec::with_capacity(rows), known: Vec::with_capacity(rows) });
        }
        let today = i64::from(day_number(self.plain.as_of));
        let mut firm = vec![0; made.len()];
        for _ in 0..rows {
            self.firm(&mut seed, today, &mut firm);
            self.on_edges(&mut seed, &mut firm);
            self.note(&mut seed, &firm, &mut made);
        }
        let schema = self.shape.schema();
        let mut columns: Vec<ArrayRef> =
            schema.fields().iter().map(|field| new_null_array(field.data_type(), rows)).collect();
        for (column, made) in self.plain.columns.iter().zip(made) {
            let place = self.shape.fact(column.indicator, column.year);
            if let Some(slot) = place.and_then(|place| columns.get_mut(place)) {
                *slot = array(slot.data_type(), made);
            }
        }
        for (special, array) in self.lists(&mut seed, number, rows)? {
            let place = self.shape.column(special);
            if let Some(slot) = place.and_then(|place| columns.get_mut(place)) {
                *slot = array;
            }
        }
        RecordBatch::try_new(Arc::clone(schema), columns)
    }

    /// The figures of one firm: sizes over five orders of magnitude, the rest in proportion.
    fn firm(&self, seed: &mut Seed, today: i64, firm: &mut [i64]) {
        let bell = (seed.unit() + seed.unit() + seed.unit()) / 3.0;
        let revenue = 10f64.powf(6.5 + 5.0 * bell);
        let age = (seed.unit() * seed.unit() * 9_000.0) as i64 + 30;
        let (margin, research) = (seed.unit(), seed.unit());
        // Who reports in 10,000 yuan, and who to the fen.
        let unit = if seed.chance(25) { 1_000_000 } else { 1 };
        let mut year = revenue;
        for (column, slot) in self.plain.columns.iter().zip(firm.iter_mut()) {
            let chance = seed.unit();
            if column.indicator == "revenue" {
                year = if column.year == Some(self.plain.base_year) {
                    revenue
                } else {
                    year * (0.75 + 0.4 * chance)
                };
            }
            let some = |of: f64, share: f64| if chance < share { of * chance / share } else { 0.0 };
            let figure = match column.indicator {
                "revenue" => year,
                "main_revenue" => revenue * (0.4 + 0.6 * chance),
                "rd_expense" => some(revenue * 0.13 * research, 0.65),
                "net_profit" => revenue * (0.25 * chance * margin - 0.05),
                "total_assets" => revenue * (0.4 + 2.0 * chance),
                "total_liabilities" => revenue * 1.6 * chance,
                "tax_paid" => revenue * 0.08 * chance,
                "export_revenue" => some(revenue * 0.7, 0.4),
                "employees" => revenue / 6e7 * (0.3 + chance) + 1.0,
                "rd_staff" => some(revenue / 2e8, 0.7),
                "equity_financing" => some(revenue, 0.2),
                "fixed_investment" => some(revenue * 0.3, 0.6),
                "registered_capital" => revenue * (0.1 + 0.5 * chance),
                "valuation" => revenue * (0.5 + 3.0 * chance),
                "quality_score" => 3_000.0 + 6_500.0 * chance,
                "niche_years" => age as f64 / 400.0,
                "founded_on" => (today - age) as f64,
                "market_share" | "top_customer_share" | "digital_share" => {
                    1e6 * chance * chance.max(margin)
                }
                "district" => 10.0 * chance,
                _ => match indicator(column.indicator).map(|of| of.kind) {
                    Some(Kind::Flag) => f64::from(u8::from(chance < 0.55)),
                    _ => some(14.0 * chance * bell, 0.8),
                },
            };
            let money = indicator(column.indicator).is_some_and(|of| of.kind == Kind::Money);
            *slot = if money { figure as i64 / unit * unit } else { figure as i64 };
        }
    }

    /// Puts some figures exactly where the law draws a line.
    fn on_edges(&self, seed: &mut Seed, firm: &mut [i64]) {
        for (column, edges) in self.edges.iter().enumerate() {
            if edges.is_empty() || !seed.chance(ON_EDGE) {
                continue;
            }
            let Some((under, growth, edge)) = seed.pick(edges) else { continue };
            let of = match under {
                None => 1,
                Some(under) => firm.get(*under).copied().unwrap_or_default(),
            };
            let exact = i128::from(of) * i128::from(edge.numerator) / i128::from(edge.denominator);
            let exact = if *growth { exact + i128::from(of) } else { exact };
            let within = i64::try_from(exact).ok().filter(|exact| *exact <= 900_000_000_000_000);
            if let (Some(slot), Some(exact)) = (firm.get_mut(column), within) {
                *slot = exact;
            }
        }
    }

    fn note(&self, seed: &mut Seed, firm: &[i64], made: &mut [Making]) {
        let founded = self.plain.columns.iter().position(|of| of.indicator == "founded_on");
        let day = founded.and_then(|place| firm.get(place)).copied().unwrap_or_default();
        let year = i32::try_from(day).ok().and_then(population::day_of).map_or(1990, Date::year);
        let rows = firm.iter().zip(&self.gaps).zip(&self.plain.columns).zip(made);
        for (((value, gap), column), made) in rows {
            let before = column.year.is_some_and(|of| of < year);
            made.values.push(*value);
            made.known.push(!before && !seed.chance(*gap));
        }
    }

    /// Titles, events and what is complete, and a few decisions of persons.
    fn lists(
        &self,
        seed: &mut Seed,
        number: u64,
        rows: usize,
    ) -> Result<Vec<(Special, ArrayRef)>, ArrowError> {
        let day = |day: Date| day_number(day);
        let as_of = day(self.plain.as_of);
        let mut titles = Lists::default();
        let mut events = Lists::default();
        let mut complete = Lists::default();
        let mut judgements = Lists::default();
        let mut all_titles = BooleanBufferBuilder::new(rows);
        let mut ids = Vec::with_capacity(rows);
        let judged: Vec<(&str, &str)> = self.plain.judged().collect();
        for row in 0..rows {
            ids.push(format!("B{number:06}{row:06}"));
            all_titles.append(seed.chance(70));
            for title in &self.plain.titles {
                if seed.chance(6) {
                    let from = as_of - 1_500 + i32::try_from(seed.below(1_600)).unwrap_or_default();
                    let to = (!seed.chance(4)).then_some(from + 1_095);
                    titles.texts.push([title.clone(), String::new()]);
                    titles.days.push([Some(from), to]);
                }
            }
            titles.end();
            for (kind, _) in &self.plain.events {
                if seed.chance(2) {
                    let back = i32::try_from(seed.below(1_500)).unwrap_or_default();
                    events.texts.push([kind.clone(), String::new()]);
                    events.days.push([Some(as_of - back), None]);
                }
                if seed.chance(8) {
                    complete.texts.push([kind.clone(), String::new()]);
                    let from = (!seed.chance(80)).then_some(day(date(2020, 1, 1)));
                    complete.days.push([from, Some(as_of)]);
                }
            }
            events.end();
            if seed.chance(75) {
                let short = i32::from(seed.chance(10)) * 200;
                complete.texts.push(["*".to_owned(), String::new()]);
                complete.days.push([None, Some(as_of - short)]);
            }
            complete.end();
            if let (true, Some((owner, criterion))) = (seed.chance(10), seed.pick(&judged)) {
                judgements.texts.push([(*owner).to_owned(), (*criterion).to_owned()]);
                judgements.days.push([Some(as_of - 30), None]);
                judgements.flags.push(seed.chance(60));
            }
            judgements.end();
        }
        let schema = self.shape.schema();
        let mut found: Vec<(Special, ArrayRef)> = vec![
            (Special::Id, Arc::new(StringArray::from(ids))),
            (Special::TitlesComplete, Arc::new(BooleanArray::new(all_titles.finish(), None))),
        ];
        for (special, lists) in [
            (Special::Titles, titles),
            (Special::Events, events),
            (Special::Complete, complete),
            (Special::Judgements, judgements),
        ] {
            let field = self.shape.column(special).and_then(|place| schema.fields().get(place));
            if let Some(field) = field {
                found.push((special, lists.array(field)?));
            }
        }
        Ok(found)
    }
}

/// Lists of records of at most two texts, two days and a flag.
#[derive(Default)]
struct Lists {
    ends: Vec<i32>,
    texts: Vec<[String; 2]>,
    days: Vec<[Option<i32>; 2]>,
    flags: Vec<bool>,
}

impl Lists {
    fn end(&mut self) {
        self.ends.push(i32::try_from(self.texts.len()).unwrap_or(i32::MAX));
    }

    fn array(self, field: &Field) -> Result<ArrayRef, ArrowError> {
        let DataType::List(item) = field.data_type() else {
            return Err(ArrowError::SchemaError(format!("{} is no list", field.name())));
        };
        let DataType::Struct(parts) = item.data_type() else {
            return Err(ArrowError::SchemaError(format!("{} has no records", field.name())));
        };
        let many = self.texts.len();
        let (mut text, mut day) = (0..2usize, 0..2usize);
        let columns = parts.iter().map(|part| -> ArrayRef {
            match part.data_type() {
                DataType::Utf8 => match text.next() {
                    Some(place)
                        if self
                            .texts
                            .iter()
                            .any(|texts| texts.get(place).is_some_and(|text| !text.is_empty())) =>
                    {
                        Arc::new(
                            self.texts
                                .iter()
                                .map(|texts| texts.get(place))
                                .collect::<StringArray>(),
                        )
                    }
                    _ => new_null_array(part.data_type(), many),
                },
                DataType::Date32 => match day.next() {
                    Some(place) => Arc::new(
                        self.days
                            .iter()
                            .map(|days| days.get(place).copied().flatten())
                            .collect::<Date32Array>(),
                    ),
                    None => new_null_array(part.data_type(), many),
                },
                DataType::Boolean => Arc::new(BooleanArray::from(self.flags.clone())),
                other => new_null_array(other, many),
            }
        });
        let records = StructArray::try_new(parts.clone(), columns.collect(), None)?;
        let offsets: Vec<i32> = std::iter::once(0).chain(self.ends).collect();
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        Ok(Arc::new(ListArray::try_new(Arc::clone(item), offsets, Arc::new(records), None)?))
    }
}

fn array(kind: &DataType, made: Making) -> ArrayRef {
    let Making { values, known } = made;
    let mut nulls = NullBufferBuilder::new(known.len());
    known.iter().for_each(|known| nulls.append(*known));
    let nulls: Option<NullBuffer> = nulls.finish();
    match kind {
        DataType::Date32 => {
            let days = values.iter().map(|day| i32::try_from(*day).unwrap_or_default());
            Arc::new(Date32Array::new(days.collect(), nulls))
        }
        DataType::Boolean => {
            let flags: BooleanBuffer = values.iter().map(|flag| *flag != 0).collect();
            Arc::new(BooleanArray::new(flags, nulls))
        }
        DataType::UInt16 => {
            let options = values.iter().map(|option| u16::try_from(*option).unwrap_or_default());
            Arc::new(UInt16Array::new(options.collect(), nulls))
        }
        _ => {
            // What is not known is not there: null slots say nothing.
            let values = values.iter().zip(&known).map(|(value, known)| value * i64::from(*known));
            Arc::new(Int64Array::new(values.collect(), nulls))
        }
    }
}
