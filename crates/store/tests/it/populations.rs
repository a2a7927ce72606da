//! Populations, which of them is in use, the screenings that were done, and the files that a backup takes along.

use std::io::Cursor;
use std::path::Path;

use crypto::{Digest as _, Sha256, Sm3};
use store::backup::{self, About};
use store::population::{self, Population};
use store::screening::{self, Screening};
use store::{Error, Store};

use crate::bed::{Bed, at, day, each, each_pair};
use crate::world::{NOON, somebody};

fn of(content: &[u8]) -> Population {
    let hash = crypto::hex(&Sha256.digest(&[content]));
    Population {
        id: 0,
        name: "2026 年 11 月底数".into(),
        file: format!("{hash}.parquet"),
        hash,
        bytes: content.len() as i64,
        subjects: 2,
        known_as_of: day("2026-11-20"),
        base_year: Some(2025),
        made_up: true,
        refused: 1,
        report: "[]".into(),
        by: None,
        at: at(NOON),
    }
}

async fn kept(bed: &Bed, content: &[u8]) -> i64 {
    bed.act(async |unit| population::keep(unit, &of(content)).await).await.unwrap()
}

#[test]
fn a_population_reads_back_as_it_was_and_is_kept_once() {
    each(async |bed| {
        let by = bed.act(async |unit| somebody(unit, "a").await).await.unwrap();
        let mut own = Population { by: Some(by), base_year: None, ..of(b"a") };
        own.id = bed.act(async |unit| population::keep(unit, &own).await).await.unwrap();
        let again = bed.act(async |unit| population::keep(unit, &of(b"a")).await).await;
        assert!(matches!(again, Err(Error::Taken(_))), "{again:?}");
        let other = Population { id: kept(bed, b"b").await, ..of(b"b") };
        let found = bed.look(async |unit| population::get(unit, own.id).await).await;
        assert_eq!(found.as_ref(), Some(&own));
        let found = bed.look(async |unit| population::by_hash(unit, &other.hash).await).await;
        assert_eq!(found.as_ref(), Some(&other));
        assert_eq!(bed.look(population::all).await, [other, own]);
        assert_eq!(bed.look(async |unit| population::get(unit, 99).await).await, None);
    });
}

#[test]
fn of_several_who_put_one_in_use_at_once_one_comes_through() {
    each(async |bed| {
        let first = kept(bed, b"a").await;
        let second = kept(bed, b"b").await;
        assert_eq!(bed.look(population::in_use).await, None);
        for population in [first, second] {
            let known = bed.look(population::in_use).await.map(|last| last.id);
            let mut putting = tokio::task::JoinSet::new();
            for _ in 0..4 {
                let store = bed.store.clone();
                putting.spawn(async move {
                    let unit = store.write().await?;
                    let put = population::put_in_use(&unit, population, known, None, at(NOON));
                    let id = put.await?;
                    // Long enough that the others have read what is in use.
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    unit.commit().await?;
                    Ok::<i64, Error>(id)
                });
            }
            let done = putting.join_all().await;
            let through = done.iter().filter(|one| one.is_ok()).count();
            let changed = done.iter().filter(|one| matches!(one, Err(Error::Changed))).count();
            assert_eq!((through, changed), (1, 3), "{done:?}");
        }
        let uses = bed.look(population::uses).await;
        let found: Vec<_> = uses.iter().map(|one| (one.population, one.previous)).collect();
        assert_eq!(found, [(second, Some(first)), (first, None)]);
        assert_eq!(bed.look(population::in_use).await.as_ref(), uses.first());
    });
}

#[test]
fn a_screening_reads_back_as_it_was() {
    each(async |bed| {
        let population = kept(bed, b"a").await;
        let done = |as_of: &str| Screening {
            id: 0,
            population,
            rulebook: "r".into(),
            semantics: 2,
            as_of: day(as_of),
            base_year: Some(2025),
            counts: "{}".into(),
            began: at(NOON),
            ended: at("2026-11-23T04:00:01.5Z"),
            job: Some(7),
        };
        let mut all = Vec::new();
        for as_of in ["2026-11-22", "2026-11-23"] {
            let mut one = done(as_of);
            one.id = bed.act(async |unit| screening::record(unit, &one).await).await.unwrap();
            all.insert(0, one);
        }
        assert_eq!(bed.look(async |unit| screening::newest(unit, 9).await).await, all);
        assert_eq!(bed.look(async |unit| screening::newest(unit, 1).await).await, all[..1]);
    });
}

async fn saved(store: &Store, folder: &Path) -> (Vec<u8>, backup::Manifest) {
    let mut file = Vec::new();
    let about = About { program: "0.1.0", at: at(NOON), digest: &Sm3, files: Some(folder) };
    let manifest = backup::write(store, &mut file, &about, &mut |_| {}).await.unwrap();
    (file, manifest)
}

#[test]
fn a_backup_takes_the_files_along_and_names_those_that_are_not_as_they_were() {
    each_pair(async |from, to| {
        let folder = tempfile::tempdir().unwrap();
        let large: Vec<u8> = (0..=255).cycle().take(300_000).collect();
        for content in [large.as_slice(), b"altered", b"gone"] {
            if from.look(population::all).await.len() < 3 {
                kept(from, content).await;
            }
            std::fs::write(folder.path().join(of(content).file), content).unwrap();
        }
        std::fs::write(folder.path().join(of(b"altered").file), b"Altered").unwrap();
        std::fs::remove_file(folder.path().join(of(b"gone").file)).unwrap();
        let (file, manifest) = saved(from, folder.path()).await;
        assert_eq!(manifest.missing, [of(b"gone").file, of(b"altered").file]);
        let names: Vec<_> = manifest.files.iter().map(|one| one.name.clone()).collect();
        assert_eq!(names, [of(&large).file]);

        let target = tempfile::tempdir().unwrap();
        let place = target.path().join("populations");
        let restore = async |file: &[u8]| {
            backup::restore(&to.store, Cursor::new(file), &place, at(NOON), &mut |_| {}).await
        };
        // A bit of the file, which is not packed in the ZIP.
        let middle = file.windows(256).position(|part| part == &large[..256]).unwrap() + 100_000;
        let mut changed = file.clone();
        changed[middle] ^= 1;
        let refused = restore(&changed).await.unwrap_err();
        assert!(matches!(refused, backup::Error::Altered { .. }), "{refused:?}");
        assert_eq!(std::fs::read_dir(&place).unwrap().count(), 0);

        restore(&file).await.unwrap();
        assert_eq!(std::fs::read(place.join(of(&large).file)).unwrap(), large);
        assert_eq!(std::fs::read_dir(&place).unwrap().count(), 1);
        assert_eq!(to.look(population::all).await.len(), 3);
    });
}
