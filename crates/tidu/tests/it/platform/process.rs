//! A running `tidu serve`, and what is sent to it.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use testbed::Fresh;

/// Where an installation of a test is.
pub(super) struct Home {
    folder: tempfile::TempDir,
    engine: Fresh,
}

impl Home {
    /// One for each engine that is to be had.
    pub(super) fn each() -> Vec<Home> {
        testbed::fresh()
            .into_iter()
            .map(|engine| Home { folder: tempfile::tempdir().unwrap(), engine })
            .collect()
    }

    /// One with an embedded database.
    pub(super) fn sqlite() -> Home {
        Home { folder: tempfile::tempdir().unwrap(), engine: testbed::sqlite() }
    }

    /// One with PostgreSQL, if that is to be had.
    pub(super) fn postgres() -> Option<Home> {
        Some(Home { folder: tempfile::tempdir().unwrap(), engine: testbed::postgres()? })
    }

    pub(super) fn engine(&self) -> &Fresh {
        &self.engine
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The options that say where it is.
    pub(super) fn options(&self) -> Vec<String> {
        let mut options = vec!["--data".to_owned(), self.path("data").display().to_string()];
        if let Fresh::Postgres(server) = &self.engine {
            options.extend(["--database".to_owned(), server.url().to_owned()]);
        }
        options
    }

    pub(super) fn place(&self) -> store::Place {
        match &self.engine {
            Fresh::Sqlite(_) => store::Place::folder(&self.path("data")).unwrap(),
            Fresh::Postgres(server) => store::Place::postgres(server.url()).unwrap(),
        }
    }
}

/// The program with options.
pub(super) fn tidu(home: &Home, command: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_tidu"));
    program
        .args(command)
        .args(home.options())
        .current_dir(home.folder.path())
        .env_remove("TIDU_LANG");
    program
}

/// A platform that answers.
pub(super) struct Process {
    child: Child,
    pub(super) url: String,
    /// Everything that it said before it answered.
    pub(super) said: String,
}

impl Process {
    /// Starts the platform and waits until it answers.
    pub(super) fn start(home: &Home) -> Process {
        Self::begin(home, serve(home))
    }

    /// The same, with files of at most so many blocks of 512 bytes, which [`Process::lift`] lifts again: what is
    /// written beyond fails as on a full disk.
    pub(super) fn start_on_a_small_disk(home: &Home, blocks: u32) -> Process {
        let serve = serve(home);
        let mut small = Command::new("sh");
        small
            .args(["-c", &format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\"")])
            .arg(serve.get_program())
            .args(serve.get_args())
            .current_dir(home.folder.path());
        Self::begin(home, small)
    }

    /// Starts the platform where nobody can read what it says, lets it come up, and ends it as a power cut would.
    pub(super) fn start_unheard_and_kill(home: &Home, is_up: impl Fn() -> bool) {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut program = serve(home);
        let mut child = program.stdout(full).stderr(log(&home.path("log"))).spawn().unwrap();
        let came_up = (0..600).any(|_| {
            std::thread::sleep(Duration::from_millis(100));
            is_up()
        });
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(came_up, "{}", std::fs::read_to_string(home.path("log")).unwrap_or_default());
    }

    /// The disk has room again.
    pub(super) fn lift(&self) {
        let pid = self.child.id().to_string();
        let lifted =
            Command::new("prlimit").args(["--pid", &pid, "--fsize=unlimited"]).status().unwrap();
        assert!(lifted.success());
    }

    fn begin(home: &Home, mut program: Command) -> Process {
        let mut child =
            program.stdout(Stdio::piped()).stderr(log(&home.path("log"))).spawn().unwrap();
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
        while let Ok(line) = receive.recv_timeout(Duration::from_secs(60)) {
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
            panic!(
                "the platform did not start: {said}{}",
                std::fs::read_to_string(home.path("log")).unwrap_or_default()
            );
        };
        Process { child, url, said }
    }

    /// Ends it as a power cut would.
    pub(super) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, and gives its exit code.
    pub(super) fn stop(mut self) -> Option<i32> {
        let asked =
            Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn log(file: &Path) -> Stdio {
    std::fs::OpenOptions::new().append(true).create(true).open(file).unwrap().into()
}

fn serve(home: &Home) -> Command {
    tidu(
        home,
        &["serve", "--listen", "127.0.0.1:0", "--sign-ins-per-minute", "1000000", "--lang", "en"],
    )
}

/// The status of a page.
pub(super) fn status(url: &str, path: &str) -> Option<u16> {
    let agent = agent();
    agent.get(format!("{url}{path}")).call().ok().map(|answer| answer.status().as_u16())
}

/// Tries to sign in with a login that nobody has. True if the platform has answered: then it has recorded it.
pub(super) fn try_to_sign_in(url: &str, login: &str) -> bool {
    match sign_in(url, login) {
        Some(422) => true,
        Some(other) => panic!("{login}: {other}"),
        None => false,
    }
}

/// The status with which an attempt to sign in is answered; none if it is not.
pub(super) fn sign_in(url: &str, login: &str) -> Option<u16> {
    sign_in_with(url, login, "not the password")
}

/// The same with a password.
pub(super) fn sign_in_with(url: &str, login: &str, password: &str) -> Option<u16> {
    let answer = agent()
        .post(format!("{url}/sign-in"))
        .header("origin", url)
        .send_form([("login", login), ("password", password)]);
    answer.ok().map(|answer| answer.status().as_u16())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .into()
}
