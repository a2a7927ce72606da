//! `[score]`: groups, items, scales. Checks that points and marks agree with each other.

use std::collections::BTreeMap;

use rules::{
    Band, Entry, Mark, Operator, Points, Quantity, Scale, ScoreGroup, ScoreItem, ScoreTable, Side,
};

use crate::check::bands::check_bands;
use crate::code::Code;
use crate::compile::duplicate;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::edge::stands_alone;
use crate::expression::resolve::{Measured, Resolver};
use crate::expression::scope::Limits;
use crate::read::cite::{
    Inherited, as_points, check_used, edges, in_order, limit, limits, note, points,
};
use crate::read::table::{Table, Value};

pub(crate) fn score(
    resolver: &Resolver<'_>,
    value: &Value<'_>,
    inherited: &Inherited,
) -> Option<ScoreTable> {
    let table = value.table()?;
    let inside = inherited.inside(&table);
    let pass = mark(&table, "pass", &inside);
    if table.get("pass").is_none() {
        table.need("pass");
    }
    let list = table.list("group");
    let groups: Vec<ScoreGroup> =
        list.iter().filter_map(|value| group(resolver, value, &inside)).collect();
    check_ids(&list);
    note(&table);
    table.finish();
    let pass = pass?;
    // Without all groups, nobody knows how many points can be won.
    if groups.len() == list.len() {
        let most = sum(groups.iter().map(|group| group.max));
        check_mark(&table, "pass", &pass, most);
    }
    Some(ScoreTable { pass, groups })
}

fn group(resolver: &Resolver<'_>, value: &Value<'_>, inherited: &Inherited) -> Option<ScoreGroup> {
    let table = value.table()?;
    let inside = inherited.inside(&table);
    let id = table.need_word("id")?;
    id.check_id(table.file, '-');
    let max = table.need("max").and_then(|value| points(&value));
    let floor = mark(&table, "floor", &inside);
    let mut items = Vec::new();
    let list = table.list("item");
    for value in &list {
        if let Some(item) = item(resolver, value, &inside) {
            items.push(item);
        }
    }
    let label = table.need_text("label");
    note(&table);
    table.finish();
    let max = max?;
    // Without all items, nobody knows how many points can be won.
    if items.len() == list.len() {
        let total = sum(items.iter().map(|item| item.max));
        if total != max && !items.is_empty() {
            mismatch(&table, "max", max, total);
        }
        if let Some(floor) = &floor {
            check_mark(&table, "floor", floor, total);
        }
    }
    Some(ScoreGroup { id: id.text.to_owned(), label, max, floor, items })
}

fn item(resolver: &Resolver<'_>, value: &Value<'_>, inherited: &Inherited) -> Option<ScoreItem> {
    let table = value.table()?;
    let inside = inherited.inside(&table);
    let id = table.need_word("id")?;
    id.check_id(table.file, '-');
    let max = table.need("max").and_then(|value| points(&value));
    let label = table.need_text("label");
    let citation = inside.cite(&table);
    let limits = &limits(&table, &inside, resolver.names);
    let best = table.list("best");
    let scale = if best.is_empty() {
        scale(resolver, &table, &inside, limits)
    } else {
        let sides: Vec<Option<Side>> = best
            .iter()
            .map(|value| {
                let side = value.table()?;
                let inside = inside.inside(&side);
                let scale = scale(resolver, &side, &inside, limits);
                let label = side.text("label");
                side.word("id");
                side.finish();
                scale.map(|scale| Side { label, scale })
            })
            .collect();
        sides.into_iter().collect::<Option<Vec<Side>>>().map(Scale::Best)
    };
    table.finish();
    let (scale, max) = (scale?, max?);
    check_used(table.file, limits);
    let (_, most) = scale.reach();
    if most != max {
        mismatch(&table, "max", max, most);
    }
    Some(ScoreItem {
        id: id.text.to_owned(),
        label,
        max,
        limits: in_order(limits),
        scale,
        citation,
    })
}

fn scale(
    resolver: &Resolver<'_>,
    table: &Table<'_>,
    inherited: &Inherited,
    limits: &Limits,
) -> Option<Scale> {
    let file = table.file;
    let kinds = ["bands", "steps", "tally", "levels", "given"];
    let present: Vec<&'static str> =
        kinds.into_iter().filter(|kind| table.get(kind).is_some()).collect();
    let value = table.word("value");
    let cap = table.get("cap").and_then(|value| points(&value));
    let otherwise = table.get("otherwise").and_then(|value| points(&value));
    let [kind] = present.as_slice() else {
        file.sink.report(
            Diagnostic::new(
                Code::BodyCount,
                table.head(),
                format!("须恰有一种计分方式，却有 {} 种", present.len()),
                format!("exactly one scale is needed, found {}", present.len()),
            )
            .help(
                "bands、steps、tally、levels、best、given 之一",
                "one of bands, steps, tally, levels, best, given",
            ),
        );
        return None;
    };
    let measured = || -> Option<Measured> {
        let Some(word) = &value else {
            table.need("value");
            return None;
        };
        resolver.quantity(file, word, limits, None)
    };
    match *kind {
        "bands" => bands(resolver, table, inherited, measured()?),
        "steps" => {
            let measured = measured();
            let steps = table.get("steps")?.table()?;
            let each =
                steps.need("each").and_then(|value| limit(&value, "each", inherited, &steps));
            let won = steps.need("points").and_then(|value| points(&value));
            let cap = steps.need("cap").and_then(|value| points(&value));
            steps.finish();
            let (measured, each) = (measured?, each?);
            if !measured.unit.agrees(&each.unit) || !each.limit.value.is_positive() {
                let (a, b) = (measured.unit.words(), each.unit.words());
                file.sink.report(Diagnostic::new(
                    Code::UnitMismatch,
                    steps.head(),
                    format!("每级的单位“{}”与数值的单位“{}”不同，或不是正数", b.zh, a.zh),
                    format!(
                        "a step in {} does not fit a value in {}, or is not positive",
                        b.en, a.en
                    ),
                ));
                return None;
            }
            let head = steps.head();
            if stands_alone(file, &head, &measured.quantity)
                || !resolver.can_be_held_against(file, &head, &measured.quantity, &each.limit)
            {
                return None;
            }
            Some(Scale::Steps {
                value: measured.quantity,
                each: Box::new(each.limit),
                points: won?,
                cap: cap?,
            })
        }
        "tally" => {
            let entries = entries(resolver, table, "tally", limits);
            if cap.is_none() {
                table.need("cap");
            }
            Some(Scale::Tally { entries: entries?, cap: cap? })
        }
        "levels" => {
            let entries = entries(resolver, table, "levels", limits);
            if otherwise.is_none() {
                table.need("otherwise");
            }
            Some(Scale::Levels { entries: entries?, otherwise: otherwise? })
        }
        _ => {
            let word = table.word("given")?;
            match resolver.quantity(file, &word, limits, None)?.quantity {
                Quantity::Fact(fact) => Some(Scale::Given(fact)),
                _ => {
                    file.sink.report(Diagnostic::new(
                        Code::TypeMismatch,
                        word.span,
                        "“given”须为一个指标",
                        "`given` names one indicator",
                    ));
                    None
                }
            }
        }
    }
}

fn bands(
    resolver: &Resolver<'_>,
    table: &Table<'_>,
    inherited: &Inherited,
    measured: Measured,
) -> Option<Scale> {
    let file = table.file;
    let mut bands = Vec::new();
    let mut spans = Vec::new();
    let mut complete = true;
    for (index, value) in table.list("bands").iter().enumerate() {
        let Some(inner) = value.table() else { continue };
        let citation = inherited.inside(&inner).quiet(&inner);
        let name = format!("band-{}", index + 1);
        let is = inner.need_word("is");
        let read = is.as_ref().and_then(|word| edges(file, word, &name, &citation));
        let won = inner.need("points").and_then(|value| points(&value));
        inner.finish();
        let (Some(is), Some(read), Some(points)) = (is, read, won) else {
            complete = false;
            continue;
        };
        for (_, edge) in &read {
            if !edge.unit.agrees(&measured.unit) {
                let (a, b) = (measured.unit.words(), edge.unit.words());
                file.sink.report(Diagnostic::new(
                    Code::UnitMismatch,
                    is.span.clone(),
                    format!("档位的单位“{}”与数值的单位“{}”不同", b.zh, a.zh),
                    format!("a band in {} does not fit a value in {}", b.en, a.en),
                ));
                complete = false;
            } else {
                complete &=
                    resolver.can_be_held_against(file, &is.span, &measured.quantity, &edge.limit);
            }
        }
        spans.push(is.span);
        let edges = read.into_iter().map(|(operator, edge)| (operator, edge.limit)).collect();
        bands.push(Band { edges, points });
    }
    if complete {
        check_bands(resolver, table, &measured.quantity, &bands, &spans);
    }
    complete.then_some(Scale::Bands { value: measured.quantity, bands })
}

/// The entries, if all of them were understood.
fn entries(
    resolver: &Resolver<'_>,
    table: &Table<'_>,
    key: &'static str,
    limits: &Limits,
) -> Option<Vec<Entry>> {
    let mut complete = true;
    let mut entries: Vec<Entry> = Vec::new();
    for value in table.list(key) {
        let Some(inner) = value.table() else { continue };
        let id = inner.need_word("id");
        let label = inner.need_text("label");
        let when =
            inner.need_word("when").and_then(|word| resolver.condition(table.file, &word, limits));
        let won = inner.need("points").and_then(|value| points(&value));
        inner.finish();
        let (Some(id), Some(when), Some(points)) = (id, when, won) else {
            complete = false;
            continue;
        };
        id.check_id(table.file, '-');
        if entries.iter().any(|known| known.id == id.text) {
            duplicate(table.file.sink, id.text, id.span.clone(), None);
        }
        entries.push(Entry { id: id.text.to_owned(), label, when, points });
    }
    complete.then_some(entries)
}

fn mark(table: &Table<'_>, key: &'static str, inherited: &Inherited) -> Option<Mark> {
    let word = table.word(key)?;
    let citation = inherited.cite(table);
    let edges = edges(table.file, &word, key, &citation)?;
    let mark = match edges.as_slice() {
        [(operator @ (Operator::AtLeast | Operator::MoreThan), edge)] => {
            as_points(edge.limit.value).map(|points| (*operator, points))
        }
        _ => None,
    };
    let Some((operator, points)) = mark else {
        table.file.sink.report(
            Diagnostic::new(
                Code::BadQuantity,
                word.span,
                format!("“{}”不是分数线", word.text),
                format!("`{}` is not a mark to reach", word.text),
            )
            .help("写成 \">= 60 分\"", "write \">= 60 分\""),
        );
        return None;
    };
    Some(Mark { operator, points, citation })
}

fn check_mark(table: &Table<'_>, key: &'static str, mark: &Mark, most: Points) {
    if mark.operator.holds(most.cmp(&mark.points)) {
        return;
    }
    let span = table.get(key).map_or_else(|| table.head(), |value| value.span());
    table.file.sink.report(Diagnostic::new(
        Code::UnreachableMark,
        span,
        format!("最多 {} 分，达不到此线", shown(most)),
        format!("at most {} points can be won: the mark cannot be reached", shown(most)),
    ));
}

fn mismatch(table: &Table<'_>, key: &'static str, stated: Points, reached: Points) {
    let span = table.get(key).map_or_else(|| table.head(), |value| value.span());
    table.file.sink.report(Diagnostic::new(
        Code::PointsMismatch,
        span,
        format!("满分写的是 {} 分，而各档或各项最多 {} 分", shown(stated), shown(reached)),
        format!(
            "the stated maximum is {}, but at most {} can be won",
            shown(stated),
            shown(reached)
        ),
    ));
}

/// Groups are told apart by their ids, and so are the items of the whole table.
fn check_ids(groups: &[Value<'_>]) {
    let mut known: BTreeMap<(bool, String), Span> = BTreeMap::new();
    let mut check = |table: &Table<'_>, is_item: bool| {
        let Some(id) = table.get("id").and_then(|value| value.as_word()) else { return };
        if let Some(first) = known.insert((is_item, id.text.to_owned()), id.span.clone()) {
            duplicate(table.file.sink, id.text, id.span, Some(&first));
        }
    };
    for group in groups.iter().filter_map(Value::table) {
        check(&group, false);
        group.list("item").iter().filter_map(Value::table).for_each(|item| check(&item, true));
    }
}

fn shown(points: Points) -> String {
    enterprise::format_decimal(points.0, 100)
}

fn sum(points: impl Iterator<Item = Points>) -> Points {
    Points(points.map(|points| points.0).fold(0, i64::saturating_add))
}
