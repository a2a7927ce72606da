//! The commands around the platform: first and second start, backup and restore across engines, examination, the
//! audit file altered by a byte, settings that are wrong.

use std::process::Output;

use super::process::{Home, Process, tidu, try_to_sign_in};

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn the_first_start_shows_passwords_once_and_the_second_none() {
    for home in Home::each() {
        let first = Process::start(&home);
        for login in ["admin", "security", "auditor"] {
            assert!(first.said.contains(&format!("  {login}")), "{}", first.said);
        }
        assert_eq!(first.stop(), Some(0));
        let second = Process::start(&home);
        assert!(!second.said.contains("  admin"), "{}", second.said);
        assert_eq!(second.stop(), Some(0));
        let log = std::fs::read_to_string(home.path("log")).unwrap();
        assert!(!log.contains("panicked"), "{log}");
    }
}

#[test]
fn a_backup_of_a_running_platform_is_restored_into_every_engine() {
    for from in Home::each() {
        let process = Process::start(&from);
        for number in 0..5 {
            assert!(try_to_sign_in(&process.url, &format!("nobody-{number}")));
        }
        let file = from.path("backup.zip");
        let file_name = file.display().to_string();
        let backup = tidu(&from, &["backup", "-o", &file_name, "--lang", "en"]).output().unwrap();
        assert_eq!(backup.status.code(), Some(0), "{}", said(&backup));
        let again = tidu(&from, &["backup", "-o", &file_name, "--lang", "en"]).output().unwrap();
        assert_eq!(again.status.code(), Some(2), "{}", said(&again));
        assert_eq!(process.stop(), Some(0));
        for to in Home::each() {
            let restore = tidu(&to, &["restore", &file_name, "--lang", "en"]).output().unwrap();
            assert_eq!(restore.status.code(), Some(0), "{}", said(&restore));
            let refused = tidu(&to, &["restore", &file_name, "--lang", "en"]).output().unwrap();
            assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
            // Without the keys it does not start; with them it does.
            let without =
                tidu(&to, &["serve", "--listen", "127.0.0.1:0", "--lang", "en"]).output().unwrap();
            assert_eq!(without.status.code(), Some(2), "{}", said(&without));
            assert!(said(&without).contains("there is no key file"), "{}", said(&without));
            std::fs::copy(from.path("data/keys"), to.path("data/keys")).unwrap();
            let process = Process::start(&to);
            assert!(try_to_sign_in(&process.url, "nobody-after"));
            assert_eq!(process.stop(), Some(0));
            let verified = tidu(&to, &["audit", "verify", "--lang", "en"]).output().unwrap();
            assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
            let examined = tidu(&to, &["doctor", "--lang", "en"]).output().unwrap();
            assert_eq!(examined.status.code(), Some(0), "{}", said(&examined));
        }
    }
}

#[test]
fn settings_that_are_wrong_are_told_with_the_nearest_name() {
    let Some(home) = Home::each().into_iter().next() else { panic!("no engine") };
    std::fs::write(home.path("tidu.toml"), "lisen = \"127.0.0.1:0\"\nlog_level = \"loud\"\n")
        .unwrap();
    let refused = tidu(&home, &["serve", "--lang", "en"]).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("did you mean `listen`?"), "{}", said(&refused));
    assert!(said(&refused).contains("`loud`"), "{}", said(&refused));
    assert!(!home.path("data").exists(), "nothing was to be made");
}

#[test]
fn doctor_names_what_is_missing() {
    let Some(home) = Home::each().into_iter().next() else { panic!("no engine") };
    let nothing = tidu(&home, &["doctor", "--lang", "en"]).output().unwrap();
    assert_eq!(nothing.status.code(), Some(1), "{}", said(&nothing));
    assert!(said(&nothing).contains("there is no database in this folder"), "{}", said(&nothing));
    let process = Process::start(&home);
    assert_eq!(process.stop(), Some(0));
    std::fs::remove_file(home.path("data/keys")).unwrap();
    let keyless = tidu(&home, &["doctor", "--lang", "en"]).output().unwrap();
    assert_eq!(keyless.status.code(), Some(1), "{}", said(&keyless));
    assert!(said(&keyless).contains("there is no key file"), "{}", said(&keyless));
}
