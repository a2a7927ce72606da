//! A provider of identities on loopback: a well-known implementation in a process of its own, set up by
//! `provider/provider.mjs`. What it needs is installed by `npm ci` in that folder, as the gate does.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use super::browser::Browser;

/// What the provider and the platform share.
pub(super) const SECRET: &str = "a-secret-for-this-test-only-0123456789";

/// A provider that answers.
pub(super) struct IdentityProvider {
    child: Child,
    port: u16,
    /// It ends when nobody listens to what it says.
    _said: BufReader<ChildStdout>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/platform/provider")
}

impl IdentityProvider {
    /// A provider, if what it needs is installed; in the gate it has to be.
    pub(super) fn start() -> Option<Self> {
        let node = Command::new("node").arg("--version").stdout(Stdio::null()).status();
        if node.is_err() || !folder().join("node_modules/oidc-provider").is_dir() {
            let lacks = "no provider of identities: install Node.js, then `npm ci` in tests/it/platform/provider";
            assert!(std::env::var_os("TIDU_TEST_ALL").is_none(), "{lacks}");
            eprintln!("SKIPPED: {lacks}");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = Command::new("node")
            .args(["provider.mjs", &port.to_string(), SECRET])
            .current_dir(folder())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "the provider did not start: run it by hand to see why");
        Some(Self { child, port, _said: said })
    }

    pub(super) fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Signs in and agrees on the provider's own pages; the address to which it sends the browser back.
pub(super) fn agree(browser: &mut Browser, to: &str, login: &str) -> String {
    pass(browser, to, login, true)
}

/// Signs in there, but does not agree.
pub(super) fn refuse(browser: &mut Browser, to: &str, login: &str) -> String {
    pass(browser, to, login, false)
}

fn pass(browser: &mut Browser, to: &str, login: &str, agrees: bool) -> String {
    let mut to = to.to_owned();
    for _ in 0..12 {
        if to.contains("/sign-on/return?") {
            return to;
        }
        let page = browser.get(&to);
        if let Some(next) = page.to {
            to = next;
            continue;
        }
        assert_eq!(page.status, 200, "{to}: {}", page.body);
        let form = page.after("action=\"");
        let sent = if page.has("value=\"login\"") {
            browser.post(&form, &[("prompt", "login"), ("login", login), ("password", "any")])
        } else if agrees {
            browser.post(&form, &[("prompt", "consent")])
        } else {
            browser.get(&format!("{form}/abort"))
        };
        to = sent.to.unwrap_or_else(|| panic!("{}", sent.body));
    }
    panic!("the provider does not send the browser back: {to}");
}
