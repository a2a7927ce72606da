//! The function `criteria`: bits of a result as names of criteria.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{Array as _, ArrayRef, AsArray as _, StringBuilder, UInt64Array};
use arrow::compute::{CastOptions, cast, cast_with_options};
use arrow::datatypes::{DataType, UInt64Type};
use datafusion::common::Result;
use datafusion::error::DataFusionError;
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility,
};
use enterprise::says::nearest_hint;
use enterprise::{Lang, Text, nearest};

use crate::metadata::Listed;

/// `criteria(programme, bits…)`, `criteria(programme, case, bits…)`.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Criteria {
    signature: Signature,
    /// By programme and case: the names of criteria in the order of their bits; nothing where results
    /// call them differently.
    names: BTreeMap<String, BTreeMap<String, Option<Vec<String>>>>,
    lang: Lang,
}

impl Criteria {
    pub fn new(results: &[Arc<Vec<Listed>>], lang: Lang) -> Self {
        let mut names: BTreeMap<String, BTreeMap<String, Option<Vec<String>>>> = BTreeMap::new();
        for programme in results.iter().flat_map(|listed| listed.iter()) {
            let known = names.entry(programme.id.clone()).or_default();
            for case in &programme.cases {
                let labels = case.leaves.iter().map(|leaf| leaf.label.get(lang).to_owned());
                let labels = Some(labels.collect());
                let same = known.entry(case.name()).or_insert_with(|| labels.clone());
                if *same != labels {
                    *same = None;
                }
            }
        }
        Self { signature: Signature::variadic_any(Volatility::Immutable), names, lang }
    }

    fn said(&self, programme: &str, case: Option<&str>, words: &[u64]) -> Result<String> {
        let names = self.names(programme, case).map_err(|text| {
            DataFusionError::Execution(format!("criteria: {}", text.get(self.lang)))
        })?;
        let between = match self.lang {
            Lang::Zh => "；",
            Lang::En => "; ",
        };
        let mut said = String::new();
        for (word, bits) in words.iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                let bit = word * 64 + usize::try_from(bits.trailing_zeros()).unwrap_or(0);
                bits &= bits - 1;
                if !said.is_empty() {
                    said.push_str(between);
                }
                said.push_str(names.get(bit).map_or("?", String::as_str));
            }
        }
        Ok(said)
    }

    /// The names of a programme's criteria; without a case, those of the only one.
    fn names(&self, programme: &str, case: Option<&str>) -> Result<&[String], Text> {
        let programmes = || self.names.keys().map(String::as_str);
        let cases = self.names.get(programme).ok_or_else(|| {
            let hint = nearest_hint(nearest(programme, programmes()));
            Text::new(
                format!("结果中没有“{programme}”这个项目{}", hint.zh),
                format!("the result has no programme `{programme}`{}", hint.en),
            )
        })?;
        let known: Vec<&str> = cases.keys().map(String::as_str).collect();
        let found = match (case, known.as_slice()) {
            (Some(case), _) => cases.get(case),
            (None, [only]) => cases.get(*only),
            (None, _) => None,
        };
        match found {
            Some(Some(names)) => Ok(names),
            Some(None) => Err(Text::new(
                format!("几个结果中“{programme}”的条件不同，请分别查询"),
                format!(
                    "the results have different criteria for `{programme}`: ask them one by one"
                ),
            )),
            None => Err(Text::new(
                format!("请写明“{programme}”的适用情形（case）：{}", known.join("、")),
                format!("name the case of `{programme}`: {}", known.join(", ")),
            )),
        }
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
        let words = arrays.map(|array| self.bits(&array)).collect::<Result<Vec<_>>>()?;
        let mut said = StringBuilder::new();
        for row in 0..rows {
            let bits: Option<Vec<u64>> =
                words.iter().map(|word| word.is_valid(row).then(|| word.value(row))).collect();
            let of_case = case.as_ref().map(|case| at(case, row));
            said.append_option(match (at(&programme, row), of_case, bits) {
                (Some(programme), None, Some(bits)) => Some(self.said(programme, None, &bits)?),
                (Some(programme), Some(Some(case)), Some(bits)) => {
                    // The view of a result with one case has no column for it.
                    let case = Some(case).filter(|case| !case.is_empty());
                    Some(self.said(programme, case, &bits)?)
                }
                _ => None,
            });
        }
        Ok(ColumnarValue::Array(Arc::new(said.finish())))
    }
}

impl Criteria {
    /// Bits are never negative.
    fn bits(&self, array: &ArrayRef) -> Result<UInt64Array> {
        let strict = CastOptions { safe: false, ..CastOptions::default() };
        match cast_with_options(array, &DataType::UInt64, &strict) {
            Ok(bits) => Ok(bits.as_primitive::<UInt64Type>().clone()),
            Err(error) => {
                let said = match self.lang {
                    Lang::Zh => format!("criteria: 条件的位须是不小于 0 的整数（{error}）"),
                    Lang::En => format!("criteria: bits are whole numbers from 0 on ({error})"),
                };
                Err(DataFusionError::Execution(said))
            }
        }
    }
}

fn at(texts: &ArrayRef, row: usize) -> Option<&str> {
    let texts = texts.as_string_opt::<i32>()?;
    texts.is_valid(row).then(|| texts.value(row))
}
