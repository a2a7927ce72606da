//! A rulebook as one piece of bytes: a ZIP of its files, as people bring it and as it is kept.

use std::io::{Cursor, Read as _, Write as _};

use rulebook::{LARGEST_FILE, Sources};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::refusal::Refusal;

/// More files than any rulebook has.
const MOST_FILES: usize = 10_000;
/// More bytes than all files of a rulebook have together.
const MOST_BYTES: u64 = 64 << 20;

/// Puts files together. The same files always give the same bytes.
pub(super) fn pack(sources: &Sources) -> Result<Vec<u8>, Refusal> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (path, text) in sources.iter() {
        zip.start_file(&**path, options).map_err(Refusal::broken)?;
        zip.write_all(text.as_bytes()).map_err(Refusal::broken)?;
    }
    Ok(zip.finish().map_err(Refusal::broken)?.into_inner())
}

/// Takes apart what somebody brought: only rule files, within limits; a folder around all of them is left out.
pub(super) fn unpack(bytes: &[u8]) -> Result<Sources, Refusal> {
    let refused = |zh: &str, en: &str| Refusal::invalid("file", zh, en);
    let not_a_zip = |_| {
        refused(
            "这不是 ZIP 文件；请把规则库文件夹压缩成 ZIP 后上传",
            "not a ZIP file: compress the folder of the rulebook",
        )
    };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(not_a_zip)?;
    if zip.len() > MOST_FILES {
        return Err(refused("文件太多，不像规则库", "too many files for a rulebook"));
    }
    let mut files = Vec::new();
    let mut total = 0u64;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).map_err(not_a_zip)?;
        let Some(path) = entry.enclosed_name() else {
            return Err(refused("文件名含有 “..” 或绝对路径", "a name leads outside the folder"));
        };
        let path = path.to_string_lossy().replace('\\', "/");
        let hidden = path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        if entry.is_dir() || hidden || !path.ends_with(".toml") {
            continue;
        }
        // What really comes out counts, not what the entry says of itself.
        let mut text = String::new();
        let most = LARGEST_FILE as u64;
        let read = (&mut entry).take(most + 1).read_to_string(&mut text).map_err(|_| {
            Refusal::invalid(
                "file",
                format!("“{path}”不是 UTF-8 文本或已损坏"),
                format!("`{path}` is damaged or not UTF-8"),
            )
        })?;
        total += read as u64;
        if read as u64 > most || total > MOST_BYTES {
            return Err(refused("文件太大，不像规则库", "too large for a rulebook"));
        }
        files.push((path, text));
    }
    let around = files
        .iter()
        .find_map(|(path, _)| path.strip_suffix("rulebook.toml"))
        .filter(|around| files.iter().all(|(path, _)| path.starts_with(around)))
        .map(str::to_owned);
    let Some(around) = around else {
        return Err(refused(
            "没有找到规则库的根文件 rulebook.toml",
            "there is no `rulebook.toml`, the root of a rulebook",
        ));
    };
    let mut sources = Sources::default();
    for (path, text) in files {
        sources.add(path.strip_prefix(&around).unwrap_or(&path), text);
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Sources {
        let mut sources = Sources::default();
        sources.add("rulebook.toml", "a = 1\n");
        sources.add("programmes/x.toml", "b = 2\n");
        sources
    }

    fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, text) in files {
            zip.start_file(*path, SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_was_packed_comes_out_with_the_same_hash() {
        let packed = pack(&two()).unwrap();
        assert_eq!(unpack(&packed).unwrap().hash(), two().hash());
        assert_eq!(pack(&two()).unwrap(), packed);
    }

    #[test]
    fn a_folder_around_and_what_is_no_rule_file_are_left_out() {
        let packed = zipped(&[
            ("规则库/rulebook.toml", "a = 1\n"),
            ("规则库/programmes/x.toml", "b = 2\n"),
            ("规则库/README.md", "no"),
            ("规则库/.git/config.toml", "no"),
        ]);
        assert_eq!(unpack(&packed).unwrap().hash(), two().hash());
    }

    #[test]
    fn what_is_no_rulebook_is_refused_in_words() {
        for bytes in [
            b"no zip".to_vec(),
            zipped(&[("x.toml", "a = 1")]),
            zipped(&[("../rulebook.toml", "a = 1")]),
        ] {
            assert!(matches!(unpack(&bytes), Err(Refusal::Invalid(_))));
        }
        let bomb = "x".repeat(LARGEST_FILE + 1);
        assert!(matches!(unpack(&zipped(&[("rulebook.toml", &bomb)])), Err(Refusal::Invalid(_))));
    }
}
