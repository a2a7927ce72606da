//! The rule files that a page of docs/meaning implies: the vocabulary, three programmes, and the
//! rules written on the page itself.

use rules::Rulebook;

use super::document::Section;
use crate::common::{meant, sources};

const VOCABULARY: &str = include_str!("vocabulary.toml");

/// The programme that the tables judge.
pub(crate) const PROGRAMME: &str = "pilot";

const VERSION: &str = r#"
version  = "2026"
standing = "binding"
document = { name = "试点办法" }
status   = "reposted"

[[applies]]
purpose = "new"
from    = 2000-01-01
clause  = "施行日期"

[[applies]]
purpose = "re-review"
from    = 2000-01-01
clause  = "施行日期"
"#;

fn head(title: (&str, &str), more: &str) -> String {
    format!(
        "title = {{ zh = \"{}\", en = \"{}\" }}\nauthority = {{ zh = \"测试\", en = \"Test\" }}\n\
         subject = \"enterprise\"\nkind = \"tier\"\n{more}",
        title.0, title.1
    )
}

/// One condition as a criterion; `limits` as on the page: `amount = 100 万元；share_limit = 3 %`.
fn criterion(condition: &str, when: &str, limits: &[&str]) -> String {
    let limits: Vec<String> = limits
        .iter()
        .map(|limit| {
            let (name, value) = limit.split_once('=').expect("a limit is `name = quantity`");
            format!("{} = \"{}\"", name.trim(), value.trim())
        })
        .collect();
    let when = if when.is_empty() { String::new() } else { format!("when = '''{when}'''\n") };
    format!(
        "[[criterion]]\nid = \"it\"\nclause = \"一\"\nlabel = {{ zh = \"此条件\", en = \"this\" }}\n\
         limits = {{ {} }}\n{when}require = '''{condition}'''\n",
        limits.join(", ")
    )
}

/// The rulebook of a section: its rule texts, or the one condition of a row.
pub(crate) fn rulebook(section: &Section, condition: Option<(&str, &str, &[&str])>) -> Rulebook {
    meant(&sources(files(section, condition)))
}

pub(crate) fn files(
    section: &Section,
    condition: Option<(&str, &str, &[&str])>,
) -> Vec<(String, String)> {
    let at = |file: &str| format!("programmes/test/{PROGRAMME}/{file}");
    let mut files = vec![
        ("rulebook.toml".to_owned(), "name = \"meaning\"\nformat = 1\n".to_owned()),
        ("indicators/all.toml".to_owned(), VOCABULARY.to_owned()),
        (at("programme.toml"), head(("试点企业", "Pilot"), "")),
        (
            "programmes/test/basic/programme.toml".to_owned(),
            head(("基础企业", "Basic"), "held_through = [\"higher\"]\n"),
        ),
        ("programmes/test/higher/programme.toml".to_owned(), head(("高级企业", "Higher"), "")),
    ];
    if let Some((condition, when, limits)) = condition {
        files.push((at("2026.toml"), format!("{VERSION}\n{}", criterion(condition, when, limits))));
    }
    for (path, text) in &section.rules {
        match path {
            Some(path) => files.push((path.clone(), text.clone())),
            None => files.push((at("2026.toml"), format!("{VERSION}\n{text}"))),
        }
    }
    files
}
