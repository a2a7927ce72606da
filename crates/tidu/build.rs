//! Embeds the rulebook of this repository, so that the program answers without any file at hand.
//! Takes the same files that the reader of folders takes: `.toml`, nothing hidden.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let crate_folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let folder = crate_folder.join("../../rulebook");
    let mut files = BTreeMap::new();
    walk(&folder, "", &mut files)?;
    let mut table = String::from("pub(crate) const FILES: &[(&str, &str)] = &[\n");
    for (path, file) in &files {
        let file = file.canonicalize()?;
        // Writing to a string cannot fail.
        let _ = writeln!(table, "    ({path:?}, include_str!({:?})),", file.display().to_string());
    }
    table.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("embedded.rs"), table)
}

fn walk(folder: &Path, below: &str, files: &mut BTreeMap<String, PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &path, files)?;
        } else if name.ends_with(".toml") {
            println!("cargo::rerun-if-changed={}", entry.path().display());
            files.insert(path, entry.path());
        }
    }
    Ok(())
}
