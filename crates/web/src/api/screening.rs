//! What a screening of the population in use came to, and what it would come to if numbers of the law were others.

use ::answers::Label;
use access::Words;
use app::Words as Said;
use app::screening::{
    ExportedMoves, NotSet, NotTried, SettingPart, Simulated, WhatIf, export_moves, read_programme,
    read_screening, simulate,
};
use enterprise::Text;
use rules::{Population, Rulebook, Standing};
use schemars::JsonSchema;
use screening::Screened;
use serde::{Deserialize, Serialize};
use simulation::{Effect, Gate, Moved, Stand, What, option_name};
use snapshot::{Counts, NOT_TOLD, Share};
use words::verdict::population_code;

use super::call::{Call, says};
use super::check::Mistake;
use super::enterprises::{no_city, title, yuan};
use super::gives::One;
use super::takes::Json;
use crate::ask::Ask;
use crate::failure::Failure;

/// 各种情况的户数 | How many stand where
#[derive(Serialize, JsonSchema)]
pub(crate) struct PopulationCounts {
    /// 符合 | Eligible
    eligible: u64,
    /// 可计量条件都满足、待判断 | All that can be measured is met; a judgement is pending
    judgement_pending: u64,
    /// 只差一项 | One measurable criterion short
    one_short: u64,
    /// 缺数据 | It cannot be told for lack of data
    lack_of_data: u64,
    /// 否 | No
    no: u64,
    /// 没有适用标准 | Judged by no text of the law
    not_judged: u64,
}

impl From<&Counts> for PopulationCounts {
    fn from(counts: &Counts) -> Self {
        Self {
            eligible: counts.of(Population::Eligible),
            judgement_pending: counts.of(Population::JudgementPending),
            one_short: counts.of(Population::OneShort),
            lack_of_data: counts.of(Population::LackOfData),
            no: counts.of(Population::No),
            not_judged: counts.not_judged,
        }
    }
}

/// 一个项目的筛查结果 | What a screening came to for one programme
#[derive(Serialize, JsonSchema)]
pub(crate) struct ProgrammeCounts {
    /// 项目 | The programme
    programme: String,
    /// 项目名称 | What it is called
    title: Label,
    /// 结果的效力：`binding` 有效，`indicative` 仅供参考，`open` 标准未公开、不能判定 | What the numbers are worth: `binding`, `indicative` for reference only, `open` if the standard is not public, so that nothing can be told
    worth: &'static str,
    /// 各种情况的户数 | How many stand where
    counts: PopulationCounts,
}

/// 筛查结果 | What a screening came to
#[derive(Serialize, JsonSchema)]
pub(crate) struct ScreeningResult {
    /// 判定日 | The day that was judged
    as_of: String,
    /// 规则库 | The rulebook
    rulebook: String,
    /// 是否全部企业；否则只计可见的企业 | Whether everybody is counted; else those who are seen
    whole: bool,
    /// 是否合成数据 | Whether the firms are made up
    made_up: bool,
    /// 各项目 | The programmes
    programmes: Vec<ProgrammeCounts>,
}

/// All programmes.
pub(crate) struct ShowScreening;

impl Call for ShowScreening {
    const ID: &'static str = "show-screening";
    const SUMMARY: Words = says("筛查结果", "Show what the screening came to");
    const WHAT: Words = says(
        "各项目五种情况的户数，只计可见的企业。",
        "How many stand where in each programme, of those who are seen.",
    );
    const CITY: bool = true;
    type Takes = ();
    type Gives = One<ScreeningResult>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let found = read_screening(ask.platform(), ask.caller()?).await?;
        let found = found.ok_or_else(|| no_city(ask))?;
        let programmes = found.city.programmes().zip(&found.counts);
        Ok(One::of(ScreeningResult {
            as_of: found.city.question().as_of.to_string(),
            rulebook: found.city.rulebook().to_owned(),
            whole: found.whole,
            made_up: found.city.snapshot().is_made_up(),
            programmes: programmes
                .map(|((screened, _), counts)| ProgrammeCounts {
                    programme: screened.id.clone(),
                    title: (&screened.title).into(),
                    worth: screened.worth().code(),
                    counts: counts.into(),
                })
                .collect(),
        }))
    }
}

/// 一组企业的户数 | How many of some firms stand where
#[derive(Serialize, JsonSchema)]
pub(crate) struct ShareCounts {
    /// 区划、规模的代码，或行业门类的字母；未注明时为空 | The code of the district or size class, or the letter of the section; none where it is not told
    code: Option<String>,
    /// 各种情况的户数 | How many stand where
    counts: PopulationCounts,
}

/// 一个项目的筛查结果，按区划、行业、规模 | What a screening came to for one programme, apart by district, industry and size
#[derive(Serialize, JsonSchema)]
pub(crate) struct ScreeningProgramme {
    /// 项目 | The programme
    programme: String,
    /// 项目名称 | What it is called
    title: Label,
    /// 结果的效力：`binding` 有效，`indicative` 仅供参考，`open` 标准未公开、不能判定 | What the numbers are worth: `binding`, `indicative` for reference only, `open` if the standard is not public, so that nothing can be told
    worth: &'static str,
    /// 判定日 | The day that was judged
    as_of: String,
    /// 是否全部企业；否则只计可见的企业 | Whether everybody is counted; else those who are seen
    whole: bool,
    /// 是否合成数据 | Whether the firms are made up
    made_up: bool,
    /// 按区划 | By district
    districts: Vec<ShareCounts>,
    /// 按行业门类 | By section of industry
    sections: Vec<ShareCounts>,
    /// 按规模 | By size class
    sizes: Vec<ShareCounts>,
}

/// One programme.
pub(crate) struct ShowScreeningProgramme;

impl Call for ShowScreeningProgramme {
    const ID: &'static str = "show-screening-programme";
    const SUMMARY: Words =
        says("一个项目的筛查结果", "Show what the screening came to for one programme");
    const CITY: bool = true;
    type Takes = ();
    type Gives = One<ScreeningProgramme>;

    async fn call(ask: &Ask, (): ()) -> Result<Self::Gives, Failure> {
        let id = ask.part("programme");
        let found = read_programme(ask.platform(), ask.caller()?, id).await?;
        let found = found.ok_or_else(|| no_city(ask))?;
        let catalogue = found.city.snapshot().shape().catalogue();
        let options = |shares: &[Share], indicator: &str| {
            shares
                .iter()
                .map(|share| {
                    let told = (share.key != NOT_TOLD).then_some(usize::from(share.key));
                    let choice = told.and_then(|place| catalogue.option(indicator, place));
                    let code = choice.map(|choice| choice.id.clone());
                    ShareCounts { code, counts: (&share.counts).into() }
                })
                .collect()
        };
        let letters = |share: &Share| {
            let told = (share.key != NOT_TOLD).then_some(u32::from(share.key));
            let code = told.and_then(char::from_u32).map(|letter| letter.to_string());
            ShareCounts { code, counts: (&share.counts).into() }
        };
        let screened = found.city.programmes().nth(found.place).map(|(screened, _)| screened);
        let screened = screened.ok_or_else(Failure::missing)?;
        Ok(One::of(ScreeningProgramme {
            programme: screened.id.clone(),
            title: (&screened.title).into(),
            worth: screened.worth().code(),
            as_of: found.city.question().as_of.to_string(),
            whole: found.whole,
            made_up: found.city.snapshot().is_made_up(),
            districts: options(&found.districts, "district"),
            sections: found.sections.iter().map(letters).collect(),
            sizes: options(&found.sizes, "size_class"),
        }))
    }
}

/// 试改的一个数值 | A number that is tried
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Setting {
    /// 数值的地址，见数值清单 | The address of the number, as the list of numbers has it
    #[schemars(length(min = 1, max = 200))]
    address: String,
    /// 新值，写法同规则文件 | The new value, as rule files write it
    #[schemars(length(min = 1, max = 100))]
    value: String,
}

/// 试改数值 | Numbers to be tried
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SimulationRequest {
    /// 要试改的数值 | The numbers that are tried
    #[schemars(length(min = 1, max = 50))]
    settings: Vec<Setting>,
}

impl SimulationRequest {
    fn what_if(self, names: bool) -> WhatIf {
        let settings = self.settings.into_iter().map(|one| (one.address, one.value)).collect();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        WhatIf { settings, names, threads }
    }
}

/// Why numbers were not tried: each mistake with the place of its setting.
fn not_tried(not: NotTried) -> Failure {
    let place = |one: &NotSet| match one.setting {
        Some((place, SettingPart::Address)) => format!("/settings/{place}/address"),
        Some((place, SettingPart::Value)) => format!("/settings/{place}/value"),
        None => "/settings".to_owned(),
    };
    match not {
        NotTried::Wrong(all) => {
            let mistake = |one: NotSet| {
                let (at, Said { zh, en }) = (place(&one), one.why);
                Mistake::new("", "refused", zh, en).at(&at)
            };
            Failure::Body(all.into_iter().map(mistake).collect())
        }
        NotTried::Refused(refusal) => refusal.into(),
    }
}

/// 已试改的数值 | A number that was tried
#[derive(Serialize, JsonSchema)]
pub(crate) struct AppliedSetting {
    /// 数值的地址 | The address of the number
    address: String,
    /// 名称 | What it is called
    label: Label,
    /// 原值 | As it is
    before: Option<String>,
    /// 新值 | As it was tried
    after: String,
}

/// 从一种情况到另一种的户数 | How many go from where to where
#[derive(Serialize, JsonSchema)]
pub(crate) struct MoveCount {
    /// 原来的情况；没有适用标准时为空 | Where they stood; none if no text governed them
    from: Option<&'static str>,
    /// 试改后的情况 | Where they would stand
    to: Option<&'static str>,
    /// 户数；调用者不看企业数据时取整到 5，不足 5 户为空 | How many; to callers who see no figures of firms in steps of five, and none if fewer
    count: Option<u64>,
}

/// 一项政策的金额变化 | What a benefit would come to
#[derive(Serialize, JsonSchema)]
pub(crate) struct BenefitCost {
    /// 编号 | Its id
    id: String,
    /// 名称 | What it is called
    label: Label,
    /// 已知金额的净变化，元 | How much more or less is known to be paid, in yuan
    net: String,
    /// 金额不明的笔数；调用者不看企业数据时取整到 5，不足 5 笔为空 | How many amounts are not known; to callers who see no figures of firms in steps of five, and none if fewer
    unknown: Option<u64>,
}

/// 对一个项目的影响 | What it would do to one programme
#[derive(Serialize, JsonSchema)]
pub(crate) struct SimulationEffect {
    /// 项目 | The programme
    programme: String,
    /// 项目名称 | What it is called
    title: Label,
    /// 结果的效力：`binding` 有效，`indicative` 仅供参考，`open` 标准未公开、不能判定 | What the numbers are worth: `binding`, `indicative` for reference only, `open` if the standard is not public, so that nothing can be told
    worth: &'static str,
    /// 新符合的户数；调用者不看企业数据时取整到 5，不足 5 户为空 | How many come to be eligible; to callers who see no figures of firms in steps of five, and none if fewer
    entering: Option<u64>,
    /// 不再符合的户数；同上 | How many are eligible no more; the same holds
    leaving: Option<u64>,
    /// 情况有变的户数；同上 | How many move at all; the same holds
    moved: Option<u64>,
    /// 从哪种情况到哪种情况 | From where to where
    moves: Vec<MoveCount>,
    /// 各项政策的金额变化；调用者不看企业数据时随笔数取整，不足 5 笔的不列 | What each benefit would come to; to callers who see no figures of firms rounded as the number of amounts is, and left out if they are fewer than five
    costs: Vec<BenefitCost>,
}

/// 试算结果 | What would happen
#[derive(Serialize, JsonSchema)]
pub(crate) struct SimulationResult {
    /// 判定的户数 | How many firms were looked at
    subjects: u64,
    /// 是否合成数据 | Whether the firms are made up
    made_up: bool,
    /// 已试改的数值 | What was tried
    applied: Vec<AppliedSetting>,
    /// 规则检查的提示 | What the checker says of the changed law
    remarks: Vec<Label>,
    /// 对各项目的影响 | What it would do
    effects: Vec<SimulationEffect>,
}

fn code(stand: Stand) -> Option<&'static str> {
    stand.map(population_code)
}

fn effect(
    rulebook: &Rulebook,
    found: &Simulated,
    programme: &str,
    effect: &Effect,
) -> SimulationEffect {
    let screened = found.city.programme(programme).map(|(screened, _)| screened);
    let (entering, leaving) = effect.moves.through(Gate::Eligible);
    let disclosure = found.disclosure();
    let moves = effect.moves.made().map(|(from, to, count)| MoveCount {
        from: code(from),
        to: code(to),
        count: disclosure.count(count),
    });
    let costs = effect.costs.iter().filter_map(|cost| {
        let flows = cost.at(Gate::Eligible);
        Some(BenefitCost {
            id: cost.id.clone(),
            label: (&cost.label).into(),
            net: yuan(disclosure.money(flows)?),
            unknown: disclosure.count(flows.unknown()),
        })
    });
    SimulationEffect {
        programme: programme.to_owned(),
        title: title(rulebook, programme),
        worth: screened.map_or(Standing::Open, Screened::worth).code(),
        entering: disclosure.count(entering),
        leaving: disclosure.count(leaving),
        moved: disclosure.count(effect.moves.moved()),
        moves: moves.collect(),
        costs: costs.collect(),
    }
}

fn result(rulebook: &Rulebook, found: &Simulated) -> SimulationResult {
    let applied = found.applied.iter().map(|one| AppliedSetting {
        address: one.number.address(),
        label: (&one.number.label).into(),
        before: one.number.written.clone(),
        after: one.after.clone(),
    });
    let remarks = found.remarks.iter().map(|one| Text::new(&one.zh, &one.en).into());
    let effects = found.effects.iter().map(|(id, one)| effect(rulebook, found, id, one));
    SimulationResult {
        subjects: found.subjects,
        made_up: found.city.snapshot().is_made_up(),
        applied: applied.collect(),
        remarks: remarks.collect(),
        effects: effects.collect(),
    }
}

/// Other numbers, tried.
pub(crate) struct Simulate;

impl Call for Simulate {
    const ID: &'static str = "simulate";
    const SUMMARY: Words = says("政策试算：改变数值后有何影响", "Try other numbers of the law");
    const WHAT: Words = says(
        "规则库不会改变；只计可见的企业。留审计记录。",
        "The law stays as it is; those who are seen are counted. Recorded.",
    );
    const CITY: bool = true;
    type Takes = Json<SimulationRequest>;
    type Gives = One<SimulationResult>;

    async fn call(ask: &Ask, Json(asked): Self::Takes) -> Result<Self::Gives, Failure> {
        let tried = simulate(ask.platform(), ask.caller()?, asked.what_if(false)).await;
        let found = tried.map_err(not_tried)?;
        let found = found.ok_or_else(|| no_city(ask))?;
        Ok(One::of(result(&ask.platform().law().rulebook, &found)))
    }
}

/// 情况有变的一户企业 | A firm that would move
#[derive(Serialize, JsonSchema)]
pub(crate) struct MovedEnterprise {
    /// 项目 | The programme
    programme: String,
    /// 统一社会信用代码 | The unified social credit code
    code: String,
    /// 名称 | The name
    name: String,
    /// 区划代码 | The code of the district
    district: Option<String>,
    /// 行业门类 | The section of industry
    section: Option<char>,
    /// 规模 | The size class
    size: Option<String>,
    /// 原来的情况 | Where it stood
    from: Option<&'static str>,
    /// 试改后的情况 | Where it would stand
    to: Option<&'static str>,
}

impl MovedEnterprise {
    fn of(rulebook: &Rulebook, programme: &str, moved: &Moved) -> Self {
        let profile = &moved.profile;
        let option = |what, place: Option<usize>| {
            place.and_then(|place| option_name(rulebook, what, place)).map(|(id, _)| id.to_owned())
        };
        Self {
            programme: programme.to_owned(),
            code: profile.code.clone(),
            name: profile.name.clone(),
            district: option(What::District, profile.district),
            section: profile.industry.map(|industry| industry.section),
            size: option(What::Size, profile.size),
            from: code(moved.from),
            to: code(moved.to),
        }
    }
}

/// 试算名单 | Those who would move
#[derive(Serialize, JsonSchema)]
pub(crate) struct SimulationExport {
    /// 试算结果 | What would happen
    result: SimulationResult,
    /// 情况有变的企业 | Those who would move
    rows: Vec<MovedEnterprise>,
    /// 水印：谁在何时导出；须随数据一同保存 | Who took it out and when; stays with the data
    watermark: Label,
}

/// Those who would move, by name.
pub(crate) struct ExportMoves;

impl Call for ExportMoves {
    const ID: &'static str = "export-simulation";
    const SUMMARY: Words = says("导出试算名单", "Export those who would move");
    const WHAT: Words = says("附水印；留审计记录。", "Under a watermark. Recorded.");
    const CITY: bool = true;
    type Takes = Json<SimulationRequest>;
    type Gives = One<SimulationExport>;

    async fn call(ask: &Ask, Json(asked): Self::Takes) -> Result<Self::Gives, Failure> {
        let what_if = asked.what_if(true);
        let said: Vec<String> =
            what_if.settings.iter().map(|(address, value)| format!("{address}={value}")).collect();
        let (platform, caller) = (ask.platform(), ask.caller()?);
        let found = export_moves(platform, caller, what_if, &said.join("&")).await;
        let found = found.map_err(not_tried)?;
        let ExportedMoves { simulated, watermark } = found.ok_or_else(|| no_city(ask))?;
        let law = platform.law();
        let rows = simulated.effects.iter().flat_map(|(id, effect)| {
            effect.names.iter().map(|moved| MovedEnterprise::of(&law.rulebook, id, moved))
        });
        Ok(One::of(SimulationExport {
            rows: rows.collect(),
            result: result(&law.rulebook, &simulated),
            watermark: Text::new(watermark.zh, watermark.en).into(),
        }))
    }
}
