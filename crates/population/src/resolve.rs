//! From the columns of a file to a shape, or to everything that is wrong with them at once. Reads no
//! rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::datatypes::{Field, Schema};
use enterprise::{Catalogue, FactKey, Period, Place, Problem, Severity};

use crate::near::Near;
use crate::says::{self, MOST_LOOKED_UP, MOST_SAID, MOST_UNKNOWN};
use crate::shape::{Column, Holds, Shape};
use crate::special::Special;
use crate::storage::fits;

/// The fiscal years that can be meant.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

impl Shape {
    /// Resolves the columns of a file, which stand under their names for facts of the catalogue. With the
    /// shape come warnings: columns that are not known are not read, and are named with what they may
    /// have been meant for.
    ///
    /// # Errors
    /// Everything that keeps the file out: columns of the wrong type or unit, years that cannot be,
    /// names that stand twice, nothing that says who the subjects are. Of very many problems of one
    /// kind the first are listed and the others counted.
    pub fn of(
        schema: &Schema,
        catalogue: &Catalogue,
    ) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let mut findings = Findings::default();
        let mut columns = Vec::new();
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for field in schema.fields() {
            *names.entry(field.name()).or_default() += 1;
        }
        for (name, times) in names.iter().filter(|(_, times)| **times > 1) {
            findings.add(name, says::twice(name, *times));
        }
        for (index, field) in schema.fields().iter().enumerate() {
            match meaning(field.name(), catalogue) {
                Ok(Some(holds)) => {
                    if let Err(unfit) = fits(&holds, field.data_type()) {
                        findings.add(field.name(), says::unfit(field.name(), &holds, unfit));
                    }
                    if let Some(problem) = says::other_unit(&holds, field) {
                        findings.add(field.name(), problem);
                    }
                    let wide = is_wide(field);
                    let (name, source) = (field.name().clone(), Some(index));
                    columns.push(Column { name, holds, source, wide });
                }
                Ok(None) => findings.unknown.push(field.name().clone()),
                Err(problem) => findings.add(field.name(), *problem),
            }
        }
        let has = |special: Special| {
            columns
                .iter()
                .any(|column| matches!(column.holds, Holds::Special(known) if known == special))
        };
        if !has(Special::Uscc) && !has(Special::Id) {
            findings.add("", says::nobody(schema));
        }
        if has(Special::Titles) && !has(Special::TitlesComplete) {
            let special = Special::TitlesComplete;
            let (name, holds) = (special.name().to_owned(), Holds::Special(special));
            columns.push(Column { name, holds, source: None, wide: false });
        }
        let problems = findings.end(catalogue);
        if problems.iter().any(|problem| problem.severity == Severity::Refused) {
            return Err(problems);
        }
        Ok((Self::new(Arc::new(catalogue.clone()), columns), problems))
    }
}

/// What a column of this name says; nothing if the catalogue does not know it.
pub(crate) fn meaning(name: &str, catalogue: &Catalogue) -> Result<Option<Holds>, Box<Problem>> {
    if let Some(special) = Special::named(name) {
        return Ok(Some(Holds::Special(special)));
    }
    // Ids may end in a year themselves (`ip1_2022`): the whole name comes first.
    let (indicator, year) = match (catalogue.indicator(name), split_year(name)) {
        (Some(indicator), _) => (indicator, None),
        (None, Some((id, year))) => match catalogue.indicator(id) {
            Some(indicator) => (indicator, Some(year)),
            None => return Ok(None),
        },
        (None, None) => return Ok(None),
    };
    if !indicator.given {
        return Err(Box::new(says::only_computed(indicator)));
    }
    match (indicator.period, year) {
        (Period::Yearly, None) => Err(Box::new(says::without_year(indicator))),
        (Period::State, Some(_)) => Err(Box::new(says::with_year(indicator))),
        (Period::Yearly, Some(year)) if !YEARS.contains(&year) => {
            Err(Box::new(says::wrong_year(indicator, year, &YEARS)))
        }
        (_, year) => {
            let key = FactKey { indicator: indicator.id.clone(), year };
            Ok(Some(Holds::Fact(Arc::clone(indicator), key)))
        }
    }
}

fn split_year(name: &str) -> Option<(&str, i16)> {
    let (id, year) = name.rsplit_once('_')?;
    let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    Some((id, year.parse().ok().filter(|_| digits)?))
}

fn is_wide(field: &Field) -> bool {
    use arrow::datatypes::DataType::{Decimal128, Decimal256};
    matches!(field.data_type(), Decimal128(precision, _) | Decimal256(precision, _) if *precision > 18)
}

/// Problems, of which not more are listed than anybody reads.
#[derive(Default)]
struct Findings {
    problems: Vec<Problem>,
    unsaid: usize,
    unknown: Vec<String>,
}

impl Findings {
    fn add(&mut self, column: &str, problem: Problem) {
        if self.problems.len() < MOST_SAID {
            self.problems.push(problem.at(place(column)));
        } else {
            self.unsaid += 1;
        }
    }

    fn end(mut self, catalogue: &Catalogue) -> Vec<Problem> {
        if self.unsaid > 0 {
            self.problems.push(says::more_problems(self.unsaid));
        }
        // To look for the nearest name takes time: not for columns that are only counted.
        let near = Near::new(catalogue);
        let looked = self.unknown.iter().take(MOST_LOOKED_UP);
        let mut named: Vec<_> = looked.map(|column| (column, near.column(column))).collect();
        // First what holds most: whole lists, then other columns that must be meant.
        named.sort_by_key(|(_, like)| match like {
            Some(like) if Special::named(like).is_some() => 0,
            Some(_) => 1,
            None => 2,
        });
        named.truncate(MOST_UNKNOWN);
        for (column, like) in &named {
            self.problems.push(says::unknown(column, like.as_deref()).at(place(column)));
        }
        let more = self.unknown.len() - named.len();
        if more > 0 {
            self.problems.push(says::more_unknown(more));
        }
        self.problems
    }
}

fn place(column: &str) -> Place {
    Place { field: (!column.is_empty()).then(|| says::shown(column)), ..Place::default() }
}
