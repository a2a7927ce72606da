//! What is wrong with a question, in both languages, with SQL's own words and the nearest name.

use datafusion::common::SchemaError;
use datafusion::error::DataFusionError;
use enterprise::{Text, nearest};

use super::tables::{Kind, Table};
use crate::failure::about_damage;

pub(super) fn explain(error: &DataFusionError, tables: &[Table]) -> Text {
    if let Some(text) = about_damage(error.find_root()) {
        return text;
    }
    let said = said(error);
    match root(error) {
        DataFusionError::SchemaError(inner, _) => match inner.as_ref() {
            SchemaError::FieldNotFound { field, valid_fields } => {
                let known = valid_fields.iter().map(|known| known.name.as_str());
                no_column(&field.name, nearest(&field.name, known), &said)
            }
            _ => wrong(&said),
        },
        DataFusionError::SQL(..) => {
            Text::new(format!("SQL 写法有误：{said}"), format!("this is no SQL: {said}"))
        }
        DataFusionError::ResourcesExhausted(_) => Text::new(
            format!("内存不够，请缩小查询范围：{said}"),
            format!("out of memory; ask for less: {said}"),
        ),
        _ => match missing_table(&said) {
            Some(wanted) => no_table(&wanted, tables, &said),
            None if said.contains("not supported") && forbidden(&said) => Text::new(
                format!("只能查询，不能改动或写文件；写文件用 -o（{said}）"),
                format!("queries are read only; write files with -o ({said})"),
            ),
            None if said.contains("single SQL statement") => Text::new(
                "一次只能问一个查询；请去掉多余的分号",
                "one question at a time; take the other statements out",
            ),
            None => wrong(&said),
        },
    }
}

/// The error without what surrounds it.
fn root(error: &DataFusionError) -> &DataFusionError {
    match error {
        DataFusionError::Diagnostic(_, inner) | DataFusionError::Context(_, inner) => root(inner),
        DataFusionError::Collection(errors) => errors.first().map_or(error, root),
        _ => error,
    }
}

fn said(error: &DataFusionError) -> String {
    let said = root(error).strip_backtrace();
    let first = said.lines().next().unwrap_or_default();
    let kinds = ["Error during planning: ", "Schema error: ", "SQL error: ", "Execution error: "];
    let plain = kinds.iter().find_map(|kind| first.strip_prefix(kind)).unwrap_or(first);
    match plain.strip_prefix("ParserError(\"").and_then(|rest| rest.strip_suffix("\")")) {
        Some(inner) => inner.to_owned(),
        None => plain.to_owned(),
    }
}

fn wrong(said: &str) -> Text {
    Text::new(format!("查询有误：{said}"), format!("the query is wrong: {said}"))
}

fn no_column(name: &str, near: Option<&str>, said: &str) -> Text {
    match near {
        Some(near) => Text::new(
            format!("没有“{name}”这一列；是不是“{near}”？"),
            format!("there is no column `{name}`; did you mean `{near}`?"),
        ),
        None => Text::new(
            format!("没有“{name}”这一列（{said}）"),
            format!("there is no column `{name}` ({said})"),
        ),
    }
}

fn missing_table(said: &str) -> Option<String> {
    let name = said.strip_prefix("table '")?.strip_suffix("' not found")?;
    let own = name.strip_prefix("datafusion.").unwrap_or(name);
    Some(own.strip_prefix("public.").unwrap_or(own).to_owned())
}

fn no_table(wanted: &str, tables: &[Table], said: &str) -> Text {
    let names: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    if names.is_empty() {
        return wrong(said);
    }
    let several = match wanted {
        "population" => Some(Kind::Population),
        "result" | "verdicts" => Some(Kind::Result),
        _ => None,
    };
    let of_kind = tables.iter().filter(|table| Some(table.kind) == several);
    let of_kind: Vec<&str> = of_kind.map(|table| table.name.as_str()).collect();
    if of_kind.len() > 1 {
        return ambiguous(wanted, &of_kind);
    }
    match nearest(wanted, names.iter().copied()) {
        Some(near) => Text::new(
            format!("没有“{wanted}”这个表；是不是“{near}”？"),
            format!("there is no table `{wanted}`; did you mean `{near}`?"),
        ),
        None => Text::new(
            format!("没有“{wanted}”这个表；可用：{}", names.join("、")),
            format!("there is no table `{wanted}`; there are: {}", names.join(", ")),
        ),
    }
}

/// A table that there is only where it is clear whose it is.
fn ambiguous(wanted: &str, files: &[&str]) -> Text {
    let (zh, en) = (files.join("、"), files.join(", "));
    let mut text = Text::new(
        format!("有 {} 个同类文件，“{wanted}”不知指哪一个；请用文件名：{zh}", files.len()),
        format!("`{wanted}` could be any of {} files; name the one you mean: {en}", files.len()),
    );
    if wanted == "verdicts" {
        text = Text::new(
            format!("有 {} 个筛查结果，“verdicts”不知指哪一个；请一次只查询一个结果", files.len()),
            format!(
                "`verdicts` could be of any of {} results; ask them one at a time",
                files.len()
            ),
        );
    }
    text
}

fn forbidden(said: &str) -> bool {
    ["DDL", "DML", "Statement"].iter().any(|kind| said.starts_with(kind))
}
