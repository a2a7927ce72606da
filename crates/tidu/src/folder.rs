//! A folder of rule files from disk: only `.toml`, nothing hidden, bounded in depth, number and
//! size. What the files mean is not known here.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use enterprise::Text;
use rulebook::{LARGEST_FILE, Sources, Unreadable};

/// The file that every rulebook has at its root.
const ROOT: &str = "rulebook.toml";
const DEEPEST: usize = 8;
const MOST_FILES: usize = 10_000;

/// Reads the rule files below `folder`.
///
/// A file that cannot be read is kept as such: the compiler reports it with all other problems.
///
/// # Errors
/// In words for people: what could not be read, and why.
pub(crate) fn read(folder: &Path) -> Result<Sources, Text> {
    if !folder.join(ROOT).is_file()
        && let Some(root) = root_above(folder)
    {
        return Err(Text::new(
            format!("“{}”只是规则库的一部分；请写规则库的根：{}", folder.display(), root.display()),
            format!(
                "`{}` is only a part of a rulebook; name its root: {}",
                folder.display(),
                root.display()
            ),
        ));
    }
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    walk(folder, "", 0, &mut seen, &mut found)?;
    if found.is_empty() {
        return Err(Text::new(
            format!("“{}”里没有规则文件（*.toml）", folder.display()),
            format!("there are no rule files (*.toml) in `{}`", folder.display()),
        ));
    }
    let mut sources = Sources::default();
    for (path, file) in found {
        match text_of(&file) {
            Ok(text) => sources.add(&path, text),
            Err(unreadable) => sources.add_unreadable(&path, unreadable),
        }
    }
    Ok(sources)
}

/// The rule files at `path`: itself if it is a file, else those below it.
///
/// # Errors
/// In words for people: what could not be read, and why.
pub(crate) fn rule_files(path: &Path) -> Result<Vec<PathBuf>, Text> {
    let metadata = fs::metadata(path).map_err(|error| cannot_read(path, &error))?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    walk(path, "", 0, &mut BTreeSet::new(), &mut found)?;
    Ok(found.into_iter().map(|(_, file)| file).collect())
}

fn walk(
    folder: &Path,
    below: &str,
    depth: usize,
    seen: &mut BTreeSet<PathBuf>,
    found: &mut Vec<(String, PathBuf)>,
) -> Result<(), Text> {
    let unreadable = |error: io::Error| cannot_read(folder, &error);
    if depth > DEEPEST {
        return Err(Text::new(
            format!("“{}”超过 {DEEPEST} 层文件夹", folder.display()),
            format!("`{}` lies more than {DEEPEST} folders deep", folder.display()),
        ));
    }
    // A link that leads back up would never end.
    if !seen.insert(folder.canonicalize().map_err(unreadable)?) {
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?);
    }
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let file_name = entry.file_name();
        let name = file_name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let path = if below.is_empty() { name.to_string() } else { format!("{below}/{name}") };
        // What is no folder and cannot be read either, like a link to nothing, is told with its text.
        if fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir()) {
            walk(&entry.path(), &path, depth + 1, seen, found)?;
        } else if is_toml(&name) {
            if found.len() == MOST_FILES {
                return Err(Text::new(
                    format!("“{}”等处的规则文件超过 {MOST_FILES} 个", folder.display()),
                    format!(
                        "there are more than {MOST_FILES} rule files at `{}`",
                        folder.display()
                    ),
                ));
            }
            found.push((path, entry.path()));
        }
    }
    Ok(())
}

/// In whatever letters: the compiler says what is wrong with capital ones.
fn is_toml(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, kind)| kind.eq_ignore_ascii_case("toml"))
}

/// The rulebook that `path` lies in, if it is not its root.
fn root_above(path: &Path) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    let is_root = |folder: &&Path| folder.join(ROOT).is_file();
    path.ancestors().skip(1).find(is_root).map(Path::to_owned)
}

/// The text of a file; of one that is too large, just enough for the compiler to say so.
///
/// # Errors
/// Why it cannot be read, and how far it could be.
pub(crate) fn text_of(file: &Path) -> Result<String, Unreadable> {
    let failed = |error: io::Error| {
        Unreadable::whole(Text::new(
            format!("无法读取：{error}"),
            format!("cannot be read: {error}"),
        ))
    };
    // Asked before it is opened: opening a pipe waits for somebody to write into it.
    if !fs::metadata(file).map_err(failed)?.is_file() {
        return Err(Unreadable::whole(Text::new("不是普通文件", "is no regular file")));
    }
    let mut bytes = Vec::new();
    let most = LARGEST_FILE as u64 + 1;
    File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() > LARGEST_FILE {
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        while text.len() <= LARGEST_FILE {
            text.push(' ');
        }
        return Ok(text);
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(&error))
}

fn not_utf8(error: &FromUtf8Error) -> Unreadable {
    let (read, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
    let line = read.iter().filter(|byte| **byte == b'\n').count() + 1;
    let mut text = shown(read);
    let at = text.len();
    text.push_str(&shown(rest));
    Unreadable {
        reason: Text::new(
            format!("第 {line} 行起不是 UTF-8 文本，请另存为 UTF-8"),
            format!("is not UTF-8 text from line {line} on; save it as UTF-8"),
        ),
        text,
        at,
    }
}

/// Bytes as text without control characters: they would end up on the terminal.
fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.replace(|c: char| c.is_control() && c != '\n' && c != '\t', " ")
}

pub(crate) fn cannot_read(path: &Path, error: &io::Error) -> Text {
    Text::new(
        format!("无法读取“{}”：{error}", path.display()),
        format!("cannot read `{}`: {error}", path.display()),
    )
}
