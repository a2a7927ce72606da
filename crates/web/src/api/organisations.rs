//! Organisations: the list, one of them, a new one, changes, closing.

use ::answers::Label;
use access::{OrganisationKind, Words};
use app::organisations::{
    Described, NewOrganisation, change_organisation, close_organisation, create_organisation,
    export_organisations, list_organisations, reopen_organisation, show_organisation,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use store::organisation::By;

use super::call::{Call, says};
use super::codes::{At, Code};
use super::gives::{Created, Done, List, One};
use super::sort::Sort;
use super::takes::{IfMatch, Json, Paging, Query};
use crate::ask::Ask;
use crate::failure::Failure;

/// 单位 | An organisation
#[derive(Serialize, JsonSchema)]
pub(crate) struct Organisation {
    /// 编号 | Its number
    id: i64,
    /// 上级单位的编号 | The number of the one above it
    parent: Option<i64>,
    /// 类别 | What it is
    kind: Code<OrganisationKind>,
    /// 名称 | The full name
    name: String,
    /// 统一社会信用代码 | The unified social credit code
    uscc: Option<String>,
    /// 区划代码 | The code of the district
    district: Option<String>,
    /// 何时建立 | When it was entered
    created: At,
    /// 何时关闭 | Since when it is closed
    closed: Option<At>,
    /// 版本，修改时在 If-Match 中给出 | The version, to be given with a change as If-Match
    version: i64,
}

impl From<store::organisation::Organisation> for Organisation {
    fn from(one: store::organisation::Organisation) -> Self {
        Self {
            id: one.id,
            parent: one.parent,
            kind: Code(one.kind),
            name: one.name,
            uscc: one.uscc,
            district: one.district,
            created: At(one.created),
            closed: one.closed.map(At),
            version: one.version,
        }
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Wanted {
    /// 名称或代码中的字词 | Words in the name or the code
    #[schemars(length(max = 100))]
    q: Option<String>,
    /// 类别 | What they are
    kind: Option<Code<OrganisationKind>>,
    /// 是否也列出已关闭的 | Whether closed ones are listed, too
    #[serde(default)]
    closed: bool,
    /// 按什么排列；前加“-”为倒序；默认 `entered`（建立先后） | In which order; with `-` before it large first; by default `entered`
    sort: Option<Sort<By>>,
}

impl Wanted {
    fn of(&self) -> store::organisation::Wanted<'_> {
        store::organisation::Wanted {
            kind: self.kind.map(|kind| kind.0),
            words: self.q.as_deref().map(str::trim).filter(|words| !words.is_empty()),
            closed: self.closed,
            order: self.sort.map(|sort| sort.0).unwrap_or_default(),
        }
    }
}

/// 导出的单位名单 | A list of organisations that was taken out
#[derive(Serialize, JsonSchema)]
pub(crate) struct OrganisationExport {
    /// 各行 | The rows
    rows: Vec<Organisation>,
    /// 水印：谁在何时导出；须随数据一同保存 | Who took it out and when; stays with the data
    watermark: Label,
    /// 审计记录的编号 | The number of the audit record
    record: i64,
}

/// The list as a whole, under a watermark.
pub(crate) struct ExportOrganisations;

impl Call for ExportOrganisations {
    const ID: &'static str = "export-organisations";
    const SUMMARY: Words = says("导出单位名单", "Export organisations");
    const WHAT: Words = says(
        "一次给出全部可见单位，附水印；留审计记录。",
        "All organisations that are seen at once, under a watermark. Recorded.",
    );
    type Takes = Query<Wanted>;
    type Gives = One<OrganisationExport>;

    async fn call(ask: &Ask, Query(wanted): Self::Takes) -> Result<Self::Gives, Failure> {
        let exported = export_organisations(ask.platform(), ask.caller()?, &wanted.of()).await?;
        let mark = exported.watermark;
        Ok(One::of(OrganisationExport {
            rows: exported.rows.into_iter().map(Organisation::from).collect(),
            watermark: enterprise::Text::new(mark.zh, mark.en).into(),
            record: exported.record,
        }))
    }
}

/// The list.
pub(crate) struct ListOrganisations;

impl Call for ListOrganisations {
    const ID: &'static str = "list-organisations";
    const SUMMARY: Words = says("单位名单", "List organisations");
    type Takes = (Query<Wanted>, Paging);
    type Gives = List<Organisation>;

    async fn call(ask: &Ask, (Query(wanted), paging): Self::Takes) -> Result<Self::Gives, Failure> {
        let page = paging.page();
        let found = list_organisations(ask.platform(), ask.caller()?, &wanted.of(), page).await?;
        Ok(List::found(found, paging, Organisation::from))
    }
}

/// One of them.
pub(crate) struct ShowOrganisation;

impl Call for ShowOrganisation {
    const ID: &'static str = "show-organisation";
    const SUMMARY: Words = says("查看单位", "Show an organisation");
    type Takes = ();
    type Gives = One<Organisation>;

    async fn call(ask: &Ask, (): ()) -> Result<One<Organisation>, Failure> {
        let found = show_organisation(ask.platform(), ask.caller()?, ask.id()?).await?;
        Ok(One { version: Some(found.version), value: found.into() })
    }
}

/// 新单位 | A new organisation
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OrganisationNew", example = serde_json::json!({
    "parent": 1, "kind": "provider", "name": "青岛示例检测服务有限公司"
}))]
pub(crate) struct New {
    /// 上级单位的编号 | The number of the one above it
    #[schemars(range(min = 1))]
    parent: i64,
    /// 类别 | What it is
    kind: Code<OrganisationKind>,
    /// 名称 | The full name
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// 统一社会信用代码；企业必须有 | The unified social credit code; a firm has one
    #[schemars(length(max = 18))]
    uscc: Option<String>,
    /// 区划代码 | The code of the district
    #[schemars(length(max = 20))]
    district: Option<String>,
}

/// 新单位的编号 | The number of a new organisation
#[derive(Serialize, JsonSchema)]
pub(crate) struct NewOrganisationMade {
    /// 编号 | Its number
    id: i64,
}

/// A new one.
pub(crate) struct CreateOrganisation;

impl Call for CreateOrganisation {
    const ID: &'static str = "create-organisation";
    const SUMMARY: Words = says("新建单位", "Create an organisation");
    type Takes = Json<New>;
    type Gives = Created<NewOrganisationMade>;

    async fn call(ask: &Ask, Json(new): Self::Takes) -> Result<Self::Gives, Failure> {
        let described = Described {
            name: &new.name,
            uscc: new.uscc.as_deref(),
            district: new.district.as_deref(),
        };
        let new = NewOrganisation { parent: new.parent, kind: new.kind.0, described };
        let id = create_organisation(ask.platform(), ask.caller()?, &new).await?;
        Ok(Created { value: NewOrganisationMade { id }, at: format!("/api/v1/organisations/{id}") })
    }
}

/// 修改后的单位信息 | What is to be said of an organisation
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "OrganisationChange", example = serde_json::json!({
    "name": "市南区工业和信息化局", "district": "370202"
}))]
pub(crate) struct Change {
    /// 名称 | The full name
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// 统一社会信用代码；不给出则清除，企业必须有 | The unified social credit code; without it there is none any more, and a firm has one
    #[schemars(length(max = 18))]
    uscc: Option<String>,
    /// 区划代码；不给出则清除 | The code of the district; without it there is none any more
    #[schemars(length(max = 20))]
    district: Option<String>,
}

/// Another name, code or district.
pub(crate) struct ChangeOrganisation;

impl Call for ChangeOrganisation {
    const ID: &'static str = "change-organisation";
    const SUMMARY: Words = says("变更单位", "Change an organisation");
    const WHAT: Words =
        says("类别和上级单位不能变更。", "What it is and where it stands does not change.");
    type Takes = (IfMatch, Json<Change>);
    type Gives = Done;

    async fn call(ask: &Ask, (IfMatch(version), Json(new)): Self::Takes) -> Result<Done, Failure> {
        let described = Described {
            name: &new.name,
            uscc: new.uscc.as_deref(),
            district: new.district.as_deref(),
        };
        let id = ask.id()?;
        change_organisation(ask.platform(), ask.caller()?, id, version, &described).await?;
        Ok(Done(Some(version + 1)))
    }
}

/// One that is closed.
pub(crate) struct CloseOrganisation;

impl Call for CloseOrganisation {
    const ID: &'static str = "close-organisation";
    const SUMMARY: Words = says("关闭单位", "Close an organisation");
    const WHAT: Words = says(
        "其人员在该单位的角色随之失效；有未关闭下级单位的不能关闭。",
        "What its people may do there ends. One with open organisations below it stays open.",
    );
    type Takes = IfMatch;
    type Gives = Done;

    async fn call(ask: &Ask, IfMatch(version): IfMatch) -> Result<Done, Failure> {
        close_organisation(ask.platform(), ask.caller()?, ask.id()?, version).await?;
        Ok(Done(Some(version + 1)))
    }
}

/// One that is opened again.
pub(crate) struct ReopenOrganisation;

impl Call for ReopenOrganisation {
    const ID: &'static str = "reopen-organisation";
    const SUMMARY: Words = says("重新启用单位", "Open an organisation again");
    type Takes = IfMatch;
    type Gives = Done;

    async fn call(ask: &Ask, IfMatch(version): IfMatch) -> Result<Done, Failure> {
        reopen_organisation(ask.platform(), ask.caller()?, ask.id()?, version).await?;
        Ok(Done(Some(version + 1)))
    }
}
