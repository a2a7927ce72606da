//! Every role with every action, and every role with every field, against the tables in `tables/`.
//! A change of the policy is a change of these files, a line for each pair: read it there.

use std::fmt::Write as _;
use std::path::Path;

use access::{
    Action, Field, Purpose, Relation, Role, givers, is_audited, needs_second_factor,
    needs_second_person, of_oneself, pages, reach, sight,
};

fn compare(name: &str, found: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/tables").join(name);
    let expected = std::fs::read_to_string(&kept).unwrap_or_default();
    if expected == found {
        return;
    }
    let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&new, found).unwrap();
    let lines = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    let (new, kept) = (new.display(), kept.display());
    panic!("the policy is not what {name} says, first {lines:?}; if it is meant: cp {new} {kept}");
}

#[test]
fn every_role_reaches_as_far_with_every_action_as_the_table_says() {
    let mut found = String::new();
    for role in Role::ALL {
        writeln!(found, "{} {role}", role.words().zh).unwrap();
        for action in Action::ALL {
            let reach = reach(*role, *action);
            let (code, words) = (action.code(), action.words().zh);
            writeln!(found, "  {code:<28}{:<14}{words}：{}", reach.code(), reach.words().zh)
                .unwrap();
        }
    }
    compare("who-may-do-what.txt", &found);
}

#[test]
fn every_action_asks_for_what_the_table_says() {
    let mut found = String::new();
    for action in Action::ALL {
        let marks = [
            (needs_second_factor(*action), "second-factor"),
            (needs_second_person(*action), "second-person"),
            (is_audited(*action), "recorded"),
        ];
        let set = marks.iter().map(|(set, mark)| if *set { *mark } else { "-" });
        let [factor, person, record] = set.collect::<Vec<_>>().try_into().unwrap();
        let code = action.code();
        let line = format!("{code:<28}{factor:<15}{person:<15}{record:<10}{}", action.words().zh);
        writeln!(found, "{line}").unwrap();
    }
    compare("what-is-asked-for.txt", &found);
}

#[test]
fn every_role_is_given_by_whom_the_table_says() {
    let mut found = String::new();
    for role in Role::ALL {
        let by: Vec<_> = givers(*role).iter().map(|giver| giver.code()).collect();
        let at: Vec<_> = role.organisations().iter().map(|kind| kind.code()).collect();
        writeln!(found, "{role}\n  in {}\n  by {}", at.join(", "), by.join(", ")).unwrap();
    }
    compare("who-gives-which-role.txt", &found);
}

#[test]
fn every_role_sees_of_every_field_what_the_table_says() {
    let mut found = String::from("everybody, of oneself\n");
    for field in Field::ALL {
        writeln!(found, "  {:<18}{}", field.code(), of_oneself(*field).code()).unwrap();
    }
    for role in Role::ALL {
        for relation in Relation::ALL {
            writeln!(found, "{role}, {relation}").unwrap();
            for field in Field::ALL {
                let sight = sight(*role, *field, *relation, Purpose::Recognition);
                writeln!(found, "  {:<18}{}", field.code(), sight.code()).unwrap();
            }
        }
    }
    compare("who-sees-what.txt", &found);
}

#[test]
fn the_pages_name_every_role_and_every_action_in_both_languages() {
    let pages = pages();
    for role in Role::ALL {
        assert!(pages.zh.contains(role.words().zh) && pages.en.contains(role.words().en), "{role}");
    }
    for action in Action::ALL {
        let (words, code) = (action.words(), format!("`{action}`"));
        assert!(pages.zh.contains(words.zh) && pages.en.contains(words.en), "{action}");
        assert!(pages.zh.matches(&code).count() == 1 && pages.en.contains(&code), "{action}");
    }
    let columns =
        |page: &str| -> Vec<usize> { page.lines().map(|l| l.matches('|').count()).collect() };
    assert_eq!(columns(&pages.zh), columns(&pages.en));
}
