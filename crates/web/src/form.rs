//! Reads the fields of a form into a type. A type that denies unknown fields takes no field that its form does not
//! have; a field that is sent twice is taken by lists only.

use std::collections::BTreeMap;

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};

/// The values of one field.
pub(crate) struct Values<'a>(Vec<&'a str>);

type Map<'a> =
    MapDeserializer<'a, std::collections::btree_map::IntoIter<&'a str, Values<'a>>, Error>;

/// Reads fields.
pub(crate) struct Reader<'a>(Map<'a>);

impl<'a> Reader<'a> {
    pub fn new(fields: impl Iterator<Item = &'a (String, String)>) -> Self {
        let mut all: BTreeMap<&str, Values<'_>> = BTreeMap::new();
        for (name, value) in fields {
            all.entry(name).or_insert_with(|| Values(Vec::new())).0.push(value);
        }
        Self(MapDeserializer::new(all.into_iter()))
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.0.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Error> for Values<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Values<'de> {
    fn one(&self) -> Result<&'de str, Error> {
        match self.0.as_slice() {
            [only] => Ok(only),
            _ => Err(Error::custom("given more than once")),
        }
    }

    fn whole(&self) -> Result<i64, Error> {
        self.one()?.trim().parse().map_err(Error::custom)
    }
}

impl<'de> Deserializer<'de> for Values<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.one()?)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.one()? {
            "on" | "true" => visitor.visit_bool(true),
            "off" | "false" => visitor.visit_bool(false),
            _ => Err(Error::custom("neither on nor off")),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.whole()?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(self.whole()?)
    }

    /// A field that was left empty is none.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.one().is_ok_and(|value| value.trim().is_empty()) {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(SeqDeserializer::new(self.0.into_iter()))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use crate::fields::Fields;

    #[derive(Deserialize, PartialEq, Debug)]
    #[serde(deny_unknown_fields)]
    struct Form {
        name: String,
        version: i64,
        phone: Option<String>,
        #[serde(default)]
        on: bool,
        #[serde(default)]
        actions: Vec<String>,
    }

    fn read(text: &str) -> Option<Form> {
        Fields::read(text.as_bytes()).unwrap().form()
    }

    #[test]
    fn a_form_is_what_its_type_says() {
        let form =
            read("name=%E5%BC%A0&version=3&phone=&on=on&actions=a&actions=b&_secret=x").unwrap();
        let actions = vec!["a".to_owned(), "b".to_owned()];
        assert_eq!(form, Form { name: "张".into(), version: 3, phone: None, on: true, actions });
        assert_eq!(read("name=x&version=1").unwrap().actions, Vec::<String>::new());
    }

    #[test]
    fn what_no_form_of_ours_sends_is_not_taken() {
        let table = [
            "version=3",                           // a field is missing
            "name=x&version=three",                // no number
            "name=x&version=3&role=administrator", // a field too many
            "name=x&name=y&version=3",             // twice
            "name=x&version=3&id=1",
        ];
        for text in table {
            assert_eq!(read(text), None, "{text}");
        }
        let many = "a=&".repeat(1000);
        assert_eq!(Fields::read(many.as_bytes()).err(), Some(crate::fields::Unread::TooMany));
    }
}
