//! Numbers of the law set to other values: addresses, values with units, refusals, and that the
//! result is the law as if its files said so.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rulebook::{
    Compiled, Diagnostic, Number, NumberKind, Overlaid, Refused, Setting, Sources, compile,
    numbers, overlay, read_setting, read_variants,
};

use rules::Rulebook;

use crate::common::{real_files, sources};

const DAY: Date = date(2026, 5, 1);

struct Law {
    sources: Sources,
    compiled: Compiled,
    numbers: Vec<Number>,
}

impl Law {
    fn real() -> Self {
        let sources = sources(real_files());
        let compiled = compile(&sources);
        let numbers = numbers(&sources);
        Self { sources, compiled, numbers }
    }

    fn present(&self) -> (&Rulebook, &[Diagnostic]) {
        (&self.compiled.rulebook, &self.compiled.diagnostics)
    }

    fn set(&self, settings: &[&str]) -> Result<Overlaid, Refused> {
        let settings: Vec<Setting> =
            settings.iter().map(|text| read_setting(text).expect(text)).collect();
        overlay(&self.sources, self.present(), &self.numbers, DAY, &settings)
    }

    /// What comes of a setting, in a line or two.
    fn said(&self, setting: &str) -> String {
        match self.set(&[setting]) {
            Ok(done) => {
                let applied = done.applied.iter().map(|one| {
                    let before = one.number.written.as_deref().unwrap_or("—");
                    format!("{} {before} → {}", one.number.address(), one.after)
                });
                let remarks = done.remarks.iter().map(|one| format!("! {}", one.message.zh));
                applied.chain(remarks).collect::<Vec<_>>().join("\n  ")
            }
            Err(Refused::Settings(refusals)) => {
                let (_, refusal) = &refusals[0];
                let help = refusal.help.as_ref().map(|help| format!("\n  = {}", help.zh));
                let known = refusal.known.iter().take(6).map(|number| number.address());
                let known: Vec<String> = known.map(|known| format!("\n  - {known}")).collect();
                format!("✗ {}{}{}", refusal.message.zh, help.unwrap_or_default(), known.concat())
            }
            Err(Refused::Law(_, found)) => {
                let words = found.iter().map(|one| format!("✗ {}", one.message.zh));
                words.collect::<Vec<_>>().join("\n  ")
            }
        }
    }
}

#[test]
fn every_number_has_an_address_of_its_own() {
    let law = Law::real();
    let mut known = BTreeSet::new();
    for number in &law.numbers {
        assert!(known.insert(number.address()), "{} stands twice", number.address());
    }
    assert!(known.len() > 500, "{}", known.len());
}

/// Writing a number where it was found, as it was found, leaves every file as it is.
#[test]
fn a_number_set_to_its_own_value_changes_no_letter() {
    let law = Law::real();
    let settings: Vec<Setting> = law
        .numbers
        .iter()
        .filter_map(|number| {
            let value = number.written.as_ref()?;
            Some(Setting { address: number.address(), value: format!("={value}"), place: None })
        })
        .collect();
    let done = overlay(&law.sources, law.present(), &law.numbers, DAY, &settings);
    match done {
        Ok(done) => {
            assert!(done.remarks.is_empty());
            for ((path, before), (_, after)) in law.sources.iter().zip(done.sources.iter()) {
                assert_eq!(before, after, "{path}");
            }
        }
        Err(Refused::Settings(refusals)) => panic!("{:?}", refusals.first()),
        Err(Refused::Law(..)) => panic!("the law as it is is refused"),
    }
}

#[test]
fn what_can_be_said_and_what_comes_of_it() {
    let law = Law::real();
    let settings = include_str!("settings.txt");
    let lines = settings.lines().filter(|line| !line.is_empty());
    let said: Vec<String> = lines.map(|line| format!("{line}\n  {}", law.said(line))).collect();
    insta::assert_snapshot!(said.join("\n"));
}

/// What the files say about a number, by address.
fn written(numbers: &[Number]) -> Vec<(String, Option<String>)> {
    numbers.iter().map(|number| (number.address(), number.written.clone())).collect()
}

/// A law with a number set is the law whose file says that number.
#[test]
fn setting_a_number_is_writing_it_into_the_file() {
    let law = Law::real();
    let edits = [
        (
            "specialised-sme.rd.amount=250 万元",
            "programmes/miit/specialised-sme/2026.toml",
            "amount = \"100 万元\"",
            "amount = \"250 万元\"",
        ),
        (
            "innovative-sme.score.pass=+5",
            "programmes/miit/innovative-sme/2022.toml",
            "pass   = \">= 60 分\"",
            "pass   = \">= 65 分\"",
        ),
        (
            "size-class.software.employees.medium=120 人",
            "definitions/size-class/2011.toml",
            "tiers = [\">= 300 人\", \">= 100 人\", \">= 10 人\"]\n\n[[group.metric]]\nvalue = 'revenue[base]'\ntiers = [\">= 10000 万元\", \">= 1000 万元\", \">= 50 万元\"]",
            "tiers = [\">= 300 人\", \">= 120 人\", \">= 10 人\"]\n\n[[group.metric]]\nvalue = 'revenue[base]'\ntiers = [\">= 10000 万元\", \">= 1000 万元\", \">= 50 万元\"]",
        ),
    ];
    for (setting, path, from, to) in edits {
        let done = law.set(&[setting]).expect(setting);
        let mut files = real_files();
        let file = files.iter_mut().find(|(known, _)| known == path).expect(path);
        assert_eq!(file.1.matches(from).count(), 1, "{setting}");
        file.1 = file.1.replace(from, to);
        assert_eq!(done.sources, sources(files), "{setting}");
        assert_eq!(done.compiled.rulebook.hash, done.sources.hash());
        assert_ne!(done.compiled.rulebook.hash, law.compiled.rulebook.hash);
    }
}

#[test]
fn several_numbers_are_set_at_once_and_one_number_once() {
    let law = Law::real();
    let together = ["specialised-sme@2022.*.to=2026-06-30", "specialised-sme@2026.from=2026-07-01"];
    assert!(law.set(&together).is_ok_and(|done| done.remarks.is_empty()));
    assert!(matches!(law.set(&together[..1]), Err(Refused::Law(..))));
    let twice = ["specialised-sme.rd.amount=2 万元", "specialised-sme.rd.amount=3 万元"];
    assert!(matches!(law.set(&twice), Err(Refused::Settings(found)) if found[0].0 == 1));
    let same = ["specialised-sme.rd.amount=2 万元", "specialised-sme@2026.rd.amount=2 万元"];
    assert!(law.set(&same).is_ok());
}

#[test]
fn a_file_of_variants_is_read_as_a_whole_or_every_problem_is_told() {
    let good = "[variant.stricter]\nlabel = { zh = \"从严\", en = \"stricter\" }\n\
                set = { \"a.b\" = \"200 万元\", \"a.from\" = 2026-07-01, \"a.score.pass\" = 60 }\n";
    let variants = read_variants("v.toml", good).expect("good");
    let values: Vec<&str> = variants[0].settings.iter().map(|one| one.value.as_str()).collect();
    assert_eq!(values, ["200 万元", "2026-07-01", "60"]);
    let bad = [
        ("", "missing-key"),
        ("[variant.x]\n", "missing-key"),
        ("[variant.x]\nset = 3\n", "wrong-type"),
        ("[variant.x]\nsets = {}\n", "missing-key unknown-key"),
        ("[variant.X]\nset = {}\n", "bad-id"),
        ("[variant.x\n", "toml-syntax"),
        ("[variant.x]\nset = { \"a.b\" = [1] }\n", "wrong-type"),
    ];
    for (text, codes) in bad {
        let mut found: Vec<&str> = read_variants("v.toml", text)
            .unwrap_err()
            .iter()
            .map(|one| one.code.as_str())
            .collect();
        found.sort_unstable();
        assert_eq!(found.join(" "), codes, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// What is set is found again at its address, and nothing else has changed but what must move along.
    #[test]
    fn what_is_set_is_found_again_and_nothing_else(at in any::<prop::sample::Index>(), up in any::<bool>()) {
        let law = LAW.get_or_init(Law::real);
        let number = at.get(&law.numbers);
        let value = match (number.kind, up) {
            (NumberKind::Day, true) => "+1 天",
            (NumberKind::Day, false) => "-1 天",
            (_, true) => "+100 %",
            (_, false) => "-50 %",
        };
        let setting = format!("{}={value}", number.address());
        if let Ok(done) = law.set(&[&setting]) {
            let after = written(&numbers(&done.sources));
            let before = written(&law.numbers);
            prop_assert_eq!(after.len(), before.len());
            for (index, (before, after)) in before.iter().zip(&after).enumerate() {
                prop_assert_eq!(&before.0, &after.0);
                if law.numbers[index].address() == number.address() {
                    prop_assert_eq!(after.1.as_deref(), Some(done.applied[0].after.as_str()));
                } else if before != after {
                    // The other side of an edge between cases.
                    prop_assert_eq!(after.1.as_deref(), Some(done.applied[0].after.as_str()));
                    prop_assert_eq!(&law.numbers[index].owner, &number.owner);
                }
            }
        }
    }
}

static LAW: std::sync::OnceLock<Law> = std::sync::OnceLock::new();
