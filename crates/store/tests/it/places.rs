//! Where a database lies, and who can get at it.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use store::{Place, Store};

use crate::bed::at;
use crate::world::NOON;

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn the_files_of_a_database_are_for_their_owner_whatever_the_folder_is_for() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let place = Place::folder(folder.path()).unwrap();
    let store = Store::open(&place).await.unwrap();
    store::migrate(&store, at(NOON)).await.unwrap();
    let files = place.files();
    assert_eq!(files.len(), 3);
    for file in &files {
        assert_eq!(mode(file), 0o600, "{}", file.display());
    }
    store.close().await.unwrap();
    // What is there is opened as it is, also by two at once.
    let (one, other) = tokio::join!(Store::open(&place), Store::open(&place));
    assert_eq!(store::version(&one.unwrap()).await.unwrap(), store::newest());
    assert_eq!(store::version(&other.unwrap()).await.unwrap(), store::newest());
}
