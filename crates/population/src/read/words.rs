//! Choices and codes of industries: few words for many rows. Each word is admitted once for a batch.

use std::collections::HashMap;

use arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, Int32Array, StringArray, UInt16Array,
};
use arrow::buffer::ScalarBuffer;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Int32Type};
use enterprise::{Indicator, Value, admit_value};

use super::texts::plain;
use crate::refused::At;

/// The options, as their indices.
pub(super) fn choices(
    array: &ArrayRef,
    indicator: &Indicator,
    at: &mut At<'_>,
) -> Option<UInt16Array> {
    let words = Words::of(array, at)?;
    let options: Vec<Option<u16>> = words
        .admitted(indicator, at)
        .into_iter()
        .map(|value| match value {
            Some(Value::Choice(index)) => u16::try_from(index).ok(),
            _ => None,
        })
        .collect();
    // A choice that is refused or blank counts as none; where it is refused, its row is not taken.
    Some(words.keys.iter().map(|key| option(&options, key?)).collect())
}

fn option(options: &[Option<u16>], key: i32) -> Option<u16> {
    usize::try_from(key).ok().and_then(|key| options.get(key).copied().flatten())
}

/// The codes with their section letters, as a dictionary.
pub(super) fn industries(
    array: &ArrayRef,
    indicator: &Indicator,
    at: &mut At<'_>,
) -> Option<DictionaryArray<Int32Type>> {
    let words = Words::of(array, at)?;
    let codes: StringArray = words
        .admitted(indicator, at)
        .into_iter()
        .map(|value| match value {
            Some(Value::Code(code)) => Some(code),
            _ => None,
        })
        .collect();
    // Rows that have no code say so themselves, not through a blank word.
    let keys = if codes.null_count() == 0 {
        words.keys
    } else {
        let known = |key: &i32| usize::try_from(*key).is_ok_and(|key| codes.is_valid(key));
        words.keys.iter().map(|key| key.filter(known)).collect()
    };
    match DictionaryArray::try_new(keys, std::sync::Arc::new(codes)) {
        Ok(codes) => Some(codes),
        Err(error) => {
            at.mismatch(&error);
            None
        }
    }
}

/// The different words of a column, and which each row has.
struct Words {
    keys: Int32Array,
    words: StringArray,
}

impl Words {
    fn of(array: &ArrayRef, at: &mut At<'_>) -> Option<Self> {
        if let Some(dictionary) = array.as_any_dictionary_opt() {
            let keys = match cast(dictionary.keys(), &DataType::Int32) {
                Ok(keys) => keys.as_primitive::<Int32Type>().clone(),
                Err(error) => {
                    at.mismatch(&error);
                    return None;
                }
            };
            return Some(Self { keys, words: plain(dictionary.values(), at)? });
        }
        let texts = plain(array, at)?;
        let mut places: HashMap<&str, i32> = HashMap::new();
        let mut words: Vec<&str> = Vec::new();
        let mut keys: Vec<i32> = Vec::with_capacity(texts.len());
        for index in 0..texts.len() {
            keys.push(if texts.is_null(index) {
                0
            } else {
                *places.entry(texts.value(index)).or_insert_with(|| {
                    words.push(texts.value(index));
                    i32::try_from(words.len()).unwrap_or(i32::MAX) - 1
                })
            });
        }
        let keys = Int32Array::new(ScalarBuffer::from(keys), texts.nulls().cloned());
        Some(Self { keys, words: StringArray::from(words) })
    }

    /// What each word means. The rows of a word that is refused are told.
    fn admitted(&self, indicator: &Indicator, at: &mut At<'_>) -> Vec<Option<Value>> {
        let mut bad = HashMap::new();
        let mut values = Vec::with_capacity(self.words.len());
        for (word, text) in self.words.iter().enumerate() {
            let text = text.map(str::trim).unwrap_or_default();
            values.push(match text {
                "" => None,
                _ => admit_value(indicator, text, None)
                    .map_err(|problem| bad.insert(i32::try_from(word).unwrap_or(i32::MAX), problem))
                    .ok(),
            });
        }
        if !bad.is_empty() {
            for (index, key) in self.keys.iter().enumerate() {
                if let Some(problem) = key.and_then(|key| bad.get(&key)) {
                    at.refuse(index, || (**problem).clone());
                }
            }
        }
        values
    }
}
