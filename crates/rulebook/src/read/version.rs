//! `programmes/<authority>/<id>/<version>.toml`: one version of the law.

use std::collections::BTreeMap;

use enterprise::Value as FactValue;
use jiff::civil::Date;
use rules::{Applies, Assume, Benefit, Limit, Material, Provision, Purpose, Standing, Version};

use crate::code::Code;
use crate::compile::duplicate;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::resolve::Resolver;
use crate::read::cite::{Inherited, check_used, limit, limits, note};
use crate::read::criterion::{Definitions, Owner, criteria, purpose};
use crate::read::indicator::one_of;
use crate::read::score::score;
use crate::read::table::{File, Table, Value};

/// A version with the places of its periods.
pub(crate) struct ReadVersion {
    pub version: Version,
    pub applies: Vec<Span>,
    pub id: Span,
}

pub(crate) fn version(
    resolver: &Resolver<'_>,
    definitions: &Definitions,
    programme: &str,
    table: &Table<'_>,
) -> Option<ReadVersion> {
    let id = table.need_word("version")?;
    let standings = ["binding", "indicative", "historical", "open"]
        .map(|code| (code, Standing::from_code(code).unwrap_or(Standing::Open)));
    let standing = one_of(table, "standing", &standings);
    if table.get("standing").is_none() {
        table.need("standing");
    }
    let inherited = Inherited::of_file(table);
    let published = table.get("published").and_then(|value| value.date());
    let validity =
        table.get("validity").and_then(|value| limit(&value, "validity", &inherited, table));
    if let (Some(read), Some(value)) = (&validity, table.get("validity")) {
        check_validity(table.file, &read.limit, value.span());
    }
    let mut spans = Vec::new();
    let mut periods = Vec::new();
    for value in table.list("applies") {
        if let Some(read) = applies(&value, &inherited) {
            periods.push(read);
            spans.push(value.table().map_or_else(|| value.span(), |table| table.head()));
        }
    }
    if periods.is_empty() {
        table.need("applies");
    }
    let score = table.get("score").and_then(|value| score(resolver, &value, &inherited));
    let owner = Owner {
        id: programme,
        resolver,
        definitions,
        day: periods.iter().map(|applies| applies.from).min(),
        has_score: table.get("score").is_some(),
        purposes: periods.iter().map(|applies| applies.purpose).collect(),
    };
    let preferences = criteria(&owner, table, "preference", &inherited, None);
    let criteria = criteria(&owner, table, "criterion", &inherited, None);
    let known = standing.is_some();
    let standing = standing.unwrap_or(Standing::Open);
    if known
        && (standing == Standing::Open)
            != (table.list("criterion").is_empty() && table.get("score").is_none())
    {
        table.file.sink.report(Diagnostic::new(
            Code::BodyCount,
            id.span.clone(),
            "标准未公开（open）的版本没有条件；其他版本须有条件",
            "a version whose standard is not public (open) has no criteria; every other version has some",
        ));
    }
    let assumptions =
        table.list("assume").iter().filter_map(|value| assume(resolver, value)).collect();
    unique(table, "benefit");
    unique(table, "material");
    let benefits = table
        .list("benefit")
        .iter()
        .filter_map(|value| benefit(resolver, value, &inherited))
        .collect();
    let materials =
        table.list("material").iter().filter_map(|value| material(value, &inherited)).collect();
    let steps = provisions(table, "step", &inherited);
    let duties = provisions(table, "duty", &inherited);
    let open_points = table.list("open").iter().filter_map(Value::text).collect();
    let process = table.word("process").map(|word| word.text.to_owned());
    let note = note(table);
    table.finish();
    Some(ReadVersion {
        version: Version {
            id: id.text.to_owned(),
            standing,
            document: inherited.document,
            applies: periods,
            published,
            note,
            criteria,
            score,
            assumptions,
            validity: validity.map(|read| read.limit),
            benefits,
            preferences,
            materials,
            steps,
            duties,
            open_points,
            process,
        },
        applies: spans,
        id: id.span,
    })
}

fn applies(value: &Value<'_>, inherited: &Inherited) -> Option<Applies> {
    let table = value.table()?;
    let purpose = table.need_word("purpose").and_then(|word| purpose(table.file, &word));
    let from = table.need("from").and_then(|value| value.date());
    let to = table.get("to").and_then(|value| value.date());
    let citation = inherited.inside(&table).quiet(&table);
    table.finish();
    check_period(&table, from, to);
    Some(Applies { purpose: purpose?, from: from?, to, citation })
}

/// A title is valid for a time.
fn check_validity(file: File<'_>, limit: &Limit, span: Span) {
    let is_time = match &limit.measure {
        rules::Measure::Count { unit, .. } => ["年", "个月", "月", "天", "日"].contains(&&*unit.zh),
        _ => false,
    };
    if !is_time || !limit.value.is_positive() {
        file.sink.report(
            Diagnostic::new(
                Code::UnitMismatch,
                span,
                format!("有效期“{}”不是一段时间", limit.written),
                format!("a validity of `{}` is no span of time", limit.written),
            )
            .help("写成 \"3 年\"", "write \"3 年\""),
        );
    }
}

/// Reports entries of a list with the same id.
fn unique(table: &Table<'_>, key: &'static str) {
    let mut known: BTreeMap<&str, Span> = BTreeMap::new();
    for inner in table.list(key).iter().filter_map(Value::table) {
        let Some(id) = inner.get("id").and_then(|value| value.as_word()) else { continue };
        if let Some(first) = known.insert(id.text, id.span.clone()) {
            duplicate(table.file.sink, id.text, id.span, Some(&first));
        }
    }
}

/// Reports a period that ends before it begins.
pub(crate) fn check_period(table: &Table<'_>, from: Option<Date>, to: Option<Date>) {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let span = table.get("to").map_or_else(|| table.head(), |value| value.span());
        table.file.sink.report(Diagnostic::new(
            Code::BadDate,
            span,
            format!("{to} 早于开始日期 {from}"),
            format!("{to} lies before the first day, {from}"),
        ));
    }
}

fn assume(resolver: &Resolver<'_>, value: &Value<'_>) -> Option<Assume> {
    let table = value.table()?;
    let word = table.need_word("indicator");
    let written = table.need_word("value");
    let reason = table.need_text("reason");
    table.finish();
    let (word, written) = (word?, written?);
    let Some(indicator) = resolver.names.catalogue.indicator(word.text) else {
        let known = resolver.names.catalogue.indicators().iter().map(|known| known.id.as_str());
        table.file.sink.report(
            Diagnostic::new(
                Code::UnknownReference,
                word.span.clone(),
                format!("没有名为“{}”的指标", word.text),
                format!("no indicator is called `{}`", word.text),
            )
            .suggest(word.text, known),
        );
        return None;
    };
    match enterprise::admit_value(indicator, written.text, None) {
        Ok(FactValue::Code(_)) => {
            table.file.sink.report(Diagnostic::new(
                Code::BadQuantity,
                written.span,
                format!("“{}”是代码，不能假定", indicator.label.zh),
                format!("{} is a code and cannot be assumed", indicator.id),
            ));
            None
        }
        Err(problem) => {
            let (zh, en) = (problem.message.zh, problem.message.en);
            table.file.sink.report(Diagnostic::new(Code::BadQuantity, written.span, zh, en));
            None
        }
        Ok(value) => Some(Assume { indicator: indicator.clone(), value, reason }),
    }
}

fn benefit(resolver: &Resolver<'_>, value: &Value<'_>, inherited: &Inherited) -> Option<Benefit> {
    let table = value.table()?;
    let id = table.need_word("id")?;
    id.check_id(table.file, '-');
    // A benefit may rest on a document of its own, such as a city's subsidy rules.
    let inside = inherited.of_own_document(&table);
    let label = table.need_text("label");
    let citation = inside.cite(&table);
    let limits = limits(&table, &inside, resolver.names);
    let money = |key: &'static str| -> Option<Limit> {
        let read = limit(&table.get(key)?, key, &inside, &table)?;
        if read.limit.measure != rules::Measure::Money {
            table.file.sink.report(Diagnostic::new(
                Code::UnitMismatch,
                table.head(),
                format!("“{key}”须为金额"),
                format!("`{key}` must be money"),
            ));
            return None;
        }
        if !read.limit.value.is_positive() {
            table.file.sink.report(Diagnostic::new(
                Code::BadQuantity,
                table.get(key).map_or_else(|| table.head(), |value| value.span()),
                format!("“{key}”须大于零"),
                format!("`{key}` must be more than zero"),
            ));
        }
        Some(read.limit)
    };
    let amount = table.word("amount").and_then(|word| {
        if crate::expression::measure::quantity(word.text).is_ok() {
            return money("amount").map(|limit| rules::Quantity::Limit(limit.into()));
        }
        Some(resolver.quantity(table.file, &word, &limits, None)?.quantity)
    });
    let cap = money("cap");
    let ceilings =
        table.list("ceilings").iter().filter_map(|value| ceiling(value, &inside)).collect();
    check_used(table.file, &limits);
    let words = |key| table.words(key).iter().map(|word| word.text.to_owned()).collect();
    let benefit = Benefit {
        id: id.text.to_owned(),
        label,
        citation,
        amount,
        cap,
        ceilings,
        not_with: words("not_with"),
        highest_of: words("highest_of"),
        once_per_investment: table.flag("once_per_investment"),
        budget: table.word("budget").map(|word| word.text.to_owned()),
    };
    table.finish();
    Some(benefit)
}

fn ceiling(value: &Value<'_>, inherited: &Inherited) -> Option<(String, Limit)> {
    let table = value.table()?;
    let per = one_of(
        &table,
        "per",
        &[("enterprise", "enterprise"), ("year", "year"), ("enterprise-year", "enterprise-year")],
    );
    let amount = table.need("amount").and_then(|value| limit(&value, "amount", inherited, &table));
    table.finish();
    Some((per?.to_owned(), amount?.limit))
}

/// Provisions that nothing is computed from; ids are unique among them.
fn provisions(table: &Table<'_>, key: &'static str, inherited: &Inherited) -> Vec<Provision> {
    let mut known: BTreeMap<String, Span> = BTreeMap::new();
    let mut provisions = Vec::new();
    for value in table.list(key) {
        let Some(table) = value.table() else { continue };
        let Some(id) = table.need_word("id") else { continue };
        id.check_id(table.file, '-');
        if let Some(first) = known.insert(id.text.to_owned(), id.span.clone()) {
            duplicate(table.file.sink, id.text, id.span.clone(), Some(&first));
        }
        provisions.push(Provision {
            id: id.text.to_owned(),
            label: table.need_text("label"),
            by: table.text("by"),
            citation: inherited.of_own_document(&table).cite(&table),
        });
        table.finish();
    }
    provisions
}

fn material(value: &Value<'_>, inherited: &Inherited) -> Option<Material> {
    let table = value.table()?;
    let id = table.need_word("id")?;
    id.check_id(table.file, '-');
    let material = Material {
        id: id.text.to_owned(),
        label: table.need_text("label"),
        required: table.get("required").and_then(|value| value.flag()).unwrap_or(true),
        citation: inherited.of_own_document(&table).cite(&table),
    };
    table.finish();
    Some(material)
}

/// The purposes known, for messages.
pub(crate) fn purpose_words(purpose: Purpose) -> (&'static str, &'static str) {
    match purpose {
        Purpose::New => ("新申报", "new applications"),
        Purpose::ReReview => ("复核", "re-reviews"),
        Purpose::Yearly => ("年度评价", "yearly evaluations"),
    }
}
