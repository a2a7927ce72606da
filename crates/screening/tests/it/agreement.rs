//! Screening by columns gives every answer of the simple evaluator, and the same work list.

use enterprise::{FactKey, Facts};
use population::{Beside, Rows, Shape, shape_for};
use proptest::prelude::*;
use rules::{Rulebook, classify};
use screening::{Builder, RowAnswer, Screening, code, simple};

use crate::catalogue::LAND;
use crate::laws::moved;
use crate::population_of::{Case, case};

/// The choice that is told beside the verdicts.
const SIZE: &str = "size_class";

/// A shape with a column for every fact that any of the firms has.
fn shape(firms: &[Facts]) -> Shape {
    let keys = firms.iter().flat_map(|facts| facts.iter().map(|(key, _)| key));
    shape_for(keys.collect::<std::collections::BTreeSet<FactKey>>(), &LAND.catalogue)
}

/// The kernels for all programmes of the rulebooks, and what they were made of.
struct Screened<'a> {
    screening: Screening,
    parts: Vec<(&'a Rulebook, usize)>,
    /// By rulebook: where its size classes stand, if it tells any.
    classes: Vec<Option<usize>>,
}

fn screened<'a>(shape: &Shape, rulebooks: &'a [Rulebook], case: &Case) -> Screened<'a> {
    let mut builder = Builder::new(shape, case.question.clone());
    let mut parts = Vec::new();
    for rulebook in rulebooks {
        for (place, programme) in rulebook.programmes.iter().enumerate() {
            assert_eq!(builder.add(rulebook, programme), parts.len());
            parts.push((rulebook, place));
        }
    }
    let classes = rulebooks.iter().map(|rulebook| builder.classify(rulebook, SIZE)).collect();
    Screened { screening: builder.build().keeping_missing(), parts, classes }
}

/// What the simple evaluator says about each firm, programme by programme.
fn simply(screened: &Screened<'_>, case: &Case) -> Vec<Vec<Option<RowAnswer>>> {
    let fields = screened.screening.fields();
    let known = screened.screening.programmes().iter();
    let answers = known.zip(&screened.parts).map(|(known, (rulebook, place))| {
        let programme = &rulebook.programmes[*place];
        let answer =
            |facts: &Facts| simple(rulebook, programme, facts, &case.question, known, fields);
        case.firms.iter().map(answer).collect()
    });
    answers.collect()
}

/// What kind of subject stands in a row: mostly nothing is said, and it is an enterprise.
fn kind(row: usize) -> Option<&'static str> {
    match row % 11 {
        3 => Some("enterprise"),
        7 => Some("cluster"),
        _ => None,
    }
}

/// Holds the columns against the simple evaluator in so many rows, over which the firms come again and
/// again. They are first written as a batch and read back, which must not change them.
fn agrees(case: &Case, rulebooks: &[Rulebook], rows: usize) -> Result<(), TestCaseError> {
    let shape = shape(&case.firms);
    let firm = |row: usize| &case.firms[row % case.firms.len()];
    let mut batch = Rows::new(&shape);
    for row in 0..rows {
        batch.push_with(firm(row), &Beside { subject: kind(row), ..Beside::default() });
    }
    let batch = batch.finish();
    for row in 0..rows.min(case.firms.len()) {
        prop_assert_eq!(&shape.subject(&batch, row), firm(row));
    }
    let screened = screened(&shape, rulebooks, case);
    let simple = simply(&screened, case);
    let (mut work, mut expected_work) = (screened.screening.work(), screened.screening.work());
    let results = screened.screening.screen(&batch, &mut work);
    prop_assert_eq!(results.rows, rows);
    let briefly = self::screened(&shape, rulebooks, case).screening.only_verdicts();
    let verdicts = briefly.screen(&batch, &mut briefly.work());
    for (programme, answers) in simple.iter().enumerate() {
        let known = &screened.screening.programmes()[programme];
        for row in 0..rows {
            let found = results.answer(programme, row, known);
            // Who is of another kind is not asked.
            let asked = kind(row).is_none_or(|kind| kind == known.subject);
            let expected = answers[row % answers.len()].as_ref().filter(|_| asked);
            if let Some(expected) = expected {
                expected_work.count(programme, &expected.missing);
            }
            let brief = verdicts.answer(programme, row, known);
            let full = found.clone().map(|found| RowAnswer {
                shortfall: None,
                nearest: None,
                missing: Vec::new(),
                ..found
            });
            prop_assert_eq!(brief, full);
            prop_assert_eq!(
                found.as_ref(),
                expected,
                "{} of rulebook {}, row {}: {:#?}",
                known.id,
                programme / 2,
                row,
                firm(row)
            );
        }
    }
    for (rulebook, place) in rulebooks.iter().zip(&screened.classes) {
        for row in 0..rows {
            let expected = match classify(rulebook, SIZE, firm(row), &case.question).as_slice() {
                [only] => u8::try_from(*only).unwrap(),
                _ => code::NO_CLASS,
            };
            let found = place.map_or(code::NO_CLASS, |place| results.classes[place][row]);
            prop_assert_eq!(found, expected, "size class, row {}: {:#?}", row, firm(row));
        }
    }
    for programme in 0..simple.len() {
        for (place, field) in screened.screening.fields().iter().enumerate() {
            let found = work.of(programme, place);
            prop_assert_eq!(found, expected_work.of(programme, place), "{}", field.name());
        }
        prop_assert_eq!(work.of_lists(programme), expected_work.of_lists(programme));
    }
    Ok(())
}

/// As many cases as the environment wants, or so many.
fn cases(cases: u32, max_shrink_iters: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { max_shrink_iters, ..ProptestConfig::with_cases(wanted.unwrap_or(cases)) }
}

proptest! {
    #![proptest_config(cases(64, 4000))]

    #[test]
    fn of_a_few_firms(case in case(8)) {
        agrees(&case, std::slice::from_ref(&case.rulebook), case.firms.len())?;
    }

    #[test]
    fn of_a_law_and_its_variants_together(case in case(5), by in prop::collection::vec(-40..40i64, 1..4)) {
        let mut rulebooks = vec![case.rulebook.clone()];
        rulebooks.extend(by.into_iter().map(|by| moved(case.rulebook.clone(), by)));
        agrees(&case, &rulebooks, case.firms.len())?;
    }
}

proptest! {
    #![proptest_config(cases(4, 200))]

    /// Whole blocks, parts of blocks and many of them.
    #[test]
    fn of_any_number_of_rows(case in case(70)) {
        for rows in [0, 1, 63, 64, 65, 2048, 5000] {
            agrees(&case, std::slice::from_ref(&case.rulebook), rows)?;
        }
    }
}
