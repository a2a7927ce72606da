//! Tables for Excel, as text: UTF-8 with the mark by which Excel knows it, and no cell that Excel would work out.

/// A table with a heading.
pub(crate) struct Sheet(String);

impl Sheet {
    pub fn new(heading: &[String]) -> Self {
        let mut sheet = Self("\u{feff}".to_owned());
        sheet.row(heading);
        sheet
    }

    pub fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        let line: Vec<String> = cells.iter().map(|cell| escaped(cell.as_ref())).collect();
        self.0.push_str(&line.join(","));
        self.0.push_str("\r\n");
    }

    pub fn finish(self) -> String {
        self.0
    }
}

/// A cell that begins like a formula gets an apostrophe, which Excel takes for "this is text".
fn escaped(cell: &str) -> String {
    let formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    let guarded = if formula && cell != "-" { format!("'{cell}") } else { cell.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r', '\'']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let table = [
            ("张三", "张三"),
            ("a,b", "\"a,b\""),
            ("he said \"no\"", "\"he said \"\"no\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            (" @SUM(A1)", "\"' @SUM(A1)\""),
            ("+86 532", "\"'+86 532\""),
            ("-2", "\"'-2\""),
            ("-", "-"),
            ("\t=1", "\"'\t=1\""),
            ("＝1", "\"'＝1\""),
            ("two\nlines", "\"two\nlines\""),
        ];
        for (cell, expected) in table {
            assert_eq!(escaped(cell), expected, "{cell:?}");
        }
        let mut sheet = Sheet::new(&["a".into()]);
        sheet.row(&["1"]);
        assert_eq!(sheet.finish(), "\u{feff}a\r\n1\r\n");
    }
}
