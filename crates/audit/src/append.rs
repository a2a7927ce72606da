//! The next record of a chain. Who keeps the chain also keeps its head, and appends one at a time.

use crypto::Digest;
use serde::{Deserialize, Serialize};

use crate::act::{Act, Record};
use crate::hash::Hash;
use crate::instant::to_microsecond;
use crate::personal::Personal;

/// How far a chain goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The number of the last record; 0 when there is none.
    pub seq: i64,
    /// The hash of the last record.
    pub hash: Hash,
}

/// What is to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The act.
    pub act: Act,
    /// Personal data about it, kept apart.
    pub personal: Option<Personal>,
}

/// A record in its chain, with everything that the check needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Linked {
    /// The record.
    pub record: Record,
    /// Personal data that the record has a commitment to; none when it never had or it was erased.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub personal: Option<Personal>,
    /// The name of the digest of this record.
    pub digest: String,
    /// The hash of the record before.
    pub previous: Hash,
    /// The hash of this record: of the name of its digest, the hash before and its canonical bytes.
    pub hash: Hash,
}

impl Head {
    /// The head of a chain without records.
    pub const NONE: Self = Self { seq: 0, hash: Hash::NONE };
}

impl Linked {
    /// How far the chain goes when this is its last record.
    pub fn head(&self) -> Head {
        Head { seq: self.record.seq, hash: self.hash }
    }
}

/// The record that follows `head`. The instant is cut to the microsecond and the character U+0000 is
/// replaced (U+FFFD), because a database cannot keep either: what is hashed is what is read back.
pub fn append(head: &Head, draft: Draft, digest: &dyn Digest) -> (Linked, Head) {
    let Draft { act, personal } = draft;
    let personal = personal.map(|personal| Personal { text: kept(personal.text), ..personal });
    let record = Record {
        seq: head.seq.saturating_add(1),
        act: keepable(act),
        personal: personal.as_ref().map(|personal| personal.commitment(digest)),
    };
    let hash = record.hash(&head.hash, digest);
    let digest = digest.name().to_owned();
    let linked = Linked { record, personal, digest, previous: head.hash, hash };
    let head = linked.head();
    (linked, head)
}

fn keepable(mut act: Act) -> Act {
    act.at = to_microsecond(act.at);
    let texts = [&mut act.action, &mut act.object.kind, &mut act.object.id].into_iter();
    let maybe = [&mut act.origin, &mut act.request, &mut act.rulebook].into_iter().flatten();
    for text in texts.chain(maybe) {
        *text = kept(std::mem::take(text));
    }
    act
}

fn kept(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }
}
