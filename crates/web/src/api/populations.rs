//! Populations: brought, put in use, screened.

use ::answers::Label;
use access::Words;
use app::populations::{
    Report, Row, Wish, ask_for_screening, bring_population, list_populations, show_population,
    use_population,
};
use enterprise::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::call::{Call, says};
use super::codes::{At, Day};
use super::gives::{Created, Done, List, One};
use super::takes::{File, Firms, Json, Paging, Query};
use crate::ask::Ask;
use crate::failure::Failure;

/// 企业底数 | A population
#[derive(Serialize, JsonSchema)]
pub(crate) struct PopulationFile {
    /// 编号 | Its number
    id: i64,
    /// 名称 | Its name
    name: String,
    /// 文件的摘要 | The hash of its file
    hash: String,
    /// 字节数 | Its length in bytes
    bytes: i64,
    /// 户数 | How many firms it has
    subjects: i64,
    /// 数据截至日 | The day up to which its data are known
    known_as_of: Day,
    /// 最近会计年度，如指定 | The last fiscal year, if it was pinned
    base_year: Option<i16>,
    /// 是否合成数据 | Whether the firms are made up
    made_up: bool,
    /// 未收入的行数 | How many rows were refused
    refused: i64,
    /// 由谁提供 | Who brought it
    by: Option<i64>,
    /// 何时提供 | When it was brought
    at: At,
}

impl From<store::population::Population> for PopulationFile {
    fn from(one: store::population::Population) -> Self {
        Self {
            id: one.id,
            name: one.name,
            hash: one.hash,
            bytes: one.bytes,
            subjects: one.subjects,
            known_as_of: Day(one.known_as_of),
            base_year: one.base_year,
            made_up: one.made_up,
            refused: one.refused,
            by: one.by,
            at: At(one.at),
        }
    }
}

/// The list.
pub(crate) struct ListPopulations;

impl Call for ListPopulations {
    const ID: &'static str = "list-populations";
    const SUMMARY: Words = says("企业底数", "List populations");
    const WHAT: Words = says("新的在前。", "The newest first.");
    type Takes = Paging;
    type Gives = List<PopulationFile>;

    async fn call(ask: &Ask, paging: Paging) -> Result<Self::Gives, Failure> {
        let found = list_populations(ask.platform(), ask.caller()?).await?;
        let all = found.populations.into_iter().map(PopulationFile::from).collect();
        Ok(List::part(all, paging))
    }
}

/// 底数文件中的一处问题 | Something that is wrong in the file of a population
#[derive(Serialize, JsonSchema)]
pub(crate) struct PopulationProblem {
    /// 工作表 | The sheet
    sheet: Option<String>,
    /// 行号，从 1 起 | The row, counted from 1
    row: Option<u64>,
    /// 列 | The column
    field: Option<String>,
    /// 该行的名称 | The name in the row
    name: Option<String>,
    /// 该行的代码 | The code in the row
    code: Option<String>,
    /// 问题 | What is wrong
    message: Label,
    /// 怎么办 | What to do
    help: Label,
    /// 该行是否因此未收入 | Whether it kept the row out
    refused: bool,
}

impl From<Row> for PopulationProblem {
    fn from(row: Row) -> Self {
        Self {
            sheet: row.sheet,
            row: row.row,
            field: row.field,
            name: row.name,
            code: row.code,
            message: Text::new(row.zh, row.en).into(),
            help: Text::new(row.help_zh, row.help_en).into(),
            refused: row.severe,
        }
    }
}

/// 底数及其问题 | A population with what was wrong in its file
#[derive(Serialize, JsonSchema)]
pub(crate) struct PopulationWhole {
    /// 底数 | The population
    population: PopulationFile,
    /// 最近一次启用的编号；启用时在 `known` 中给出 | The number of the last use, to be given as `known` when it is put in use
    last_use: Option<i64>,
    /// 是否在用 | Whether it is in use
    in_use: bool,
    /// 问题；只有看得到全部企业的人员才列出 | What was wrong; named only to those who see everybody
    problems: Vec<PopulationProblem>,
}

/// One of them.
pub(crate) struct ShowPopulation;

impl Call for ShowPopulation {
    const ID: &'static str = "show-population";
    const SUMMARY: Words = says("查看企业底数", "Show a population");
    type Takes = ();
    type Gives = One<PopulationWhole>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let found = show_population(ask.platform(), ask.caller()?, ask.id()?).await?;
        let Report { rows, file } = found.report;
        let in_use =
            found.last_use.as_ref().is_some_and(|last| last.population == found.population.id);
        Ok(One::of(PopulationWhole {
            last_use: found.last_use.map(|last| last.id),
            in_use,
            population: found.population.into(),
            problems: file.into_iter().chain(rows).map(PopulationProblem::from).collect(),
        }))
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Brought {
    /// 名称 | Its name
    #[schemars(length(min = 1, max = 100))]
    name: String,
    /// 数据截至日；文件中已注明的可不给出 | The day up to which its data are known, unless the file says so
    known_as_of: Option<Day>,
    /// 最近会计年度 | The last fiscal year
    #[schemars(range(min = 1990, max = 2200))]
    base_year: Option<i16>,
}

/// 提供的底数 | A population that was brought
#[derive(Serialize, JsonSchema)]
pub(crate) struct BroughtPopulation {
    /// 编号 | Its number
    id: i64,
    /// 底数 | The population
    population: PopulationFile,
    /// 是否此前已提供过同样的底数 | Whether the same had been brought before; then nothing was changed
    again: bool,
}

/// A new one.
pub(crate) struct BringPopulation;

impl Call for BringPopulation {
    const ID: &'static str = "bring-population";
    const SUMMARY: Words = says("提供企业底数", "Bring a population");
    const WHAT: Words = says(
        "正文为 Excel、CSV、JSON 或 Parquet 文件，按内容识别。收入正确的行，其余列明问题；不会自动启用。",
        "The body is a workbook, a sheet, facts documents or a population file, told by its content. Sound rows are \
         taken, the others are named with what is wrong; it is not put in use.",
    );
    type Takes = (Query<Brought>, File<Firms>);
    type Gives = Created<BroughtPopulation>;

    async fn call(
        ask: &Ask,
        (Query(new), File(file, _)): Self::Takes,
    ) -> Result<Self::Gives, Failure> {
        let wish = Wish {
            name: new.name,
            known_as_of: new.known_as_of.map(|day| day.0),
            base_year: new.base_year,
        };
        let brought = bring_population(ask.platform(), ask.caller()?, wish, file.to_vec()).await?;
        let id = brought.population.id;
        let value =
            BroughtPopulation { id, population: brought.population.into(), again: brought.again };
        Ok(Created { value, at: format!("/api/v1/populations/{id}") })
    }
}

/// 启用底数 | What is known when a population is put in use
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PopulationUse", example = serde_json::json!({ "known": 1 }))]
pub(crate) struct InUse {
    /// 查看时的最近一次启用，见 `last_use`；之后又有启用的回答 409 | The last use that was seen, as `last_use` has it; 409 if there was another one since
    known: Option<i64>,
}

/// One in use.
pub(crate) struct UsePopulation;

impl Call for UsePopulation {
    const ID: &'static str = "use-population";
    const SUMMARY: Words = says("启用企业底数", "Put a population in use");
    const WHAT: Words = says("随后自动筛查全部企业。", "Everybody in it is screened next.");
    type Takes = Json<InUse>;
    type Gives = Done;

    async fn call(ask: &Ask, Json(InUse { known }): Self::Takes) -> Result<Done, Failure> {
        use_population(ask.platform(), ask.caller()?, ask.id()?, known).await?;
        Ok(Done(None))
    }
}

/// A screening.
pub(crate) struct Screen;

impl Call for Screen {
    const ID: &'static str = "screen";
    const SUMMARY: Words = says("筛查现用底数", "Screen the population in use");
    const WHAT: Words = says("作为后台任务办理。", "Done as a job.");
    type Takes = ();
    type Gives = Done;

    async fn call(ask: &Ask, (): ()) -> Result<Done, Failure> {
        ask_for_screening(ask.platform(), ask.caller()?).await?;
        Ok(Done(None))
    }
}
