//! Unified social credit codes: each check character is computed, none is believed.

use arrow::array::{Array, ArrayRef, StringArray, StringBuilder};
use enterprise::{Uscc, uscc_problem};

use super::texts::texts;
use crate::refused::At;

pub(super) fn codes(array: &ArrayRef, at: &mut At<'_>) -> Option<StringArray> {
    let codes = texts(array, at)?;
    if codes.iter().flatten().all(Uscc::is_code) {
        return Some(codes);
    }
    let mut read = StringBuilder::with_capacity(codes.len(), codes.len() * 18);
    for (index, code) in codes.iter().enumerate() {
        match code.map(str::parse::<Uscc>) {
            None => read.append_null(),
            Some(Ok(code)) => read.append_value(code.as_str()),
            Some(Err(error)) => {
                at.refuse(index, || uscc_problem(code.unwrap_or_default(), &error));
                // Not null: that the code is missing would be another complaint about the same thing.
                read.append_value("");
            }
        }
    }
    Some(read.finish())
}
