//! Who holds which title on the day of the question, as the population says.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use arrow::array::AsArray as _;
use arrow::compute::cast;
use arrow::datatypes::DataType;
use engine::{Failure, Limits, Query};
use enterprise::Lang;
use jiff::civil::Date;

use super::sheets::CODES;

/// Codes of subjects by the title that they hold.
#[derive(Default)]
pub(super) struct Holders(BTreeMap<String, HashSet<String>>);

impl Holders {
    /// Reads the titles of a population, if it says anything of them.
    pub fn of(population: &PathBuf, day: Date, lang: Lang) -> Result<Option<Self>, Failure> {
        let query = Query::open(std::slice::from_ref(population), lang, Limits::default())?;
        let Some(table) = query.tables().first() else { return Ok(None) };
        let has = |column: &&str| table.columns.iter().any(|known| known == column);
        let codes: Vec<String> =
            CODES.iter().filter(|code| has(code)).map(|code| format!("\"{code}\"")).collect();
        if !has(&"titles") || codes.is_empty() {
            return Ok(None);
        }
        let sql = format!(
            "SELECT CAST(code AS VARCHAR), CAST(title['programme'] AS VARCHAR) FROM \
             (SELECT coalesce({}) AS code, unnest(\"titles\") AS title FROM \"{}\") \
             WHERE title['from'] <= DATE '{day}' AND title['to'] >= DATE '{day}'",
            codes.join(", "),
            table.name,
        );
        let mut holders = Self::default();
        for batch in query.ask(&sql)? {
            let batch = batch?;
            let texts = |index: usize| cast(batch.column(index), &DataType::Utf8);
            let (codes, titles) = (texts(0)?, texts(1)?);
            let both = codes.as_string::<i32>().iter().zip(titles.as_string::<i32>());
            for (code, title) in both.filter_map(|(code, title)| code.zip(title)) {
                if !holders.0.contains_key(title) {
                    holders.0.insert(title.to_owned(), HashSet::new());
                }
                if let Some(codes) = holders.0.get_mut(title) {
                    codes.insert(code.to_owned());
                }
            }
        }
        Ok(Some(holders))
    }

    /// Whether the subject with this code holds the title.
    pub fn hold(&self, programme: &str, code: Option<&str>) -> bool {
        let codes = self.0.get(programme);
        codes.zip(code).is_some_and(|(codes, code)| codes.contains(code))
    }
}
