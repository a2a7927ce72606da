//! Numbers of the law set to other values: addresses, values with units, refusals, and that the
//! result is the law as if its files said so.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use rulebook::{
    Compiled, Number, Overlaid, Refused, Setting, Sources, compile, numbers, overlay, read_setting,
};

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

    fn set(&self, settings: &[&str]) -> Result<Overlaid, Refused> {
        let settings: Vec<Setting> =
            settings.iter().map(|text| read_setting(text).expect(text)).collect();
        overlay(&self.sources, &self.compiled, &self.numbers, DAY, &settings)
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
    let done = overlay(&law.sources, &law.compiled, &law.numbers, DAY, &settings);
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
