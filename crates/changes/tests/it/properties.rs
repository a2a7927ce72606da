//! What holds for any two rulebooks: a rulebook has no changes against itself; the changes the other
//! way round are the reverse; a threshold that moves is told with both values, and nothing else that
//! decides; and hardly a word of a rule file can change unnoticed.

use std::sync::LazyLock;

use changes::{Change, Changes, Weight, compare};
use enterprise::Text;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::books::{Files, book, compiled, real, said, small};
use crate::places::{Edit, edits, thresholds};

static SMALL: LazyLock<Files> = LazyLock::new(small);
static REAL: LazyLock<Files> = LazyLock::new(real);

/// All edits of a rulebook.
fn all(files: &Files) -> Vec<Edit> {
    files.iter().flat_map(|(file, text)| edits(file, text)).collect()
}

/// What a change says, without what is named after one of the sides only.
fn told(changes: &Changes) -> Vec<String> {
    fn line(change: &Change) -> String {
        let words = |text: &Option<Text>| text.as_ref().map(|text| text.zh.clone());
        format!(
            "{:?} {:?} {:?} {:?} {:?} {:?}",
            change.about,
            change.kind,
            change.weight,
            change.direction,
            words(&change.before),
            words(&change.after)
        )
    }
    let mut lines: Vec<String> = changes.all().map(line).collect();
    lines.sort();
    lines
}

fn mirrored(changes: &Changes) -> Changes {
    let mut changes = changes.clone();
    for block in changes.sections.iter_mut().flat_map(|section| &mut section.blocks) {
        block.changes = block.changes.drain(..).map(Change::mirrored).collect();
    }
    changes
}

#[test]
fn a_rulebook_has_no_changes_against_itself() {
    for files in [&*SMALL, &*REAL] {
        let (one, other) = (book(files), book(files));
        assert_eq!(said(&compare(&one, &other)), Vec::<String>::new());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_changes_the_other_way_round_are_the_reverse(
        first: Vec<Index>,
        second: Vec<Index>,
    ) {
        let all = all(&SMALL);
        // From the back, so that no edit moves the place of another.
        let edited = |chosen: &[Index]| {
            let mut chosen: Vec<usize> =
                chosen.iter().take(4).map(|index| index.index(all.len())).collect();
            chosen.sort_unstable_by_key(|at| std::cmp::Reverse((&all[*at].file, all[*at].at)));
            chosen.dedup_by_key(|at| (&all[*at].file, all[*at].at));
            let mut files = SMALL.clone();
            for at in chosen {
                files = all[at].of(&files);
            }
            compiled(&files)
        };
        if let (Some(one), Some(other)) = (edited(&first), edited(&second)) {
            let forth = compare(&one, &other);
            let back = compare(&other, &one);
            prop_assert_eq!(told(&mirrored(&forth)), told(&back));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_threshold_that_moves_is_told_and_nothing_else_that_decides(
        edit in select(thresholds(&REAL)),
    ) {
        let Some(new) = compiled(&edit.of(&REAL)) else { return Ok(()) };
        let changes = compare(&book(&REAL), &new);
        let (before, after) = (edit.was(&REAL), edit.instead.clone());
        let deciding: Vec<&Change> =
            changes.all().filter(|change| change.weight <= Weight::Practice).collect();
        prop_assert!(!deciding.is_empty(), "{edit:?}");
        for change in deciding {
            let words = |text: &Option<Text>| text.clone().unwrap_or_default().zh;
            prop_assert!(words(&change.before).contains(&before), "{change:?} of {edit:?}");
            prop_assert!(words(&change.after).contains(&after), "{change:?} of {edit:?}");
        }
    }

    #[test]
    fn no_word_of_a_rule_file_changes_unnoticed(edit in select(all(&SMALL))) {
        let Some(new) = compiled(&edit.of(&SMALL)) else { return Ok(()) };
        let changes = compare(&book(&SMALL), &new);
        prop_assert!(!changes.is_empty() || edit.is_beside_the_rules(&SMALL), "{edit:?}");
    }
}
