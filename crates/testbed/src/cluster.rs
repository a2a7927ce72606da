//! A PostgreSQL cluster for one test process, in a folder of its own, on a free port of this machine. A watching
//! process takes it down when the test process has ended, however it ended.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A running server.
#[derive(Debug)]
pub(crate) struct Cluster {
    base: String,
}

impl Cluster {
    /// A server that somebody else runs, by the address of one of its databases.
    pub(crate) fn elsewhere(url: String) -> Self {
        let base = url.rsplit_once('/').map_or(url.as_str(), |(base, _)| base).to_owned();
        Self { base }
    }

    /// The address of one of its databases.
    pub(crate) fn url_of(&self, database: &str) -> String {
        format!("{}/{database}", self.base)
    }
}

/// Starts a cluster from installed binaries, if there are any.
pub(crate) fn start() -> Option<Cluster> {
    let binaries = binaries()?;
    let folder = tempfile::Builder::new().prefix("tidu-postgres-").tempdir().ok()?.keep();
    let user = unprivileged();
    if user.is_some() {
        run(Command::new("chown").arg("postgres").arg(&folder))?;
    }
    let data = folder.join("data");
    let port = TcpListener::bind(("127.0.0.1", 0)).ok()?.local_addr().ok()?.port();
    run(as_user(user, &binaries.join("initdb"))
        .args([
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync",
            "--username=postgres",
            "-D",
        ])
        .arg(&data))?;
    let settings = format!(
        "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off \
         -c max_connections=400"
    );
    run(as_user(user, &binaries.join("pg_ctl"))
        .args(["start", "--wait", "--silent", "-o", &settings, "-l"])
        .arg(folder.join("log"))
        .arg("-D")
        .arg(&data))?;
    watch(&folder, &data);
    Some(Cluster { base: format!("postgres://postgres@127.0.0.1:{port}") })
}

/// The folder of the newest server that is installed.
fn binaries() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    found.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    found.sort_by_key(|folder| {
        let version = folder
            .parent()
            .and_then(Path::file_name)
            .and_then(|name| name.to_str()?.parse::<u32>().ok());
        std::cmp::Reverse(version)
    });
    found
        .into_iter()
        .find(|folder| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file())
}

/// The server refuses to run as root: then it runs as the user that its package made.
fn unprivileged() -> Option<&'static str> {
    let root =
        Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    root.then_some("postgres")
}

fn as_user(user: Option<&str>, program: &Path) -> Command {
    match user {
        Some(user) => {
            let mut command = Command::new("runuser");
            command.args(["-u", user, "--"]).arg(program);
            command
        }
        None => Command::new(program),
    }
}

fn run(command: &mut Command) -> Option<()> {
    // The server inherits what `pg_ctl` has: a pipe would never end.
    let status =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
    status.success().then_some(())
}

/// Waits in a process of its own until this process is gone, then takes the server and its folder away.
fn watch(folder: &Path, data: &Path) {
    let script = "while kill -0 \"$1\" 2>/dev/null; do sleep 1; done; \
                  kill -INT \"$(head -1 \"$3/postmaster.pid\")\"; sleep 2; rm -rf \"$2\"";
    let watching = Command::new("setsid")
        .args(["sh", "-c", script, "watch"])
        .arg(std::process::id().to_string())
        .arg(folder)
        .arg(data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = watching {
        eprintln!("nobody will take down the PostgreSQL of this test run: {error}");
    }
}
