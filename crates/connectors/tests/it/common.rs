//! A small catalogue with something of every kind, and short ways to read a text or bytes.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use connectors::{Reading, Summary, read_subjects};
use enterprise::{
    Catalogue, Choice, Cost, EventAttribute, EventKind, Fact, Facts, Indicator, JudgedCriterion,
    Kind, Lack, Period, Problem, ProblemKind, Severity, Source, Text, TitleKind, Value,
};

/// Two codes with right check characters.
pub const A: &str = "91370202MA0000000Y";
pub const B: &str = "91370211MA00000013";
pub const C: &str = "91370281MACDEFGH2K";

pub fn catalogue() -> Catalogue {
    let people = Kind::Number { decimals: 0, unit: Text::new("人", "people") };
    let pieces = Kind::Number { decimals: 0, unit: Text::new("项", "items") };
    let points = Kind::Number { decimals: 2, unit: Text::new("分", "points") };
    let size = Kind::Choice(vec![
        choice("small", "小型（含微型）", "small"),
        choice("medium", "中型", "medium"),
    ]);
    let mut catalogue = Catalogue::default();
    let all = [
        ("revenue", "营业收入", "Revenue", Kind::Money, Period::Yearly),
        ("rd_expense", "研发费用", "R&D expense", Kind::Money, Period::Yearly),
        (
            "main_product_share",
            "主导产品占比",
            "Share of main product",
            Kind::Ratio,
            Period::Yearly,
        ),
        ("staff", "职工总数", "Staff", people, Period::Yearly),
        ("debt_ratio", "资产负债率", "Debt ratio", Kind::Ratio, Period::State),
        ("class1_ip", "I类知识产权（有效）", "Class I IP", pieces, Period::State),
        ("quality_score", "质量得分", "Quality score", points, Period::State),
        ("registered_capital", "注册资本", "Registered capital", Kind::Money, Period::State),
        ("founded_on", "成立日期", "Founded on", Kind::Date, Period::State),
        (
            "niche_market_since",
            "从事细分市场起始日期",
            "In the niche since",
            Kind::Date,
            Period::State,
        ),
        ("has_brand", "拥有自主品牌", "Own brand", Kind::Flag, Period::State),
        ("size_class", "企业规模", "Size class", size, Period::State),
        ("industry", "行业代码", "Industry", Kind::Industry, Period::State),
        ("rd_intensity", "研发强度", "R&D intensity", Kind::Ratio, Period::Yearly),
    ];
    for (id, zh, en, kind, period) in all {
        let range = match kind {
            Kind::Money => Some((-9_000_000_000_000_000_000, 9_000_000_000_000_000_000)),
            Kind::Ratio => Some((-10_000_000, 10_000_000)),
            Kind::Number { .. } => Some((0, 1_000_000_000)),
            _ => None,
        };
        catalogue.add(Indicator {
            id: id.into(),
            label: Text::new(zh, en),
            kind,
            period,
            tax: false,
            one_off: false,
            lack: Lack::Data,
            range,
            step: 1,
            aliases: if id == "revenue" { vec!["营收".into()] } else { Vec::new() },
            note: Text::new(format!("{zh}的含义"), format!("meaning of {en}")),
            source: Text::new("审计报告", "audit report"),
            cost: Cost::Ask,
            effort: None,
            moves: enterprise::Moves::Either,
            within: None,
            derived: id == "rd_intensity",
            given: id != "rd_intensity",
        });
    }
    for (id, zh, en) in [
        ("innovative-sme", "创新型中小企业", "Innovative SME"),
        ("specialised-sme", "专精特新中小企业", "Specialised SME"),
        ("little-giant", "专精特新“小巨人”企业", "Little giant"),
    ] {
        catalogue.titles.push(TitleKind { id: id.into(), label: Text::new(zh, en) });
    }
    let rank = EventAttribute { id: "rank".into(), label: Text::new("排名", "rank") };
    catalogue.events = vec![
        EventKind {
            id: "national-science-award".into(),
            label: Text::new("国家级科技奖励", "National science award"),
            attributes: vec![rank],
            counts_as: Vec::new(),
        },
        EventKind {
            id: "serious-accident".into(),
            label: Text::new("重大安全事故", "Serious accident"),
            attributes: Vec::new(),
            counts_as: Vec::new(),
        },
    ];
    for (owner, criterion, zh, en) in [
        ("little-giant", "market-position", "市场地位突出", "Leading market position"),
        ("specialised-sme", "market-position", "市场地位突出", "Leading market position"),
        ("common", "chain-role", "产业链关键环节", "Key role in the chain"),
    ] {
        catalogue.judged.push(JudgedCriterion {
            owner: owner.into(),
            criterion: criterion.into(),
            label: Text::new(zh, en),
        });
    }
    catalogue
}

fn choice(id: &str, zh: &str, en: &str) -> Choice {
    Choice { id: id.into(), label: Text::new(zh, en), aliases: Vec::new() }
}

/// What came out of a file.
#[derive(Debug)]
pub struct Outcome {
    pub readings: Vec<Reading>,
    pub summary: Result<Summary, Box<Problem>>,
}

pub fn read_bytes(name: &str, bytes: &[u8]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let mut readings = Vec::new();
    let summary = read_subjects(&path, &catalogue(), &mut |reading| {
        readings.push(reading);
        ControlFlow::Continue(())
    });
    let whole = folder.path().display().to_string() + "/";
    let mut outcome = Outcome { readings, summary };
    outcome.each_problem(|problem| {
        if let Some(file) = &mut problem.place.file {
            *file = file.replace(&whole, "");
        }
    });
    outcome
}

pub fn read_text(name: &str, text: &str) -> Outcome {
    read_bytes(name, text.as_bytes())
}

impl Outcome {
    fn each_problem(&mut self, mut change: impl FnMut(&mut Problem)) {
        self.readings.iter_mut().flat_map(|reading| &mut reading.problems).for_each(&mut change);
        match &mut self.summary {
            Ok(summary) => summary.problems.iter_mut().for_each(change),
            Err(problem) => change(problem),
        }
    }

    /// The facts of the only subject.
    #[track_caller]
    pub fn facts(&self) -> &Facts {
        assert_eq!(self.readings.len(), 1, "{self:#?}");
        self.readings[0].facts.as_ref().unwrap_or_else(|| panic!("refused: {}", self.told()))
    }

    /// The kind of the problem for which the file could not be read.
    #[track_caller]
    pub fn failure(&self) -> ProblemKind {
        self.summary.as_ref().expect_err("the file was read").kind
    }

    /// All problems, one a line: severity, code, place, message, help. The embedded-code warning
    /// is left out, since the invented codes of tests all have it.
    pub fn told(&self) -> String {
        let of_rows = self.readings.iter().flat_map(|reading| &reading.problems);
        let of_file: Vec<&Problem> = match &self.summary {
            Ok(summary) => summary.problems.iter().collect(),
            Err(problem) => vec![problem],
        };
        of_rows
            .chain(of_file)
            .filter(|problem| !problem.message.zh.contains("GB 11714"))
            .map(|problem| {
                let severity = match problem.severity {
                    Severity::Refused => "refused",
                    Severity::Warning => "warning",
                };
                format!(
                    "{severity} {} {}: {} ‖ {}\n",
                    problem.kind.code(),
                    problem.place,
                    problem.message.zh,
                    problem.help.zh
                )
            })
            .collect()
    }

    /// Every message and help has both languages.
    pub fn assert_bilingual(&self) {
        let of_rows = self.readings.iter().flat_map(|reading| &reading.problems);
        let of_file: Vec<&Problem> = match &self.summary {
            Ok(summary) => summary.problems.iter().collect(),
            Err(problem) => vec![problem],
        };
        for problem in of_rows.chain(of_file) {
            for text in [&problem.message, &problem.help] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{problem:?}");
            }
            assert!(problem.place.file.is_some(), "{problem:?}");
        }
    }
}

/// Facts in short: `revenue.2025=5123456789 …`.
pub fn short(facts: &Facts) -> BTreeMap<String, Value> {
    facts
        .iter()
        .map(|(key, fact)| {
            let year = key.year.map(|year| format!(".{year}")).unwrap_or_default();
            (format!("{}{year}", key.indicator), fact.value.clone())
        })
        .collect()
}

/// The same facts without their sources.
pub fn without_sources(facts: &Facts) -> Facts {
    let mut plain = facts.clone();
    let all: Vec<_> = facts.iter().map(|(key, fact)| (key, fact.value.clone())).collect();
    for (key, value) in all {
        plain.set(&key.indicator, key.year, Fact { value, source: Source::default() });
    }
    plain
}
