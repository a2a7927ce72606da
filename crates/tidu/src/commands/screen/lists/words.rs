//! The words of the lists: what stands for the codes of a result.

use std::collections::BTreeMap;

use arrow::array::AsArray as _;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int64Type};
use engine::{Failure, Query};
use enterprise::{Kind, Lang, Text};
use rules::Standing;
use screening::Case;
use words::programme::qualified;
use words::verdict::purpose;

use super::again::Shorts;
use super::holders::Holders;
use crate::screened::Screened;
use crate::workbook::{Cell, Column, Head, Look};

/// What a sheet says, after the group that a subject is in.
static ABOUT: [(&str, Column); 6] = [
    ("uscc", Column { zh: "统一社会信用代码", en: "Code", width: 21 }),
    ("id", Column { zh: "编号", en: "Id", width: 16 }),
    ("name", Column { zh: "名称", en: "Name", width: 36 }),
    ("district", Column { zh: "区市", en: "District", width: 14 }),
    ("industry", Column { zh: "行业代码", en: "Industry", width: 10 }),
    ("size_class", Column { zh: "规模", en: "Size", width: 8 }),
];

/// What stands for the codes of a result.
pub(super) struct Words<'s> {
    pub screened: &'s Screened<'s>,
    pub lang: Lang,
    /// What the result says of anybody.
    pub about: Vec<&'static (&'static str, Column)>,
    /// By column and code.
    options: BTreeMap<(&'static str, String), String>,
    /// Who holds which title; nothing where the population says nothing of titles.
    pub holders: Option<Holders>,
    /// What those lack who are one short.
    shorts: Shorts,
}

impl<'s> Words<'s> {
    pub fn new(
        screened: &'s Screened<'s>,
        query: &Query,
        (holders, shorts): (Option<Holders>, Shorts),
        lang: Lang,
    ) -> Result<Self, Failure> {
        let mut options = BTreeMap::new();
        for (column, _) in &ABOUT {
            let indicator = screened.rulebook.catalogue.indicator(column);
            let Some(Kind::Choice(choices)) = indicator.map(|known| &known.kind) else { continue };
            for choice in choices {
                let label = choice.label.get(lang).to_owned();
                options.insert((*column, choice.id.clone()), label);
            }
        }
        Ok(Self { screened, lang, about: said(query)?, options, holders, shorts })
    }

    pub fn option(&self, column: &'static str, code: String) -> String {
        self.options.get(&(column, code.clone())).cloned().unwrap_or(code)
    }

    /// What people call a criterion at the top of any text of the programme.
    pub fn criterion(&self, programme: &str, id: &str) -> String {
        let versions = self.screened.rulebook.programme(programme).map(|own| &own.versions);
        let criteria = versions.into_iter().flatten().flat_map(|version| &version.criteria);
        let found = criteria.into_iter().find(|criterion| criterion.id == id);
        found.map_or_else(|| id.to_owned(), |own| own.label.get(self.lang).to_owned())
    }

    /// What a subject lacks that is one short: in figures where they are known, else what it does not
    /// meet.
    pub fn short(&self, place: usize, code: Option<&str>, not_met: &[String]) -> Option<String> {
        let key = (place, code.unwrap_or_default().to_owned());
        self.shorts.get(&key).cloned().or_else(|| self.list_of(not_met))
    }

    /// What a subject waits for.
    pub fn pending(&self, unknown: &[String]) -> Option<String> {
        let words = self.list_of(unknown)?;
        Some(match self.lang {
            Lang::Zh => format!("待：{words}"),
            Lang::En => format!("pending: {words}"),
        })
    }

    fn list_of(&self, labels: &[String]) -> Option<String> {
        let separator = if self.lang == Lang::Zh { "、" } else { "; " };
        (!labels.is_empty()).then(|| labels.join(separator))
    }

    pub fn head(&self, column: &Column) -> Head {
        let words = match self.lang {
            Lang::Zh => column.zh,
            Lang::En => column.en,
        };
        Head { words: words.to_owned(), width: column.width }
    }

    /// The list, as what the version makes of it.
    pub fn list(&self, list: usize, worth: Standing) -> (Cell, Look) {
        let (words, look) = match list {
            0 => (Text::new("符合", "eligible"), Look::Good),
            1 => (Text::new("待判断", "pending"), Look::Open),
            _ => (Text::new("只差一项", "one short"), Look::Bad),
        };
        let look = if worth == Standing::Binding { look } else { Look::Plain };
        (Cell::Text(qualified(words, worth).get(self.lang).to_owned()), look)
    }

    pub fn yes(&self) -> Cell {
        Cell::Text(Text::new("是", "yes").get(self.lang).to_owned())
    }

    /// For what purpose a version was asked; which one, where there are several.
    pub fn case(&self, case: &Case, several: bool) -> Cell {
        let words = purpose(case.purpose);
        let words = words.get(self.lang);
        let version = &case.version;
        Cell::Text(match self.lang {
            _ if !several => words.to_owned(),
            Lang::Zh => format!("{words}（{version}）"),
            Lang::En => format!("{words} ({version})"),
        })
    }
}

/// The columns in which the result says anything.
fn said(query: &Query) -> Result<Vec<&'static (&'static str, Column)>, Failure> {
    let result = query.tables().iter().find(|table| table.name == "result");
    let columns = result.map(|table| table.columns.as_slice()).unwrap_or_default();
    let there = ABOUT.iter().filter(|(name, _)| columns.iter().any(|own| own == name));
    let there: Vec<_> = there.collect();
    let counts: Vec<String> = there.iter().map(|(name, _)| format!("count(\"{name}\")")).collect();
    let mut said = Vec::new();
    for batch in query.ask(&format!("SELECT {} FROM result", counts.join(", ")))? {
        let batch = batch?;
        for (column, count) in there.iter().zip(batch.columns()) {
            let count = cast(count, &DataType::Int64)?;
            if count.as_primitive::<Int64Type>().iter().flatten().any(|count| count > 0) {
                said.push(*column);
            }
        }
    }
    Ok(said)
}
