//! What a city says of a row is what the simple evaluator says of its facts.

use rules::{Outcome, evaluate};

use crate::made::MADE;

#[test]
fn everybody_stands_where_the_simple_evaluator_puts_them() {
    let made = &*MADE;
    let (city, snapshot) = (&made.city, made.city.snapshot());
    assert!(city.programmes().count() > 5);
    assert!(snapshot.is_made_up());
    let mut judged = 0;
    for (screened, answers) in city.programmes() {
        let programme = made.rulebook.programme(&screened.id).unwrap();
        for row in 0..snapshot.rows() {
            let facts = snapshot.facts(row);
            let answer = evaluate(&made.rulebook, programme, &facts, city.question());
            let standing = answers.of(row);
            match answer.outcome {
                Outcome::Assessed(assessed)
                    if snapshot.kind(row).is_none_or(|kind| kind == "enterprise") =>
                {
                    let standing = standing.unwrap();
                    let nearest = assessed.nearest.as_ref().map(|nearest| &nearest.criterion.id);
                    assert_eq!(standing.population, assessed.population, "{} {row}", screened.id);
                    assert_eq!(standing.verdict, assessed.verdict, "{} {row}", screened.id);
                    let place = standing.nearest.filter(|_| nearest.is_some());
                    let criteria = &screened.cases[standing.case].criteria;
                    if let (Some(nearest), Some(place)) = (nearest, place) {
                        assert_eq!(criteria.get(place), Some(nearest), "{} {row}", screened.id);
                    }
                    judged += 1;
                }
                _ => assert_eq!(standing, None, "{} {row}", screened.id),
            }
        }
    }
    assert!(judged > 3000, "{judged}");
}

#[test]
fn a_subject_is_found_by_its_code_and_by_nothing_else() {
    let snapshot = MADE.city.snapshot();
    for row in 0..snapshot.rows() {
        assert_eq!(snapshot.find(snapshot.code(row)), Some(row));
        assert_eq!(snapshot.facts(row).name.as_deref().unwrap_or_default(), snapshot.name(row));
    }
    assert_eq!(snapshot.find("91370202MA0000000Y"), None);
    assert_eq!(snapshot.find(""), None);
    assert_eq!(snapshot.code(snapshot.rows()), "");
    assert_eq!(snapshot.facts(u32::MAX), enterprise::Facts::default());
}
