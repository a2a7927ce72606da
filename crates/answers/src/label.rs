//! A text in both languages, as JSON.

use enterprise::Text;
use schemars::JsonSchema;
use serde::Serialize;

/// 中英文文本 | A text in both languages.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Text")]
pub struct Label {
    zh: String,
    en: String,
}

impl From<&Text> for Label {
    fn from(text: &Text) -> Self {
        Self { zh: text.zh.clone(), en: text.en.clone() }
    }
}

impl From<Text> for Label {
    fn from(text: Text) -> Self {
        Self { zh: text.zh, en: text.en }
    }
}
