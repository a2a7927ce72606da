//! A JSON value that keeps what facts need: the order and repetition of keys and the text of
//! numbers. Bounded in size; depth is bounded by the parser.

use std::cell::Cell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Flag(bool),
    /// The digits as written.
    Number(String),
    Text(String),
    List(Vec<Json>),
    /// Keys in file order, repeated ones included.
    Object(Vec<(String, Json)>),
}

/// Values in one document, so that millions of tiny ones cannot fill the memory.
pub(crate) const MOST_VALUES: u32 = 200_000;

/// Marks the error that means: too many values.
pub(crate) const TOO_MANY: &str = "too many values in one document";

/// Reads one value, taking from what is left of the allowed values.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'a>(pub(crate) &'a Cell<u32>);

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        let left = self.0.get().checked_sub(1).ok_or_else(|| de::Error::custom(TOO_MANY))?;
        self.0.set(left);
        deserializer.deserialize_any(self)
    }
}

/// The key under which `serde_json` hands over the text of a number.
const NUMBER: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Flag(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        while let Some(key) = entries.next_key::<String>()? {
            if key == NUMBER && object.is_empty() {
                return Ok(Json::Number(entries.next_value()?));
            }
            object.push((key, entries.next_value_seed(self)?));
        }
        Ok(Json::Object(object))
    }
}
