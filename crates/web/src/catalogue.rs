//! The messages, a folder for each language, a file for each topic. Both must have the same keys and put in the same things; the platform
//! does not start otherwise.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

use crate::lang::Lang;

type Messages = BTreeMap<String, String>;

macro_rules! messages {
    ($lang:literal: $($topic:literal)+) => {
        concat!($(include_str!(concat!("../messages/", $lang, "/", $topic, ".toml")), "\n"),+)
    };
}

const ZH: &str = messages!("zh": "platform" "look" "enterprises" "check" "law" "api" "demo");
const EN: &str = messages!("en": "platform" "look" "enterprises" "check" "law" "api" "demo");

static ALL: LazyLock<(Messages, Messages)> =
    LazyLock::new(|| (read(ZH).unwrap_or_default(), read(EN).unwrap_or_default()));

/// What is wrong with the messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mistake {
    /// The files of a language cannot be read.
    Unreadable(&'static str, String),
    /// A key is in one language only: the key, and the language that lacks it.
    Missing(String, &'static str),
    /// What a message puts in differs between the languages.
    PutsIn(String),
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(file, why) => write!(out, "messages/{file}: {why}"),
            Self::Missing(key, lang) => write!(out, "messages/{lang} lacks `{key}`"),
            Self::PutsIn(key) => write!(out, "`{key}` puts in other things in zh than in en"),
        }
    }
}

impl std::error::Error for Mistake {}

/// A message. A key that is not there is shown itself: a test sees to it that this does not happen.
pub(crate) fn message(lang: Lang, key: &str) -> &str {
    find(lang, key).unwrap_or(key)
}

/// A message if there is one.
pub(crate) fn find(lang: Lang, key: &str) -> Option<&'static str> {
    let (zh, en) = &*ALL;
    let messages = if lang == Lang::Zh { zh } else { en };
    messages.get(key).map(String::as_str)
}

/// Whether the messages are as they must be: all mistakes at once.
pub fn check() -> Result<(), Vec<Mistake>> {
    compare(ZH, EN)
}

fn compare(zh: &str, en: &str) -> Result<(), Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut load = |file, text| {
        read(text).unwrap_or_else(|why| {
            mistakes.push(Mistake::Unreadable(file, why));
            Messages::new()
        })
    };
    let (zh, en) = (load("zh", zh), load("en", en));
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    for key in zh.keys().filter(|key| !en.contains_key(*key)) {
        mistakes.push(Mistake::Missing(key.clone(), "en"));
    }
    for (key, message) in &en {
        match zh.get(key) {
            None => mistakes.push(Mistake::Missing(key.clone(), "zh")),
            Some(other) if names(other) != names(message) => {
                mistakes.push(Mistake::PutsIn(key.clone()));
            }
            Some(_) => {}
        }
    }
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// What a message puts in.
fn names(message: &str) -> BTreeSet<&str> {
    message.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

fn read(text: &str) -> Result<Messages, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let mut messages = Messages::new();
    flatten(&mut messages, "", &table)?;
    Ok(messages)
}

fn flatten(into: &mut Messages, before: &str, table: &toml::Table) -> Result<(), String> {
    for (name, value) in table {
        let key = if before.is_empty() { name.clone() } else { format!("{before}.{name}") };
        match value {
            toml::Value::String(text) => {
                into.insert(key, text.clone());
            }
            toml::Value::Table(inner) => flatten(into, &key, inner)?,
            _ => return Err(format!("`{key}` is neither a text nor a table")),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        check().unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    }

    #[test]
    fn every_mistake_is_told() {
        let told = compare("a = 'x {n}'\nb = 'x'", "a = 'x {m}'\nc = 'x'").unwrap_err();
        let all: Vec<String> = told.iter().map(Mistake::to_string).collect();
        assert_eq!(
            all,
            [
                "messages/en lacks `b`",
                "`a` puts in other things in zh than in en",
                "messages/zh lacks `c`",
            ]
        );
        assert!(matches!(compare("a = 1", "a = ''"), Err(all) if all.len() == 1));
    }

    /// The texts in which keys stand: everything that is asked for must be there, and what is there is asked for.
    #[test]
    fn every_key_that_is_used_is_there_and_none_is_there_for_nothing() {
        let mut texts = Vec::new();
        let crate_folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        gather(&crate_folder.join("templates"), &mut texts);
        gather(&crate_folder.join("src"), &mut texts);
        let (zh, _) = &*ALL;
        let mut missing = BTreeSet::new();
        let mut used = BTreeSet::new();
        for text in &texts {
            for call in [".t(\"", ".t1(\"", ".t2(\""] {
                for rest in text.split(call).skip(1) {
                    let key = rest.split('"').next().unwrap();
                    used.insert(key.to_owned());
                    if !zh.contains_key(key) {
                        missing.insert(key.to_owned());
                    }
                }
            }
        }
        assert_eq!(missing, BTreeSet::new(), "used, but not in messages");
        // Any other way to name a key is a text in the code that begins with its table.
        let named = |key: &str| texts.iter().any(|text| text.contains(&format!("\"{key}\"")));
        let by_table = [
            "api.field.",
            "api.part.",
            "api.problem.",
            "audit.detail.",
            "audit.thing.",
            "audit.word.",
            "done.",
            "error.",
            "state.",
            "weekday.",
        ];
        let unused: Vec<&String> = zh
            .keys()
            .filter(|key| !used.contains(*key) && !named(key))
            .filter(|key| !by_table.iter().any(|table| key.starts_with(table)))
            .collect();
        assert_eq!(unused, Vec::<&String>::new(), "in messages, but not used");
    }

    fn gather(folder: &std::path::Path, into: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                gather(&path, into);
            } else if path.file_name().is_none_or(|name| name != "catalogue.rs") {
                into.push(std::fs::read_to_string(&path).unwrap());
            }
        }
    }
}
