//! Recording what the official text says of a number.

use access::Action;
use serde_json::json;
use store::confirmation::{Finding, New};

use crate::caller::Caller;
use crate::permit::{Permit, Said};
use crate::platform::Platform;
use crate::refusal::{Invalid, Refusal, Words};

/// More than anybody has to say in one field.
const MOST: usize = 500;

/// What somebody found.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The address of the number, with the version.
    pub address: &'a str,
    /// The number as it was shown to them.
    pub value: &'a str,
    /// What was found.
    pub finding: Finding,
    /// What the official text says, where it says something else.
    pub says: &'a str,
    /// Where the official text was read: an address or a page.
    pub source: &'a str,
    /// What else there is to say.
    pub note: &'a str,
}

/// Keeps what somebody found about a number of the rulebook in force and gives its number. What the same person found
/// about it before is withdrawn: people change their mind, but nobody counts twice.
pub async fn confirm_number(
    platform: &Platform,
    caller: &Caller,
    found: Found<'_>,
) -> Result<i64, Refusal> {
    let permit = Permit::ask(platform, caller, Action::RulebookConfirmNumber).await?;
    let law = platform.law();
    let Some(number) = law.numbers().iter().find(|number| number.address() == found.address) else {
        return Err(permit.not_here(Said::of("number", found.address)).await);
    };
    if number.value() != found.value {
        return Err(Refusal::Changed);
    }
    let [says, source, note] = [found.says, found.source, found.note].map(str::trim);
    check(found.finding, says, source, note)?;
    let unit = permit.unit();
    let (by, now) = (caller.person(), platform.now());
    // Somebody who presses twice counts once.
    store::person::get_alone(unit, by).await?;
    for known in store::confirmation::of_address(unit, found.address).await? {
        if known.by == by && known.withdrawn.is_none() {
            let why = "由本人重新核对取代（looked at again by the same person）";
            store::confirmation::withdraw(unit, known.id, by, why, now).await?;
        }
    }
    let some = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
    let (says, note) = (some(says), some(note));
    let new = New {
        owner: &number.owner,
        address: found.address,
        value: found.value,
        finding: found.finding,
        says: says.as_deref().filter(|_| found.finding == Finding::Differs),
        source,
        note: note.as_deref(),
        rulebook: &law.hash,
        by,
        at: now,
    };
    let id = store::confirmation::insert(unit, new).await.map_err(|error| match error {
        store::Error::Taken(_) => Refusal::Changed,
        other => other.into(),
    })?;
    let details =
        json!({ "confirmation": id, "value": found.value, "finding": found.finding.code() });
    permit.keep(Said::of("number", found.address).saying(details)).await?;
    Ok(id)
}

fn check(finding: Finding, says: &str, source: &str, note: &str) -> Result<(), Refusal> {
    let mut wrong = Vec::new();
    if source.is_empty() {
        wrong.push(Invalid {
            field: "source",
            why: Words::new(
                "请写明核对的是哪里的原文：网址，或文件名称和页码",
                "say where you read the official text: an address, or the document and its page",
            ),
        });
    }
    if finding == Finding::Differs && says.is_empty() {
        wrong.push(Invalid {
            field: "says",
            why: Words::new("请写明原文是怎么规定的", "say what the official text says"),
        });
    }
    for (field, text) in [("says", says), ("source", source), ("note", note)] {
        if text.chars().count() > MOST {
            wrong.push(Invalid {
                field,
                why: Words::new(format!("不超过 {MOST} 字"), format!("{MOST} characters at most")),
            });
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong)) }
}
