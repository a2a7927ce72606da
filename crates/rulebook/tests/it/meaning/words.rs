//! Results in the words of the pages in docs/meaning.

use enterprise::{Catalogue, FactKey, Kind};
use rules::{
    Criterion, Exact, Missing, Nearest, Path, Pending, Points, Population, Purpose, Truth, Verdict,
    Why,
};

pub(crate) fn truth(truth: Truth) -> String {
    match truth {
        Truth::Met => "符合".to_owned(),
        Truth::NotMet => "不符合".to_owned(),
        Truth::Unknown(why) => undetermined(why),
        Truth::NotApplicable => "不适用".to_owned(),
    }
}

pub(crate) fn verdict(verdict: Verdict) -> String {
    match verdict {
        Verdict::Eligible => "符合".to_owned(),
        Verdict::Ineligible => "不符合".to_owned(),
        Verdict::Undetermined(why) => undetermined(why),
    }
}

fn undetermined(why: Why) -> String {
    let reasons = [(why.data, "缺数据"), (why.judgement, "待判断"), (why.open, "未公开")];
    let reasons: Vec<&str> =
        reasons.into_iter().filter_map(|(holds, word)| holds.then_some(word)).collect();
    format!("待定（{}）", reasons.join("、"))
}

pub(crate) fn population(population: Population) -> &'static str {
    match population {
        Population::Eligible => "符合",
        Population::JudgementPending => "待判断",
        Population::OneShort => "只差一项",
        Population::LackOfData => "缺数据",
        Population::No => "不符合",
    }
}

pub(crate) fn nearest(nearest: Nearest<'_>) -> String {
    let percent = enterprise::format_decimal(nearest.ppm, 10_000);
    format!("{} {percent} %", nearest.criterion.label.zh)
}

pub(crate) fn path(path: Option<Path>) -> &'static str {
    match path {
        Some(Path::Direct) => "直通",
        Some(Path::Scored) => "评分",
        None => "—",
    }
}

pub(crate) fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::New => "新申报",
        Purpose::ReReview => "复核",
        Purpose::Yearly => "年度评价",
    }
}

pub(crate) fn purpose_named(word: &str) -> Purpose {
    [Purpose::New, Purpose::ReReview, Purpose::Yearly]
        .into_iter()
        .find(|known| purpose(*known) == word)
        .unwrap_or_else(|| panic!("`{word}` is no purpose"))
}

pub(crate) fn points(low: Points, high: Points) -> String {
    let [low, high] = [low, high].map(|points| enterprise::format_decimal(points.0, 100));
    if low == high { low } else { format!("{low}–{high}") }
}

pub(crate) fn pending(pending: &Pending) -> String {
    match pending {
        Pending::NoDivisor => "除数不为正".to_owned(),
        Pending::BeforeFounding(year) => format!("{year} 年尚未成立"),
        Pending::NoGrowthRate => "无增长率".to_owned(),
        Pending::NoStandard(code) => format!("{code} 无标准"),
        Pending::CoarseIndustry(code) => format!("{code} 过粗"),
        Pending::TooWide => "数字过大".to_owned(),
        Pending::NoCase => "无适用情形".to_owned(),
    }
}

pub(crate) fn missing(catalogue: &Catalogue, missing: &Missing) -> String {
    match missing {
        Missing::Fact { key, .. } => fact(catalogue, key),
        Missing::Title(id) => format!("称号 {}", catalogue.title(id).unwrap().label.zh),
        Missing::Event { kind, attribute } => {
            let kind = catalogue.event(kind).unwrap();
            match attribute {
                None => kind.label.zh.clone(),
                Some(id) => {
                    let attribute = kind.attributes.iter().find(|known| known.id == *id).unwrap();
                    format!("{}的{}", kind.label.zh, attribute.label.zh)
                }
            }
        }
        Missing::Judgement { owner, criterion } => {
            format!("判断 {}", catalogue.judged(owner, criterion).unwrap().label.zh)
        }
    }
}

fn fact(catalogue: &Catalogue, key: &FactKey) -> String {
    let label = &catalogue.indicator(&key.indicator).unwrap().label.zh;
    match key.year {
        None => label.clone(),
        Some(year) => format!("{label} {year}"),
    }
}

/// The options that are still possible, joined with `或`.
pub(crate) fn options(catalogue: &Catalogue, indicator: &str, possible: &[usize]) -> String {
    let Kind::Choice(choices) = &catalogue.indicator(indicator).unwrap().kind else {
        panic!("`{indicator}` is no choice")
    };
    possible.iter().map(|index| choices[*index].label.zh.as_str()).collect::<Vec<_>>().join("或")
}

/// The first criterion with this label, sub-criteria included.
pub(crate) fn criterion_called<'c>(
    criteria: impl IntoIterator<Item = &'c Criterion>,
    label: &str,
) -> Option<&'c Criterion> {
    criteria.into_iter().flat_map(Criterion::walk).find(|known| known.label.zh == label)
}

/// Fen as yuan.
pub(crate) fn yuan(value: Exact) -> String {
    let fen = value.exactly_at(1).expect("whole fen");
    format!("{} 元", enterprise::format_decimal(fen, 100))
}
