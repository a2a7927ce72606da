//! A PostgreSQL cluster for one test process, in a folder of its own, on a free port of this machine. A watching
//! process takes it down when the test process has ended, however it ended.

use std::fs::File;
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

/// Starts a cluster from installed binaries. Nothing if there are none; an error if they do not work, since a
/// machine that has PostgreSQL is meant to test with it.
pub(crate) fn start() -> Result<Option<Cluster>, String> {
    let Some(binaries) = binaries() else {
        return Ok(None);
    };
    let folder = tempfile::Builder::new().prefix("tidu-postgres-").tempdir().map_err(said)?.keep();
    let user = unprivileged();
    if let Some(user) = user {
        run(Command::new("chown").arg(user).arg(&folder), &folder)?;
    }
    let data = folder.join("data");
    let initdb = || {
        let mut command = as_user(user, &binaries.join("initdb"));
        command.args(["--auth=trust", "--encoding=UTF8", "--no-sync", "--username=postgres"]);
        command.arg("-D").arg(&data);
        command
    };
    // An office's server sorts as its language does, and so does this one: whoever needs another order has to say so.
    let chinese = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh-CN"];
    // Servers before 15 cannot.
    run(initdb().args(chinese), &folder).or_else(|_| run(initdb().arg("--no-locale"), &folder))?;
    let port = free_port()?;
    let settings = format!(
        "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c fsync=off \
         -c max_connections=400"
    );
    run(
        as_user(user, &binaries.join("pg_ctl"))
            .args(["start", "--wait", "--silent", "-o", &settings, "-l"])
            .arg(folder.join("log"))
            .arg("-D")
            .arg(&data),
        &folder,
    )?;
    watch(&folder, &data)?;
    Ok(Some(Cluster { base: format!("postgres://postgres@127.0.0.1:{port}") }))
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(said)?;
    Ok(listener.local_addr().map_err(said)?.port())
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

/// Runs a command and waits for it. What it says goes to a file and not to a pipe: the server inherits it from
/// `pg_ctl`, and a pipe would never end.
fn run(command: &mut Command, folder: &Path) -> Result<(), String> {
    let said_in = folder.with_extension("said");
    let file = File::create(&said_in).map_err(said)?;
    let status = command
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(file)
        .status()
        .map_err(|error| format!("{command:?}: {error}"))?;
    let heard = std::fs::read_to_string(&said_in).unwrap_or_default();
    let _ = std::fs::remove_file(&said_in);
    if status.success() {
        return Ok(());
    }
    let log = std::fs::read_to_string(folder.join("log")).unwrap_or_default();
    Err(format!("{command:?}: {status}\n{heard}{log}"))
}

fn said(error: std::io::Error) -> String {
    error.to_string()
}

/// Waits in a process of its own until this process is gone, then takes the server and its folder away. What is in
/// the cluster is of no use to anybody, so that the server need not put it in order before it ends.
fn watch(folder: &Path, data: &Path) -> Result<(), String> {
    let script = "while kill -0 \"$1\" 2>/dev/null; do sleep 1; done; \
                  server=$(head -1 \"$3/postmaster.pid\"); kill -QUIT \"$server\"; \
                  while kill -0 \"$server\" 2>/dev/null; do sleep 0.1; done; rm -rf \"$2\"";
    Command::new("setsid")
        .args(["sh", "-c", script, "watch"])
        .arg(std::process::id().to_string())
        .arg(folder)
        .arg(data)
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(|_| ())
        .map_err(|error| format!("nobody would take down the PostgreSQL of this test run: {error}"))
}
