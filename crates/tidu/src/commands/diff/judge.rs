//! The same subjects under two rulebooks. Each rulebook reads the file by its own catalogue; both
//! readings run side by side, so that a long file is never held as a whole.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use changes::{Stand, Turned, turned};
use connectors::{Reading, read_subjects};
use enterprise::{Facts, Problem, Severity};
use jiff::civil::Date;
use rules::{Question, Rulebook, evaluate};

/// What this command line judges, as `explain` does.
const SUBJECT: &str = "enterprise";
/// So many subjects may the one reading be ahead of the other.
const AHEAD: usize = 64;

/// What the subjects of a file came to.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// The file.
    pub file: String,
    /// Subjects that were judged under both.
    pub subjects: u64,
    /// Subjects whose data one of the rulebooks refuses.
    pub refused: u64,
    /// Whether the file could not be read to its end.
    pub damaged: bool,
    /// Those for whom something turned.
    pub turned: Vec<Firm>,
    /// What is wrong with the data.
    pub problems: Vec<Problem>,
}

/// A subject for whom something turned.
#[derive(Debug)]
pub(crate) struct Firm {
    pub name: String,
    pub uscc: Option<String>,
    pub turned: Vec<Turned>,
}

/// Judges every subject of a file under both rulebooks.
pub(super) fn judge(file: &Path, old: &Rulebook, new: &Rulebook, as_of: Date) -> Judged {
    let mut judged = Judged { file: file.display().to_string(), ..Judged::default() };
    thread::scope(|scope| {
        let (sender, receiver) = sync_channel(AHEAD);
        let question = Question::on(as_of);
        let before = question.clone();
        scope.spawn(move || send(file, old, &before, &sender));
        let read = read_subjects(file, &new.catalogue, &mut |reading| {
            one(&mut judged, reading, &receiver, new, &question);
            ControlFlow::Continue(())
        });
        match read {
            Ok(summary) => {
                judged.damaged |=
                    summary.problems.iter().any(|problem| problem.severity == Severity::Refused);
                judged.problems.extend(summary.problems);
            }
            Err(problem) => {
                judged.damaged = true;
                judged.problems.push(*problem);
            }
        }
        // The other reading may still be waiting to hand over.
        drop(receiver);
    });
    judged
}

/// Reads by the former rulebook. Its problems are those of the other reading, told there.
fn send(
    file: &Path,
    book: &Rulebook,
    question: &Question,
    sender: &SyncSender<Option<Vec<Stand>>>,
) {
    let each = &mut |reading: Reading| {
        let stands = reading.facts.map(|facts| stands(book, &facts, question));
        match sender.send(stands) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    };
    // What cannot be read ends the channel: those subjects count as refused.
    let _ = read_subjects(file, &book.catalogue, each);
}

fn one(
    judged: &mut Judged,
    reading: Reading,
    before: &Receiver<Option<Vec<Stand>>>,
    book: &Rulebook,
    question: &Question,
) {
    judged.problems.extend(reading.problems);
    let (Some(facts), Some(before)) = (reading.facts, before.recv().ok().flatten()) else {
        judged.refused += 1;
        return;
    };
    judged.subjects += 1;
    let turned = turned(&before, &stands(book, &facts, question));
    if !turned.is_empty() {
        let name = facts.name.clone().or(reading.name).unwrap_or_default();
        let uscc = facts.uscc.as_ref().map(ToString::to_string);
        judged.turned.push(Firm { name, uscc, turned });
    }
}

fn stands(book: &Rulebook, facts: &Facts, question: &Question) -> Vec<Stand> {
    let judged =
        book.programmes.iter().filter(|one| one.subject == SUBJECT && !one.versions.is_empty());
    judged.map(|programme| Stand::of(&evaluate(book, programme, facts, question))).collect()
}
