//! A wording in both languages, Chinese first. Static for names; built texts are `Words<String>`.

/// The same thing said in Chinese and in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Words<T = &'static str> {
    /// Chinese.
    pub zh: T,
    /// English.
    pub en: T,
}
