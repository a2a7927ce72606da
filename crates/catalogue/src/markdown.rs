//! Markdown by hand: only what the pages need, with everything escaped that a text could disturb.

/// A text as it reads, whatever signs it holds; on one line.
pub(crate) fn escape(text: &str) -> String {
    escape_inside(text.trim())
}

/// The same of a text that reads on: the blanks around it stay.
pub(crate) fn escape_inside(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '*' | '_' | '`' | '[' | ']' | '|' | '~' | '#' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // Alone it means itself; before a semicolon it could begin a sign's name.
            '&' if text.contains(';') => escaped.push_str("&amp;"),
            '\n' | '\r' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A text within a picture.
pub(crate) fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A stable id, as code.
pub(crate) fn code(id: &str) -> String {
    format!("`{}`", id.replace('`', "'").replace('|', "\\|"))
}

/// A place that links can lead to.
pub(crate) fn anchor(name: &str) -> String {
    format!("<a id=\"{}\"></a>", name.replace(['"', '<', '>', '&'], ""))
}

/// Lines within a table cell.
pub(crate) fn lines(lines: &[String]) -> String {
    lines.iter().filter(|line| !line.is_empty()).cloned().collect::<Vec<_>>().join("<br>")
}

/// A table; columns in which nothing stands are left out.
pub(crate) fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let used: Vec<bool> = (0..headings.len())
        .map(|at| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let cells: Vec<&str> =
            cells.zip(&used).filter(|(_, used)| **used).map(|(cell, _)| cell).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let mut text = line(&mut headings.iter().copied());
    text.push_str(&line(&mut headings.iter().map(|_| "---")));
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_markdown_lose_their_meaning() {
        assert_eq!(escape("< 80 % | *a*_b_"), "&lt; 80 % \\| \\*a\\*\\_b\\_");
    }

    #[test]
    fn an_empty_column_is_left_out() {
        let rows = [vec!["1".into(), String::new(), "2".into()]];
        assert_eq!(table(&["a", "b", "c"], &rows), "| a | c |\n| --- | --- |\n| 1 | 2 |\n");
    }
}
