//! The population and the same rules as SQL in a folder, so that others can be timed on them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use arrow::array::RecordBatch;
use benchmark::{World, sql};
use enterprise::Text;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use super::case::broken;
use super::{SEED, files};
use crate::arguments::Bench;

pub(super) fn write(bench: &Bench, folder: &Path) -> Result<Text, Text> {
    let (Some(rows), Some(criteria)) = (bench.rows.first(), bench.criteria.first()) else {
        return Err(Text::new("没有户数或条件数", "no number of subjects or of criteria"));
    };
    // Somebody may keep results beside it.
    if folder.exists() {
        return Err(Text::new(
            format!("“{}”已存在，不覆盖；请另取一个名字", folder.display()),
            format!("`{}` exists and is not overwritten: choose another name", folder.display()),
        ));
    }
    let world = World::new(usize::try_from(*criteria).unwrap_or(usize::MAX), SEED)
        .ok_or_else(|| Text::new("生成的规则库不能使用", "the generated rulebook cannot be used"))?;
    fs::create_dir_all(folder).map_err(|error| broken(&error))?;
    files::write_population(&world, &folder.join("population.parquet"), *rows)?;
    table(&world, &folder.join("firms.parquet"), *rows)?;
    let query = sql::query(&world.law.plain, "firms");
    fs::write(folder.join("rules.sql"), query).map_err(|error| broken(&error))?;
    for (path, text) in world.law.sources.iter() {
        let path = folder.join("rulebook").join(&**path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| broken(&error))?;
        }
        fs::write(path, &**text).map_err(|error| broken(&error))?;
    }
    let folder = folder.display();
    Ok(Text::new(
        format!("已写入 {folder}：population.parquet、firms.parquet（SQL 用的表）、rules.sql、rulebook/"),
        format!("wrote {folder}: population.parquet, firms.parquet (the table for SQL), rules.sql, rulebook/"),
    ))
}

/// The population in stored units, with what its lists say, as SQL needs it.
fn table(world: &World, path: &Path, rows: u64) -> Result<(), Text> {
    let level = ZstdLevel::try_new(1).map_err(|error| broken(&error))?;
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
    let mut writer: Option<ArrowWriter<fs::File>> = None;
    for (number, start) in (0u64..).zip((0..rows).step_by(65_536)) {
        let part = usize::try_from((rows - start).min(65_536)).unwrap_or_default();
        for batch in world.part(number, part).map_err(|error| broken(&error))? {
            let Some(table) = sql::table(world, &batch) else { continue };
            let table: Arc<RecordBatch> = Arc::new(table);
            let writer = match &mut writer {
                Some(writer) => writer,
                None => {
                    let file = fs::File::create(path).map_err(|error| broken(&error))?;
                    let made =
                        ArrowWriter::try_new(file, table.schema(), Some(properties.clone()));
                    writer.insert(made.map_err(|error| broken(&error))?)
                }
            };
            writer.write(&table).map_err(|error| broken(&error))?;
        }
    }
    if let Some(writer) = writer {
        writer.close().map_err(|error| broken(&error))?;
    }
    Ok(())
}
