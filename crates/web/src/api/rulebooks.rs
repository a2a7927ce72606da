//! Rulebooks: which there are, how the one in force came to be so, what the checker says of one and what it would
//! change, bringing one. Putting one in force takes a second factor, and is done on the page.

use ::answers::Label;
use access::Words;
use app::rulebooks::{bring_rulebook, compare_rulebooks, list_rulebooks};
use changes::{Change, Direction, Kind, Subject, Weight};
use rulebook::{Diagnostic, Severity, Sources};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::{Call, says};
use super::codes::At;
use super::gives::{Created, List, One};
use super::takes::{File, Paging, Query, Zip};
use crate::ask::Ask;
use crate::failure::Failure;

/// 规则库 | A rulebook
#[derive(Serialize, JsonSchema)]
pub(crate) struct StoredRulebook {
    /// 文件的 SHA-256，也是它的编号 | SHA-256 over its files, by which it is known
    hash: String,
    /// 名称 | Its title
    title: String,
    /// 语义版本 | The version of the meaning that it was checked under
    semantics: i64,
    /// 错误数；有错误的不能启用 | How many errors the checker found; one with errors cannot be put in force
    errors: i64,
    /// 警告数 | How many warnings
    warnings: i64,
    /// 由谁上传；随程序提供的为空 | Who brought it; nobody for the one that the program carries
    by: Option<i64>,
    /// 何时上传 | When it was brought
    at: At,
    /// 是否启用 | Whether it is in force
    in_force: bool,
}

impl StoredRulebook {
    fn of(one: store::rulebook::Stored, in_force: &str) -> Self {
        Self {
            in_force: one.hash == in_force,
            hash: one.hash,
            title: one.title,
            semantics: one.semantics,
            errors: one.errors,
            warnings: one.warnings,
            by: one.by,
            at: At(one.at),
        }
    }
}

/// The list.
pub(crate) struct ListRulebooks;

impl Call for ListRulebooks {
    const ID: &'static str = "list-rulebooks";
    const SUMMARY: Words = says("规则库", "List rulebooks");
    const WHAT: Words = says("新的在前。", "The newest first.");
    type Takes = Paging;
    type Gives = List<StoredRulebook>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_rulebooks(ask.platform(), ask.caller()?).await?;
        let force = ask.platform().law().hash.clone();
        let show = |one| StoredRulebook::of(one, &force);
        Ok(List::part(found.rulebooks.into_iter().map(show).collect(), paging))
    }
}

/// 一次启用 | A switch to a rulebook
#[derive(Serialize, JsonSchema)]
pub(crate) struct RulebookSwitch {
    /// 编号 | Its number
    id: i64,
    /// 启用的规则库 | The rulebook that was put in force
    hash: String,
    /// 此前的规则库 | The one before
    previous: Option<String>,
    /// 理由 | Why
    note: String,
    /// 由谁启用 | By whom; nobody at the first start
    by: Option<i64>,
    /// 何时启用 | When
    at: At,
}

impl From<store::rulebook::Switch> for RulebookSwitch {
    fn from(one: store::rulebook::Switch) -> Self {
        Self {
            id: one.id,
            hash: one.hash,
            previous: one.previous,
            note: one.note,
            by: one.by,
            at: At(one.at),
        }
    }
}

/// How the rulebook in force came to be so.
pub(crate) struct ListSwitches;

impl Call for ListSwitches {
    const ID: &'static str = "list-rulebook-switches";
    const SUMMARY: Words = says("规则库启用记录", "List switches of the rulebook");
    const WHAT: Words =
        says("新的在前，第一条即现行规则库。", "The newest first, which says what is in force.");
    type Takes = Paging;
    type Gives = List<RulebookSwitch>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_rulebooks(ask.platform(), ask.caller()?).await?;
        Ok(List::part(found.switches.into_iter().map(RulebookSwitch::from).collect(), paging))
    }
}

/// 检查出的问题 | Something that the checker says
#[derive(Serialize, JsonSchema)]
pub(crate) struct RulebookProblem {
    /// 代码 | A stable code
    code: &'static str,
    /// `error` 错误，`warning` 警告 | `error` or `warning`
    severity: &'static str,
    /// 文件 | The file
    file: String,
    /// 行，从 1 起 | The line, from 1
    line: usize,
    /// 列，从 1 起，按字符计 | The column in characters, from 1
    column: usize,
    /// 问题 | What is wrong
    message: Label,
    /// 怎么办 | What to do
    help: Option<Label>,
}

impl RulebookProblem {
    fn of(diagnostic: &Diagnostic, sources: &Sources) -> Self {
        let place =
            diagnostic.span.position(sources.text(&diagnostic.span.file).unwrap_or_default());
        Self {
            code: diagnostic.code.as_str(),
            severity: match diagnostic.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: diagnostic.span.file.to_string(),
            line: place.line,
            column: place.column,
            message: (&diagnostic.message).into(),
            help: diagnostic.help.as_ref().map(Label::from),
        }
    }
}

/// 与现行规则库的一处不同 | Something that differs from the rulebook in force
#[derive(Serialize, JsonSchema)]
pub(crate) struct RulebookChange {
    /// 所在项目、定义等 | The programme, definition and so on that it stands in
    of: Option<Label>,
    /// `added` 新增，`removed` 删除，`changed` 变更，`renamed` 改名，`moved` 移动 | `added`, `removed`, `changed`, `renamed` or `moved`
    kind: &'static str,
    /// `verdict` 可能改变结论，`practice` 办理方式，`wording` 文字，`source` 出处 | `verdict` (can turn one), `practice`, `wording` or `source`
    weight: &'static str,
    /// `relaxed` 放宽，`tightened` 收紧；看不出的为空 | `relaxed` or `tightened`, where that can be told
    direction: Option<&'static str>,
    /// 什么 | What
    label: Label,
    /// 此前 | What it was
    before: Option<Label>,
    /// 此后 | What it would be
    after: Option<Label>,
}

impl RulebookChange {
    fn of(subject: &Subject, change: &Change) -> Self {
        Self {
            of: title(subject),
            kind: match change.kind {
                Kind::Added => "added",
                Kind::Removed => "removed",
                Kind::Changed => "changed",
                Kind::Renamed => "renamed",
                Kind::Moved => "moved",
            },
            weight: match change.weight {
                Weight::Verdict => "verdict",
                Weight::Practice => "practice",
                Weight::Wording => "wording",
                Weight::Source => "source",
            },
            direction: change.direction.map(|direction| match direction {
                Direction::Relaxed => "relaxed",
                Direction::Tightened => "tightened",
            }),
            label: (&change.label).into(),
            before: change.before.as_ref().map(Label::from),
            after: change.after.as_ref().map(Label::from),
        }
    }
}

/// 规则库与现行规则库的比较 | A rulebook beside the one in force
#[derive(Serialize, JsonSchema)]
pub(crate) struct RulebookComparison {
    /// 规则库 | The rulebook
    rulebook: StoredRulebook,
    /// 检查出的问题 | What the checker says of it
    problems: Vec<RulebookProblem>,
    /// 启用后会有的变化；有错误时为空 | What a switch would change; nothing while it has errors
    changes: Vec<RulebookChange>,
}

/// One of them.
pub(crate) struct ShowRulebook;

impl Call for ShowRulebook {
    const ID: &'static str = "show-rulebook";
    const SUMMARY: Words =
        says("查看规则库，与现行的比较", "Show a rulebook beside the one in force");
    type Takes = ();
    type Gives = One<RulebookComparison>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let found = compare_rulebooks(ask.platform(), ask.caller()?, ask.part("hash")).await?;
        let diagnostics = found.compiled.diagnostics.iter();
        let problems = diagnostics.map(|one| RulebookProblem::of(one, &found.sources)).collect();
        let mut all = Vec::new();
        if found.compiled.is_usable() {
            let compared = changes::compare(&found.present.rulebook, &found.compiled.rulebook);
            for section in &compared.sections {
                for change in section.blocks.iter().flat_map(|block| &block.changes) {
                    all.push(RulebookChange::of(&section.subject, change));
                }
            }
        }
        let force = ask.platform().law().hash.clone();
        let rulebook = StoredRulebook::of(found.stored, &force);
        Ok(One::of(RulebookComparison { rulebook, problems, changes: all }))
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Brought {
    /// 名称 | Its title
    #[schemars(length(min = 1, max = 100))]
    title: String,
}

/// 上传的规则库 | A rulebook that was brought
#[derive(Serialize, JsonSchema)]
pub(crate) struct BroughtRulebook {
    /// 规则库 | The rulebook
    rulebook: StoredRulebook,
    /// 检查出的问题 | What the checker says of it
    problems: Vec<RulebookProblem>,
}

/// A new one.
pub(crate) struct BringRulebook;

impl Call for BringRulebook {
    const ID: &'static str = "bring-rulebook";
    const SUMMARY: Words = says("上传规则库", "Bring a rulebook");
    const WHAT: Words = says(
        "正文是规则库文件夹的 ZIP。上传后检查并保存，不会启用；有错误的也保存，以便查看。",
        "The body is a ZIP of the folder. It is checked and kept, and not in force; one with errors is kept, too, so that \
         they can be looked at.",
    );
    type Takes = (Query<Brought>, File<Zip>);
    type Gives = Created<BroughtRulebook>;

    async fn call(
        ask: &Ask,
        (Query(brought), File(zip, _)): Self::Takes,
    ) -> Result<Self::Gives, Failure> {
        let (platform, caller) = (ask.platform(), ask.caller()?);
        let brought = bring_rulebook(platform, caller, &brought.title, zip.to_vec()).await?;
        let at = format!("/api/v1/rulebooks/{}", brought.stored.hash);
        let force = platform.law().hash.clone();
        let diagnostics = brought.diagnostics.iter();
        let problems = diagnostics.map(|one| RulebookProblem::of(one, &brought.sources)).collect();
        let rulebook = StoredRulebook::of(brought.stored, &force);
        Ok(Created { value: BroughtRulebook { rulebook, problems }, at })
    }
}

fn title(subject: &Subject) -> Option<Label> {
    match subject {
        Subject::Programme { title, .. }
        | Subject::Classification { title, .. }
        | Subject::Codes { title, .. }
        | Subject::Ladder { title, .. } => Some(title.into()),
        Subject::Definition { id } => Some(enterprise::Text::new(id.as_str(), id.as_str()).into()),
        Subject::Catalogue => None,
    }
}
