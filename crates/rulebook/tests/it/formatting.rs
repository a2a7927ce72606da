//! The layout of rule files changes nothing: the same rulebook, every comment, and no second thoughts.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use rulebook::{compile, format};

use crate::common::{compiled, errors, real_files, sources};
use crate::expressions::{condition, ill_typed, limits};
use crate::layouts::{Comments, comments, disturbed};
use crate::meaning::small_files;

/// The rulebook as far as it means something.
fn meaning(files: &[(String, String)]) -> String {
    let mut rulebook = compiled(&sources(files.iter().map(|(path, text)| (path, text))));
    rulebook.hash = String::new();
    format!("{rulebook:#?}")
}

fn laid_out(path: &str, text: &str) -> String {
    let once = format(text).unwrap_or_else(|error| panic!("{path}: {}", error.message));
    assert_eq!(format(&once).as_ref(), Ok(&once), "{path}: a second time");
    once
}

#[test]
fn the_rulebook_is_laid_out() {
    for (path, text) in real_files() {
        assert_eq!(laid_out(&path, &text), text, "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn disturbed_files_mean_the_same(choices in prop::collection::vec(any::<u8>(), 200)) {
        let files = real_files();
        let mut again = Vec::new();
        for (path, text) in &files {
            let disturbed = disturbed(text, &choices, Comments::Added);
            let out = laid_out(path, &disturbed);
            prop_assert_eq!(comments(&out), comments(&disturbed), "{}", path);
            again.push((path.clone(), out));
        }
        prop_assert_eq!(meaning(&files), meaning(&again));
    }

    #[test]
    fn blanks_within_lines_leave_no_trace(choices in prop::collection::vec(any::<u8>(), 200)) {
        for (path, text) in real_files() {
            let disturbed = disturbed(&text, &choices, Comments::Kept);
            prop_assert_eq!(laid_out(&path, &disturbed), laid_out(&path, &text), "{}", path);
        }
    }
}

/// The small rulebook with one condition.
fn with(expression: &str) -> Vec<(String, String)> {
    let mut files = small_files();
    let (_, text) = files.last_mut().unwrap();
    let limits = limits(expression);
    *text = text
        .replace("limits = {  }", &format!("limits = {{ {limits} }}"))
        .replace("require = '''a'''", &format!("require = '''{expression}'''"));
    assert!(text.contains(expression));
    files
}

/// What a reader of diagnostics sees: the codes, and the rulebook if there is one.
fn understood(files: &[(String, String)]) -> (Vec<String>, Option<String>) {
    let sources = sources(files.iter().map(|(path, text)| (path, text)));
    let mut compiled = compile(&sources);
    let codes = errors(&sources, &compiled)
        .iter()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    compiled.rulebook.hash = String::new();
    (codes, compiled.is_usable().then(|| format!("{:?}", compiled.rulebook)))
}

fn check_expression(expression: &str) {
    // A condition over several lines stays as it is; on one line it is laid out.
    let files = with(&expression.replace('\n', " "));
    let laid_out: Vec<(String, String)> =
        files.iter().map(|(path, text)| (path.clone(), self::laid_out(path, text))).collect();
    let (before, after) = (understood(&files), understood(&laid_out));
    assert_eq!(before, after, "{expression}\n{}", laid_out.last().unwrap().1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn conditions_mean_the_same(expression in condition()) {
        check_expression(&expression);
    }

    #[test]
    fn even_ill_typed_ones_do(expression in ill_typed()) {
        check_expression(&expression);
    }
}

/// The random conditions are worth something: nearly all of them make a usable rulebook.
#[test]
fn most_conditions_are_understood() {
    let mut runner = TestRunner::deterministic();
    let usable = (0..100).filter(|_| {
        let expression = condition().new_tree(&mut runner).unwrap().current();
        understood(&with(&expression.replace('\n', " "))).1.is_some()
    });
    assert!(usable.count() >= 80);
}

/// Comments in every place where TOML allows one, and values that look like something else.
#[test]
fn odd_files() {
    let files = [
        "# alone",
        "# first\n\n\n# second\n",
        "# before\na = 1 # behind\n# after",
        "a = 1\n\n\n\n# far below\n\n\nb = 2\n",
        "[t] # behind a header\n# within\na = 1\n",
        "# of the first\n[[t]]\na = 1\n# of the second\n[[t]]\na = 2\n# of nobody\n",
        "a = [ # in the head\n  1, # behind one\n  # alone\n  2 # behind two\n  # last\n] # behind all\n",
        "a = [\n  # nothing but this\n]\n",
        "a = [ { b = 1 }, # in between\n { b = 2 } ]\n",
        "a = ['''it's''', # behind an apostrophe\n 'b']\n",
        "a = [\"\"\"say \"x\" \"\"\", # behind a quote\n 'b']\n",
        "a = [\"\\\"\", # behind an escape\n 'b']\n",
        "a = ['# no comment', \"# nor this\"] # but this\n",
        "# dotted\nb.c = 1 # one\n# more\nb.d = 2 # two\n",
        "a.b.c = { d = 1 } # deep\n[x.y]\n# within\nz = 1\n",
        "[a]\n# only a comment\n[b]\n",
        "[a.b]\nc = 1\n# of the parent\n[a]\nd = 2\n",
        "a = {b = [1,2,3],c = 'x'}# tight\n",
        "a = '''\nmany\n  lines # no comment\n''' # one\n",
        "\"quoted key\" = 1 # a\n'other' = 2 # b\n",
        "\u{feff}# behind a mark\r\na = 1 # windows\r\n",
        "a = [[1, 2], # rows\n [3, 4]]\n",
        "when = 'a  and  b' # an expression\n",
        "when = \"a  and  'b\" # not one\n",
        "value = \"2024-01-01\" # a date, no subtraction\n",
        "value = '2024/1/1'\namount = '100 万元'\ngiven = '1-2'\n",
        "value = \"-5 %\"\n",
    ];
    for text in files {
        let out = laid_out("odd", text);
        assert_eq!(comments(&out), comments(text), "{text}\n→\n{out}");
        let value = |text: &str| -> toml::Table {
            text.trim_start_matches('\u{feff}').parse().expect("valid TOML")
        };
        let (before, after) = (value(text), value(&out));
        let expressions = BTreeMap::from([("when", "a and b"), ("given", "1-2")]);
        for (key, value) in &before {
            let moved = expressions.contains_key(key.as_str());
            assert!(moved || after.get(key) == Some(value), "{text}\n→\n{out}");
        }
    }
}
