//! The columns of a page that tell what would have to change.

use enterprise::{Catalogue, Facts, Kind, Value};
use jiff::civil::Date;
use rules::plan::{Obstacle, Plan, Planning, Reach, Step, Wish, plan};
use rules::{Question, Rulebook};

use super::law::PROGRAMME;
use super::words;

/// A plan for one row.
pub(crate) struct Planned<'r>(Planning<'r>);

impl<'r> Planned<'r> {
    pub(crate) fn of(
        rulebook: &'r Rulebook,
        facts: &Facts,
        question: &Question,
        target: Option<Date>,
    ) -> Self {
        let programme = rulebook.programme(PROGRAMME).unwrap();
        let wish = Wish {
            today: question.as_of,
            target,
            base_year: None,
            purpose: question.purpose,
            alternatives: 4,
        };
        Self(plan(rulebook, programme, facts, &wish))
    }

    /// What came out in a column; `None` for columns that are not about the plan.
    pub(crate) fn found(&self, rulebook: &Rulebook, column: &str) -> Option<String> {
        let catalogue = &rulebook.catalogue;
        let plans = match &self.0.reach {
            Reach::Plans(plans) => plans.as_slice(),
            _ => &[],
        };
        let best = plans.first();
        let or_none = |list: Vec<String>| match list.is_empty() {
            true => "—".to_owned(),
            false => list.join("；"),
        };
        Some(match column {
            "方案" => best.map_or("不能".to_owned(), |plan| steps(catalogue, plan)),
            "其他方案" => {
                or_none(plans.iter().skip(1).map(|plan| steps(catalogue, plan)).collect())
            }
            "难度" => best.map_or("—".to_owned(), |plan| plan.effort.to_string()),
            "须先确认" => or_none(best.map_or_else(Vec::new, |plan| {
                let test = |met: bool| if met { "成立" } else { "不成立" }.to_owned();
                plan.trusted.iter().map(|trusted| test(trusted.to_met)).collect()
            })),
            "待判断" => or_none(best.map_or_else(Vec::new, |plan| {
                plan.pending.iter().map(|what| words::missing(catalogue, what)).collect()
            })),
            "阻碍" => match &self.0.reach {
                Reach::NotByThen { obstacles, .. } => {
                    or_none(obstacles.iter().map(obstacle).collect())
                }
                _ => "—".to_owned(),
            },
            "最早" => match &self.0.reach {
                Reach::NotByThen { earliest: Some(later), .. } => {
                    let plan = later.plans.first().map(|plan| steps(catalogue, plan));
                    format!("{}：{}", later.day, plan.unwrap_or_default())
                }
                Reach::NotByThen { .. } => "无".to_owned(),
                _ => "—".to_owned(),
            },
            _ => return None,
        })
    }
}

fn steps(catalogue: &Catalogue, plan: &Plan<'_>) -> String {
    let titles = plan
        .titles
        .iter()
        .map(|title| format!("取得{}", catalogue.title(&title.programme).unwrap().label.zh));
    let all: Vec<String> = titles.chain(plan.steps.iter().map(step)).collect();
    if all.is_empty() { "不变".to_owned() } else { all.join("，") }
}

fn step(step: &Step<'_>) -> String {
    let year = step.key.year.map_or(String::new(), |year| format!(" {year}"));
    let value = match (&step.indicator.kind, &step.to) {
        (Kind::Choice(options), Value::Choice(place)) => options[*place].label.zh.clone(),
        (_, Value::Flag(flag)) => if *flag { "是" } else { "否" }.to_owned(),
        (Kind::Money, Value::Number(fen)) => {
            format!("{} 元", enterprise::format_decimal(*fen, 100))
        }
        (Kind::Ratio, Value::Number(ppm)) => {
            format!("{} %", enterprise::format_decimal(*ppm, 10_000))
        }
        (_, Value::Number(number)) => number.to_string(),
        (_, value) => format!("{value:?}"),
    };
    let tied = if step.tied { "（联动）" } else { "" };
    format!("{}{year} {} {value}{tied}", step.indicator.label.zh, step.bound.sign())
}

fn obstacle(obstacle: &Obstacle<'_>) -> String {
    match obstacle {
        Obstacle::Criterion { criterion, .. } => criterion.label.zh.clone(),
        Obstacle::Score { most, needed } => {
            format!("至多 {} 分，须 {} 分", most.0 / 100, needed.0 / 100)
        }
        Obstacle::Together => "不能同时".to_owned(),
    }
}
