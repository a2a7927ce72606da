//! Facts in, answers of the law out, for other systems: verdicts with the whole explanation, plans, forecasts, the next
//! question. What is answered is what the command line prints with `--json`, from the same code. A firm whose data
//! cannot be taken has its own answer, which says why; the others are judged.

use ::answers::{ForecastPage, PlanPage, QuestionPage, Told};
use access::Words;
use app::decisions::{
    Extent, Planned, ask_next, explain_subjects, forecast_subjects, plan_subjects,
};
use enterprise::FactKey;
use jiff::civil::Date;
use rules::forecast::Outlook;
use rules::{Purpose, Question};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::call::{Call, says};
use super::codes::Day;
use super::gives::One;
use super::takes::Json;
use crate::ask::Ask;
use crate::failure::Failure;

/// 一户企业的数据，格式与命令行 `tidu explain` 读取的 JSON 相同 | The facts of one firm, as `tidu explain` reads them
#[derive(Deserialize)]
#[serde(transparent)]
pub(crate) struct Facts(Map<String, Value>);

impl JsonSchema for Facts {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Facts".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        // Whatever is wrong within is said with the firm's own answer: nothing of it is refused here.
        let part = |zh: &str, en: &str| json!({ "description": format!("{zh} | {en}") });
        schemars::json_schema!({
            "description": "一户企业的数据，格式与命令行 `tidu explain` 读取的 JSON 相同。金额以元为单位、用十进制文本；比率用小数；日期为 2027-06-30 的形式。某户数据有误时，只有该户不予判定，其回答说明原因。 | The facts of one firm, as `tidu explain` reads them: money in yuan as decimal text, ratios as decimals, days as 2027-06-30. If something is wrong with the data of a firm, only this firm is not judged, and its answer says why.",
            "type": "object",
            "properties": {
                "uscc": part("统一社会信用代码", "Unified social credit code"),
                "name": part("名称", "Name"),
                "facts": part(
                    "指标的值；年度指标按年度给出，如 `{\"revenue\": {\"2025\": \"51234567.89\"}}`",
                    "Values of indicators, yearly ones by year: `{\"revenue\": {\"2025\": \"51234567.89\"}}`",
                ),
                "titles": part(
                    "持有的称号：`programme`、`from`、`to`",
                    "Titles held: `programme`, `from`, `to`",
                ),
                "events": part("事件：`kind`、`date`", "Events: `kind`, `date`"),
                "judgements": part("人工判断：`criterion`、`met`、`by`、`on`", "Judgements: `criterion`, `met`, `by`, `on`"),
                "relations": part("与其他企业的关系", "Relations to other firms"),
                "sources": part("数据来源", "Where the values come from"),
            },
        })
    }
}

impl Facts {
    /// As text, for whoever reads facts.
    pub fn document(self) -> String {
        Value::Object(self.0).to_string()
    }
}

/// A firm, as an example.
pub(super) fn firm() -> Value {
    json!({
        "uscc": "91370202MA3C1A2B93",
        "name": "青岛海燕精密制造有限公司",
        "facts": {
            "founded_on": "2016-05-12",
            "revenue": { "2025": "51234567.89", "2024": "43000000" },
            "rd_expense": { "2025": "3600000", "2024": "2900000" },
        },
    })
}

/// 目的 | Purpose
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub(super) enum For {
    New,
    ReReview,
    Yearly,
}

impl From<For> for Purpose {
    fn from(purpose: For) -> Self {
        match purpose {
            For::New => Purpose::New,
            For::ReReview => Purpose::ReReview,
            For::Yearly => Purpose::Yearly,
        }
    }
}

/// 要多少 | How much is wanted
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
enum HowMuch {
    Verdicts,
    Explanation,
}

impl HowMuch {
    /// What is wanted of so many firms by whom does not say: a batch is read for its verdicts.
    fn usual(firms: usize) -> Self {
        if firms > 1 { Self::Verdicts } else { Self::Explanation }
    }
}

impl From<HowMuch> for Extent {
    fn from(wanted: HowMuch) -> Self {
        match wanted {
            HowMuch::Verdicts => Self::Verdicts,
            HowMuch::Explanation => Self::Explanation,
        }
    }
}

/// 逐户的回答，与请求中的顺序相同 | The answers, in the order in which firms were given
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "{T}Results")]
pub(crate) struct Results<T> {
    /// 逐户的回答 | The answers
    results: Vec<T>,
}

/// 求判定 | What is to be judged
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "EvaluationRequest", example = json!({ "facts": [firm()], "as_of": "2026-11-23" }))]
pub(crate) struct Evaluation {
    /// 企业数据，1 至 100 户 | The facts of 1 to 100 firms
    #[schemars(length(min = 1, max = 100))]
    facts: Vec<Facts>,
    /// 项目（编号或名称）；不给出则为全部有公开标准的项目 | Programmes, by id or title; without them all whose standard is public
    #[schemars(length(max = 200))]
    programmes: Option<Vec<String>>,
    /// 要多少：`verdicts` 只要结论，`explanation` 结论与全部理由；不给出则一户给全部理由，多户只给结论 | How much is wanted: `verdicts` alone, or these with their whole `explanation`; without it the explanation of one firm, and the verdicts of several
    answer: Option<HowMuch>,
    /// `new` 新申报，`re-review` 复核，`yearly` 年度审核；不给出则持有称号的按复核、其他按新申报 | `new`, `re-review` or `yearly`; without it re-review for holders of the title, new for others
    purpose: Option<For>,
    /// 判定日，默认今天 | The day of the verdicts; today by default
    as_of: Option<Day>,
    /// 上一会计年度；默认由申报批次或判定日确定 | The last fiscal year; by default a round's, or the year before
    #[schemars(range(min = 1990, max = 2200))]
    base_year: Option<i16>,
    /// 只用这一天以前已知的数据和规则 | Only what was known by this day, of facts and of rules
    known_on: Option<Day>,
}

/// Verdicts, with their whole explanation or without.
pub(crate) struct Evaluate;

impl Call for Evaluate {
    const ID: &'static str = "evaluate";
    const SUMMARY: Words = says(
        "测算：输入数据，给出结论与理由",
        "Evaluate: facts in, verdicts and their reasons out",
    );
    const WHAT: Words = says(
        "全部理由（`explanation`）逐户、逐项目给出结论、每一条件的结果、依据的条款、所用数据及其来源、差距、缺少的数据，与 \
         `tidu explain --json` 完全相同。只要结论（`verdicts`）时，位置和名称不变，只留结论、各条件的结果、评分和缺少的数据，\
         约小三十倍。全部理由一次最多 150 份（户数 × 项目数），超过的答复 422 并说明怎么办。除“有人测算过”的审计记录外，\
         什么都不保存。",
        "The `explanation` has for each firm and programme the verdict, how every criterion stands, its clause, the values \
         used and where they came from, what falls short, what is missing: exactly what `tidu explain --json` prints. The \
         `verdicts` have the same names in the same places, only less: the verdict, how criteria stand, the score, what is \
         missing; they are some thirty times smaller. At most 150 explanations (firms × programmes) are given at once; for \
         more the answer is 422 and says what to do. Nothing is kept but the audit record that somebody asked.",
    );
    type Takes = Json<Evaluation>;
    type Gives = One<Results<Told>>;

    async fn call(ask: &Ask, Json(asked): Self::Takes) -> Result<Self::Gives, Failure> {
        let question = Question {
            as_of: day(ask, asked.as_of),
            base_year: asked.base_year,
            purpose: asked.purpose.map(Purpose::from),
            known_on: asked.known_on.map(|day| day.0),
        };
        let (platform, caller) = (ask.platform(), ask.caller()?);
        let named = asked.programmes.unwrap_or_default();
        let extent = asked.answer.unwrap_or(HowMuch::usual(asked.facts.len())).into();
        let documents = documents(asked.facts);
        let results =
            explain_subjects(platform, caller, documents, named, extent, question).await?;
        Ok(One::of(Results { results }))
    }
}

/// 求提升方案 | What plans are wanted for
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = json!({ "facts": [firm()], "as_of": "2026-11-23", "target": "2027-06-30" }))]
pub(crate) struct PlanRequest {
    /// 企业数据，1 至 10 户 | The facts of 1 to 10 firms
    #[schemars(length(min = 1, max = 10))]
    facts: Vec<Facts>,
    /// 项目（编号或名称）；与梯度都不给出则为全部有上升空间的梯度 | Programmes, by id or title; without these and ladders, all ladders on which there is a way up
    #[schemars(length(max = 20))]
    programmes: Option<Vec<String>>,
    /// 梯度（编号或名称） | Ladders, by id or title
    #[schemars(length(max = 20))]
    ladders: Option<Vec<String>>,
    /// 目的，同测算 | The purpose, as for an evaluation
    purpose: Option<For>,
    /// 制定方案之日，默认今天 | The day on which the plan is made; today by default
    as_of: Option<Day>,
    /// 目标日；默认为下一申报批次的末日，没有的为年末 | The day by which it is to be passed; by default the end of the next round, or of the year
    target: Option<Day>,
    /// 到目标日的上一会计年度 | The last fiscal year on that day
    #[schemars(range(min = 1990, max = 2200))]
    base_year: Option<i16>,
    /// 除最佳方案外还要几个，默认 4 | How many plans are wanted beside the best one; 4 by default
    #[schemars(range(min = 0, max = 10))]
    alternatives: Option<u8>,
}

/// What would have to change.
pub(crate) struct Plan;

impl Call for Plan {
    const ID: &'static str = "plan";
    const SUMMARY: Words = says("提升方案：怎样改变才能符合", "Plan: what would have to change");
    const WHAT: Words = says(
        "给出到目标日能通过的、改动最小的方案。已结束的会计年度和不能改变的事实保持不变。结果与 `tidu plan --json` 完全相同。",
        "The least that has to change to pass by a day. Fiscal years that are closed stay as they are. Exactly what \
         `tidu plan --json` prints.",
    );
    type Takes = Json<PlanRequest>;
    type Gives = One<Results<PlanPage>>;

    async fn call(ask: &Ask, Json(asked): Self::Takes) -> Result<Self::Gives, Failure> {
        let planned = Planned {
            programmes: asked.programmes.unwrap_or_default(),
            ladders: asked.ladders.unwrap_or_default(),
            today: day(ask, asked.as_of),
            target: asked.target.map(|day| day.0),
            base_year: asked.base_year,
            purpose: asked.purpose.map(Purpose::from),
            alternatives: usize::from(asked.alternatives.unwrap_or(4)),
        };
        let documents = documents(asked.facts);
        let results = plan_subjects(ask.platform(), ask.caller()?, documents, planned).await?;
        Ok(One::of(Results { results }))
    }
}

/// 求预测 | What is to be told ahead
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = json!({ "facts": [firm()], "as_of": "2026-11-23" }))]
pub(crate) struct ForecastRequest {
    /// 企业数据，1 至 10 户 | The facts of 1 to 10 firms
    #[schemars(length(min = 1, max = 10))]
    facts: Vec<Facts>,
    /// 项目（编号或名称）；不给出则为全部有约束力标准的项目 | Programmes, by id or title; without them all that have a standard that decides
    #[schemars(length(max = 50))]
    programmes: Option<Vec<String>>,
    /// 目的，同测算 | The purpose, as for an evaluation
    purpose: Option<For>,
    /// 预测之日，默认今天 | The day on which it is made; today by default
    as_of: Option<Day>,
    /// 末日；默认十年后 | The last day that is told; ten years ahead by default
    until: Option<Day>,
}

/// What time alone changes.
pub(crate) struct Forecast;

impl Call for Forecast {
    const ID: &'static str = "forecast";
    const SUMMARY: Words =
        says("预测：仅随时间推移，结论何时改变", "Forecast: when verdicts turn by time alone");
    const WHAT: Words = says(
        "结果与 `tidu forecast --json` 完全相同。",
        "Exactly what `tidu forecast --json` prints.",
    );
    type Takes = Json<ForecastRequest>;
    type Gives = One<Results<ForecastPage>>;

    async fn call(ask: &Ask, Json(asked): Self::Takes) -> Result<Self::Gives, Failure> {
        let outlook = Outlook {
            today: day(ask, asked.as_of),
            until: asked.until.map(|day| day.0),
            purpose: asked.purpose.map(Purpose::from),
        };
        let (platform, caller) = (ask.platform(), ask.caller()?);
        let named = asked.programmes.unwrap_or_default();
        let documents = documents(asked.facts);
        let results = forecast_subjects(platform, caller, documents, named, outlook).await?;
        Ok(One::of(Results { results }))
    }
}

/// 不再询问的数据 | A fact that is not to be asked for
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SkippedFact {
    /// 指标 | The indicator
    #[schemars(length(min = 1, max = 100))]
    indicator: String,
    /// 年度 | The fiscal year of a yearly one
    #[schemars(range(min = 1900, max = 2200))]
    year: Option<i16>,
}

/// 求下一问 | About whom something is to be asked
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = json!({ "facts": firm(), "as_of": "2026-11-23", "skipped": [] }))]
pub(crate) struct QuestionRequest {
    /// 企业数据 | The facts of the firm
    facts: Facts,
    /// 项目（编号或名称）；不给出则为全部有约束力标准的项目 | Programmes, by id or title; without them all that have a standard that decides
    #[schemars(length(max = 50))]
    programmes: Option<Vec<String>>,
    /// 目的，同测算 | The purpose, as for an evaluation
    purpose: Option<For>,
    /// 判定日，默认今天 | The day of the verdicts; today by default
    as_of: Option<Day>,
    /// 上一会计年度 | The last fiscal year
    #[schemars(range(min = 1990, max = 2200))]
    base_year: Option<i16>,
    /// 跳过的数据，不再询问 | Facts that were skipped
    #[schemars(length(max = 500))]
    skipped: Option<Vec<SkippedFact>>,
}

/// What to find out next.
pub(crate) struct NextQuestion;

impl Call for NextQuestion {
    const ID: &'static str = "next-question";
    const SUMMARY: Words =
        says("下一问：最值得补充的数据", "Next question: what is best found out next");
    const WHAT: Words = says(
        "在缺少的数据中，给出代价最小而最能决定结论的一项；不影响任何结论的数据不会被问到。把答案加入 `facts` 后再次请求，直到 \
         `question` 为空。",
        "Of what is missing, the one thing that could decide most at least cost; what cannot change an answer is never \
         asked. Add the answer to `facts` and ask again, until `question` is null.",
    );
    type Takes = Json<QuestionRequest>;
    type Gives = One<QuestionPage>;

    async fn call(ask: &Ask, Json(asked): Self::Takes) -> Result<Self::Gives, Failure> {
        let question = Question {
            base_year: asked.base_year,
            purpose: asked.purpose.map(Purpose::from),
            ..Question::on(day(ask, asked.as_of))
        };
        let (platform, caller) = (ask.platform(), ask.caller()?);
        let named = asked.programmes.unwrap_or_default();
        let key = |fact: SkippedFact| FactKey { indicator: fact.indicator, year: fact.year };
        let skipped = asked.skipped.unwrap_or_default().into_iter().map(key).collect();
        let document = asked.facts.document();
        Ok(One::of(ask_next(platform, caller, document, named, question, skipped).await?))
    }
}

fn documents(facts: Vec<Facts>) -> Vec<String> {
    facts.into_iter().map(Facts::document).collect()
}

fn day(ask: &Ask, day: Option<Day>) -> Date {
    day.map_or_else(|| app::today(ask.platform().now()), |day| day.0)
}
