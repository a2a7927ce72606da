//! The law and its results in words, both languages at once. Values in, texts out; no layout.

pub mod amounts;
pub mod carry;
pub mod condition;
pub mod discrepancy;
pub mod explanation;
pub mod forecast;
pub mod gap;
pub mod indicator;
pub mod law;
pub mod plan;
pub mod programme;
pub mod provenance;
pub mod quantity;
pub mod reason;
mod relative;
#[cfg(test)]
mod sample;
pub mod score;
mod shift;
pub mod short;
pub mod turn;
pub mod verdict;
pub mod window;

use enterprise::Text;

/// The texts with a separator between them, in each language its own.
pub fn join<'a>(texts: impl IntoIterator<Item = &'a Text>, zh: &str, en: &str) -> Text {
    let mut joined = Text::default();
    for (index, text) in texts.into_iter().enumerate() {
        if index > 0 {
            joined.zh.push_str(zh);
            joined.en.push_str(en);
        }
        joined.zh.push_str(&text.zh);
        joined.en.push_str(&text.en);
    }
    joined
}
