//! The fields of a form or of a query, as they came.

use crate::form::Reader;

/// No form of ours has more.
const MOST: usize = 400;

/// Names and values in the order in which they came.
#[derive(Clone, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `name=value&…`. None if that is more than any form has.
    pub fn read(text: &[u8]) -> Option<Self> {
        let all: Vec<_> = url::form_urlencoded::parse(text).into_owned().take(MOST + 1).collect();
        (all.len() <= MOST).then_some(Self(all))
    }

    /// The value of a field, if it is there once.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().filter(|(one, _)| one == name).map(|(_, value)| value);
        let first = found.next();
        if found.next().is_some() { None } else { first.map(String::as_str) }
    }

    /// The value without room around it; none if nothing is left.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(str::trim).filter(|value| !value.is_empty())
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// Names and values in the order in which they came.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// All but some.
    pub fn without(&self, names: &[&str]) -> Self {
        let kept = self.0.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        Self(kept.cloned().collect())
    }

    /// As a form. None if a field is missing, is there twice, or is none of the form's.
    pub fn form<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        // Fields of our own that every form has begin so.
        let own = self.0.iter().filter(|(name, _)| !name.starts_with('_'));
        T::deserialize(Reader::new(own)).ok()
    }

    /// The same as `name=value&…`, with one more.
    pub fn query_with(&self, name: &str, value: &str) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        for (one, kept) in self.0.iter().filter(|(one, kept)| one != name && !kept.is_empty()) {
            out.append_pair(one, kept);
        }
        out.append_pair(name, value);
        out.finish()
    }
}

/// The same as `name=value&…`, without fields that were left empty.
impl std::fmt::Display for Fields {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.0.iter().filter(|(_, value)| !value.is_empty()) {
            text.append_pair(name, value);
        }
        out.write_str(&text.finish())
    }
}
