//! The law: programmes with their versions, and every number with what was found about it. A number is held against
//! the official text by a person, on the page.

use ::answers::{CitationView, Label};
use access::Words;
use app::confirmations::{Held, Seen, held, number_history, read_confirmations};
use rulebook::Number;
use rules::Programme;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::{Call, says};
use super::codes::{At, Code, Coded};
use super::gives::{List, One};
use super::takes::{Paging, Query};
use crate::ask::Ask;
use crate::failure::Failure;

/// 项目标准的一个版本 | A version of a programme's text
#[derive(Serialize, JsonSchema)]
pub(crate) struct ProgrammeVersion {
    /// 编号 | Its id
    id: String,
    /// `binding` 有约束力，`indicative` 参考（不作结论），`historical` 历史，`open` 未公开 | `binding`, `indicative` (never a conclusion), `historical` or `open`
    standing: &'static str,
    /// 文号 | The document's number
    document: String,
    /// 文件名称 | The document's name
    name: String,
    /// 附件 | The annex
    annex: String,
    /// 公布日期 | When it was published
    published: Option<String>,
    /// 施行期间 | When it is in force, for whom
    applies: Vec<VersionPeriod>,
}

/// 施行期间 | A time for which a version is in force
#[derive(Serialize, JsonSchema)]
pub(crate) struct VersionPeriod {
    /// `new` 新申报，`re-review` 复核，`yearly` 年度审核 | `new`, `re-review` or `yearly`
    purpose: &'static str,
    /// 自哪日起 | The first day
    from: Option<String>,
    /// 至哪日止 | The last day
    to: Option<String>,
}

/// 项目 | A programme
#[derive(Serialize, JsonSchema)]
pub(crate) struct ProgrammeSummary {
    /// 编号 | Its id
    id: String,
    /// 名称 | What it is called
    title: Label,
    /// 评定的对象，如 `enterprise` | What it judges, such as `enterprise`
    subject: String,
    /// 各版本 | Its versions
    versions: Vec<ProgrammeVersion>,
}

impl From<&Programme> for ProgrammeSummary {
    fn from(programme: &Programme) -> Self {
        let versions = programme.versions.iter().map(|version| ProgrammeVersion {
            id: version.id.clone(),
            standing: version.standing.code(),
            document: version.document.number.clone(),
            name: version.document.name.clone(),
            annex: version.document.annex.clone(),
            published: version.published.map(|day| day.to_string()),
            applies: version
                .applies
                .iter()
                .map(|one| VersionPeriod {
                    purpose: one.purpose.code(),
                    from: Some(one.from.to_string()),
                    to: one.to.map(|day| day.to_string()),
                })
                .collect(),
        });
        Self {
            id: programme.id.clone(),
            title: (&programme.title).into(),
            subject: programme.subject.clone(),
            versions: versions.collect(),
        }
    }
}

/// The programmes.
pub(crate) struct ListProgrammes;

impl Call for ListProgrammes {
    const ID: &'static str = "list-programmes";
    const SUMMARY: Words = says("项目", "List programmes");
    const WHAT: Words = says(
        "现行规则库中的项目，按规则库的次序。",
        "Those of the rulebook in force, in its order.",
    );
    type Takes = Paging;
    type Gives = List<ProgrammeSummary>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let law = ask.platform().law();
        let all = law.rulebook.programmes.iter().map(ProgrammeSummary::from).collect();
        Ok(List::part(all, paging))
    }
}

/// One of them.
pub(crate) struct ShowProgramme;

impl Call for ShowProgramme {
    const ID: &'static str = "show-programme";
    const SUMMARY: Words = says("查看项目", "Show a programme");
    type Takes = ();
    type Gives = One<ProgrammeSummary>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let law = ask.platform().law();
        let found = law.rulebook.programme(ask.part("programme")).ok_or_else(Failure::missing)?;
        Ok(One::of(found.into()))
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Compared {
    /// 原版本 | The former version
    #[schemars(length(min = 1, max = 100))]
    from: String,
    /// 新版本 | The later version
    #[schemars(length(min = 1, max = 100))]
    to: String,
}

/// 两个版本之间的一处变化 | Something that is different between two versions
#[derive(Serialize, JsonSchema)]
pub(crate) struct VersionChange {
    /// 关于什么，如 `criterion`、`limit`、`points` | What it is about, such as `criterion`, `limit` or `points`
    about: &'static str,
    /// `added` 新增，`removed` 取消，`changed` 改动，`renamed` 改编号，`moved` 移动 | `added`, `removed`, `changed`, `renamed` or `moved`
    kind: &'static str,
    /// `verdict` 可能改变结论，`practice` 办理，`wording` 措辞，`source` 来源 | `verdict` (can turn one), `practice`, `wording` or `source`
    weight: &'static str,
    /// `relaxed` 放宽，`tightened` 收紧；说不清的为空 | `relaxed` or `tightened`, where that can be told
    direction: Option<&'static str>,
    /// 编号 | Its id
    id: String,
    /// 名称 | What it is called
    label: Label,
    /// 所在的条件或评分类别 | The criterion or part of the score table around it
    within: Option<Label>,
    /// 原来 | Before
    before: Option<Label>,
    /// 现在 | After
    after: Option<Label>,
    /// 依据的条款 | Where the law says so
    citation: Option<CitationView>,
}

impl From<&changes::Change> for VersionChange {
    fn from(change: &changes::Change) -> Self {
        Self {
            about: change.about.code(),
            kind: change.kind.code(),
            weight: change.weight.code(),
            direction: change.direction.map(changes::Direction::code),
            id: change.id.clone(),
            label: (&change.label).into(),
            within: change.within.as_ref().map(Label::from),
            before: change.before.as_ref().map(Label::from),
            after: change.after.as_ref().map(Label::from),
            citation: change.citation.as_ref().map(CitationView::of),
        }
    }
}

/// What is different between two versions.
pub(crate) struct CompareVersions;

impl Call for CompareVersions {
    const ID: &'static str = "compare-versions";
    const SUMMARY: Words = says("两个版本有何不同", "Compare two versions of a programme");
    const WHAT: Words = says(
        "最重要的在前。没有这样的项目或版本时回答 404。",
        "The weightiest first. 404 where there is no such programme or version.",
    );
    type Takes = (Query<Compared>, Paging);
    type Gives = List<VersionChange>;

    async fn call(ask: &Ask, (Query(asked), paging): Self::Takes) -> Result<Self::Gives, Failure> {
        let law = ask.platform().law();
        let found = law.rulebook.programme(ask.part("programme")).ok_or_else(Failure::missing)?;
        let named = |id: &str| {
            let version = found.versions.iter().find(|version| version.id == id);
            version.ok_or_else(Failure::missing)
        };
        let sides = changes::sides(named(&asked.from)?, named(&asked.to)?);
        Ok(List::part(sides.changes.iter().map(VersionChange::from).collect(), paging))
    }
}

/// How a number stands with the official text.
#[derive(Clone, Copy)]
pub(crate) struct NumberState(Held);

impl Coded for NumberState {
    const NAME: &'static str = "NumberState";

    fn all() -> Vec<Self> {
        Held::ALL.map(Self).to_vec()
    }

    fn code(self) -> &'static str {
        self.0.code()
    }

    fn words(self) -> Option<Words> {
        None
    }
}

/// 规则中的一个数值 | A number of the law
#[derive(Serialize, JsonSchema)]
pub(crate) struct LawNumber {
    /// 地址，试算和核对时用 | Its address, for trials and for holding it against the text
    address: String,
    /// 所在的项目或定义 | The programme or definition that it stands in
    owner: String,
    /// 版本 | The version
    version: String,
    /// 名称 | What the criterion, item or benefit around it is called
    label: Label,
    /// 数值，连同比较符号 | The number, with its edge
    value: String,
    /// 出处 | Where it stands in the law
    citation: CitationView,
    /// `differs` 与原文不同，`outdated` 核对后已变，`open` 待核对原文，`agrees` 与原文一致 | `differs` from the official text, `outdated` (it has changed since), `open` (nobody has looked) or `agrees`
    state: Code<NumberState>,
}

impl LawNumber {
    fn of(number: &Number, all: &[Seen]) -> Self {
        Self {
            address: number.address(),
            owner: number.owner.clone(),
            version: number.version.clone(),
            label: (&number.label).into(),
            value: number.value(),
            citation: CitationView::of(&number.citation),
            state: Code(NumberState(held(number, all).0)),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Wanted {
    /// 项目或定义的编号 | The id of a programme or definition
    #[schemars(length(max = 100))]
    owner: Option<String>,
    /// 核对状态 | How they stand with the official text
    state: Option<Code<NumberState>>,
}

/// The numbers.
pub(crate) struct ListNumbers;

impl Call for ListNumbers {
    const ID: &'static str = "list-numbers";
    const SUMMARY: Words = says("规则中的数值及核对状态", "List the numbers of the law");
    type Takes = (Query<Wanted>, Paging);
    type Gives = List<LawNumber>;

    async fn call(ask: &Ask, (Query(wanted), paging): Self::Takes) -> Result<Self::Gives, Failure> {
        let found = read_confirmations(ask.platform(), ask.caller.as_ref(), None).await?;
        let law = ask.platform().law();
        let wanted_state = wanted.state.map(|state| state.0.0);
        let numbers = law.numbers().iter();
        let numbers = numbers
            .filter(|number| wanted.owner.as_ref().is_none_or(|owner| number.owner == *owner))
            .map(|number| LawNumber::of(number, &found))
            .filter(|number| wanted_state.is_none_or(|state| number.state.0.0 == state));
        Ok(List::part(numbers.collect(), paging))
    }
}

/// 一次核对 | What somebody found about a number
#[derive(Serialize, JsonSchema)]
pub(crate) struct NumberFinding {
    /// 编号 | Its number
    id: i64,
    /// 核对时的数值 | The number as it was shown to them
    value: String,
    /// `agrees` 与原文一致，`differs` 与原文不同 | `agrees` or `differs`
    finding: &'static str,
    /// 原文怎么规定 | What the official text says, where it says something else
    says: Option<String>,
    /// 核对的是哪里的原文 | Where the official text was read
    source: String,
    /// 说明 | What else there is to say
    note: Option<String>,
    /// 由谁核对 | Who looked
    by: Option<String>,
    /// 何时 | When
    at: At,
    /// 何时撤回 | When it was withdrawn
    withdrawn: Option<At>,
    /// 撤回的理由 | Why it was withdrawn
    why: Option<String>,
}

impl From<Seen> for NumberFinding {
    fn from(seen: Seen) -> Self {
        let one = seen.confirmation;
        Self {
            id: one.id,
            value: one.value,
            finding: one.finding.code(),
            says: one.says,
            source: one.source,
            note: one.note,
            by: seen.by,
            at: At(one.at),
            withdrawn: one.withdrawn.as_ref().map(|how| At(how.at)),
            why: one.withdrawn.map(|how| how.why),
        }
    }
}

/// 一个数值及其核对记录 | A number with everything that was found about it
#[derive(Serialize, JsonSchema)]
pub(crate) struct NumberWhole {
    /// 数值 | The number
    number: LawNumber,
    /// 核对记录，新的在前 | What was found, the newest first
    findings: Vec<NumberFinding>,
}

/// One of them.
pub(crate) struct ShowNumber;

impl Call for ShowNumber {
    const ID: &'static str = "show-number";
    const SUMMARY: Words = says("查看数值及核对记录", "Show a number and what was found about it");
    type Takes = ();
    type Gives = One<NumberWhole>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let address = ask.part("address");
        let law = ask.platform().law();
        let found = law.numbers().iter().find(|number| number.address() == address);
        let number = found.ok_or_else(Failure::missing)?;
        let all = number_history(ask.platform(), ask.caller.as_ref(), address).await?;
        Ok(One::of(NumberWhole {
            number: LawNumber::of(number, &all),
            findings: all.into_iter().map(NumberFinding::from).collect(),
        }))
    }
}
