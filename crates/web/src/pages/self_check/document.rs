//! The answers as a file to keep, a file to go on from, the verdicts as a workbook.

use app::Refusal;
use app::self_check::SelfCheck;
use serde::Deserialize;

use super::asking::{Made, Step, page};
use super::carry::{secret, work};
use super::start;
use crate::answers::Answers;
use crate::ask::{Answer, Ask};
use crate::failure::{Failure, Wrong, wrong};
use crate::workbook::{KIND, Workbook};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    check: String,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    uscc: Option<String>,
}

/// The facts as the command line reads them. A code is needed, or nobody could read the file back.
pub(crate) async fn download(ask: Ask) -> Answer {
    let Wanted { check, name, uscc } = ask.form()?;
    let (say, secret) = (ask.say, secret(&ask));
    enum Done {
        File(String),
        Page(Made),
    }
    let done = work(&ask, Some(check), move |rulebook, today, mut check| {
        let named = check.identify(name.as_deref(), uscc.as_deref());
        match named.and_then(|()| check.facts_document(rulebook, today)) {
            Ok(text) => Ok(Done::File(text)),
            Err(refusal @ Refusal::Invalid(_)) => {
                let wrong: Wrong = wrong(refusal, say)?;
                super::end::again(say, &secret, rulebook, today, &check, &wrong).map(Done::Page)
            }
            Err(refusal) => Err(refusal.into()),
        }
    })
    .await?;
    match done {
        Done::File(text) => ask.file("tidu-facts.json", "application/json", text),
        Done::Page(made) => made.show(&ask),
    }
}

/// The verdicts as a workbook.
pub(crate) async fn sheet(ask: Ask) -> Answer {
    let Wanted { check, .. } = ask.form()?;
    let say = ask.say;
    let bytes = work(&ask, Some(check), move |rulebook, today, check| {
        let looked = check.stand(rulebook, today);
        let shown = Answers::new(say, rulebook, &looked.facts, today);
        let (heads, rows) = shown.sheet(&looked.answers);
        let mut book = Workbook::new(say, &say.t("check.orientation"), false);
        book.sheet(&say.t("check.results"), &heads, &rows)?;
        book.finish()
    })
    .await?;
    ask.file("tidu-self-check.xlsx", KIND, bytes)
}

/// Goes on from a file.
pub(crate) async fn bring(ask: Ask) -> Answer {
    let file = ask.body.clone();
    let Ok(text) = std::str::from_utf8(&file).map(str::to_owned) else {
        let words = app::Words::new(
            "请选择自测下载的数据文件（JSON）",
            "choose a facts file (JSON) as the self-check gives it",
        );
        return start::show(&ask, &Wrong::one("file", &words, ask.say));
    };
    let (lang, secret) = (ask.say, secret(&ask));
    let made =
        work(&ask, None, move |rulebook, today, _| match SelfCheck::bring(rulebook, &text) {
            Ok(check) => page(lang, &secret, rulebook, today, Step::next(check)).map(Ok),
            Err(refusal @ Refusal::Invalid(_)) => Ok(Err(wrong(refusal, lang)?)),
            Err(refusal) => Err(Failure::from(refusal)),
        })
        .await?;
    match made {
        Ok(made) => made.show(&ask),
        Err(wrong) => start::show(&ask, &wrong),
    }
}
