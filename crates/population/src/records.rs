//! The lists of a canonical batch, row by row: titles, events and the rest as records of plain
//! values. Only for reading.

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Date32Array, Int64Array, ListArray, StringArray,
    StructArray,
};
use arrow::datatypes::{Date32Type, Int64Type};

/// A list column.
pub(crate) struct Lists<'a> {
    lists: &'a ListArray,
}

impl<'a> Lists<'a> {
    pub fn of(array: &'a ArrayRef) -> Option<Self> {
        Some(Self { lists: array.as_list_opt::<i32>()? })
    }

    /// The items of a row, as indices into the items of all rows.
    pub fn items(&self, row: usize) -> std::ops::Range<usize> {
        items(self.lists, row)
    }

    /// The rows that have any items.
    pub fn rows(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.lists.len()).filter(|row| !self.items(*row).is_empty())
    }

    pub fn texts(&self) -> Option<&'a StringArray> {
        self.lists.values().as_string_opt::<i32>()
    }

    pub fn records(&self) -> Option<&'a StructArray> {
        self.lists.values().as_struct_opt()
    }

    pub fn text(&self, part: &str) -> Option<&'a StringArray> {
        text(self.records()?, part)
    }

    pub fn day(&self, part: &str) -> Option<&'a Date32Array> {
        self.records()?.column_by_name(part)?.as_primitive_opt::<Date32Type>()
    }

    pub fn flag(&self, part: &str) -> Option<&'a BooleanArray> {
        self.records()?.column_by_name(part)?.as_boolean_opt()
    }

    /// A part that is a list of named numbers.
    pub fn named_numbers(&self, part: &str) -> Option<NamedNumbers<'a>> {
        let lists = self.records()?.column_by_name(part)?.as_list_opt::<i32>()?;
        let records = lists.values().as_struct_opt()?;
        let values = records.column_by_name("value")?.as_primitive_opt::<Int64Type>()?;
        Some(NamedNumbers { lists, ids: text(records, "id")?, values })
    }
}

/// Numbers under ids, several for each record.
pub(crate) struct NamedNumbers<'a> {
    lists: &'a ListArray,
    ids: &'a StringArray,
    values: &'a Int64Array,
}

impl<'a> NamedNumbers<'a> {
    pub fn of(&self, record: usize) -> impl Iterator<Item = (&'a str, i64)> + use<'a> {
        let (ids, values) = (self.ids, self.values);
        items(self.lists, record)
            .filter(|index| ids.is_valid(*index) && values.is_valid(*index))
            .map(|index| (ids.value(index), values.value(index)))
    }
}

fn items(lists: &ListArray, row: usize) -> std::ops::Range<usize> {
    let offsets = lists.value_offsets();
    let end = |row: usize| offsets.get(row).and_then(|offset| usize::try_from(*offset).ok());
    match (end(row), end(row + 1)) {
        (Some(from), Some(to)) if lists.is_valid(row) => from..to,
        _ => 0..0,
    }
}

fn text<'a>(records: &'a StructArray, part: &str) -> Option<&'a StringArray> {
    records.column_by_name(part)?.as_string_opt::<i32>()
}

/// The text at an index, if there is one.
pub(crate) fn text_at(texts: &StringArray, index: usize) -> Option<&str> {
    texts.is_valid(index).then(|| texts.value(index))
}

/// The day at an index, if there is one.
pub(crate) fn day_at(days: &Date32Array, index: usize) -> Option<i32> {
    days.is_valid(index).then(|| days.value(index))
}
