//! Random small rulebooks: groups, premises, judgements and scores around random conditions.

use proptest::prelude::*;
use rulebook::Sources;

use crate::common::{meant, sources, understood};
use crate::expressions::{condition, limits};
use crate::meaning::small_files;

/// One criterion without its table header.
#[derive(Debug, Clone)]
enum Shape {
    Require(String),
    Judged,
    Score,
    /// Kind, how many of `of` must hold, and the parts with their premises.
    Group(&'static str, usize, Vec<(Shape, Option<String>)>),
}

fn shape() -> BoxedStrategy<Shape> {
    let leaf = prop_oneof![
        6 => condition().prop_map(Shape::Require),
        1 => Just(Shape::Judged),
        1 => Just(Shape::Score),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let flag = prop::sample::select(&["a", "b", "c"][..]).prop_map(str::to_owned);
        let when = prop::option::weighted(0.6, prop_oneof![flag, condition()]);
        let parts = prop::collection::vec((inner, when), 1..4);
        (prop::sample::select(&["all", "any", "of"][..]), parts, 1..4usize)
            .prop_map(|(kind, parts, k)| Shape::Group(kind, k.min(parts.len()), parts))
    })
    .boxed()
}

fn write(shape: &Shape, when: Option<&str>, header: &str, id: &str, out: &mut String) {
    let body = if let Shape::Require(condition) = shape { condition } else { "" };
    let limits = limits(&format!("{body} {}", when.unwrap_or_default()));
    out.push_str(&format!(
        "\n[[{header}]]\nid = \"{id}\"\nclause = \"一\"\nlabel = {{ zh = \"{id}\", en = \"{id}\" }}\n\
         limits = {{ {limits} }}\n"
    ));
    if let Some(when) = when {
        out.push_str(&format!("when = '''{when}'''\n"));
    }
    match shape {
        Shape::Require(condition) => out.push_str(&format!("require = '''{condition}'''\n")),
        Shape::Judged => out.push_str("judged = { by = \"reviewer\" }\n"),
        Shape::Score => out.push_str("score = true\n"),
        Shape::Group(kind, k, parts) => {
            if *kind == "of" {
                out.push_str(&format!("at_least = {k}\n"));
            }
            for (index, (part, when)) in parts.iter().enumerate() {
                let header = format!("{header}.{kind}");
                write(part, when.as_deref(), &header, &format!("{id}-{index}"), out);
            }
        }
    }
}

const SCORE: &str = include_str!("score.toml");

#[test]
fn the_score_table_is_sound() {
    let mut files = small_files();
    files.last_mut().unwrap().1.push_str(SCORE);
    meant(&sources(files));
}

/// Sources of a rulebook whose one version has these criteria; only usable ones are given.
pub(crate) fn random_rulebook() -> impl Strategy<Value = Sources> {
    let when = prop::option::weighted(0.3, condition());
    prop::collection::vec((shape(), when), 1..4).prop_filter_map("usable", |criteria| {
        let mut text = String::new();
        for (index, (shape, when)) in criteria.iter().enumerate() {
            write(shape, when.as_deref(), "criterion", &format!("c{index}"), &mut text);
        }
        let mut files = small_files();
        let (_, version) = files.last_mut().unwrap();
        let head = version.find("[[criterion]]").unwrap();
        version.truncate(head);
        version.push_str(&text);
        version.push_str(SCORE);
        let sources = sources(files);
        understood(&sources).is_usable().then_some(sources)
    })
}
