//! Details of a record: a JSON object with one way of writing it. Keys are sorted, numbers are whole
//! (amounts are fen), there are no blanks: the same details always give the same bytes.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

/// Deeper than this, details are not details.
const DEEPEST: usize = 16;

/// The text of a JSON object in its one way of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details(String);

/// Why a value cannot be the details of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DetailsError {
    /// Not an object.
    NotAnObject,
    /// A number that is not whole or does not fit into 64 bits.
    Number(String),
    /// Objects in objects in objects: more than sixteen deep.
    TooDeep,
}

impl Details {
    /// The details that `value` says.
    ///
    /// # Errors
    /// When it is not an object, has a number that is not whole, or is too deep.
    pub fn new(value: &Value) -> Result<Self, DetailsError> {
        if !value.is_object() {
            return Err(DetailsError::NotAnObject);
        }
        let mut text = String::new();
        write(value, DEEPEST, &mut text)?;
        Ok(Self(text))
    }

    /// Nothing else to say.
    pub fn none() -> Self {
        Self("{}".into())
    }

    /// What a database says that they are. Is not checked here: the hash of the record shows whether
    /// somebody changed them.
    pub fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text, to be stored as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, when the text is in its one way of writing.
    pub fn value(&self) -> Option<Value> {
        let value = serde_json::from_str(&self.0).ok()?;
        (Self::new(&value).as_ref() == Ok(self)).then_some(value)
    }
}

fn write(value: &Value, deeper: usize, to: &mut String) -> Result<(), DetailsError> {
    let deeper = deeper.checked_sub(1).ok_or(DetailsError::TooDeep)?;
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => to.push_str(&value.to_string()),
        Value::Number(number) => {
            let whole = number.as_i64().ok_or_else(|| DetailsError::Number(number.to_string()))?;
            to.push_str(&whole.to_string());
        }
        Value::Array(values) => {
            to.push('[');
            for (index, value) in values.iter().enumerate() {
                to.push_str(if index == 0 { "" } else { "," });
                write(value, deeper, to)?;
            }
            to.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| *key);
            to.push('{');
            for (index, (key, value)) in fields.into_iter().enumerate() {
                to.push_str(if index == 0 { "" } else { "," });
                to.push_str(&Value::from(key.as_str()).to_string());
                to.push(':');
                write(value, deeper, to)?;
            }
            to.push('}');
        }
    }
    Ok(())
}

/// As an object; a text that somebody changed into something else is written as a text, so that it can
/// be exported and found out.
impl Serialize for Details {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.value() {
            Some(value) => value.serialize(to),
            None => to.serialize_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Details {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::String(text) => Ok(Self(text)),
            value => Self::new(&value).map_err(de::Error::custom),
        }
    }
}

impl fmt::Display for DetailsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => {
                f.write_str("详情应为 JSON 对象 / the details have to be a JSON object")
            }
            Self::Number(number) => write!(
                f,
                "详情中的数应为 64 位整数：{number} / numbers in details have to be whole, of 64 bits: {number}"
            ),
            Self::TooDeep => f.write_str("详情嵌套过深 / the details are nested too deep"),
        }
    }
}

impl std::error::Error for DetailsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_have_one_way_of_writing() {
        for (text, written) in [
            ("{}", "{}"),
            (r#"{"b":1, "a":[true,null,"é\u4e2d"]}"#, r#"{"a":[true,null,"é中"],"b":1}"#),
            (r#"{"b":{"d":-0,"c":"\u0000\/"}}"#, r#"{"b":{"c":"\u0000/","d":0}}"#),
        ] {
            let details = Details::new(&serde_json::from_str(text).unwrap()).unwrap();
            assert_eq!(details.as_str(), written);
            assert_eq!(Details::new(&details.value().unwrap()).unwrap(), details);
        }
    }

    #[test]
    fn what_has_no_one_way_of_writing_is_refused() {
        let refused = |text: &str| Details::new(&serde_json::from_str(text).unwrap()).unwrap_err();
        assert_eq!(refused("[]"), DetailsError::NotAnObject);
        for number in ["1.0", "1e3", "9223372036854775808"] {
            let DetailsError::Number(_) = refused(&format!(r#"{{"a":{number}}}"#)) else {
                panic!()
            };
        }
        let deep = format!("{}{}", r#"{"a":"#.repeat(20), "0".to_owned() + &"}".repeat(20));
        assert_eq!(refused(&deep), DetailsError::TooDeep);
    }

    #[test]
    fn changed_details_are_still_read_and_written() {
        for text in ["{ }", "not json", "", r#"{"a":1.0}"#, r#"{"b":1,"a":1}"#] {
            let details = Details::stored(text.into());
            let json = serde_json::to_string(&details).unwrap();
            assert_eq!(serde_json::from_str::<Details>(&json).unwrap(), details);
        }
    }
}
