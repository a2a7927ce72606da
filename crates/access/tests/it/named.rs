//! Codes and names: each once, each readable, each found again.

use std::collections::BTreeSet;

use access::{
    Action, Field, OrganisationKind, Purpose, Reach, Relation, Role, Sight, Topic, Why, Words,
};

/// Codes and names of a list, after looking whether they are fit to be kept.
fn check(list: &str, named: Vec<(&'static str, Words, bool)>) {
    let mut codes = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (code, words, found_again) in named {
        let fit = |one: char| one.is_ascii_lowercase() || "-.".contains(one);
        assert!(code.chars().all(fit) && !code.is_empty(), "{list}: {code}");
        assert!(codes.insert(code), "{list}: {code} stands for two things");
        assert!(names.insert(words.zh), "{list}: {} names two things", words.zh);
        assert!(!words.en.is_empty() && found_again, "{list}: {code}");
    }
}

macro_rules! check_lists {
    ($($list:ident)+) => {
        $(check(
            stringify!($list),
            $list::ALL.iter().map(|one| (one.code(), one.words(), $list::from_code(one.code()) == Some(*one))).collect(),
        );)+
    };
}

#[test]
fn every_code_and_every_name_stands_for_one_thing() {
    check_lists!(Action Field OrganisationKind Purpose Reach Relation Role Sight Topic Why);
    assert_eq!(Role::from_code("boss"), None);
}

#[test]
fn every_action_belongs_to_exactly_one_topic_in_the_order_of_the_list() {
    let by_topic: Vec<Action> = Topic::ALL.iter().flat_map(|topic| topic.actions()).collect();
    assert_eq!(by_topic, Action::ALL);
}

#[test]
fn refusals_say_in_both_languages_nothing_about_a_row() {
    for why in Why::ALL {
        assert!(!why.words().zh.contains("存在") && !why.words().en.contains("exist"), "{why}");
    }
}
