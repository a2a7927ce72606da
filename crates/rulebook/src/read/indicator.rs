//! `[[indicator]]` and `[[event]]`: the vocabulary of facts.

use std::collections::BTreeMap;

use enterprise::{Choice, Cost, EventAttribute, EventKind, Indicator, Kind, Lack, Period, Text};

use rules::CodeTable;

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::expression::cause::bad_quantity;
use crate::read::moves::{Nature, effort_and_moves};
use crate::read::one_off::one_off;
use crate::read::table::{Table, Value, Word};

/// An indicator with its formula still as text.
pub(crate) struct ReadIndicator<'a> {
    pub indicator: Indicator,
    pub id: Word<'a>,
    pub formula: Option<Word<'a>>,
    /// It describes the subject, whether or not a rule tests it.
    pub profile: bool,
    pub table: Table<'a>,
}

pub(crate) fn indicator<'a>(
    value: &Value<'a>,
    codes: &BTreeMap<String, CodeTable>,
) -> Option<ReadIndicator<'a>> {
    let table = value.table()?;
    let id = table.need_word("id")?;
    id.check_id(table.file, '_');
    let kind = kind(&table, codes);
    let formula = table.word("formula");
    let given = table.get("given").and_then(|value| value.flag()).unwrap_or(true);
    let range = kind.as_ref().and_then(|kind| range(&table, kind));
    let step = kind.as_ref().and_then(|kind| {
        let word = table.word("step")?;
        quantity(&table, &word, kind)
    });
    let lack = one_of(
        &table,
        "lack",
        &[("data", Lack::Data), ("judgement", Lack::Judgement), ("open", Lack::Open)],
    )
    .unwrap_or(Lack::Data);
    let (effort, moves) = effort_and_moves(&table, &Nature { kind: kind.as_ref(), lack, given });
    let period = one_of(&table, "period", &[("yearly", Period::Yearly), ("state", Period::State)])
        .unwrap_or(Period::State);
    let text = |key| table.text(key).unwrap_or_default();
    let indicator = Indicator {
        id: id.text.to_owned(),
        label: table.need_text("label"),
        period,
        one_off: one_off(&table, kind.as_ref(), period, range),
        lack,
        range,
        step: step.unwrap_or(1),
        aliases: table.words("aliases").iter().map(|word| word.text.to_owned()).collect(),
        note: text("note"),
        source: text("source"),
        tax: table.flag("tax"),
        cost: one_of(
            &table,
            "cost",
            &[
                ("registry", Cost::Registry),
                ("upload", Cost::Upload),
                ("ask", Cost::Ask),
                ("expert", Cost::Expert),
            ],
        )
        .unwrap_or(Cost::Ask),
        effort,
        moves,
        within: table.word("within").map(|word| word.text.to_owned()),
        derived: formula.is_some() || !given,
        given,
        kind: kind?,
    };
    let is_quantity = matches!(indicator.kind, Kind::Money | Kind::Ratio | Kind::Number { .. });
    if is_quantity && indicator.range.is_none() && formula.is_none() && table.get("range").is_none()
    {
        table.file.sink.report(
            Diagnostic::new(
                Code::MissingRange,
                id.span.clone(),
                format!("“{}”没有取值范围", id.text),
                format!("`{}` has no range", id.text),
            )
            .help(
                "加上 range = [\"0 元\", \"90000000000000000 元\"] 这样的上下限",
                "add a smallest and largest value, such as range = [\"0 元\", \"90000000000000000 元\"]",
            ),
        );
    }
    let profile = table.flag("profile");
    table.finish();
    Some(ReadIndicator { indicator, id, formula, profile, table })
}

fn kind(table: &Table<'_>, codes: &BTreeMap<String, CodeTable>) -> Option<Kind> {
    let word = table.need_word("kind")?;
    let unit = table.text("unit");
    let decimals = table.get("decimals").and_then(|value| value.whole_within(0, 6)).unwrap_or(0);
    let choices = table.list("choices");
    let from_codes = table.word("codes").map(|word| coded(table, &word, codes));
    Some(match word.text {
        "money" => Kind::Money,
        "ratio" => Kind::Ratio,
        "number" => {
            if unit.is_none() {
                table.need("unit");
            }
            Kind::Number {
                decimals: u8::try_from(decimals).unwrap_or_default(),
                unit: unit.unwrap_or_default(),
            }
        }
        "date" => Kind::Date,
        "flag" => Kind::Flag,
        "industry" => Kind::Industry,
        "choice" => {
            if choices.is_empty() && from_codes.is_none() {
                table.need("choices");
            }
            match from_codes {
                Some(coded) => Kind::Choice(coded),
                None => Kind::Choice(choices.iter().filter_map(choice).collect()),
            }
        }
        other => {
            let known = ["money", "ratio", "number", "date", "flag", "choice", "industry"];
            let diagnostic = Diagnostic::new(
                Code::UnknownReference,
                word.span.clone(),
                format!("没有“{other}”这种指标"),
                format!("`{other}` is no kind of indicator"),
            );
            table.file.sink.report(diagnostic.suggest(other, known));
            return None;
        }
    })
}

fn choice(value: &Value<'_>) -> Option<Choice> {
    let table = value.table()?;
    let id = table.need_word("id")?;
    id.check_id(table.file, '_');
    let (id, label) = (id.text.to_owned(), table.need_text("label"));
    table.finish();
    Some(Choice { id, label, aliases: Vec::new() })
}

/// The choices that a table of codes gives: a superseded code is another word for its successor.
fn coded(table: &Table<'_>, word: &Word<'_>, codes: &BTreeMap<String, CodeTable>) -> Vec<Choice> {
    let Some(known) = codes.get(word.text) else {
        let diagnostic = Diagnostic::new(
            Code::UnknownReference,
            word.span.clone(),
            format!("没有名为“{}”的代码表", word.text),
            format!("no table of codes is called `{}`", word.text),
        );
        let known = codes.keys().map(String::as_str);
        table.file.sink.report(diagnostic.suggest(word.text, known));
        return Vec::new();
    };
    let mut choices: Vec<Choice> = Vec::new();
    for entry in known.entries.iter().filter(|entry| entry.successor.is_none()) {
        let (id, label) = (entry.code.clone(), entry.name.clone());
        choices.push(Choice { id, label, aliases: Vec::new() });
    }
    for entry in &known.entries {
        let last = known.in_force(&entry.code).map(|last| last.code.as_str());
        let choice = choices.iter_mut().find(|choice| Some(choice.id.as_str()) == last);
        if let (Some(choice), true) = (choice, entry.successor.is_some()) {
            choice.aliases.extend([entry.code.clone(), entry.name.zh.clone()]);
        }
    }
    choices
}

fn range(table: &Table<'_>, kind: &Kind) -> Option<(i64, i64)> {
    let value = table.get("range")?;
    let words: Vec<Word<'_>> = value.list()?.iter().filter_map(Value::word).collect();
    let [low, high] = words.as_slice() else {
        table.file.sink.report(Diagnostic::new(
            Code::BadQuantity,
            value.span(),
            "取值范围须为下限和上限两个数量",
            "a range is a smallest and a largest quantity",
        ));
        return None;
    };
    let (low, high) = (quantity(table, low, kind)?, quantity(table, high, kind)?);
    if low >= high {
        table.file.sink.report(Diagnostic::new(
            Code::BadQuantity,
            value.span(),
            "取值范围的下限不小于上限",
            "the range ends before it begins",
        ));
        return None;
    }
    Some((low, high))
}

fn quantity(table: &Table<'_>, word: &Word<'_>, kind: &Kind) -> Option<i64> {
    match enterprise::parse_quantity(word.text, kind, None) {
        Ok(read) => Some(read),
        Err(error) => {
            table.file.sink.report(bad_quantity(word.span.clone(), word.text, &error, Some(kind)));
            None
        }
    }
}

/// The value of a key whose text is one of a few words.
pub(crate) fn one_of<T: Copy>(
    table: &Table<'_>,
    key: &'static str,
    known: &[(&str, T)],
) -> Option<T> {
    let word = table.word(key)?;
    let found = known.iter().find(|(name, _)| *name == word.text).map(|(_, value)| *value);
    if found.is_none() {
        let diagnostic = Diagnostic::new(
            Code::UnknownReference,
            word.span.clone(),
            format!("“{key}”不能是“{}”", word.text),
            format!("`{key}` cannot be `{}`", word.text),
        );
        table.file.sink.report(diagnostic.suggest(word.text, known.iter().map(|(name, _)| *name)));
    }
    found
}

pub(crate) fn event(value: &Value<'_>) -> Option<(EventKind, crate::diagnostic::Span)> {
    let table = value.table()?;
    let id = table.need_word("id")?;
    id.check_id(table.file, '-');
    let label = table.need_text("label");
    let attributes = table
        .list("attributes")
        .iter()
        .filter_map(|value| {
            let inner = value.table()?;
            let id = inner.need_word("id")?;
            let attribute =
                EventAttribute { id: id.text.to_owned(), label: inner.need_text("label") };
            inner.finish();
            Some(attribute)
        })
        .collect();
    let counts_as = table.words("counts_as").iter().map(|word| word.text.to_owned()).collect();
    let _: Option<Text> = table.text("note");
    table.finish();
    Some((EventKind { id: id.text.to_owned(), label, attributes, counts_as }, id.span))
}
