//! The columns of a canonical batch, typed once for all blocks.

use std::cell::RefCell;
use std::rc::Rc;

use arrow::array::{
    Array, ArrayRef, AsArray as _, BooleanArray, Date32Array, DictionaryArray, Int64Array,
    ListArray, StringArray, StructArray, UInt16Array,
};
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::{Date32Type, Int32Type, Int64Type, UInt16Type};
use arrow::record_batch::RecordBatch;
use arrow::util::bit_chunk_iterator::BitChunks;
use population::{Shape, Special};

use super::choice::groups_of;
use crate::bits::Bits;
use crate::plan::Class;

/// A column by what it holds.
pub(crate) enum Column<'a> {
    Number(&'a Int64Array),
    Date(&'a Date32Array),
    Flag(&'a BooleanArray),
    Choice(&'a UInt16Array),
    Code(&'a DictionaryArray<Int32Type>),
    Other,
}

/// The columns of a batch.
pub(crate) struct Input<'a> {
    columns: Vec<Column<'a>>,
    pub founded: Option<&'a Date32Array>,
    pub subject: Option<&'a StringArray>,
    pub titles: Option<Entries<'a>>,
    pub titles_complete: Option<&'a BooleanArray>,
    pub titles_denied: Option<(&'a ListArray, &'a StringArray)>,
    pub events: Option<Entries<'a>>,
    pub complete: Option<Entries<'a>>,
    pub judgements: Option<Entries<'a>>,
    /// By classification: the group of each code of the industry column.
    groups: RefCell<Vec<(ClassKey, Rc<[u8]>)>>,
}

/// A classification, by where it stands in memory: the plan outlives the batch.
type ClassKey = *const Class;

/// A column of lists of records.
#[derive(Clone, Copy)]
pub(crate) struct Entries<'a> {
    list: &'a ListArray,
    records: &'a StructArray,
}

impl<'a> Input<'a> {
    pub fn new(shape: &Shape, batch: &'a RecordBatch) -> Self {
        let special = |which| shape.column(which).and_then(|place| batch.columns().get(place));
        let entries = |which| special(which).and_then(Entries::of);
        let founded = shape.fact("founded_on", None).and_then(|place| batch.columns().get(place));
        Self {
            columns: batch.columns().iter().map(Column::of).collect(),
            founded: founded.and_then(|array| array.as_primitive_opt::<Date32Type>()),
            subject: special(Special::Subject).and_then(|array| array.as_string_opt::<i32>()),
            titles: entries(Special::Titles),
            titles_complete: special(Special::TitlesComplete).and_then(|a| a.as_boolean_opt()),
            titles_denied: special(Special::TitlesDenied).and_then(|array| {
                let list = array.as_list_opt::<i32>()?;
                Some((list, list.values().as_string_opt::<i32>()?))
            }),
            events: entries(Special::Events),
            complete: entries(Special::Complete),
            judgements: entries(Special::Judgements),
            groups: RefCell::default(),
        }
    }

    /// The group of each code of a column, found once for all blocks.
    pub fn groups(&self, class: &Class, column: &DictionaryArray<Int32Type>) -> Rc<[u8]> {
        let key: ClassKey = class;
        let known = self.groups.borrow().iter().find(|known| known.0 == key).cloned();
        if let Some((_, groups)) = known {
            return groups;
        }
        let codes = column.values().as_string_opt::<i32>();
        let groups: Rc<[u8]> =
            codes.map_or_else(Vec::new, |codes| groups_of(class, codes.iter())).into();
        self.groups.borrow_mut().push((key, Rc::clone(&groups)));
        groups
    }

    fn column(&self, place: Option<usize>) -> Option<&Column<'a>> {
        place.and_then(|place| self.columns.get(place))
    }

    /// Whether a row is a subject of this kind; without saying it is of the usual one.
    pub fn is_of_kind(&self, row: usize, kind: &str, usual: &str) -> bool {
        self.subject.and_then(|subject| text(subject, row)).unwrap_or(usual) == kind
    }

    pub fn number(&self, place: Option<usize>) -> Option<&'a Int64Array> {
        match self.column(place) {
            Some(Column::Number(array)) => Some(array),
            _ => None,
        }
    }

    pub fn date(&self, place: Option<usize>) -> Option<&'a Date32Array> {
        match self.column(place) {
            Some(Column::Date(array)) => Some(array),
            _ => None,
        }
    }

    pub fn flag(&self, place: Option<usize>) -> Option<&'a BooleanArray> {
        match self.column(place) {
            Some(Column::Flag(array)) => Some(array),
            _ => None,
        }
    }

    pub fn choice(&self, place: Option<usize>) -> Option<&'a UInt16Array> {
        match self.column(place) {
            Some(Column::Choice(array)) => Some(array),
            _ => None,
        }
    }

    pub fn code(&self, place: Option<usize>) -> Option<&'a DictionaryArray<Int32Type>> {
        match self.column(place) {
            Some(Column::Code(array)) => Some(array),
            _ => None,
        }
    }
}

impl<'a> Column<'a> {
    fn of(array: &'a ArrayRef) -> Self {
        if let Some(array) = array.as_primitive_opt::<Int64Type>() {
            Self::Number(array)
        } else if let Some(array) = array.as_primitive_opt::<Date32Type>() {
            Self::Date(array)
        } else if let Some(array) = array.as_boolean_opt() {
            Self::Flag(array)
        } else if let Some(array) = array.as_primitive_opt::<UInt16Type>() {
            Self::Choice(array)
        } else if let Some(array) = array.as_dictionary_opt::<Int32Type>() {
            Self::Code(array)
        } else {
            Self::Other
        }
    }
}

impl<'a> Entries<'a> {
    fn of(array: &'a ArrayRef) -> Option<Self> {
        let list = array.as_list_opt::<i32>()?;
        Some(Self { list, records: list.values().as_struct_opt()? })
    }

    /// The entries of a row, by their places.
    pub fn of_row(&self, row: usize) -> std::ops::Range<usize> {
        if self.list.is_null(row) {
            return 0..0;
        }
        let offsets = self.list.value_offsets();
        let at = |place: usize| offsets.get(place).copied().unwrap_or_default() as usize;
        at(row)..at(row + 1)
    }

    /// The entries of all rows from `start` on, each with its row counted from there.
    pub fn of_rows(
        self,
        start: usize,
        len: usize,
    ) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
        (0..len)
            .map(move |row| (row, self.of_row(start + row)))
            .filter(|(_, range)| !range.is_empty())
    }

    /// Whether any of these rows has an entry.
    pub fn any(&self, start: usize, len: usize) -> bool {
        let offsets = self.list.value_offsets();
        offsets.get(start) != offsets.get(start + len)
    }

    pub fn text(&self, name: &str) -> Option<&'a StringArray> {
        self.records.column_by_name(name)?.as_string_opt::<i32>()
    }

    pub fn date(&self, name: &str) -> Option<&'a Date32Array> {
        self.records.column_by_name(name)?.as_primitive_opt::<Date32Type>()
    }

    pub fn flag(&self, name: &str) -> Option<&'a BooleanArray> {
        self.records.column_by_name(name)?.as_boolean_opt()
    }

    pub fn number(&self, name: &str) -> Option<&'a Int64Array> {
        self.records.column_by_name(name)?.as_primitive_opt::<Int64Type>()
    }

    pub fn entries(&self, name: &str) -> Option<Entries<'a>> {
        Entries::of(self.records.column_by_name(name)?)
    }
}

/// The value of an entry, if it has one.
pub(crate) fn text(array: &StringArray, place: usize) -> Option<&str> {
    (place < array.len() && array.is_valid(place)).then(|| array.value(place))
}

/// The day of an entry, if it has one.
pub(crate) fn day(array: Option<&Date32Array>, place: usize) -> Option<i32> {
    let array = array?;
    (place < array.len() && array.is_valid(place)).then(|| array.value(place))
}

/// Rows of a block that have a value.
pub(crate) fn valid(array: &dyn Array, start: usize, len: usize) -> Bits {
    match array.nulls() {
        None => Bits::first(len),
        Some(nulls) => window(nulls.inner(), start, len),
    }
}

/// Bits of a block.
pub(crate) fn window(buffer: &BooleanBuffer, start: usize, len: usize) -> Bits {
    let chunks = BitChunks::new(buffer.values(), buffer.offset() + start, len);
    Bits::of(chunks.iter().chain([chunks.remainder_bits()]))
}

/// The rows of a block out of a column's values.
pub(super) fn slice<T>(values: &[T], start: usize, len: usize) -> &[T] {
    values.get(start..start + len).unwrap_or_default()
}
