//! The function `criteria`: bits of a result as names of criteria.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{Array as _, ArrayRef, AsArray as _, StringBuilder};
use arrow::compute::cast;
use arrow::datatypes::{DataType, UInt64Type};
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility,
};
use enterprise::Lang;

use crate::metadata::Listed;

/// `criteria(programme, bits…)`, `criteria(programme, case, bits…)`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Criteria {
    signature: Signature,
    /// Names of criteria in the order of their bits, by programme and case.
    names: BTreeMap<(String, String), Vec<String>>,
    between: &'static str,
}

impl Criteria {
    pub fn new(results: &[Arc<Vec<Listed>>], lang: Lang) -> Self {
        let mut names = BTreeMap::new();
        for programme in results.iter().flat_map(|listed| listed.iter()) {
            for case in &programme.cases {
                let labels: Vec<String> =
                    case.leaves.iter().map(|leaf| leaf.label.get(lang).to_owned()).collect();
                // Without a case, the first one is meant: it is the only one then.
                for name in [case.name(), String::new()] {
                    names.entry((programme.id.clone(), name)).or_insert_with(|| labels.clone());
                }
            }
        }
        let between = match lang {
            Lang::Zh => "；",
            Lang::En => "; ",
        };
        Self { signature: Signature::variadic_any(Volatility::Immutable), names, between }
    }

    fn said(&self, programme: &str, case: &str, words: &[Option<u64>]) -> Option<String> {
        let names = self.names.get(&(programme.to_owned(), case.to_owned()))?;
        let mut said = String::new();
        for (word, bits) in words.iter().enumerate() {
            let mut bits = (*bits)?;
            while bits != 0 {
                let bit = word * 64 + usize::try_from(bits.trailing_zeros()).unwrap_or(0);
                bits &= bits - 1;
                if !said.is_empty() {
                    said.push_str(self.between);
                }
                said.push_str(names.get(bit).map_or("?", String::as_str));
            }
        }
        Some(said)
    }
}

impl ScalarUDFImpl for Criteria {
    fn name(&self) -> &'static str {
        "criteria"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, kinds: &[DataType]) -> Result<DataType> {
        if kinds.len() < 2 {
            return Err(DataFusionError::Plan(
                "criteria takes a programme, a case where there are several, and bits".to_owned(),
            ));
        }
        Ok(DataType::Utf8)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let rows = arguments.number_rows;
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let text = |array: &ArrayRef| cast(array, &DataType::Utf8);
        let mut arrays = arrays.into_iter().peekable();
        let programme = arrays.next().map(|array| text(&array)).transpose()?;
        let Some(programme) = programme else {
            return Err(DataFusionError::Plan("criteria takes a programme".to_owned()));
        };
        let case = arrays.next_if(|array| !array.data_type().is_integer());
        let case = case.map(|array| text(&array)).transpose()?;
        let words = arrays.map(|array| cast(&array, &DataType::UInt64));
        let words = words.collect::<Result<Vec<_>, _>>()?;
        let mut said = StringBuilder::new();
        for row in 0..rows {
            let at = |array: &ArrayRef| {
                let texts = array.as_string::<i32>();
                texts.is_valid(row).then(|| texts.value(row).to_owned())
            };
            let bits: Vec<Option<u64>> = words
                .iter()
                .map(|word| {
                    let word = word.as_primitive::<UInt64Type>();
                    word.is_valid(row).then(|| word.value(row))
                })
                .collect();
            let case = case.as_ref().and_then(at).unwrap_or_default();
            let names = at(&programme).and_then(|programme| self.said(&programme, &case, &bits));
            said.append_option(names);
        }
        Ok(ColumnarValue::Array(Arc::new(said.finish())))
    }
}
