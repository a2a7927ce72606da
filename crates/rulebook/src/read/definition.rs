//! `definitions/<id>/<version>.toml`: shared criteria and classifications.

use std::collections::BTreeMap;

use enterprise::Kind;
use jiff::civil::Date;
use rules::{Classification, FactRef, IndustryGroup, Metric, Operator};

use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::edge::stands_alone;
use crate::expression::resolve::Resolver;
use crate::read::cite::{Inherited, edges, note};
use crate::read::criterion::{Definition, Definitions, Owner, criteria};
use crate::read::table::{Table, Word};

/// The days that a definition's `[[applies]]` covers, from the first to the last.
fn period(table: &Table<'_>) -> (Date, Option<Date>) {
    let mut from: Option<Date> = None;
    let mut to = Some(Date::MIN);
    for value in table.list("applies") {
        let Some(inner) = value.table() else { continue };
        let first = inner.need("from").and_then(|value| value.date());
        let last = inner.get("to").and_then(|value| value.date());
        for key in ["clause", "status", "sources", "verified", "note"] {
            inner.get(key);
        }
        inner.finish();
        if let Some(first) = first {
            from = Some(from.map_or(first, |known| known.min(first)));
            to = match (to, last) {
                (Some(known), Some(last)) => Some(known.max(last)),
                _ => None,
            };
        }
    }
    if from.is_none() {
        table.need("applies");
    }
    (from.unwrap_or(Date::MIN), to.filter(|to| *to != Date::MIN))
}

/// A definition of `kind = "criteria"`.
pub(crate) fn shared(resolver: &Resolver<'_>, id: &str, table: &Table<'_>) -> Option<Definition> {
    let version = table.need_word("version")?;
    table.word("kind");
    table.need_text("label");
    let inherited = Inherited::of_file(table);
    let (from, to) = period(table);
    let none = Definitions::default();
    let owner = Owner {
        id,
        resolver,
        definitions: &none,
        day: Some(from),
        has_score: false,
        purposes: Vec::new(),
    };
    let criteria = criteria(&owner, table, "criterion", &inherited, None);
    if criteria.is_empty() {
        table.need("criterion");
    }
    let note = note(table);
    table.finish();
    let span = version.span.clone();
    Some(Definition { version: version.text.to_owned(), from, to, criteria, note, span })
}

/// A definition of `kind = "classification"`.
pub(crate) fn classification(
    resolver: &Resolver<'_>,
    id: &str,
    table: &Table<'_>,
) -> Option<(Classification, Span)> {
    let file = table.file;
    let version = table.need_word("version")?;
    table.word("kind");
    table.need_text("label");
    let inherited = Inherited::of_file(table);
    let (from, to) = period(table);
    let indicator = named_indicator(resolver, table, "indicator");
    let by = named_indicator(resolver, table, "by");
    let order = table.words("order");
    let mut groups = Vec::new();
    let mut codes: BTreeMap<String, Span> = BTreeMap::new();
    let choices = indicator
        .as_ref()
        .map(|(fact, word)| (options(fact, word, table, &order), word.span.clone()));
    for value in table.list("group") {
        let Some(inner) = value.table() else { continue };
        if let Some(group) = group(resolver, &inner, &inherited, order.len(), &mut codes) {
            groups.push(group);
        }
    }
    let note = note(table);
    table.finish();
    let (indicator, _) = indicator?;
    let (by, _) = by?;
    let (order, _) = choices?;
    if by.indicator.kind != Kind::Industry {
        file.sink.report(Diagnostic::new(
            Code::TypeMismatch,
            table.head(),
            "“by”须为行业代码指标",
            "`by` must be an industry indicator",
        ));
        return None;
    }
    let classification = Classification {
        id: id.to_owned(),
        version: version.text.to_owned(),
        indicator: indicator.indicator,
        document: inherited.document,
        from,
        to,
        by,
        order: order?,
        groups,
        note,
    };
    Some((classification, version.span))
}

fn named_indicator<'a>(
    resolver: &Resolver<'_>,
    table: &Table<'a>,
    key: &'static str,
) -> Option<(FactRef, Word<'a>)> {
    let word = table.need_word(key)?;
    let catalogue = &resolver.names.catalogue;
    let Some(indicator) = catalogue.indicator(word.text) else {
        table.file.sink.report(
            Diagnostic::new(
                Code::UnknownReference,
                word.span.clone(),
                format!("没有名为“{}”的指标", word.text),
                format!("no indicator is called `{}`", word.text),
            )
            .suggest(word.text, catalogue.indicators().iter().map(|known| known.id.as_str())),
        );
        return None;
    };
    resolver.names.used.borrow_mut().insert(word.text.to_owned());
    Some((FactRef { indicator: indicator.clone(), offset: None }, word))
}

/// The options in the order of the definition: each exactly once.
fn options(
    fact: &FactRef,
    word: &Word<'_>,
    table: &Table<'_>,
    order: &[Word<'_>],
) -> Option<Vec<usize>> {
    let Kind::Choice(choices) = &fact.indicator.kind else {
        table.file.sink.report(Diagnostic::new(
            Code::TypeMismatch,
            word.span.clone(),
            "分类须给出选项指标",
            "a classification gives a choice",
        ));
        return None;
    };
    let mut indices = Vec::new();
    for option in order {
        match choices.iter().position(|choice| choice.id == option.text) {
            Some(index) if !indices.contains(&index) => indices.push(index),
            _ => {
                let diagnostic = Diagnostic::new(
                    Code::UnknownReference,
                    option.span.clone(),
                    format!("没有选项“{}”，或重复", option.text),
                    format!("no option `{}`, or it stands twice", option.text),
                );
                let known = choices.iter().map(|choice| choice.id.as_str());
                table.file.sink.report(diagnostic.suggest(option.text, known));
            }
        }
    }
    (indices.len() == choices.len() && !indices.is_empty()).then_some(indices).or_else(|| {
        table.need("order");
        None
    })
}

fn group(
    resolver: &Resolver<'_>,
    table: &Table<'_>,
    inherited: &Inherited,
    tiers: usize,
    codes: &mut BTreeMap<String, Span>,
) -> Option<IndustryGroup> {
    let file = table.file;
    let id = table.need_word("id")?;
    id.check_id(file, '-');
    let inside = inherited.inside(table);
    let label = table.need_text("label");
    let citation = inside.cite(table);
    let mut own = Vec::new();
    for code in table.words("codes") {
        let good = code.text.len() <= 4
            && (enterprise::IndustryCode::parse(code.text).is_some() || code.text.len() == 3);
        if !good {
            file.sink.report(Diagnostic::new(
                Code::UnknownReference,
                code.span.clone(),
                format!("“{}”不是行业代码", code.text),
                format!("`{}` is no industry code", code.text),
            ));
        }
        if let Some(first) = codes.insert(code.text.to_owned(), code.span.clone()) {
            file.sink.report(
                Diagnostic::new(
                    Code::DuplicateId,
                    code.span.clone(),
                    format!("行业代码“{}”已属于另一组", code.text),
                    format!("industry code `{}` already belongs to a group", code.text),
                )
                .other(first, "第一次在此", "first here"),
            );
        }
        own.push(code.text.to_owned());
    }
    if own.is_empty() {
        table.need("codes");
    }
    let metrics: Vec<Metric> = table
        .list("metric")
        .iter()
        .filter_map(|value| {
            let inner = value.table()?;
            metric(resolver, &inner, &inside.inside(&inner), tiers)
        })
        .collect();
    if metrics.is_empty() {
        table.need("metric");
    }
    note(table);
    table.finish();
    Some(IndustryGroup { id: id.text.to_owned(), label, codes: own, citation, metrics })
}

fn metric(
    resolver: &Resolver<'_>,
    table: &Table<'_>,
    inside: &Inherited,
    tiers: usize,
) -> Option<Metric> {
    let file = table.file;
    let citation = inside.quiet(table);
    let value = table
        .need_word("value")
        .and_then(|word| resolver.quantity(file, &word, &BTreeMap::new(), None));
    let written = table.words("tiers");
    let head = table.head();
    table.finish();
    let value = value.filter(|value| !stands_alone(file, &head, &value.quantity))?;
    let mut read = Vec::new();
    let mut last: Option<rules::Exact> = None;
    for (index, word) in written.iter().enumerate() {
        let edges = edges(file, word, &format!("tier-{}", index + 1), &citation)?;
        let Ok([(operator @ (Operator::AtLeast | Operator::MoreThan), edge)]) =
            <[_; 1]>::try_from(edges)
        else {
            file.sink.report(
                Diagnostic::new(
                    Code::BadQuantity,
                    word.span.clone(),
                    format!("“{}”不是一个下限", word.text),
                    format!("`{}` is not a lower edge", word.text),
                )
                .help("写成 \">= 300 人\"", "write \">= 300 人\""),
            );
            return None;
        };
        if !edge.unit.agrees(&value.unit) {
            let (a, b) = (value.unit.words(), edge.unit.words());
            file.sink.report(Diagnostic::new(
                Code::UnitMismatch,
                word.span.clone(),
                format!("档位的单位“{}”与数值的单位“{}”不同", b.zh, a.zh),
                format!("a tier in {} does not fit a value in {}", b.en, a.en),
            ));
            return None;
        }
        if last
            .is_some_and(|last| last.compare(edge.limit.value).is_none_or(|order| !order.is_gt()))
        {
            file.sink.report(Diagnostic::new(
                Code::BandOverlap,
                word.span.clone(),
                "各档下限须由高到低",
                "the lower edges must go down from tier to tier",
            ));
        }
        if !resolver.can_be_held_against(file, &word.span, &value.quantity, &edge.limit) {
            return None;
        }
        last = Some(edge.limit.value);
        read.push((operator, edge.limit));
    }
    if read.len() + 1 != tiers {
        file.sink.report(Diagnostic::new(
            Code::BandHole,
            head,
            format!("{tiers} 档须有 {} 个下限", tiers.saturating_sub(1)),
            format!("{tiers} tiers need {} lower edges", tiers.saturating_sub(1)),
        ));
        return None;
    }
    Some(Metric { value: value.quantity, tiers: read })
}
