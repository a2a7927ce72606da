//! The loops written by hand say exactly what the simple evaluator says, on figures that stand on
//! thresholds, are missing, or are huge.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "whoever finds something else than expected may stop right there"
)]

use arrow::array::RecordBatch;
use benchmark::{Crowd, Hand, Law, Output};
use enterprise::FactKey;
use population::{Shape, shape_for};
use rulebook::compile;
use rules::{Question, Rulebook};
use screening::{Screened, simple};

struct World {
    law: Law,
    rulebook: Rulebook,
    shape: Shape,
}

fn world(criteria: usize) -> World {
    let law = Law::generated(criteria, 1);
    let rulebook = compile(&law.sources).rulebook;
    let keys = law
        .plain
        .columns
        .iter()
        .map(|column| FactKey { indicator: column.indicator.to_owned(), year: column.year });
    let shape = shape_for(keys, &rulebook.catalogue);
    World { law, rulebook, shape }
}

fn agree(world: &World, batch: &RecordBatch) {
    let question = Question::on(world.law.plain.as_of);
    let mut hand = Hand::new(&world.law.plain);
    let mut output = Output::default();
    assert!(hand.screen(&world.shape, batch, &mut output));
    let screened: Vec<Screened> = world
        .rulebook
        .programmes
        .iter()
        .map(|programme| Screened::of(&world.rulebook, programme, &question))
        .collect();
    let mut seen = std::collections::BTreeMap::new();
    for row in 0..batch.num_rows() {
        let facts = world.shape.subject(batch, row);
        for (number, screened) in screened.iter().enumerate() {
            let programme = &world.rulebook.programmes[number];
            assert_eq!(programme.id, world.law.plain.programmes[number].id);
            let mut wanted =
                simple(&world.rulebook, programme, &facts, &question, screened, &[]).unwrap();
            wanted.missing.clear();
            let found = output.answer(number, row).unwrap();
            assert_eq!(found, wanted, "row {row} of {}: {facts:#?}", programme.id);
            *seen.entry(format!("{:?}", wanted.population)).or_insert(0) += 1;
        }
    }
    println!("{seen:?}");
}

#[test]
fn the_loops_agree_with_the_simple_evaluator() {
    let world = world(300);
    let crowd = Crowd::new(world.shape.clone(), &world.law.plain, 7);
    agree(&world, &crowd.batch(0, 1500).unwrap());
}
