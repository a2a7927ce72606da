//! The bytes of a record: different records, different bytes.

use audit::*;
use jiff::Timestamp;
use proptest::prelude::*;

use crate::world::act;

fn record() -> impl Strategy<Value = Record> {
    let seq = 1..3_i64;
    (seq, act(0..2_i64), prop::option::of((0..2_u8).prop_map(|byte| Hash([byte; 32]))))
        .prop_map(|(seq, act, personal)| Record { seq, act, personal })
}

/// Takes the bytes apart again: what can be read back in one way only was written in one way only.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let (first, rest) = self.0.split_first_chunk().unwrap();
        self.0 = rest;
        *first
    }

    fn int(&mut self) -> i64 {
        i64::from_be_bytes(self.bytes())
    }

    fn text(&mut self) -> String {
        let length = self.int() as usize;
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8(text.into()).unwrap()
    }

    fn maybe<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        match self.bytes() {
            [0] => None,
            [1] => Some(read(self)),
            other => panic!("{other:?}"),
        }
    }

    fn record(&mut self) -> Record {
        assert_eq!(self.text(), "tidu-audit-record-1");
        let seq = self.int();
        let at = Timestamp::from_microsecond(self.int()).unwrap();
        let actor = Actor { person: self.maybe(Self::int), how: self.text().parse().unwrap() };
        let organisation = self.maybe(Self::int);
        let action = self.text();
        let object = Object { kind: self.text(), id: self.text() };
        let outcome = self.text().parse().unwrap();
        let [origin, request, rulebook] = [(); 3].map(|()| self.maybe(Self::text));
        let details = Details::stored(self.text());
        let personal = self.maybe(|reader| Hash(reader.bytes()));
        assert!(self.0.is_empty());
        let act = Act {
            at,
            actor,
            organisation,
            action,
            object,
            outcome,
            origin,
            request,
            rulebook,
            details,
        };
        Record { seq, act, personal }
    }
}

proptest! {
    #[test]
    fn the_bytes_say_the_whole_record_and_nothing_else(record in record()) {
        prop_assert_eq!(Reader(&record.canonical_bytes()).record(), record);
    }

    #[test]
    fn texts_that_move_between_neighbours_change_the_bytes(
        one in record(), cuts: [prop::sample::Index; 2], turn in 0..3_usize,
    ) {
        let mut other = one.clone();
        let act = &mut other.act;
        let whole: Vec<char> =
            [&*act.action, &*act.object.kind, &*act.object.id].concat().chars().collect();
        let mut cuts = cuts.map(|cut| cut.index(whole.len() + 1));
        cuts.sort_unstable();
        act.action = whole[..cuts[0]].iter().collect();
        act.object.kind = whole[cuts[0]..cuts[1]].iter().collect();
        act.object.id = whole[cuts[1]..].iter().collect();
        let mut turned = [&mut act.origin, &mut act.request, &mut act.rulebook].map(Option::take);
        turned.rotate_left(turn);
        [act.origin, act.request, act.rulebook] = turned;
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
