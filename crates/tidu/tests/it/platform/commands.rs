//! The commands around the platform: first and second start, backup and restore across engines, examination, the
//! audit file altered by a byte, settings that are wrong.

use std::process::Output;

use super::process::{Home, Process, sign_in_with, tidu, try_to_sign_in};

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

#[test]
fn a_restore_looks_at_the_file_before_it_makes_anything() {
    for home in Home::each() {
        std::fs::write(home.path("junk.zip"), "no backup at all").unwrap();
        for (name, told) in [("nothing.zip", "it is not there"), ("junk.zip", "not a backup")] {
            let file = home.path(name).display().to_string();
            let refused = tidu(&home, &["restore", &file, "--lang", "en"]).output().unwrap();
            assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
            assert!(said(&refused).contains(told), "{}", said(&refused));
            assert!(!home.path("data").exists(), "{name}: something was made");
        }
    }
}

#[test]
fn data_is_not_opened_with_the_keys_of_another_installation() {
    for home in Home::each() {
        assert_eq!(Process::start(&home).stop(), Some(0));
        let own = std::fs::read(home.path("data/keys")).unwrap();
        let other = Home::sqlite();
        assert_eq!(Process::start(&other).stop(), Some(0));
        std::fs::copy(other.path("data/keys"), home.path("data/keys")).unwrap();
        let refused =
            tidu(&home, &["serve", "--listen", "127.0.0.1:0", "--lang", "en"]).output().unwrap();
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(said(&refused).contains("not that of this database"), "{}", said(&refused));
        let examined = tidu(&home, &["doctor", "--lang", "zh"]).output().unwrap();
        assert_eq!(examined.status.code(), Some(1), "{}", said(&examined));
        assert!(said(&examined).contains("不是这个数据库的密钥"), "{}", said(&examined));
        std::fs::write(home.path("data/keys"), own).unwrap();
        assert_eq!(Process::start(&home).stop(), Some(0));
    }
}

#[test]
fn an_officer_is_let_in_again_on_the_machine_beside_the_running_platform() {
    for home in Home::each() {
        let process = Process::start(&home);
        let rescued =
            tidu(&home, &["rescue", "security", "--password", "--second-factor", "--lang", "en"])
                .output()
                .unwrap();
        assert_eq!(rescued.status.code(), Some(0), "{}", said(&rescued));
        let password = said(&rescued).lines().last().unwrap().trim().to_owned();
        assert_eq!(sign_in_with(&process.url, "security", &password), Some(303));
        for (arguments, told) in [
            (vec!["rescue", "nobody", "--password"], "nobody has the login"),
            (vec!["rescue", "security"], "--password"),
        ] {
            let refused =
                tidu(&home, &[&arguments[..], &["--lang", "en"]].concat()).output().unwrap();
            assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
            assert!(said(&refused).contains(told), "{}", said(&refused));
        }
        assert_eq!(process.stop(), Some(0));
        let verified = tidu(&home, &["audit", "verify", "--lang", "en"]).output().unwrap();
        assert_eq!(verified.status.code(), Some(0), "{}", said(&verified));
    }
}

#[cfg(unix)]
#[test]
fn in_a_folder_that_others_can_open_the_files_are_closed_and_doctor_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::sqlite();
    let data = home.path("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).unwrap();
    let process = Process::start(&home);
    for name in ["tidu.db", "tidu.db-wal", "tidu.db-shm", "keys"] {
        let mode = std::fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}");
    }
    assert_eq!(process.stop(), Some(0));
    let examined = tidu(&home, &["doctor", "--lang", "en"]).output().unwrap();
    assert_eq!(examined.status.code(), Some(1), "{}", said(&examined));
    assert!(said(&examined).contains("others on this machine can get at"), "{}", said(&examined));
    assert!(said(&examined).contains("only one administrator"), "{}", said(&examined));
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o700)).unwrap();
    let examined = tidu(&home, &["doctor", "--lang", "en"]).output().unwrap();
    assert_eq!(examined.status.code(), Some(0), "{}", said(&examined));
}

#[test]
fn every_help_of_the_platform_speaks_both_languages_and_names_what_matters() {
    let Some(home) = Home::each().into_iter().next() else { panic!("no engine") };
    let help = |command: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_tidu"));
        let output =
            program.args(command).arg("--help").current_dir(home.path("")).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for command in [
        &["serve"][..],
        &["backup"],
        &["restore"],
        &["migrate"],
        &["doctor"],
        &["rescue"],
        &["audit"],
        &["audit", "verify"],
    ] {
        let said = help(command);
        assert!(said.contains("用法 / Usage:"), "{command:?}: {said}");
        for english in ["\nUsage:", "\nOptions:", "\nCommands:", "\nArguments:"] {
            assert!(!said.contains(english), "{command:?}: {said}");
        }
        let serves = ["serve", "doctor"].contains(&command[0]);
        assert_eq!(said.contains("--oidc-issuer"), serves, "{command:?}: {said}");
        if command != ["audit"] {
            assert!(said.contains("--data"), "{command:?}: {said}");
        }
    }
}

#[test]
fn a_server_that_is_not_there_is_told_at_once_and_in_one_language() {
    let home = Home::sqlite();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = format!("postgres://tidu:secret@{free}/tidu");
    let began = std::time::Instant::now();
    let refused = tidu(&home, &["migrate", "--database", &address]).output().unwrap();
    assert!(began.elapsed().as_secs() < 5, "{:?}", began.elapsed());
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    let told = said(&refused);
    assert!(told.contains("该地址和端口上没有数据库服务"), "{told}");
    for word in ["secret", "pool", "error", "Error", "line", "the "] {
        assert!(!told.contains(word), "{word}: {told}");
    }
}
