//! Programmes and what belongs to them in words: subject, kind, standing, periods, benefits.

use enterprise::Text;
use jiff::civil::Date;
use rules::{Benefit, BenefitResult, Measure, Purpose, Round, Standing, Version};

use crate::amounts::readable;
use crate::quantity::limit;
use crate::{join, law, verdict};

/// What is judged.
pub fn subject(code: &str) -> Text {
    match code {
        "enterprise" => Text::new("企业", "enterprise"),
        "cluster" => Text::new("产业集群", "cluster"),
        "park" => Text::new("园区", "park"),
        "rd-centre" => Text::new("研发中心", "R&D centre"),
        "product" => Text::new("产品", "product"),
        "project" => Text::new("投资或技改项目", "project"),
        "person" => Text::new("个人", "person"),
        "institution" => Text::new("机构", "institution"),
        other => Text::new(other, other),
    }
}

/// What kind of thing can be qualified for.
pub fn kind(code: &str) -> Text {
    match code {
        "tier" => Text::new("梯度称号", "title on a ladder"),
        "title" => Text::new("称号", "title"),
        "list" => Text::new("名单", "list"),
        "grant" => Text::new("奖补资金", "grant"),
        "centre" => Text::new("平台、中心", "centre"),
        "cluster" => Text::new("集群", "cluster"),
        "evaluation" => Text::new("评价", "evaluation"),
        other => Text::new(other, other),
    }
}

/// The standing in a word.
pub fn standing(standing: Standing) -> Text {
    match standing {
        Standing::Binding => Text::new("有效", "binding"),
        Standing::Indicative => Text::new("参考", "indicative"),
        Standing::Historical => Text::new("历史", "historical"),
        Standing::Open => Text::new("未公开", "not public"),
    }
}

/// What has to stand beside numbers about a programme that are no conclusion: for reference, or nothing is public.
pub fn worth(worth: Standing) -> Option<Text> {
    match worth {
        Standing::Binding => None,
        Standing::Open => Some(Text::new("标准未公开", "standard not public")),
        Standing::Indicative | Standing::Historical => Some(standing(worth)),
    }
}

/// A title with what its numbers are worth in brackets, where they stand in a line: `瞪羚企业（参考）`.
pub fn titled(title: &Text, standing: Standing) -> Text {
    match worth(standing) {
        Some(worth) => Text::new(
            format!("{}（{}）", title.zh, worth.zh),
            format!("{} ({})", title.en, worth.en),
        ),
        None => title.clone(),
    }
}

/// A title, with the standings in brackets where verdicts are no conclusions: `瞪羚企业（参考）`.
pub fn marked(title: &Text, standings: impl IntoIterator<Item = Standing>) -> Text {
    let mut known: Vec<Standing> = Vec::new();
    for standing in standings {
        if !known.contains(&standing) {
            known.push(standing);
        }
    }
    if known.iter().all(|standing| *standing == Standing::Binding) {
        return title.clone();
    }
    let words: Vec<Text> = known.into_iter().map(standing).collect();
    let words = join(&words, "、", ", ");
    Text::new(format!("{}（{}）", title.zh, words.zh), format!("{} ({})", title.en, words.en))
}

/// What follows from a version of this standing: `参考：符合` where it is no conclusion.
pub fn qualified(words: Text, worth: Standing) -> Text {
    if worth == Standing::Binding {
        return words;
    }
    let worth = standing(worth);
    Text::new(format!("{}：{}", worth.zh, words.zh), format!("{}: {}", worth.en, words.en))
}

/// What the standing makes of a verdict.
pub fn standing_means(standing: Standing) -> Text {
    match standing {
        Standing::Binding => Text::new(
            "有效：在适用期内，按本版得出结论。",
            "Binding: verdicts rest on this version within its period.",
        ),
        Standing::Indicative => Text::new(
            "参考：原文未见，或是否现行未核实；只供对照，不作结论。",
            "Indicative: the text was not seen, or it is not certain that it is in force; no conclusion.",
        ),
        Standing::Historical => {
            Text::new("历史：只用于当时的日期。", "Historical: for its own time only.")
        }
        Standing::Open => Text::new(
            "未公开：本规则库没有查到公开的标准，结论为“待定”。",
            "Not public: no published standard was found; verdicts stay undetermined.",
        ),
    }
}

/// First and last day: `2026-04-01 起`, `2022-08-01 至 2026-03-31`.
pub fn period(from: Date, to: Option<Date>) -> Text {
    match to {
        Some(to) => Text::new(format!("{from} 至 {to}"), format!("{from} to {to}")),
        None => Text::new(format!("{from} 起"), format!("from {from}")),
    }
}

/// What a benefit pays, as far as that is public.
pub fn amount(benefit: &Benefit) -> Text {
    match (&benefit.amount, &benefit.cap) {
        (Some(amount), Some(cap)) => {
            let (amount, cap) = (law::quantity(amount), limit(cap));
            Text::new(
                format!("{}，最高 {}", amount.zh, cap.zh),
                format!("{}, at most {}", amount.en, cap.en),
            )
        }
        (Some(amount), None) => law::quantity(amount),
        (None, Some(cap)) => {
            let cap = limit(cap);
            Text::new(
                format!("最高 {}，具体金额未公开", cap.zh),
                format!("at most {}; the amount is not public", cap.en),
            )
        }
        (None, None) => Text::new("金额未公开", "the amount is not public"),
    }
}

/// What a benefit comes to for one subject.
pub fn granted(result: &BenefitResult<'_>) -> Text {
    let money = |value| readable(value, &Measure::Money);
    match (&result.amount, result.most) {
        (Some(amount), _) => match amount.as_exact() {
            Some(value) => money(value),
            None => Text::new("数据不全，金额待定", "facts missing, amount open"),
        },
        (None, Some(most)) => {
            let most = money(most);
            Text::new(
                format!("最高 {}，具体金额未公开", most.zh),
                format!("at most {}; the amount is not public", most.en),
            )
        }
        (None, None) => Text::new("金额未公开", "the amount is not public"),
    }
}

/// For whom or for how long a ceiling holds.
pub fn ceiling(per: &str) -> Text {
    match per {
        "enterprise" => Text::new("每家企业累计最高", "in total for an enterprise, at most"),
        "year" => Text::new("每年合计最高", "in a year for all, at most"),
        "enterprise-year" => Text::new("每家企业每年最高", "in a year for an enterprise, at most"),
        other => Text::new(other, other),
    }
}

/// A round by what people call it, else by its window.
pub fn round(round: &Round) -> Text {
    round.label.clone().unwrap_or_else(|| period(round.from, Some(round.to)))
}

/// A version by its year: `2026 版`; with its purposes where its id says more and it is not for new
/// applications, which is what a reader takes a version to be for.
pub fn version(version: &Version) -> Text {
    let (Some(name), more) = year(&version.id) else { return version_of_year(&version.id) };
    let is_new = version.applies.iter().any(|applies| applies.purpose == Purpose::New);
    if more.is_empty() || is_new {
        return name;
    }
    let purposes = purposes(version);
    Text::new(format!("{}（{}）", name.zh, purposes.zh), format!("{} ({})", name.en, purposes.en))
}

/// What is known from the id alone, as a shared definition has it.
pub fn version_of_year(id: &str) -> Text {
    let unknown = || Text::new("未注明年份的版本", "version of unknown year");
    year(id).0.unwrap_or_else(unknown)
}

/// The year of a version's id as its name, and what stands behind it.
fn year(id: &str) -> (Option<Text>, &str) {
    let (year, more) = id.split_once('-').unwrap_or((id, ""));
    let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
    let name = is_year.then(|| Text::new(format!("{year} 版"), format!("version of {year}")));
    (name, more)
}

/// The purposes for which a version applies on a day, each once: `新申报、复核`.
pub fn purposes_on(version: &Version, day: Date) -> Text {
    let now = version.applies.iter().filter(|applies| applies.covers(day));
    named(now.map(|applies| applies.purpose))
}

/// The purposes for which a version applies, each once.
fn purposes(version: &Version) -> Text {
    named(version.applies.iter().map(|applies| applies.purpose))
}

fn named(all: impl Iterator<Item = Purpose>) -> Text {
    let mut purposes: Vec<Text> = Vec::new();
    for purpose in all.map(verdict::purpose) {
        if !purposes.contains(&purpose) {
            purposes.push(purpose);
        }
    }
    join(&purposes, "、", ", ")
}
