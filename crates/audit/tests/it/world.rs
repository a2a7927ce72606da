//! Random chains with their seals, as a store would have kept them.

use audit::*;
use crypto::{DIGESTS, Key, Keys, MacRing, Sm3};
use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::json;

/// Everything that is stored, and the keys that are not.
pub struct World {
    pub records: Vec<Linked>,
    pub seals: Vec<DaySeal>,
    pub head: Head,
    pub macs: MacRing,
}

/// Keys that are the same in every run: failures can be repeated.
pub fn macs() -> MacRing {
    let (id, digits) = (Key::from_bytes([0; 32]).id(), "00".repeat(32));
    let text = format!("tidu-keys-1\nseal {id} {digits}\nmac {id} {digits}\n");
    Keys::parse(&text).unwrap().macs(&Sm3)
}

impl World {
    /// Records from drafts with the number of their digest; a seal for
    /// each day that is over, also for those without records.
    pub fn new(drafts: Vec<(Draft, usize)>) -> Self {
        let (macs, mut head) = (macs(), Head::NONE);
        let (mut records, mut seals) = (Vec::<Linked>::new(), Vec::<DaySeal>::new());
        for (draft, digest) in drafts {
            let first =
                records.last().map_or(day_of(draft.act.at), |last| day_of(last.record.act.at));
            for day in first.series(1.day()).take_while(|day| *day < day_of(draft.act.at)) {
                if seals.last().is_none_or(|seal| seal.day < day) {
                    let mac = macs.newest().unwrap();
                    seals.push(DaySeal::new(day, &head, seals.last(), mac).unwrap());
                }
            }
            let (linked, next) = append(&head, draft, DIGESTS[digest]);
            records.push(linked);
            head = next;
        }
        Self { records, seals, head, macs }
    }

    pub fn verify(&self) -> Report {
        self.verify_with(Some(&self.macs))
    }

    pub fn verify_with(&self, macs: Option<&MacRing>) -> Report {
        let mut verifier = Verifier::new(Head::NONE, macs);
        self.seals.iter().for_each(|seal| verifier.seal(seal));
        self.records.iter().for_each(|linked| verifier.record(linked));
        verifier.finish(Some(&self.head))
    }

    /// The last record that a seal covers.
    pub fn sealed(&self) -> usize {
        self.seals.last().map_or(0, |seal| seal.last as usize)
    }

    pub fn lines(&self) -> Vec<String> {
        let seals = self.seals.iter().cloned().map(Line::Seal);
        let records = self.records.iter().cloned().map(|linked| Line::Record(Box::new(linked)));
        let lines = [Line::begin(Head::NONE)].into_iter().chain(seals).chain(records);
        lines.chain([Line::Head(self.head)]).map(|line| write_line(&line).unwrap()).collect()
    }

    /// As somebody would who can write everything but has no key: all hashes fit again.
    pub fn relink(&mut self) {
        let mut head = Head::NONE;
        for linked in &mut self.records {
            let digest = crypto::digest_named(&linked.digest).unwrap();
            let draft = Draft { act: linked.record.act.clone(), personal: linked.personal.clone() };
            (*linked, head) = append(&head, draft, digest);
        }
        self.head = head;
    }
}

/// Texts that are easily taken for one another when they are strung together.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            "a",
            "b",
            "ab",
            "aa",
            "person.invite",
            "\0",
            "中\n\"",
            "1",
            "10"
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn maybe_text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(text())
}

fn details() -> impl Strategy<Value = Details> {
    (text(), -2..2_i64, text()).prop_map(|(key, number, value)| {
        Details::new(&json!({ key: [number, value, null], "n": i64::MAX })).unwrap()
    })
}

fn personal() -> impl Strategy<Value = Option<Personal>> {
    let one = (any::<[u8; 32]>(), text());
    prop::option::of(one.prop_map(|(salt, text)| Personal { salt: Hash(salt), text }))
}

/// An act at `at`, in microseconds.
pub fn act(at: impl Strategy<Value = i64>) -> impl Strategy<Value = Act> {
    let who = (prop::option::of(0..3_i64), 0..4_usize, prop::option::of(0..3_i64), 0..3_usize);
    let what = (text(), text(), text(), details());
    (at, who, what, maybe_text(), maybe_text(), maybe_text()).prop_map(
        |(
            at,
            (person, how, organisation, outcome),
            (action, kind, id, details),
            origin,
            request,
            rulebook,
        )| Act {
            at: Timestamp::from_microsecond(at).unwrap(),
            actor: Actor { person, how: How::ALL[how] },
            organisation,
            action,
            object: Object { kind, id },
            outcome: Outcome::ALL[outcome],
            origin,
            request,
            rulebook,
            details,
        },
    )
}

/// A chain of `from` to 9 records over some days, with time going forward.
pub fn world(from: usize) -> impl Strategy<Value = World> {
    let hour = 3_600_000_000_i64;
    let one = (act(0..1_i64), personal(), 0..DIGESTS.len(), 0..60 * hour);
    prop::collection::vec(one, from..10).prop_map(|ones| {
        let mut at = 1_795_000_000_000_000;
        let drafts = ones.into_iter().map(|(mut act, personal, digest, later)| {
            at += later;
            act.at = Timestamp::from_microsecond(at).unwrap();
            (Draft { act, personal }, digest)
        });
        World::new(drafts.collect())
    })
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.lines().concat())
    }
}

/// One of them, for a test that wants only a few.
pub fn one<T: std::fmt::Debug>(of: &impl Strategy<Value = T>, runner: &mut TestRunner) -> T {
    of.new_tree(runner).unwrap().current()
}
