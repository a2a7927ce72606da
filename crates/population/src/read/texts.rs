//! Texts as UTF-8 without blanks at their ends; a blank one is none.

use arrow::array::{ArrayRef, AsArray, StringArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;

use crate::refused::At;

pub(super) fn texts(array: &ArrayRef, at: &mut At<'_>) -> Option<StringArray> {
    let plain = plain(array, at)?;
    let tidy = |text: &str| !text.is_empty() && text.trim().len() == text.len();
    if plain.iter().flatten().all(tidy) {
        return Some(plain);
    }
    let trimmed = plain.iter().map(|text| text.map(str::trim).filter(|text| !text.is_empty()));
    Some(trimmed.collect())
}

/// The texts as they are, whatever encoding the file has them in.
pub(super) fn plain(array: &ArrayRef, at: &mut At<'_>) -> Option<StringArray> {
    if let Some(strings) = array.as_string_opt::<i32>() {
        return Some(strings.clone());
    }
    match cast(array, &DataType::Utf8) {
        Ok(strings) => strings.as_string_opt::<i32>().cloned(),
        Err(error) => {
            at.mismatch(&error);
            None
        }
    }
}
