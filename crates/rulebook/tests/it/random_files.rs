//! Any text as any rule file, and rule files with damage: always an answer, with every place inside
//! its file.

use proptest::prelude::*;
use rulebook::{Compiled, Sources, compile, format, run_examples};

use crate::common::{real_files, sources};
use crate::meaning::small_files;
use crate::nothing_dropped::{understood, written};

const PATHS: [&str; 10] = [
    "rulebook.toml",
    "indicators/x.toml",
    "definitions/x/1.toml",
    "definitions/x/examples/1.toml",
    "programmes/test/pilot/programme.toml",
    "programmes/test/pilot/2026.toml",
    "programmes/test/pilot/examples/2026.toml",
    "rounds/x.toml",
    "ladders/x.toml",
    "elsewhere/x.toml",
];

/// Words of rule files, so that random text gets past the first line.
const WORDS: [&str; 48] = [
    "\n[[criterion]]\n",
    "\n[[criterion.any]]\n",
    "\n[[criterion.case]]\n",
    "\n[[criterion.of]]\n",
    "\n[score]\n",
    "\n[[score.group]]\n",
    "\n[[score.group.item]]\n",
    "\n[[score.group.item.best]]\n",
    "\n[[indicator]]\n",
    "\n[[event]]\n",
    "\n[[round]]\n",
    "\n[[example]]\n",
    "\n[base.facts]\n",
    "\n[[applies]]\n",
    "\n[[assume]]\n",
    "\n[[benefit]]\n",
    "\n[[group]]\n",
    "\n[[group.metric]]\n",
    "id = \"it\"\n",
    "clause = \"一\"\n",
    "status = \"secondary\"\n",
    "sources = 3\n",
    "= ",
    "\"",
    "'",
    "label = { zh = \"文\", en = \"text\" }\n",
    "limits = { m = \"1 元\", p = \"3 %\" }\n",
    "\n",
    "require = 'revenue[base] >= m'\n",
    "when = 'a'\n",
    "judged = { by = \"reviewer\" }\n",
    "at_least = 2\n",
    "score = true\n",
    "max = 10\n",
    "cap = -3\n",
    "points = 0.5\n",
    "pass = \">= 5 分\"\n",
    "value = 'share'\n",
    "bands = [{ is = \">= 5 %\", points = 1 }]\n",
    "kind = \"classification\"\n",
    "tally = [{ id = \"t\", when = 'a', points = 5 }]\n",
    "steps = { each = \"2 项\", points = 1, cap = 5 }\n",
    "kind = \"number\"\n",
    "range = [\"-1 元\", \"1 元\"]\n",
    "formula = 'revenue / revenue'\n",
    "from = 2026-01-01\n",
    "as_of = 2026-05-01\n",
    "expect = { verdict = \"eligible\" }\n",
];

fn answered(sources: &Sources) -> Compiled {
    let compiled = compile(sources);
    for diagnostic in &compiled.diagnostics {
        let others = diagnostic.others.iter().map(|(span, _)| span);
        for span in [&diagnostic.span].into_iter().chain(others) {
            let text = sources.text(&span.file).expect("a file of the rulebook");
            let inside = span.start <= span.end && span.end <= text.len();
            assert!(inside, "{:?} in {} bytes", span, text.len());
            let whole = text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
            assert!(whole, "{span:?} cuts a character");
            assert!(span.position(text).line > 0);
        }
        assert!(!diagnostic.message.zh.is_empty() && !diagnostic.message.en.is_empty());
    }
    compiled
}

fn check(path: &str, text: &str) {
    if let Ok(once) = format(text) {
        let twice = format(&once).expect("what was laid out is TOML");
        let changed: Vec<_> = once.lines().zip(twice.lines()).filter(|(a, b)| a != b).collect();
        assert!(once == twice, "laid out twice: {changed:#?}");
    }
    let mut files = small_files();
    files.retain(|(known, _)| known != path);
    files.push((path.to_owned(), text.to_owned()));
    let sources = sources(files.iter().map(|(path, text)| (path, text)));
    let compiled = answered(&sources);
    if compiled.is_usable() {
        assert_eq!(understood(&compiled.rulebook), written(&files), "{path}\n{text}");
        let _ = run_examples(&sources, &compiled.rulebook);
    }
}

fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
        1 => "[a-z_]{1,8} = ['\"\\[{0-9a-z ]{0,8}\n?",
    ];
    prop::collection::vec(word, 0..40).prop_map(|words| words.concat())
}

/// Damage to a text: cut, doubled, swapped, replaced.
fn damaged(text: &str, damage: &[(usize, u8, usize, String)]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for (place, kind, length, with) in damage {
        let start = place % (text.len() + 1);
        let end = (start + length).min(text.len());
        let part: Vec<char> = text[start..end].to_vec();
        match kind % 4 {
            0 => drop(text.drain(start..end)),
            1 => drop(text.splice(start..start, part)),
            2 => drop(text.splice(start..end, with.chars())),
            _ => {
                let elsewhere = (start * 7 + 13) % (text.len() + 1);
                drop(text.splice(elsewhere..elsewhere, part));
            }
        }
    }
    text.into_iter().collect()
}

fn damage() -> impl Strategy<Value = Vec<(usize, u8, usize, String)>> {
    let with = prop_oneof![
        prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        prop::sample::select(
            &[
                "0",
                "-1",
                "9999999999999999999",
                "[base]",
                "not ",
                ">=",
                "\u{0}",
                "💰",
                "\r",
                "true"
            ][..]
        )
        .prop_map(str::to_owned),
        "\\PC{0,4}",
    ];
    prop::collection::vec((any::<usize>(), any::<u8>(), 0..60usize, with), 1..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text(path in prop::sample::select(&PATHS[..]), text: String) {
        check(path, &text);
    }

    #[test]
    fn any_bytes(
        path in prop::sample::select(&PATHS[..]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        check(path, &String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn words_of_rule_files(path in prop::sample::select(&PATHS[..]), text in words()) {
        check(path, &text);
    }

    #[test]
    fn damaged_small_files(which: usize, damage in damage()) {
        let files = small_files();
        let (path, text) = &files[which % files.len()];
        check(path, &damaged(text, &damage));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn damaged_real_files(which: usize, damage in damage()) {
        let mut files = real_files();
        let which = which % files.len();
        files[which].1 = damaged(&files[which].1, &damage);
        if let Ok(once) = format(&files[which].1) {
            prop_assert_eq!(format(&once), Ok(once.clone()));
        }
        let compiled = answered(&sources(files.iter().map(|(path, text)| (path, text))));
        if compiled.is_usable() {
            prop_assert_eq!(understood(&compiled.rulebook), written(&files));
        }
    }
}
