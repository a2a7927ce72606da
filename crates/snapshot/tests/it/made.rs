//! A made-up city of the rulebook of this repository.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use city::{Profile, Wish};
use jiff::civil::Date;
use population::Writer;
use rules::{Question, Rulebook};
use snapshot::{City, Snapshot};

pub const DAY: Date = Date::constant(2026, 11, 22);

pub struct Made {
    pub rulebook: Rulebook,
    pub city: City,
}

pub static MADE: LazyLock<Made> = LazyLock::new(|| {
    let rulebook = rulebook();
    let snapshot = Arc::new(snapshot(&rulebook, 700));
    let city = City::screen(snapshot, &rulebook, &Question::on(DAY), 2);
    Made { rulebook, city }
});

fn rulebook() -> Rulebook {
    let mut sources = rulebook::Sources::default();
    add(&mut sources, &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook"), "");
    let compiled = rulebook::compile(&sources);
    assert!(compiled.is_usable());
    compiled.rulebook
}

fn add(sources: &mut rulebook::Sources, folder: &Path, name: &str) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            add(sources, &path, &format!("{name}/"));
        } else if name.ends_with(".toml") {
            sources.add(&name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn snapshot(rulebook: &Rulebook, entities: u64) -> Snapshot {
    let wish = Wish {
        entities,
        seed: 7,
        as_of: DAY,
        base_year: 2025,
        stratified: true,
        titles: rulebook.programmes.iter().map(|one| one.id.clone()).collect(),
        edges: Vec::new(),
    };
    let catalogue = Arc::new(rulebook.catalogue.clone());
    let city = city::City::new(Profile::built_in().unwrap(), catalogue, &wish).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("city.parquet");
    let shape = city.shape();
    let says = [("tidu.synthetic".to_owned(), "true".to_owned())];
    let mut writer = Writer::create(&path, &shape, says).unwrap();
    for first in (0..entities).step_by(256) {
        let (batch, _) = city.batch(&shape, first, 256).unwrap();
        writer.write(&batch).unwrap();
    }
    writer.finish().unwrap();
    Snapshot::read(&path, &rulebook.catalogue).unwrap()
}
