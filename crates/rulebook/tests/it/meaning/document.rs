//! Reads the pages of docs/meaning: sections with rule texts and tables. Knows nothing of rules.

/// A section: everything under one `##` heading.
#[derive(Debug, Default)]
pub(crate) struct Section {
    pub title: String,
    /// Fenced TOML texts: the path named behind `toml`, if any, and the text.
    pub rules: Vec<(Option<String>, String)>,
    pub tables: Vec<Table>,
}

#[derive(Debug, Default)]
pub(crate) struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Debug)]
pub(crate) struct Row {
    /// Line in the page, from 1.
    pub line: usize,
    pub cells: Vec<String>,
}

pub(crate) fn read(text: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut fence: Option<(Option<String>, String)> = None;
    let mut in_table = false;
    for (line, content) in (1..).zip(text.lines()) {
        let section = sections.last_mut().unwrap();
        if let Some((path, rules)) = &mut fence {
            if content.starts_with("```") {
                section.rules.push((path.take(), std::mem::take(rules)));
                fence = None;
            } else {
                rules.push_str(content);
                rules.push('\n');
            }
            continue;
        }
        if let Some(info) = content.strip_prefix("```") {
            let path = info.strip_prefix("toml").expect("only TOML is fenced").trim();
            fence = Some(((!path.is_empty()).then(|| path.to_owned()), String::new()));
        } else if let Some(title) = content.strip_prefix("## ") {
            sections.push(Section { title: title.trim().to_owned(), ..Section::default() });
        } else if content.starts_with('|') {
            let cells = cells(content);
            if !in_table {
                section.tables.push(Table { header: cells, rows: Vec::new() });
            } else if !cells.iter().all(|cell| cell.trim_matches([':', '-']).is_empty()) {
                let table = section.tables.last_mut().unwrap();
                assert_eq!(cells.len(), table.header.len(), "line {line}: cells in a row");
                table.rows.push(Row { line, cells });
            }
        }
        in_table = content.starts_with('|');
    }
    assert!(fence.is_none(), "a fence is never closed");
    sections
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    inner.split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect()
}

/// The parts of a cell that lists things; `—` and an empty cell list nothing.
pub(crate) fn parts(cell: &str) -> Vec<&str> {
    let parts = cell.split('；').map(str::trim);
    parts.filter(|part| !part.is_empty() && *part != "—").collect()
}
