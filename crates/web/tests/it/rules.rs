//! The law of this repository, for tests within the crate and beside it.

/// The rulebook of this repository.
pub fn rules() -> rulebook::Sources {
    let mut sources = rulebook::Sources::default();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rulebook");
    gather(std::path::Path::new(folder), "", &mut sources);
    sources
}

fn gather(folder: &std::path::Path, before: &str, into: &mut rulebook::Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let inside = if before.is_empty() { name } else { format!("{before}/{name}") };
        if path.is_dir() {
            gather(&path, &inside, into);
        } else if inside.ends_with(".toml") {
            into.add(&inside, std::fs::read_to_string(&path).unwrap());
        }
    }
}
