//! Two versions of one programme side by side: every criterion stands once, what is the same says the same, and the
//! changes are those that an official would name.

use changes::{Change, Direction, Kind, Side, sides};
use rules::{Criterion, Programme, Version};

use crate::books::{book, real};

fn criteria(version: &Version) -> Vec<&Criterion> {
    version.criteria.iter().flat_map(Criterion::walk).collect()
}

/// Every programme of the rulebook with any two of its versions.
fn each_pair(test: &dyn Fn(&Programme, &Version, &Version)) {
    let rulebook = book(&real());
    let mut seen = 0;
    for programme in &rulebook.programmes {
        for old in &programme.versions {
            for new in &programme.versions {
                test(programme, old, new);
                seen += 1;
            }
        }
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn a_version_is_the_same_as_itself() {
    each_pair(&|programme, old, new| {
        if old.id == new.id {
            let sides = sides(old, new);
            assert_eq!(sides.changes, [], "{} {}", programme.id, old.id);
            let wanted: Vec<Side> = (0..criteria(old).len())
                .map(|at| Side { old: Some(at), new: Some(at), same: true })
                .collect();
            assert_eq!(sides.criteria, wanted, "{} {}", programme.id, old.id);
        }
    });
}

#[test]
fn every_criterion_of_both_stands_once_and_in_order() {
    each_pair(&|programme, old, new| {
        let sides = sides(old, new).criteria;
        let places = |get: fn(&Side) -> Option<usize>| -> Vec<usize> {
            sides.iter().filter_map(get).collect()
        };
        let all: Vec<usize> = (0..criteria(new).len()).collect();
        assert_eq!(places(|side| side.new), all, "{} {} {}", programme.id, old.id, new.id);
        let mut before = places(|side| side.old);
        before.sort_unstable();
        assert_eq!(before, (0..criteria(old).len()).collect::<Vec<_>>(), "{}", programme.id);
        for side in &sides {
            assert!(side.old.is_some() || side.new.is_some());
            assert!(!side.same || (side.old.is_some() && side.new.is_some()));
        }
        // The other way round the same criteria are paired.
        let mut there: Vec<_> = sides.iter().map(|side| (side.old, side.new, side.same)).collect();
        let back = changes::sides(new, old).criteria;
        let mut back: Vec<_> = back.iter().map(|side| (side.new, side.old, side.same)).collect();
        there.sort_unstable();
        back.sort_unstable();
        assert_eq!(there, back, "{} {} {}", programme.id, old.id, new.id);
    });
}

#[test]
fn what_an_official_would_name() {
    let rulebook = book(&real());
    let programme = rulebook.programme("specialised-sme").unwrap();
    let version = |id: &str| programme.versions.iter().find(|version| version.id == id).unwrap();
    let sides = sides(version("2022"), version("2026"));
    let told = |label: &str| -> &Change {
        sides.changes.iter().find(|change| change.label.zh == label).expect(label)
    };
    let text = |text: &Option<enterprise::Text>| text.as_ref().map(|text| text.zh.clone());
    for (label, kind, direction, before, after, tag) in [
        (
            "营业收入或股权融资",
            Kind::Changed,
            Some(Direction::Tightened),
            "≥ 1000 万元",
            "≥ 1500 万元",
            "收紧",
        ),
        (
            "从事特定细分市场年限",
            Kind::Changed,
            Some(Direction::Tightened),
            "≥ 2 年",
            "≥ 3 年",
            "收紧",
        ),
        (
            "资产负债率",
            Kind::Added,
            Some(Direction::Tightened),
            "",
            "上年度资产负债率 ≤ 80 %",
            "新增·收紧",
        ),
    ] {
        let change = told(label);
        assert_eq!((change.kind, change.direction), (kind, direction), "{label}");
        assert_eq!(text(&change.before).unwrap_or_default(), before, "{label}");
        assert_eq!(text(&change.after).unwrap_or_default(), after, "{label}");
        assert_eq!(change.tag().zh, tag, "{label}");
    }
}
