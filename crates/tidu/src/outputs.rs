//! Which files a command writes, looked at before any work begins: each is of a kind that the command
//! writes, can be written, and takes the place of no input, of no other output and, unless that is asked
//! for, of no file that somebody works with.

use std::fs;
use std::path::{Path, PathBuf};

use enterprise::Text;

use crate::file::Draft;

/// The files that a command reads and writes.
#[derive(Default)]
pub(crate) struct Outputs<'a> {
    inputs: Vec<&'a Path>,
    outputs: Vec<(&'a Path, &'static [&'static str])>,
}

impl<'a> Outputs<'a> {
    /// Nothing is written yet, and these files are read.
    pub fn beside(inputs: impl IntoIterator<Item = &'a PathBuf>) -> Self {
        Self { inputs: inputs.into_iter().map(PathBuf::as_path).collect(), outputs: Vec::new() }
    }

    /// A file is written, if it is wanted; its name ends in one of `kinds`.
    pub fn and(mut self, path: Option<&'a PathBuf>, kinds: &'static [&'static str]) -> Self {
        self.outputs.extend(path.map(|path| (path.as_path(), kinds)));
        self
    }

    /// Whether all of them may be written; with `force`, also where files are that nobody reads.
    ///
    /// # Errors
    /// The first that may not, and what to do.
    pub fn check(&self, force: bool) -> Result<(), Text> {
        for (index, (output, kinds)) in self.outputs.iter().enumerate() {
            if !ends_in(output, kinds) {
                return Err(other_kind(output, kinds));
            }
            let place = place(output);
            for input in &self.inputs {
                self.apart(output, &place, input)?;
            }
            let earlier = self.outputs.iter().take(index).map(|(earlier, _)| *earlier);
            if let Some(same) = earlier.into_iter().find(|earlier| self::place(earlier) == place) {
                return Err(twice(same, output));
            }
            if !force && fs::symlink_metadata(output).is_ok() && !place.is_dir() {
                return Err(exists(output));
            }
        }
        // What can be written shows when it is tried.
        let drafts = self.outputs.iter().map(|(output, _)| Draft::of(output));
        drafts.collect::<Result<Vec<_>, _>>()?.iter().try_for_each(Draft::try_out)
    }

    /// Whether an output and an input are different files.
    fn apart(&self, output: &Path, place: &Path, input: &Path) -> Result<(), Text> {
        let Ok(read) = input.canonicalize() else { return Ok(()) };
        if read == place {
            return Err(is_read(output, input));
        }
        if !read.is_dir() {
            return Ok(());
        }
        let entries = fs::read_dir(&read).into_iter().flatten().flatten();
        let mut files =
            entries.map(|entry| entry.path()).filter(|path| ends_in(path, &["parquet"]));
        if files.any(|file| self::place(&file) == place) {
            return Err(is_read(output, input));
        }
        // The next time, it would be one of the files of the folder.
        if place.parent() == Some(read.as_path()) && ends_in(place, &["parquet"]) {
            return Err(within(output, input));
        }
        Ok(())
    }
}

/// Whether a file is of one of the kinds, by its name.
pub(crate) fn ends_in(path: &Path, kinds: &[&str]) -> bool {
    path.extension().is_some_and(|found| kinds.iter().any(|kind| found.eq_ignore_ascii_case(kind)))
}

/// Where a file stands or will stand, whatever way it was named.
pub(crate) fn place(path: &Path) -> PathBuf {
    if let Ok(known) = path.canonicalize() {
        return known;
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

fn other_kind(path: &Path, kinds: &[&str]) -> Text {
    let path = path.display();
    let dotted: Vec<String> = kinds.iter().map(|kind| format!(".{kind}")).collect();
    let listed = |comma: &str, or: &str| match dotted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{}{or}{last}", others.join(comma)),
        None => String::new(),
    };
    Text::new(
        format!("输出文件“{path}”须以 {} 结尾", listed("、", " 或 ")),
        format!("the file to write, `{path}`, must end in {}", listed(", ", " or ")),
    )
}

fn is_read(output: &Path, input: &Path) -> Text {
    let (output, input) = (output.display().to_string(), input.display().to_string());
    let (zh, en) = match output == input {
        true => ("文件".to_owned(), String::new()),
        false => (format!("“{input}”"), format!(" (`{input}`)")),
    };
    Text::new(
        format!("输出文件“{output}”就是要读的{zh}，不能覆盖；请另取一个名字"),
        format!(
            "the file to write, `{output}`, is to be read{en} and is not overwritten: choose another name"
        ),
    )
}

fn within(output: &Path, folder: &Path) -> Text {
    let (output, folder) = (output.display(), folder.display());
    Text::new(
        format!("输出文件“{output}”在要读的文件夹“{folder}”里，下次会被当作其中的数据；请写到别处"),
        format!(
            "the file to write, `{output}`, lies in the folder `{folder}`, which is read, and would be taken for a part of it the next time: write it elsewhere"
        ),
    )
}

fn twice(one: &Path, other: &Path) -> Text {
    let (one, other) = (one.display(), other.display());
    Text::new(
        format!("“{one}”和“{other}”是同一个文件，请分别取名"),
        format!("`{one}` and `{other}` are the same file: give each a name of its own"),
    )
}

fn exists(path: &Path) -> Text {
    let path = path.display();
    Text::new(
        format!("“{path}”已存在，不覆盖；请另取一个名字，或加 --force 替换它"),
        format!(
            "`{path}` exists and is not overwritten: choose another name, or add --force to replace it"
        ),
    )
}
