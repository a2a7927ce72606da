//! The function `label`: the code of a district or a size class as the name that people know.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use arrow::array::{Array as _, AsArray as _, StringBuilder};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility,
};
use enterprise::says::nearest_hint;
use enterprise::{Lang, nearest};

use crate::metadata::Labels;

/// `label(column, code)`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Label {
    signature: Signature,
    /// By column and code.
    names: BTreeMap<(String, String), String>,
    lang: Lang,
}

impl Label {
    pub fn new<'l>(results: impl Iterator<Item = &'l Labels>, lang: Lang) -> Self {
        let names = results.flatten().flat_map(|(column, codes)| {
            let name = |(code, text): (&String, &enterprise::Text)| {
                ((column.clone(), code.clone()), text.get(lang).to_owned())
            };
            codes.iter().map(name)
        });
        Self { signature: Signature::any(2, Volatility::Immutable), names: names.collect(), lang }
    }

    fn said(&self, column: &str, code: &str) -> Result<&str> {
        let key = (column.to_owned(), code.to_owned());
        if let Some(name) = self.names.get(&key) {
            return Ok(name);
        }
        let columns: BTreeSet<&str> = self.names.keys().map(|(known, _)| known.as_str()).collect();
        if columns.contains(column) {
            return Err(DataFusionError::Execution(match self.lang {
                Lang::Zh => format!("label: “{column}”没有“{code}”这个代码"),
                Lang::En => format!("label: `{column}` has no code `{code}`"),
            }));
        }
        let hint = nearest_hint(nearest(column, columns.iter().copied()));
        let columns: Vec<&str> = columns.into_iter().collect();
        Err(DataFusionError::Execution(match self.lang {
            Lang::Zh => {
                let known = columns.join("、");
                format!("label: 没有“{column}”的名称；有名称的是：{known}{}", hint.zh)
            }
            Lang::En => {
                let known = columns.join(", ");
                format!("label: there are no names for `{column}`, but for: {known}{}", hint.en)
            }
        }))
    }
}

impl ScalarUDFImpl for Label {
    fn name(&self) -> &'static str {
        "label"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let texts = arrays.iter().map(|array| cast(array, &DataType::Utf8));
        let texts = texts.collect::<Result<Vec<_>, _>>()?;
        let [columns, codes] = texts.as_slice() else {
            return Err(DataFusionError::Plan("label takes a column and a code".to_owned()));
        };
        let (columns, codes) = (columns.as_string::<i32>(), codes.as_string::<i32>());
        let mut said = StringBuilder::new();
        for row in 0..arguments.number_rows {
            let both = columns.is_valid(row) && codes.is_valid(row);
            said.append_option(match both {
                true => Some(self.said(columns.value(row), codes.value(row))?),
                false => None,
            });
        }
        Ok(ColumnarValue::Array(Arc::new(said.finish())))
    }
}
