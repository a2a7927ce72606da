//! Bringing a population: a file of any kind becomes one, its sound rows are taken, the others are reported. It is
//! kept, and not in use.

use std::path::Path;
use std::sync::Arc;

use access::Action;
use connectors::Blanks;
use enterprise::parse_date;
use intake::{Failure, Inputs};
use jiff::civil::Date;
use population::origin;
use serde_json::json;
use store::population::Population;

use super::folder::{Passing, Populations};
use super::report::{Row, Writing};
use crate::aside::aside;
use crate::caller::Caller;
use crate::permit::{Look, Permit, Said};
use crate::platform::{Law, Platform};
use crate::refusal::{Invalid, Refusal, Words};

/// So many mistakes of a file that cannot be taken at all are told.
const TOLD: usize = 5;

/// What somebody says of a file that they bring.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Wish {
    /// What it is called.
    pub name: String,
    /// Up to which day things are known; a population file can say so itself.
    pub known_as_of: Option<Date>,
    /// The last fiscal year, if it is not to be the year before the day that is judged.
    pub base_year: Option<i16>,
}

/// A population that was brought.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Brought {
    /// What is kept of it.
    pub population: Population,
    /// Whether the same had been brought before: then nothing was changed.
    pub again: bool,
}

/// Takes the sound rows of a file.
pub async fn bring_population(
    platform: &Platform,
    caller: &Caller,
    wish: Wish,
    content: Vec<u8>,
) -> Result<Brought, Refusal> {
    drop(Look::ask(platform, caller, Action::PopulationBring).await?);
    let name = wish.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Refusal::invalid(
            "name",
            "请写明名称（100 字以内）",
            "give it a name (100 characters at most)",
        ));
    }
    if content.is_empty() {
        return Err(Refusal::invalid("file", "请选择文件", "choose a file"));
    }
    let (folder, law) = (platform.populations()?.clone(), platform.law());
    let (wish, by, now) = (Wish { name, ..wish }, caller.person(), platform.now());
    // Before anything is held: a large file takes its time.
    let mut population = aside(move || take(&folder, &law, &wish, &content, by, now)).await??;
    let permit = Permit::ask(platform, caller, Action::PopulationBring).await?;
    if let Some(known) = store::population::by_hash(permit.unit(), &population.hash).await? {
        return Ok(Brought { population: known, again: true });
    }
    population.id = store::population::keep(permit.unit(), &population).await?;
    let details = json!({
        "hash": population.hash, "subjects": population.subjects, "refused": population.refused,
    });
    permit.keep(Said::of("population", population.id).saying(details)).await?;
    Ok(Brought { population, again: false })
}

/// Makes a population file out of what somebody brought, in the folder.
fn take(
    folder: &Populations,
    law: &Arc<Law>,
    wish: &Wish,
    content: &[u8],
    by: i64,
    now: jiff::Timestamp,
) -> Result<Population, Refusal> {
    let later = |error: std::io::Error| Refusal::Later(crate::Fault::new(error));
    let original = Passing(folder.draft("original").map_err(later)?);
    std::fs::write(&original.0, content).map_err(later)?;
    let made = Passing(folder.draft("parquet").map_err(later)?);
    let blanks = Blanks::default();
    let files = [original.0.clone()];
    let inputs = Inputs { files: &files, catalogue: &law.rulebook.catalogue, blanks: &blanks };
    let mut writing = Writing::default();
    let survey = intake::survey(&inputs, &mut writing)
        .map_err(|failure| failed(failure, &writing, &original.0))?;
    if survey.subjects == 0 {
        return Err(nobody(&writing));
    }
    let says =
        |key: &str| survey.says.iter().find(|(own, _)| own == key).map(|(_, value)| value.as_str());
    let known_as_of = wish.known_as_of.or_else(|| says(origin::AS_OF).and_then(parse_date));
    let Some(known_as_of) = known_as_of else {
        return Err(Refusal::invalid(
            "known_as_of",
            "请填写数据截至日",
            "give the day up to which things are known",
        ));
    };
    let base_year =
        wish.base_year.or_else(|| says(origin::BASE_YEAR).and_then(|year| year.parse().ok()));
    let shape = survey.shape(inputs.catalogue);
    let written = intake::write(&inputs, &survey, &shape, &made.0, &mut intake::Silent)
        .map_err(|failure| failed(failure, &writing, &original.0))?;
    let (file, print) = folder.keep(&made.0).map_err(later)?;
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(Population {
        id: 0,
        name: wish.name.clone(),
        file,
        hash: print.hash,
        bytes: whole(print.bytes),
        subjects: whole(written.rows),
        known_as_of,
        base_year,
        made_up: survey.synthetic,
        refused: whole(writing.refused),
        report: serde_json::to_string(&writing.report).map_err(Refusal::broken)?,
        by: Some(by),
        at: now,
    })
}

fn failed(failure: Failure, writing: &Writing, original: &Path) -> Refusal {
    match failure {
        Failure::Told => Refusal::Invalid(told(&writing.report.file, original)),
        Failure::Stopped | Failure::Changed => {
            Refusal::broken("the file changed while it was read")
        }
        Failure::Unwritten(error) => Refusal::Later(crate::Fault::new(error)),
        Failure::Broken(text) => Refusal::broken(text.en),
    }
}

/// No row could be taken: what is wrong with the first ones.
fn nobody(writing: &Writing) -> Refusal {
    let mut all = vec![Invalid {
        field: "file",
        why: Words::new(
            "文件里没有可用的企业数据",
            "there is no subject in the file that could be taken",
        ),
    }];
    all.extend(told(&writing.report.file, Path::new("")));
    all.extend(told(&writing.report.rows, Path::new("")));
    all.truncate(TOLD + 1);
    Refusal::Invalid(all)
}

fn told(rows: &[Row], original: &Path) -> Vec<Invalid> {
    // Where the file lay while it was read is nobody's business.
    let original = original.display().to_string();
    let plain = |text: &str| match original.is_empty() {
        true => text.to_owned(),
        false => text.replace(&original, "文件"),
    };
    let of = |row: &Row| {
        let place = row.row.map(|row| row.to_string()).unwrap_or_default();
        let (zh, en) = match place.is_empty() {
            true => (String::new(), String::new()),
            false => (format!("第 {place} 行："), format!("row {place}: ")),
        };
        Invalid {
            field: "file",
            why: Words::new(
                format!("{zh}{}；{}", plain(&row.zh), plain(&row.help_zh)),
                format!("{en}{}; {}", plain(&row.en), plain(&row.help_en)),
            ),
        }
    };
    let mut all: Vec<Invalid> = rows.iter().take(TOLD).map(of).collect();
    if all.is_empty() {
        let why = Words::new("文件读不了", "the file cannot be read");
        all.push(Invalid { field: "file", why });
    }
    all
}
