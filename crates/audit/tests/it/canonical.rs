//! The bytes of a record: different records, different bytes.

use audit::*;
use proptest::prelude::*;

use crate::world::{act, text};

fn record() -> impl Strategy<Value = Record> {
    let seq = 1..3_i64;
    (seq, act(0..2_i64), prop::option::of((0..2_u8).prop_map(|byte| Hash([byte; 32]))))
        .prop_map(|(seq, act, personal)| Record { seq, act, personal })
}

proptest! {
    #[test]
    fn different_records_never_give_the_same_bytes(one in record(), other in record()) {
        prop_assert_eq!(one == other, one.canonical_bytes() == other.canonical_bytes());
    }

    #[test]
    fn texts_that_move_between_neighbours_change_the_bytes(
        one in record(), texts in prop::collection::vec(prop::option::of(text()), 7),
    ) {
        let mut other = one.clone();
        let act = &mut other.act;
        let fields = [&mut act.action, &mut act.object.kind, &mut act.object.id];
        for (field, text) in fields.into_iter().zip(&texts) {
            *field = text.clone().unwrap_or_default();
        }
        let fields = [&mut act.origin, &mut act.request, &mut act.rulebook];
        for (field, text) in fields.into_iter().zip(texts.iter().skip(3)) {
            field.clone_from(text);
        }
        prop_assert_eq!(one == other, one.canonical_bytes() == other.canonical_bytes());
    }
}

#[test]
fn the_bytes_and_the_hash_of_a_record_never_change_between_versions() {
    let act = Act {
        at: "2026-11-23T01:02:03.000004Z".parse().unwrap(),
        actor: Actor { person: Some(7), how: How::Session },
        organisation: None,
        action: "person.invite".into(),
        object: Object { kind: "person".into(), id: "8".into() },
        outcome: Outcome::Done,
        origin: Some("10.0.0.1".into()),
        request: None,
        rulebook: None,
        details: Details::none(),
    };
    let personal = Some(Personal { salt: Hash([9; 32]), text: "李".into() });
    let (linked, _) = append(&Head::NONE, Draft { act, personal }, &crypto::Sm3);
    let line = write_line(&Line::Record(Box::new(linked))).unwrap();
    assert_eq!(line, include_str!("record.jsonl"));
}
