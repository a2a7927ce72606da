//! Screening by columns gives every answer of the simple evaluator, and the same work list.

use enterprise::{FactKey, Facts};
use population::{Beside, Rows, Shape, shape_for};
use proptest::prelude::*;
use rules::Rulebook;
use screening::{Builder, RowAnswer, Screening, Work, simple};

use crate::catalogue::LAND;
use crate::laws::moved;
use crate::population_of::{Case, case};

/// A shape with a column for every fact that any of the firms has.
fn shape(firms: &[Facts]) -> Shape {
    let keys = firms.iter().flat_map(|facts| facts.iter().map(|(key, _)| key));
    shape_for(keys.collect::<std::collections::BTreeSet<FactKey>>(), &LAND.catalogue)
}

/// The kernels for all programmes of the rulebooks, and what they were made of.
struct Screened<'a> {
    screening: Screening,
    parts: Vec<(&'a Rulebook, usize)>,
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
    Screened { screening: builder.build().keeping_missing(), parts }
}

/// What the simple evaluator says about all firms, programme by programme, and its work list.
fn simply(
    screened: &Screened<'_>,
    firms: &[Facts],
    case: &Case,
) -> (Vec<Vec<Option<RowAnswer>>>, Work) {
    let mut work = screened.screening.work();
    let fields = screened.screening.fields();
    let known = screened.screening.programmes().iter();
    let answers = known.zip(&screened.parts).enumerate().map(|(place, (known, part))| {
        let (rulebook, programme) = (part.0, &part.0.programmes[part.1]);
        let answers = firms.iter().enumerate().map(|(row, facts)| {
            // Who is of another kind is not asked.
            if kind(row).is_some_and(|kind| kind != programme.subject) {
                return None;
            }
            let answer = simple(rulebook, programme, facts, &case.question, known, fields);
            if let Some(answer) = &answer {
                work.count(place, &answer.missing);
            }
            answer
        });
        answers.collect()
    });
    (answers.collect(), work)
}

/// What kind of subject stands in a row: mostly nothing is said, and it is an enterprise.
fn kind(row: usize) -> Option<&'static str> {
    match row % 11 {
        3 => Some("enterprise"),
        7 => Some("cluster"),
        _ => None,
    }
}

/// Holds the columns against the simple evaluator; the firms are first written as a batch and read
/// back, which must not change them.
fn agrees(case: &Case, rulebooks: &[Rulebook], firms: &[Facts]) -> Result<(), TestCaseError> {
    let shape = shape(firms);
    let mut rows = Rows::new(&shape);
    for (row, facts) in firms.iter().enumerate() {
        rows.push_with(facts, &Beside { subject: kind(row), ..Beside::default() });
    }
    let batch = rows.finish();
    for (row, facts) in firms.iter().enumerate() {
        prop_assert_eq!(&shape.subject(&batch, row), facts);
    }
    let screened = screened(&shape, rulebooks, case);
    let (expected, expected_work) = simply(&screened, firms, case);
    let mut work = screened.screening.work();
    let results = screened.screening.screen(&batch, &mut work);
    prop_assert_eq!(results.rows, firms.len());
    for (programme, expected) in expected.iter().enumerate() {
        let known = &screened.screening.programmes()[programme];
        for (row, expected) in expected.iter().enumerate() {
            let found = results.answer(programme, row, known);
            prop_assert_eq!(
                &found,
                expected,
                "{} of rulebook {}, row {}: {:#?}",
                known.id,
                programme / 2,
                row,
                firms[row]
            );
        }
    }
    let fields: Vec<String> =
        screened.screening.fields().iter().map(|field| field.name()).collect();
    for programme in 0..expected.len() {
        for (place, field) in fields.iter().enumerate() {
            let found = work.of(programme, place);
            prop_assert_eq!(found, expected_work.of(programme, place), "{}", field);
        }
    }
    Ok(())
}

/// As many cases as the environment wants, or so many.
fn cases(cases: u32, max_shrink_iters: u32) -> ProptestConfig {
    let wanted = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { max_shrink_iters, ..ProptestConfig::with_cases(wanted.unwrap_or(cases)) }
}

proptest! {
    #![proptest_config(cases(96, 4000))]

    #[test]
    fn of_a_few_firms(case in case(8)) {
        agrees(&case, std::slice::from_ref(&case.rulebook), &case.firms)?;
    }

    #[test]
    fn of_a_law_and_its_variants_together(case in case(5), by in prop::collection::vec(-40..40i64, 1..4)) {
        let mut rulebooks = vec![case.rulebook.clone()];
        rulebooks.extend(by.into_iter().map(|by| moved(case.rulebook.clone(), by)));
        agrees(&case, &rulebooks, &case.firms)?;
    }
}

proptest! {
    #![proptest_config(cases(12, 200))]

    /// Whole blocks, parts of blocks and many of them.
    #[test]
    fn of_any_number_of_rows(case in case(70)) {
        for rows in [0, 1, 63, 64, 65, 2048, 5000] {
            let firms: Vec<Facts> = case.firms.iter().cycle().take(rows).cloned().collect();
            agrees(&case, std::slice::from_ref(&case.rulebook), &firms)?;
        }
    }
}
