//! A server does not outlive the test process that it was started for, however that ends.

use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

/// In the process that the test below starts and sees end, and nowhere else.
const CHILD: &str = "TIDU_TEST_CHILD";

#[test]
fn a_process_with_a_server() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    if let Some(testbed::Fresh::Postgres(server)) = testbed::postgres() {
        eprintln!("ADDRESS {}", server.url());
        // As hard as a kill: nothing is dropped.
        std::process::abort();
    }
}

#[test]
fn a_server_goes_with_its_process() {
    if std::env::var_os("TIDU_TEST_POSTGRES").is_some() {
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_process_with_a_server", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let Some(url) = said.lines().find_map(|line| line.strip_prefix("ADDRESS ")) else {
        assert!(said.contains("SKIPPED"), "{said}");
        return;
    };
    let host = url.rsplit_once('@').unwrap().1.split('/').next().unwrap();
    let begun = Instant::now();
    while TcpStream::connect(host).is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(20), "{host} still listens");
        std::thread::sleep(Duration::from_millis(100));
    }
}
