//! What a result says of itself beside its rows: by which rulebook, on which day, which programmes,
//! and which criterion each bit stands for.

use std::collections::BTreeMap;

use enterprise::Text;
use parquet::file::metadata::KeyValue;
use screening::{Case, Leaf, Screened};
use serde_json::{Value, json};

use population::Outdated;

/// The hash of the rulebook.
pub const RULEBOOK: &str = "tidu.rulebook";
/// The version of the meaning.
pub const SEMANTICS: &str = "tidu.semantics";
/// The day of the verdicts.
pub const AS_OF: &str = "tidu.as_of";
/// The last fiscal year.
pub const BASE_YEAR: &str = "tidu.base_year";
/// The population: its rows and where it was read from.
pub const POPULATION: &str = "tidu.population";
/// Subjects whose lists of events end before the day; only if there are any.
pub const OUTDATED: &str = "tidu.events_outdated";
/// The programmes, as JSON.
pub const PROGRAMMES: &str = "tidu.programmes";

/// What the codes in columns of a result are called, as JSON.
pub const LABELS: &str = "tidu.labels";

/// By column and code: what people read.
pub(crate) type Labels = BTreeMap<String, BTreeMap<String, Text>>;

/// That the subjects are made up, if it says `true`.
pub use population::origin::SYNTHETIC;

/// A programme of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The versions by which it was judged.
    pub cases: Vec<ListedCase>,
}

/// A version of a programme, for a purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCase {
    /// The purpose.
    pub purpose: String,
    /// The version.
    pub version: String,
    /// The last fiscal year.
    pub base_year: i16,
    /// What its verdicts are worth.
    pub standing: String,
    /// Its criteria without parts, in the order of their bits.
    pub leaves: Vec<ListedLeaf>,
}

/// A criterion that a bit stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedLeaf {
    /// Its id.
    pub criterion: String,
    /// What people call it.
    pub label: Text,
}

impl ListedCase {
    /// What results call it: `new/2026`.
    pub fn name(&self) -> String {
        format!("{}/{}", self.purpose, self.version)
    }
}

/// What results call a case.
pub fn case_name(case: &Case) -> String {
    format!("{}/{}", case.purpose.code(), case.version)
}

impl From<&Screened> for Listed {
    fn from(screened: &Screened) -> Self {
        let leaf =
            |leaf: &Leaf| ListedLeaf { criterion: leaf.id.clone(), label: leaf.label.clone() };
        let case = |case: &Case| ListedCase {
            purpose: case.purpose.code().to_owned(),
            version: case.version.clone(),
            base_year: case.base_year,
            standing: case.standing.code().to_owned(),
            leaves: case.leaves.iter().map(leaf).collect(),
        };
        Self {
            id: screened.id.clone(),
            title: screened.title.clone(),
            cases: screened.cases.iter().map(case).collect(),
        }
    }
}

/// The mark of what is made of subjects that are made up.
pub(crate) fn synthetic(made_up: bool) -> Option<KeyValue> {
    made_up.then(|| says(SYNTHETIC, "true"))
}

/// A key with what is said under it.
pub(crate) fn says(key: &str, value: impl Into<String>) -> KeyValue {
    KeyValue::new(key.to_owned(), Some(value.into()))
}

/// What there is to say of lists of events that end before the day.
pub(crate) fn outdated(outdated: &Outdated) -> Vec<KeyValue> {
    let day = outdated.day().map(|day| {
        let told = json!({"subjects": outdated.subjects(), "until": day.to_string()});
        says(OUTDATED, told.to_string())
    });
    day.into_iter().collect()
}

/// The programmes as JSON.
pub(crate) fn write(programmes: &[Listed]) -> String {
    let text = |text: &Text| json!({"zh": text.zh, "en": text.en});
    let leaf = |leaf: &ListedLeaf| json!({"criterion": leaf.criterion, "label": text(&leaf.label)});
    let case = |case: &ListedCase| {
        json!({
            "purpose": case.purpose, "version": case.version, "base_year": case.base_year,
            "standing": case.standing, "leaves": case.leaves.iter().map(leaf).collect::<Vec<_>>(),
        })
    };
    let programmes = programmes.iter().map(|programme| {
        let cases: Vec<Value> = programme.cases.iter().map(case).collect();
        json!({"id": programme.id, "title": text(&programme.title), "cases": cases})
    });
    Value::Array(programmes.collect()).to_string()
}

/// What codes are called, as JSON.
pub(crate) fn write_labels(labels: &Labels) -> String {
    let text = |text: &Text| json!({"zh": text.zh, "en": text.en});
    let columns = labels.iter().map(|(column, codes)| {
        let codes = codes.iter().map(|(code, label)| (code.clone(), text(label)));
        (column.clone(), Value::Object(codes.collect()))
    });
    Value::Object(columns.collect()).to_string()
}

/// What codes are called, from JSON.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn read_labels(said: &str) -> Result<Labels, String> {
    let value: Value = serde_json::from_str(said).map_err(|error| error.to_string())?;
    let object = |value: &'_ Value| value.as_object().cloned().ok_or("an object is expected");
    let mut labels = Labels::new();
    for (column, codes) in object(&value)? {
        let codes = object(&codes)?;
        let both =
            |both: &Value| Ok::<Text, String>(Text::new(word(both, "zh")?, word(both, "en")?));
        let codes = codes.iter().map(|(code, label)| Ok((code.clone(), both(label)?)));
        labels.insert(column, codes.collect::<Result<_, String>>()?);
    }
    Ok(labels)
}

/// The programmes from JSON.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn read(said: &str) -> Result<Vec<Listed>, String> {
    let value: Value = serde_json::from_str(said).map_err(|error| error.to_string())?;
    list(&value)?.iter().map(programme).collect()
}

fn programme(value: &Value) -> Result<Listed, String> {
    let cases = list(of(value, "cases")?)?;
    Ok(Listed {
        id: word(value, "id")?,
        title: text(value, "title")?,
        cases: cases.iter().map(case).collect::<Result<_, _>>()?,
    })
}

fn case(value: &Value) -> Result<ListedCase, String> {
    let year = of(value, "base_year")?.as_i64().and_then(|year| i16::try_from(year).ok());
    let leaf = |leaf: &Value| {
        Ok(ListedLeaf { criterion: word(leaf, "criterion")?, label: text(leaf, "label")? })
    };
    Ok(ListedCase {
        purpose: word(value, "purpose")?,
        version: word(value, "version")?,
        base_year: year.ok_or("`base_year` is no year")?,
        standing: word(value, "standing")?,
        leaves: list(of(value, "leaves")?)?.iter().map(leaf).collect::<Result<_, String>>()?,
    })
}

fn of<'v>(value: &'v Value, key: &str) -> Result<&'v Value, String> {
    value.get(key).ok_or_else(|| format!("`{key}` is missing"))
}

fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value.as_array().ok_or_else(|| "a list is expected".to_owned())
}

fn word(value: &Value, key: &str) -> Result<String, String> {
    let word = of(value, key)?.as_str().ok_or_else(|| format!("`{key}` is no text"))?;
    Ok(word.to_owned())
}

fn text(value: &Value, key: &str) -> Result<Text, String> {
    let both = of(value, key)?;
    Ok(Text::new(word(both, "zh")?, word(both, "en")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let leaf = ListedLeaf { criterion: "rd".into(), label: Text::new("研发", "R&D") };
        let case = ListedCase {
            purpose: "new".into(),
            version: "2026".into(),
            base_year: 2025,
            standing: "binding".into(),
            leaves: vec![leaf],
        };
        let programmes =
            vec![Listed { id: "p".into(), title: Text::new("甲", "A"), cases: vec![case] }];
        assert_eq!(read(&write(&programmes)), Ok(programmes));
        let labels = Labels::from([(
            "district".to_owned(),
            BTreeMap::from([("370202".to_owned(), Text::new("市南区", "Shinan"))]),
        )]);
        assert_eq!(read_labels(&write_labels(&labels)), Ok(labels));
        assert!(read("[{}]").is_err_and(|error| error.contains("`cases`")));
    }
}
