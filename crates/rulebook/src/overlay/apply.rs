//! Settings carried out: the texts of a rulebook with other numbers, compiled like any rulebook, so
//! that the checker says what it has to say. The texts that are given stay as they are.

use jiff::civil::Date;

use crate::code::Code;
use crate::compile::{Compiled, compile};
use crate::diagnostic::{Diagnostic, Severity};
use crate::overlay::number::Number;
use crate::overlay::refusal::Refusal;
use crate::overlay::resolve::{Scope, resolve};
use crate::overlay::value::new_value;
use crate::overlay::variants::Setting;
use crate::source::Sources;
use rules::Rulebook;

/// A number that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The number, as it was.
    pub number: Number,
    /// Its new value, as it would be written.
    pub after: String,
}

impl Applied {
    /// The number as it would be.
    pub fn set(&self) -> Number {
        Number { written: Some(self.after.clone()), ..self.number.clone() }
    }
}

/// A rulebook with other numbers.
#[derive(Debug)]
pub struct Overlaid {
    /// The texts.
    pub sources: Sources,
    /// What the compiler understood.
    pub compiled: Compiled,
    /// What was set, in the order in which it was asked for.
    pub applied: Vec<Applied>,
    /// What the checker says now and did not say before.
    pub remarks: Vec<Diagnostic>,
}

/// Why settings cannot be carried out.
#[derive(Debug)]
pub enum Refused {
    /// Settings that name no number or no value, by their position.
    Settings(Vec<(usize, Refusal)>),
    /// The law would contradict itself; the texts that the diagnostics point into.
    Law(Sources, Vec<Diagnostic>),
}

/// The rulebook of these texts, with what is known to be wrong with it, under these settings.
///
/// # Errors
/// A setting cannot be understood, or the checker refuses the result.
pub fn overlay(
    sources: &Sources,
    (rulebook, known): (&Rulebook, &[Diagnostic]),
    numbers: &[Number],
    day: Date,
    settings: &[Setting],
) -> Result<Overlaid, Refused> {
    let scope = Scope { rulebook, numbers, day };
    let mut applied: Vec<Applied> = Vec::new();
    let mut refusals = Vec::new();
    for (index, setting) in settings.iter().enumerate() {
        match set(&scope, setting, &applied) {
            Ok(more) => applied.extend(more),
            Err(refusal) => refusals.push((index, refusal)),
        }
    }
    if !refusals.is_empty() {
        return Err(Refused::Settings(refusals));
    }
    let sources = written(sources, &applied);
    let compiled = compile(&sources);
    let is_new = |one: &&Diagnostic| {
        let same = |known: &Diagnostic| {
            known.code == one.code
                && known.span.file == one.span.file
                && known.message == one.message
        };
        !known.iter().any(same)
    };
    let remarks = compiled.diagnostics.iter().filter(is_new).cloned().map(meant);
    let remarks: Vec<Diagnostic> = remarks.collect();
    if remarks.iter().any(|remark| !is_remark(remark)) {
        return Err(Refused::Law(sources, remarks));
    }
    Ok(Overlaid { sources, compiled, applied, remarks })
}

/// Whether the result means something all the same. A stated maximum decides nothing: that it no longer
/// fits says what else the text would have to change. What everybody or nobody can meet is a mistake in
/// a law, but a fair question about one: what if this condition went?
fn is_remark(diagnostic: &Diagnostic) -> bool {
    use Code::{NeverFalse, NeverTrue, PointsMismatch};
    let asked = [PointsMismatch, NeverFalse, NeverTrue];
    diagnostic.severity() == Severity::Warning || asked.contains(&diagnostic.code)
}

/// With what it means for who asked, in place of what to correct in a rule file.
fn meant(diagnostic: Diagnostic) -> Diagnostic {
    match diagnostic.code {
        Code::NeverFalse => diagnostic.help(
            "人人都满足，等于去掉这一条件；如非本意，请核对数值和单位",
            "everybody meets it, as if the condition were dropped; if that is not meant, check number and unit",
        ),
        Code::NeverTrue => diagnostic.help(
            "没有人能满足；如非本意，请核对数值和单位",
            "nobody can meet it; if that is not meant, check number and unit",
        ),
        _ => diagnostic,
    }
}

fn set(scope: &Scope<'_>, setting: &Setting, before: &[Applied]) -> Result<Vec<Applied>, Refusal> {
    let mut applied = Vec::new();
    for number in resolve(scope, &setting.address)? {
        let after = new_value(number, &setting.value).map_err(Refusal::of_value)?;
        let other = before.iter().find(|known| {
            known.after != after
                && known.number.places.iter().any(|place| number.places.contains(place))
        });
        if let Some(other) = other {
            let (other, address) = (other.number.short_address(), number.short_address());
            return Err(Refusal::new(
                format!("“{address}”与“{other}”是同一个数，却设为不同的值"),
                format!("`{address}` and `{other}` are one number and are set to different values"),
            )
            .of_value());
        }
        applied.push(Applied { number: number.clone(), after });
    }
    Ok(applied)
}

/// The texts with every new value at all its places.
fn written(sources: &Sources, applied: &[Applied]) -> Sources {
    let mut changed = sources.clone();
    let mut edits: Vec<(&str, usize, usize, String)> = applied
        .iter()
        .flat_map(|one| one.number.places.iter().map(move |place| (place, &one.after)))
        .map(|(place, after)| {
            let text = format!("{}{after}", place.before);
            (&*place.span.file, place.span.start, place.span.end, text)
        })
        .collect();
    edits.sort();
    edits.dedup();
    // From the end, so that places before stay where they are.
    for (file, start, end, after) in edits.into_iter().rev() {
        let Some(text) = changed.text(file) else { continue };
        let (Some(head), Some(tail)) = (text.get(..start), text.get(end..)) else { continue };
        let text = format!("{head}{after}{tail}");
        changed.add(file, text);
    }
    changed
}
