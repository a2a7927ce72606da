//! Places of rule files where something else can be written: numbers, dates, labels, edges.

use crate::books::Files;

/// A place in a file and what is written there instead.
#[derive(Debug, Clone)]
pub struct Edit {
    pub file: String,
    pub at: usize,
    pub length: usize,
    pub instead: String,
}

/// What a rulebook does not hold: names of definitions, their days and versions, remarks on events
/// and materials, which indicators describe a subject.
const BESIDE: [(&str, &[&str]); 3] = [
    ("definitions/", &["label = { zh = \"共用\"", "label = { zh = \"划型\"", "version", "from ="]),
    ("indicators/", &["profile"]),
    ("rulebook.toml", &["format"]),
];

impl Edit {
    /// The files with this edit.
    pub fn of(&self, files: &Files) -> Files {
        let mut files = files.clone();
        let text = files.get_mut(&self.file).unwrap();
        text.replace_range(self.at..self.at + self.length, &self.instead);
        files
    }

    /// What stood there.
    pub fn was(&self, files: &Files) -> String {
        files[&self.file][self.at..self.at + self.length].to_owned()
    }

    /// Whether no rule can tell.
    pub fn is_beside_the_rules(&self, files: &Files) -> bool {
        let text = &files[&self.file];
        let line = text[..self.at].matches('\n').count();
        let line = text.lines().nth(line).unwrap_or_default();
        BESIDE.iter().any(|(folder, starts)| {
            self.file.starts_with(folder) && starts.iter().any(|start| line.starts_with(start))
        })
    }
}

/// Every value of a file with another one of its kind: numbers and dates moved, texts reworded, edges
/// and flags turned.
pub fn edits(file: &str, text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut add = |at: usize, length: usize, instead: String| {
        edits.push(Edit { file: file.to_owned(), at, length, instead });
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let here = start;
        start += line.len();
        if line.trim_start().starts_with('#') {
            continue;
        }
        for (at, length) in numbers(line) {
            let number: u64 = line[at..at + length].parse().unwrap_or(0);
            add(here + at, length, (number + 1).to_string());
        }
        for (key, more) in [("zh = \"", "改"), ("en = \"", "changed ")] {
            for (found, _) in line.match_indices(key) {
                add(here + found + key.len(), 0, more.to_owned());
            }
        }
        let turned = [(">=", ">"), ("<=", "<"), ("true", "false"), ("\"new\"", "\"yearly\"")];
        for (from, to) in turned {
            for (found, _) in line.match_indices(from) {
                add(here + found, from.len(), to.to_owned());
            }
        }
    }
    edits
}

/// Whole numbers that stand alone, with their lengths.
fn numbers(line: &str) -> Vec<(usize, usize)> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
        let alone = !before.is_ascii_alphanumeric() && !matches!(before, b'_' | b'.' | b'-');
        if bytes[at].is_ascii_digit() && alone {
            let length = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            found.push((at, length));
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// The numbers of all named thresholds of programmes, each moved by one.
pub fn thresholds(files: &Files) -> Vec<Edit> {
    let mut all = Vec::new();
    for (file, text) in files.iter().filter(|(file, _)| file.starts_with("programmes/")) {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if line.starts_with("limits") {
                for (key, _) in line.match_indices(" = \"") {
                    let at = key + " = \"".len();
                    let digits = line[at..].bytes().take_while(u8::is_ascii_digit).count();
                    let Ok(number) = line[at..at + digits].parse::<u64>() else { continue };
                    // `1.5 倍` is left alone.
                    if line[at + digits..].starts_with('.') {
                        continue;
                    }
                    all.push(Edit {
                        file: file.clone(),
                        at: start + at,
                        length: digits,
                        instead: (number + 1).to_string(),
                    });
                }
            }
            start += line.len();
        }
    }
    all
}
