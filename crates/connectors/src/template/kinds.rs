//! How a value of each kind is written in a form: its unit, its cell, what the guide says about it.

use enterprise::{Kind, Lang, Text, Unit};

/// How a column is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// The code: text, required.
    Code,
    Text,
    /// Money in 万元.
    Money,
    /// Any other number. Its format stays General: whoever types 35% under any other number format
    /// would have it stored as a plain 0.35.
    Number,
    Date,
    /// One of these.
    Options(Vec<Text>),
}

/// How the values of one kind are written.
pub(crate) struct Writing {
    pub(crate) entry: Entry,
    /// The unit of the heading, as the reader has to find it.
    pub(crate) unit: Option<Unit>,
    /// The unit in brackets.
    pub(crate) suffix: Text,
    /// What the guide says.
    pub(crate) form: Text,
    pub(crate) example: Text,
}

/// How values of `kind` are written.
pub(crate) fn writing(kind: &Kind) -> Writing {
    let ten_thousand = Unit::parse("万元", &Kind::Money);
    let percent = Unit::parse("%", &Kind::Ratio);
    let (entry, unit, suffix, form, example) = match kind {
        Kind::Money => (
            Entry::Money,
            ten_thousand,
            Text::new("（万元）", " (万元)"),
            Text::new("数字，单位万元", "a number, in 万元 (10,000 yuan)"),
            Text::new("5123.46", "5123.46"),
        ),
        Kind::Ratio => (
            Entry::Number,
            percent,
            Text::new("（%）", " (%)"),
            Text::new("数字，单位 %（35 表示 35%）", "a number, in % (35 means 35 %)"),
            Text::new("3.5", "3.5"),
        ),
        Kind::Number { unit, .. } => {
            let parsed = Unit::parse(&unit.zh, kind).filter(|_| !unit.zh.is_empty());
            let suffix = if parsed.is_none() {
                Text::default()
            } else {
                Text::new(
                    format!("（{}）", unit.zh),
                    format!(" ({})", if unit.en.is_empty() { &unit.zh } else { &unit.en }),
                )
            };
            (
                Entry::Number,
                parsed,
                suffix,
                Text::new(format!("数字，单位{}", unit.zh), format!("a number of {}", unit.en)),
                Text::new("12", "12"),
            )
        }
        Kind::Date => (Entry::Date, None, Text::default(), date_form(), date_example()),
        Kind::Flag => {
            (Entry::Options(yes_no()), None, Text::default(), yes_no_form(), Text::new("是", "yes"))
        }
        Kind::Choice(choices) => {
            let labels: Vec<Text> = choices.iter().map(|choice| choice.label.clone()).collect();
            let all = |lang| labels.iter().map(|label| label.get(lang)).collect::<Vec<_>>();
            let form = Text::new(all(Lang::Zh).join("、"), all(Lang::En).join(", "));
            let example = labels.first().cloned().unwrap_or_default();
            (Entry::Options(labels), None, Text::default(), form, example)
        }
        Kind::Industry => (
            Entry::Text,
            None,
            Text::default(),
            Text::new("国民经济行业分类（GB/T 4754-2017）代码", "a code of GB/T 4754-2017"),
            Text::new("C3484", "C3484"),
        ),
    };
    Writing { entry, unit, suffix, form, example }
}

pub(crate) fn yes_no() -> Vec<Text> {
    vec![Text::new("是", "yes"), Text::new("否", "no")]
}

pub(crate) fn yes_no_form() -> Text {
    Text::new("是或否", "yes or no")
}

pub(crate) fn date_form() -> Text {
    Text::new("日期", "a date")
}

pub(crate) fn date_example() -> Text {
    Text::new("2024-03-01", "2024-03-01")
}
