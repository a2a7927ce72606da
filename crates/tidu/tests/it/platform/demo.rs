//! `tidu demo`: made at the first start, signed in to in each role, there again at the second, stopped with order, and
//! nowhere near a real installation.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::process::{Home, Process};

const HERE: &str = "127.0.0.1:0";

/// A demonstration that answers.
pub(super) struct Demo {
    child: Child,
    pub(super) url: String,
    said: String,
}

fn demo(data: &Path, listen: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tidu"));
    program
        .args(["demo", "--lang", "en", "--data", data.to_str().unwrap()])
        .args(["--listen", listen, "--enterprises", "1500"])
        .current_dir(data.parent().unwrap())
        // What is set for a real installation of this machine is none of its business.
        .env("TIDU_DATA", "/nowhere")
        .env("TIDU_LISTEN", "here")
        .env_remove("TIDU_LANG");
    program
}

impl Demo {
    pub(super) fn start(data: &Path) -> Self {
        let log = data.with_extension("log");
        let log = std::fs::OpenOptions::new().append(true).create(true).open(log).unwrap();
        let mut child = demo(data, HERE).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (send, receive) = mpsc::channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
        let (mut said, mut url) = (String::new(), None);
        while let Ok(line) = receive.recv_timeout(Duration::from_secs(120)) {
            if let Some(found) = line.strip_prefix("the platform: ") {
                url = Some(found.trim_end_matches('/').to_owned());
            }
            said.push_str(&line);
            said.push('\n');
            if line.starts_with("Ctrl-C") {
                break;
            }
        }
        let Some(url) = url else {
            let _ = child.kill();
            let log = std::fs::read_to_string(data.with_extension("log")).unwrap_or_default();
            panic!("it did not start: {said}{log}");
        };
        Self { child, url, said }
    }

    pub(super) fn password(&self) -> String {
        let line = self.said.lines().find(|line| line.starts_with("password of every account: "));
        line.unwrap().rsplit(' ').next().unwrap().to_owned()
    }

    /// The logins in the table.
    fn logins(&self) -> Vec<String> {
        let mut lines =
            self.said.lines().skip_while(|line| !line.trim_start().starts_with("login"));
        lines.next();
        let rows = lines.take_while(|line| !line.is_empty());
        let first = rows.filter(|line| !line.starts_with([' ', '─', '-']));
        first.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
    }

    fn stop(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Signs in and gives the page that follows, with everything on the way.
fn signed_in(url: &str, login: &str, password: &str) -> (u16, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into();
    let answer = agent
        .post(format!("{url}/sign-in"))
        .header("origin", url)
        .send_form([("login", login), ("password", password)])
        .unwrap();
    assert_eq!(answer.status().as_u16(), 303, "{login}");
    let cookie =
        answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let mut to = answer.headers()["location"].to_str().unwrap().to_owned();
    for _ in 0..3 {
        let mut page = agent.get(format!("{url}{to}")).header("cookie", &cookie).call().unwrap();
        if let Some(next) = page.headers().get("location") {
            to = next.to_str().unwrap().to_owned();
            continue;
        }
        return (
            page.status().as_u16(),
            format!("{to}\n{}", page.body_mut().read_to_string().unwrap()),
        );
    }
    panic!("{login} is sent from page to page");
}

fn said(output: &Output) -> String {
    let all = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    all.concat()
}

#[test]
fn a_demonstration_is_made_once_signed_in_to_in_each_role_and_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let data: PathBuf = folder.path().join("try");
    let first = Demo::start(&data);
    let (password, logins) = (first.password(), first.logins());
    assert!(logins.len() >= 17, "{}", first.said);
    for login in &logins {
        let (status, page) = signed_in(&first.url, login, &password);
        assert_eq!(status, 200, "{login}: {page}");
        let set_up = page.starts_with("/own/second-factor");
        assert_eq!(set_up, login == "security", "{login}: {page}");
    }
    let secret = data.join("demo-password");
    assert_eq!(std::fs::read_to_string(&secret).unwrap().trim(), password);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&secret).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let log = std::fs::read_to_string(data.with_extension("log")).unwrap();
    assert!(log.contains("first start"), "{log}");
    assert_eq!(first.stop(), Some(0));

    std::fs::remove_file(data.with_extension("log")).unwrap();
    let second = Demo::start(&data);
    assert_eq!((second.password(), second.logins()), (password.clone(), logins));
    assert_eq!(signed_in(&second.url, "city", &password).0, 200);
    let log = std::fs::read_to_string(data.with_extension("log")).unwrap();
    assert!(!log.contains("first start"), "nothing is made again: {log}");
    assert_eq!(second.stop(), Some(0));
}

#[test]
fn a_start_that_was_killed_is_begun_anew() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("try");
    for wait in [300, 900] {
        let mut child =
            demo(&data, HERE).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let whole = Demo::start(&data);
    assert_eq!(signed_in(&whole.url, "city", &whole.password()).0, 200);
    assert_eq!(whole.stop(), Some(0));
}

#[test]
fn it_is_refused_where_something_else_lies_and_where_others_would_reach_it() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("try");
    let open = demo(&data, "0.0.0.0:0").output().unwrap();
    assert_eq!(open.status.code(), Some(2), "{}", said(&open));
    assert!(said(&open).contains("--expose"), "{}", said(&open));
    assert!(!data.exists());

    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("thesis.docx"), "years of work").unwrap();
    let strange = demo(&data, HERE).output().unwrap();
    assert_eq!(strange.status.code(), Some(2), "{}", said(&strange));
    assert!(said(&strange).contains("thesis.docx"), "{}", said(&strange));
    assert_eq!(std::fs::read_dir(&data).unwrap().count(), 1);

    let real = Home::sqlite();
    let process = Process::start(&real);
    assert_eq!(process.stop(), Some(0));
    let refused = demo(&real.path("data"), HERE).output().unwrap();
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("a real installation"), "{}", said(&refused));
}
