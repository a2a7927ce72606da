//! One value of a row, between the database and a line of JSON.

use sea_orm::sea_query::Value;
use serde_json::Value as Json;

use crate::error::Error;
use crate::schema::table::{Column, Kind};
use crate::time::{date, day, instant, timestamp};

/// How it is written.
pub(super) fn said(value: &Value) -> Result<Json, Error> {
    Ok(match value {
        Value::BigInt(Some(whole)) => Json::from(*whole),
        Value::Bool(Some(flag)) => Json::from(*flag),
        Value::String(Some(text)) => Json::from(text.as_str()),
        Value::Bytes(Some(bytes)) => Json::from(crypto::hex(bytes)),
        Value::ChronoDate(Some(of)) => Json::from(date(*of)?.to_string()),
        Value::ChronoDateTimeUtc(Some(at)) => Json::from(timestamp(*at)?.to_string()),
        _ => Json::Null,
    })
}

/// What was written. `None` if it cannot be what the column holds.
pub(super) fn heard(column: &Column, json: Json) -> Option<Value> {
    if json.is_null() {
        return column.may_lack.then(|| nothing(column.kind));
    }
    Some(match (column.kind, json) {
        (Kind::Numbered | Kind::Whole, Json::Number(number)) => {
            Value::BigInt(Some(number.as_i64()?))
        }
        (Kind::Flag, Json::Bool(flag)) => Value::Bool(Some(flag)),
        (Kind::Text, Json::String(text)) => Value::String(Some(text)),
        (Kind::Bytes, Json::String(text)) => Value::Bytes(Some(unhex(&text)?)),
        (Kind::Day, Json::String(text)) => Value::ChronoDate(Some(day(text.parse().ok()?).ok()?)),
        (Kind::Instant, Json::String(text)) => {
            Value::ChronoDateTimeUtc(Some(instant(text.parse().ok()?).ok()?))
        }
        _ => return None,
    })
}

/// Nothing, of a kind: PostgreSQL wants to know of which.
fn nothing(kind: Kind) -> Value {
    match kind {
        Kind::Numbered | Kind::Whole => Value::BigInt(None),
        Kind::Flag => Value::Bool(None),
        Kind::Text => Value::String(None),
        Kind::Bytes => Value::Bytes(None),
        Kind::Day => Value::ChronoDate(None),
        Kind::Instant => Value::ChronoDateTimeUtc(None),
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| crypto::from_hex::<1>(std::str::from_utf8(pair).ok()?).map(|[byte]| byte))
        .collect()
}
