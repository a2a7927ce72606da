//! Reads JSON without overlooking anything: a name that stands twice in an object is a mistake, not the last one's
//! word. Digits stay as they were written.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Reads a text. What is wrong is said with line and column.
pub(crate) fn read(text: &[u8]) -> Result<Value, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = Strict.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// The name under which `serde_json` hands over the text of a number.
const NUMBER: &str = "$serde_json::private::Number";

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Strict)? {
            list.push(item);
        }
        Ok(list.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            if name == NUMBER && object.is_empty() {
                let digits: String = entries.next_value()?;
                let number: Number = digits.parse().map_err(A::Error::custom)?;
                return Ok(number.into());
            }
            if object.contains_key(&name) {
                return Err(A::Error::custom(format!("{}{name}", app::TWICE)));
            }
            object.insert(name, entries.next_value_seed(Strict)?);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn digits_stay_as_they_were_written() {
        let text = br#"{"a":[1.10,-0,12345678901234567890123,1e+400],"b":null,"c":true}"#;
        let value = read(text).unwrap();
        assert_eq!(
            value.to_string(),
            r#"{"a":[1.10,-0,12345678901234567890123,1e+400],"b":null,"c":true}"#
        );
    }

    #[test]
    fn a_name_that_stands_twice_is_a_mistake_at_any_depth() {
        for text in [r#"{"a":1,"a":1}"#, r#"[{"b":{"a":1,"c":2,"a":3}}]"#] {
            let said = app::json_mistake(&read(text.as_bytes()).unwrap_err());
            assert!(said.en.contains("`a` stands twice") && said.zh.contains("“a”"), "{said:?}");
        }
    }

    #[test]
    fn what_is_no_json_and_what_is_nested_too_deep_is_refused() {
        for text in ["", "{", "{} {}", "nul", "\u{feff}{}", "{\"a\":\u{1}}"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read("[".repeat(100_000).as_bytes()).is_err());
        assert!(read(b"\"\xff\"").is_err());
    }
}
