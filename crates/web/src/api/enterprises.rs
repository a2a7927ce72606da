//! Firms of the population in use: the list, one of them, why it stands where it stands.

use std::sync::Arc;

use ::answers::{Explanation, Label, asked};
use access::Words;
use app::enterprises::{
    Figures, Wish, explain_enterprise, export_enterprises, figures_on_lists, list_enterprises,
    show_enterprise,
};
use app::populations::Hold;
use enterprise::{Catalogue, Choice, SECTIONS, Text};
use rules::{Population, Rulebook};
use schemars::JsonSchema;
use screening::Screened;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use snapshot::{Answers, City, Filter, NO_SECTION, NO_SIZE, NOT_TOLD, Order, Part, Populations};
use words::verdict::population_code;

use super::call::{Call, says};
use super::check::{Mistake, unknown};
use super::codes::Coded;
use super::gives::{List, One};
use super::sort::{FirmsBy, Sort};
use super::takes::{Paging, Query};
use crate::ask::Ask;
use crate::failure::Failure;

/// 企业 | A firm
#[derive(Serialize, JsonSchema)]
pub(crate) struct Enterprise {
    /// 统一社会信用代码 | The unified social credit code
    code: String,
    /// 名称 | The name
    name: String,
    /// 区划代码 | The code of the district
    district: Option<String>,
    /// 行业门类，一个字母 | The section of industry, a letter
    section: Option<char>,
    /// 规模 | The size class
    size: Option<String>,
    /// 基准年度营业收入，元，十进制文本 | The revenue of the base year in yuan, as decimal text
    revenue: Option<String>,
    /// 在所选项目中的情况；未选项目时为空 | Where it stands in the programme that was chosen
    standing: Option<EnterpriseStanding>,
}

/// 企业在一个项目中的情况 | Where a firm stands in a programme
#[derive(Serialize, JsonSchema)]
pub(crate) struct EnterpriseStanding {
    /// 项目 | The programme
    programme: String,
    /// 项目名称 | What it is called
    title: Label,
    /// `eligible` 符合，`judgement-pending` 可计量条件都满足、待判断，`one-short` 只差一项，`lack-of-data` 缺数据，`no` 否；没有适用标准时为空 | `eligible`, `judgement-pending`, `one-short`, `lack-of-data` or `no`; none if no text governs it
    population: Option<&'static str>,
    /// 按哪种用途判定：`new` 新申报，`re-review` 复核，`yearly` 年度审核 | For which purpose it was judged: `new`, `re-review` or `yearly`
    purpose: Option<&'static str>,
    /// 是否现持有该项目的称号 | Whether it holds the title of the programme
    held: bool,
    /// 结论的效力：`binding` 有效，`indicative` 仅供参考，`open` 标准未公开、不能判定；没有适用标准时为空 | What the result is worth: `binding`, `indicative` for reference only, `open` if the standard is not public, so that nothing can be told; none if no text governs it
    worth: Option<&'static str>,
    /// 未满足的条件中差距最小的一项 | Of the criteria that are not met, the one that lacks least
    nearest: Option<String>,
    /// 该条件的差距，占门槛的百万分比 | How much it lacks, in parts per million of its threshold
    shortfall: Option<i32>,
    /// 可能的最低分和最高分，百分之一分 | The lowest and the highest score that is possible, in hundredths of a point
    score: Option<(i32, i32)>,
}

impl EnterpriseStanding {
    fn of(
        city: &City,
        (screened, answers): (&Screened, &Answers),
        row: u32,
        figures: Figures,
    ) -> Self {
        // What follows from figures tells them.
        let shown = figures == Figures::Shown;
        let found = answers.of(row);
        let case = found.and_then(|found| screened.cases.get(found.case));
        let nearest = found.and_then(|found| case?.criteria.get(found.nearest?).cloned());
        Self {
            programme: screened.id.clone(),
            title: (&screened.title).into(),
            population: found.map(|found| population_code(found.population)),
            purpose: case.map(|case| case.purpose.code()),
            held: city.holds(&screened.id, row),
            worth: case.map(|case| case.standing.code()),
            nearest: nearest.filter(|_| shown),
            shortfall: found.and_then(|found| found.shortfall).filter(|_| shown),
            score: found.and_then(|found| found.score).filter(|_| shown),
        }
    }
}

impl Enterprise {
    fn of(city: &City, row: u32, programme: Option<&str>, figures: Figures) -> Self {
        let snapshot = city.snapshot();
        let catalogue = snapshot.shape().catalogue();
        let option = |id: &str, place: Option<usize>| {
            place.and_then(|place| catalogue.option(id, place)).map(|choice| choice.id.clone())
        };
        Self {
            code: snapshot.code(row).to_owned(),
            name: snapshot.name(row).to_owned(),
            district: option("district", snapshot.facets().district(row).map(usize::from)),
            section: snapshot.facets().section(row),
            size: option("size_class", city.size(row).map(usize::from)),
            revenue: city.revenue(row).filter(|_| figures == Figures::Shown).map(yuan),
            standing: programme
                .and_then(|id| city.programme(id))
                .map(|judged| EnterpriseStanding::of(city, judged, row, figures)),
        }
    }
}

/// Fen as yuan with two decimals.
pub(super) fn yuan(fen: impl Into<i128>) -> String {
    let fen = fen.into();
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// The five populations.
#[derive(Clone, Copy)]
pub(crate) struct Stand(Population);

impl Coded for Stand {
    const NAME: &'static str = "Population";

    fn all() -> Vec<Self> {
        use Population::{Eligible, JudgementPending, LackOfData, No, OneShort};
        [Eligible, JudgementPending, OneShort, LackOfData, No].map(Self).to_vec()
    }

    fn code(self) -> &'static str {
        population_code(self.0)
    }

    fn words(self) -> Option<Words> {
        None
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Wanted {
    /// 名称中的字词，或代码的开头 | Words in the name, or the beginning of the code
    #[schemars(length(max = 100))]
    q: Option<String>,
    /// 区划代码；`none` 为未注明 | The code of the district; `none` where it is not told
    #[schemars(length(max = 20))]
    district: Option<String>,
    /// 行业门类，A 至 T；`none` 为未注明 | The section of industry, A to T; `none` where it is not told
    #[schemars(length(min = 1, max = 4))]
    section: Option<String>,
    /// 规模；`none` 为未知 | The size class; `none` where it is not known
    #[schemars(length(max = 20))]
    size: Option<String>,
    /// 项目编号；给出后每行附该项目中的情况 | The id of a programme; each row then says where it stands in it
    #[schemars(length(max = 100))]
    programme: Option<String>,
    /// 在该项目中的情况，须同时给出项目：`eligible` 符合，`judgement-pending` 待判断，`one-short` 只差一项，`lack-of-data` 缺数据，`no` 否 | Where they stand in the programme, which has to be named: `eligible`, `judgement-pending`, `one-short`, `lack-of-data` or `no`
    stand: Option<super::codes::Code<Stand>>,
    /// 是否现持有该项目的称号，须同时给出项目 | Whether they hold the title of the programme, which has to be named
    held: Option<bool>,
    /// 所差的条件是否为数值差距（规模、一票否决、称号等不是），须同时给出项目 | Whether what they miss is a distance to a threshold, which a size class, a veto or a title is not; the programme has to be named
    measured: Option<bool>,
    /// 按什么排列；前加“-”为倒序；默认 `code`；`shortfall`（差距）和 `score`（分数）须同时给出项目 | In which order; with `-` before it large first; by default `code`; `shortfall` and `score` are those in the programme
    sort: Option<Sort<FirmsBy>>,
}

impl Wanted {
    /// What is wanted, if it can be read.
    fn wish(&self, ask: &Ask, city: &City) -> Result<Wish, Failure> {
        let catalogue = city.snapshot().shape().catalogue();
        let mut mistakes = Vec::new();
        let words = self.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
        let mut filter = Filter { words: words.map(str::to_owned), ..Filter::default() };
        if let Some(code) = self.district.as_deref() {
            let found =
                place(catalogue, "district", code).and_then(|place| u16::try_from(place).ok());
            match found {
                Some(place) => filter.district = Some(place),
                None if code == "none" => filter.district = Some(NOT_TOLD),
                None => mistakes.push(no_option(catalogue, "district", "district", code)),
            }
        }
        if let Some(section) = self.section.as_deref() {
            let mut letters = section.chars();
            match (letters.next().filter(|one| SECTIONS.contains(one)), letters.next()) {
                (Some(letter), None) => filter.section = Some(letter),
                _ if section == "none" => filter.section = Some(NO_SECTION),
                _ => {
                    let (zh, en) = (
                        "行业门类为 A 至 T 中的一个大写字母，或 none",
                        "a section is a capital letter from A to T, or none",
                    );
                    mistakes.push(Mistake::new("section", "code", zh, en));
                }
            }
        }
        if let Some(code) = self.size.as_deref() {
            let found =
                place(catalogue, "size_class", code).and_then(|place| u8::try_from(place).ok());
            match found {
                Some(place) => filter.size = Some(place),
                None if code == "none" => filter.size = Some(NO_SIZE),
                None => mistakes.push(no_option(catalogue, "size_class", "size", code)),
            }
        }
        let stand = self.stand.map_or(Populations::ALL, |stand| Populations::of([stand.0.0]));
        let order = self.sort.map(|sort| sort.0).unwrap_or_default();
        let by_programme = matches!(order.by, FirmsBy::Shortfall | FirmsBy::Score);
        // An order tells as much as the figures by which it is made.
        let by_figure = by_programme || matches!(order.by, FirmsBy::Revenue);
        if by_figure && figures_on_lists(ask.caller()?) != Figures::Shown {
            let (zh, en) =
                ("本人角色看不到这一数据，不能按它排列", "your role does not see this figure");
            mistakes.push(Mistake::new("sort", "hidden", zh, en));
        }
        let by_one =
            by_programme || self.stand.is_some() || self.held.is_some() || self.measured.is_some();
        match self.programme.as_deref() {
            Some(id) if city.programme(id).is_some() => {
                filter.programme = Some((id.to_owned(), stand));
            }
            Some(id) => {
                let ids: Vec<&str> = city.programmes().map(|(one, _)| one.id.as_str()).collect();
                mistakes.push(unknown("code", id, "programme", &ids));
            }
            None if by_one => {
                let (zh, en) = ("须同时给出项目", "has to be given as well");
                mistakes.push(Mistake::new("programme", "required", zh, en));
            }
            None => {}
        }
        filter.held = self.held;
        filter.measured = self.measured;
        if !mistakes.is_empty() {
            return Err(Failure::Query(mistakes));
        }
        let programme = self.programme.clone().unwrap_or_default();
        let down = order.down;
        let order = match order.by {
            FirmsBy::Code => Order::Code,
            FirmsBy::Name => Order::Name,
            FirmsBy::Revenue => Order::Revenue,
            FirmsBy::Shortfall => Order::Shortfall(programme),
            FirmsBy::Score => Order::Score(programme),
        };
        Ok(Wish { filter, order, down })
    }
}

/// The options of a choice.
fn options<'a>(catalogue: &'a Catalogue, id: &str) -> &'a [Choice] {
    match catalogue.indicator(id).map(|indicator| &indicator.kind) {
        Some(enterprise::Kind::Choice(choices)) => choices,
        _ => &[],
    }
}

fn place(catalogue: &Catalogue, id: &str, code: &str) -> Option<usize> {
    options(catalogue, id).iter().position(|choice| choice.id == code)
}

fn no_option(catalogue: &Catalogue, id: &str, field: &str, code: &str) -> Mistake {
    let ids: Vec<&str> = options(catalogue, id).iter().map(|choice| choice.id.as_str()).collect();
    unknown("code", code, field, &ids)
}

/// The population in use; nothing is there as long as there is none.
fn city(ask: &Ask) -> Result<Arc<City>, Failure> {
    ask.platform().city().ok_or_else(|| no_city(ask))
}

/// There is no population, or not yet: then it is worth asking again.
pub(super) fn no_city(ask: &Ask) -> Failure {
    match ask.platform().hold() {
        Hold::Loading(_) => {
            Failure::Refused(app::Refusal::Later(app::Fault::new("a population is being read")))
        }
        _ => Failure::missing(),
    }
}

/// The list.
pub(crate) struct ListEnterprises;

impl Call for ListEnterprises {
    const ID: &'static str = "list-enterprises";
    const SUMMARY: Words = says("企业名单", "List enterprises");
    const WHAT: Words =
        says("现用企业底数中可见的企业。", "Those of the population in use that are seen.");
    const CITY: bool = true;
    type Takes = (Query<Wanted>, Paging);
    type Gives = List<Enterprise>;

    async fn call(ask: &Ask, (Query(wanted), paging): Self::Takes) -> Result<Self::Gives, Failure> {
        let wish = wanted.wish(ask, &*city(ask)?)?;
        let page = paging.page();
        let most = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let part = Part { skip: most(page.skip), take: most(page.take) };
        let found = list_enterprises(ask.platform(), ask.caller()?, wish, part).await?;
        let found = found.ok_or_else(|| no_city(ask))?;
        let programme = wanted.programme.as_deref();
        let rows = found
            .rows
            .iter()
            .map(|row| Enterprise::of(&found.city, *row, programme, found.figures));
        Ok(List { rows: rows.collect(), total: found.total, paging })
    }
}

/// 导出的企业名单 | A list of firms that was taken out
#[derive(Serialize, JsonSchema)]
pub(crate) struct EnterpriseExport {
    /// 各行 | The rows
    rows: Vec<Enterprise>,
    /// 水印：谁在何时导出；须随数据一同保存 | Who took it out and when; stays with the data
    watermark: Label,
    /// 审计记录的编号 | The number of the audit record
    record: i64,
    /// 是否合成数据 | Whether the firms are made up
    made_up: bool,
}

/// The list as a whole, under a watermark.
pub(crate) struct ExportEnterprises;

impl Call for ExportEnterprises {
    const ID: &'static str = "export-enterprises";
    const SUMMARY: Words = says("导出企业名单", "Export enterprises");
    const WHAT: Words = says(
        "一次给出全部可见企业，附水印；留审计记录。",
        "All firms that are seen at once, under a watermark. Recorded.",
    );
    const CITY: bool = true;
    type Takes = Query<Wanted>;
    type Gives = One<EnterpriseExport>;

    async fn call(ask: &Ask, Query(wanted): Self::Takes) -> Result<Self::Gives, Failure> {
        let wish = wanted.wish(ask, &*city(ask)?)?;
        let what = ask.uri.query().unwrap_or_default();
        let found = export_enterprises(ask.platform(), ask.caller()?, wish, what).await?;
        let found = found.ok_or_else(|| no_city(ask))?;
        let (city, programme) = (&found.list.city, wanted.programme.as_deref());
        let rows = found
            .list
            .rows
            .iter()
            .map(|row| Enterprise::of(city, *row, programme, found.list.figures));
        let mark = &found.watermark;
        Ok(One::of(EnterpriseExport {
            rows: rows.collect(),
            watermark: Text::new(mark.zh.as_str(), mark.en.as_str()).into(),
            record: found.record,
            made_up: city.snapshot().is_made_up(),
        }))
    }
}

/// 一户企业 | A firm with what is known of it
#[derive(Serialize, JsonSchema)]
pub(crate) struct EnterpriseWhole {
    /// 企业 | The firm
    enterprise: Enterprise,
    /// 已知的数据，格式同测算的输入；无权查看经营数据时为空 | What is known of it, in the form that evaluations take; none where figures are not shown
    facts: Option<Value>,
    /// 在各项目中的情况 | Where it stands in each programme
    programmes: Vec<EnterpriseStanding>,
    /// 现用底数筛查的判定日 | The day that the population in use was judged for
    as_of: String,
    /// 是否合成数据 | Whether the firm is made up
    made_up: bool,
}

/// One of them.
pub(crate) struct ShowEnterprise;

impl Call for ShowEnterprise {
    const ID: &'static str = "show-enterprise";
    const SUMMARY: Words = says("查看企业", "Show an enterprise");
    const WHAT: Words = says(
        "`facts` 可以原样交给测算、提升方案、预测和下一问。",
        "`facts` can be given as they are to evaluations, plans, forecasts and questions.",
    );
    const CITY: bool = true;
    type Takes = ();
    type Gives = One<EnterpriseWhole>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        city(ask)?;
        let found = show_enterprise(ask.platform(), ask.caller()?, ask.part("code")).await?;
        let facts = found.document().map(|text| serde_json::from_str(&text)).transpose();
        let enterprise = Enterprise::of(&found.city, found.row, None, found.figures);
        let facts = facts.map_err(app::Refusal::broken)?;
        let judged = found.city.programmes();
        Ok(One::of(EnterpriseWhole {
            programmes: judged
                .map(|one| EnterpriseStanding::of(&found.city, one, found.row, found.figures))
                .collect(),
            as_of: found.city.question().as_of.to_string(),
            made_up: found.city.snapshot().is_made_up(),
            enterprise,
            facts,
        }))
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Explained {
    /// 项目（编号或名称），可重复；不给出则为全部有公开标准的项目 | Programmes, by id or title, as often as needed; without them all whose standard is public
    #[schemars(length(max = 100))]
    programme: Option<Vec<String>>,
}

/// Why it stands where it stands.
pub(crate) struct ExplainEnterprise;

impl Call for ExplainEnterprise {
    const ID: &'static str = "explain-enterprise";
    const SUMMARY: Words = says("企业的结论与全部理由", "Explain the verdicts about an enterprise");
    const WHAT: Words = says(
        "按现行规则库和今天判定，格式同测算。无权查看经营数据时回答 403。",
        "By the rulebook in force and as of today, in the form of evaluations. 403 where figures are not shown.",
    );
    const CITY: bool = true;
    type Takes = Query<Explained>;
    type Gives = One<Explanation>;

    async fn call(ask: &Ask, Query(wanted): Self::Takes) -> Result<Self::Gives, Failure> {
        city(ask)?;
        let named = wanted.programme.unwrap_or_default();
        let (platform, caller) = (ask.platform(), ask.caller()?);
        if let Err(wrong) = asked::named(&named, &platform.law().rulebook) {
            let wrong = Mistake::new("programme", "code", wrong.zh, wrong.en);
            return Err(Failure::Query(vec![wrong]));
        }
        Ok(One::of(explain_enterprise(platform, caller, ask.part("code"), named).await?))
    }
}

/// What a programme is called by a rulebook.
pub(super) fn title(rulebook: &Rulebook, id: &str) -> Label {
    let known = rulebook.programme(id).map(|programme| programme.title.clone());
    known.unwrap_or_else(|| Text::new(id, id)).into()
}
