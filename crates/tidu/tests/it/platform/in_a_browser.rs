//! The pages in a real Chromium: a fresh installation from its first start, and the demonstration in each role. The
//! walks are in `pages/`; what they need is installed by `npm ci` there, as the gate does.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::demo::Demo;
use super::process::{Home, Process};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/platform/pages")
}

/// The browser, if everything that the walks need is here; in the gate it has to be.
fn chromium() -> Option<String> {
    let named = std::env::var("CHROMIUM").ok();
    let usual = ["chromium", "chromium-browser", "google-chrome"].map(str::to_owned);
    let works = |name: &String| {
        let asked = Command::new(name)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        asked.is_ok_and(|status| status.success())
    };
    let browser = named.into_iter().chain(usual).find(works).and_then(|name| path_of(&name));
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).status().is_ok();
    let installed = folder().join("node_modules/playwright-core").is_dir();
    if browser.is_some() && node && installed {
        return browser;
    }
    let lacks =
        "no browser: install Chromium and Node.js, then `npm ci` in tests/it/platform/pages";
    assert!(std::env::var_os("TIDU_TEST_ALL").is_none(), "{lacks}");
    eprintln!("SKIPPED: {lacks}");
    None
}

fn path_of(name: &str) -> Option<String> {
    if name.contains('/') {
        return Some(name.to_owned());
    }
    let found = Command::new("sh").args(["-c", &format!("command -v {name}")]).output().ok()?;
    let path = String::from_utf8(found.stdout).ok()?.trim().to_owned();
    (!path.is_empty()).then_some(path)
}

/// Walks through a file of `pages/`, and shows what the walk said if it failed.
fn walk(file: &str, settings: &[(&str, &str)]) {
    let done = Command::new("node")
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec", file])
        .current_dir(folder())
        .envs(settings.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}\n{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn from_the_first_start_to_an_invitation() {
    let Some(chromium) = chromium() else { return };
    let home = Home::sqlite();
    let running = Process::start(&home);
    let password = running.said.lines().find_map(|line| line.strip_prefix("  admin "));
    let administrator = password.unwrap().split_whitespace().next().unwrap().to_owned();
    let settings = [
        ("TIDU_URL", running.url.as_str()),
        ("TIDU_ADMIN", administrator.as_str()),
        ("CHROMIUM", chromium.as_str()),
    ];
    walk("first-start.test.mjs", &settings);
    assert_eq!(running.stop(), Some(0));
}

#[test]
fn the_demonstration_in_each_role() {
    let Some(chromium) = chromium() else { return };
    let home = Home::sqlite();
    let running = Demo::start(&home.path("demo"));
    let password = running.password();
    let settings = [
        ("TIDU_URL", running.url.as_str()),
        ("TIDU_PASSWORD", password.as_str()),
        ("CHROMIUM", chromium.as_str()),
    ];
    walk("demo.test.mjs", &settings);
}
