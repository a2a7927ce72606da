//! What an examination says of an installation that something was done to, and what a start refuses.

use operation::Weight::{Bad, Remark};
use operation::{Rescue, bring_back, rescue};

use crate::home::Home;

#[tokio::test]
async fn one_that_has_just_been_made_has_nothing_bad_but_each_office_has_one_holder_only() {
    for home in Home::each() {
        home.start().await.unwrap();
        let found = home.found().await;
        assert!(found.iter().all(|one| one.weight != Bad), "{found:?}");
        for office in ["administrator", "security officer", "auditor"] {
            assert_eq!(home.says(&format!("only one {office}")).await, Some(Remark), "{found:?}");
        }
        // And a second start opens it again.
        home.start().await.unwrap();
    }
}

#[tokio::test]
async fn an_office_without_anybody_who_can_sign_in_is_bad() {
    for home in Home::each() {
        home.start().await.unwrap();
        home.sql("UPDATE person SET password = NULL WHERE login = 'security'").await;
        assert_eq!(home.says("there is no security officer who can sign in").await, Some(Bad));
        home.sql("UPDATE membership SET state = 'ended' WHERE role = 'auditor'").await;
        assert_eq!(home.says("there is no auditor who can sign in").await, Some(Bad));
    }
}

#[tokio::test]
async fn keys_of_another_installation_are_refused_and_named() {
    let homes = Home::each();
    for home in &homes {
        home.start().await.unwrap();
    }
    let other = Home::each().remove(0);
    other.start().await.unwrap();
    for home in &homes {
        std::fs::copy(other.data().join("keys"), home.data().join("keys")).unwrap();
        let refused = home.start().await.unwrap_err();
        assert!(refused.what.en.contains("not that of this database"), "{refused:?}");
        assert_eq!(home.says("not that of this database").await, Some(Bad));
        let what = Rescue { password: true, second_factor: false };
        assert!(rescue(&home.config(), "admin", what).await.is_err());
    }
}

#[tokio::test]
async fn a_chain_without_its_end_is_bad() {
    for home in Home::each() {
        home.start().await.unwrap();
        home.sql("DELETE FROM audit_head").await;
        assert_eq!(home.says("nothing says which is the last").await, Some(Bad));
        let report = operation::verify_audit(&home.config(), |_, _| {}).await.unwrap();
        assert!(!report.is_clean());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_others_on_the_machine_can_get_at_is_bad_unless_the_folder_is_closed() {
    use std::os::unix::fs::PermissionsExt as _;
    let set = |path: &std::path::Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let home = Home::each().remove(0);
    home.start().await.unwrap();
    let file = home.data().join("tidu.db");
    set(&file, 0o644);
    assert_eq!(home.says("can get at").await, None, "the folder keeps others out");
    set(&home.data(), 0o755);
    let found = home.found().await;
    let open: Vec<&str> = found
        .iter()
        .filter(|one| one.what.en.contains("can get at"))
        .map(|one| one.help.en.as_str())
        .collect();
    let close = |path: &std::path::Path| format!("chmod go-rwx {}", path.display());
    assert_eq!(open, [close(&home.data()), close(&file)]);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_said_to_be_damaged_and_not_to_be_examined_again() {
    let home = Home::each().remove(0);
    home.start().await.unwrap();
    std::fs::write(home.data().join("tidu.db"), vec![0x5a; 8192]).unwrap();
    let found = home.found().await;
    let damaged = found.iter().find(|one| one.what.en.contains("cannot be read")).unwrap();
    assert!(damaged.help.en.contains("restore"), "{damaged:?}");
    assert!(
        !damaged.help.en.contains("doctor") && !damaged.help.zh.contains("doctor"),
        "{damaged:?}"
    );
}

#[tokio::test]
async fn a_restore_makes_nothing_of_what_is_no_backup() {
    for home in Home::each() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("junk.zip");
        std::fs::write(&file, "PK\u{3}\u{4} and nothing behind it").unwrap();
        for file in [file, folder.path().join("nothing.zip")] {
            let refused = bring_back(&home.config(), &file, &mut |_| {}).await;
            assert!(refused.is_err());
            assert!(!home.data().exists(), "{}", file.display());
        }
    }
}

#[tokio::test]
async fn every_trouble_is_told_in_one_language() {
    let home = Home::each().remove(0);
    let nothing = home.found().await;
    assert_eq!(nothing.len(), 1, "{nothing:?}");
    let zh = &nothing[0].what.zh.replace(&home.data().display().to_string(), "");
    assert!(zh.contains("这个文件夹里没有数据库"), "{zh}");
    assert!(!zh.contains("the ") && !zh.contains("database"), "{zh}");
    home.start().await.unwrap();
    std::fs::write(home.data().join("keys"), "tidu-keys-1\nseal").unwrap();
    let refused = home.start().await.unwrap_err();
    assert!(
        !refused.what.zh.contains("line") && refused.what.zh.contains("第 2 行"),
        "{}",
        refused.what.zh
    );
    assert!(refused.what.en.is_ascii(), "{}", refused.what.en);
}
