//! Over real connections: slow and greedy clients, stopping, and who is local.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use web::{Limits, TrustedProxy, WebConfig};

use crate::world::World;

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<bool>,
    _world: World,
}

async fn server(config: WebConfig) -> Server {
    let world = World::with(config).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let done = tokio::spawn(web::serve(world.web.clone(), listener, async {
        let _ = stopped.await;
    }));
    Server { address, stop, done, _world: world }
}

fn short() -> WebConfig {
    let limits = Limits {
        header_time: Duration::from_millis(300),
        body_time: Duration::from_millis(300),
        write_time: Duration::from_millis(300),
        stop_time: Duration::from_secs(3),
        ..Limits::default()
    };
    WebConfig { limits, ..WebConfig::default() }
}

/// Sends something and reads until the other end closes; how long that took.
async fn say(address: SocketAddr, what: impl AsRef<[u8]> + Send + 'static) -> (String, Duration) {
    tokio::task::spawn_blocking(move || {
        let began = Instant::now();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let _ = stream.write_all(what.as_ref());
        let mut heard = Vec::new();
        let _ = stream.read_to_end(&mut heard);
        (String::from_utf8_lossy(&heard).into_owned(), began.elapsed())
    })
    .await
    .unwrap()
}

const SOON: Duration = Duration::from_secs(5);

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_are_cut_off() {
    let server = server(short()).await;
    // Nothing at all; half a header; a header and nothing after the answer; half a body.
    for what in [
        "",
        "GET /healthz HTTP/1.1\r\nHost: a\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /sign-in HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nlogin=",
    ] {
        let (heard, took) = say(server.address, what).await;
        assert!(took < SOON, "{what:?} took {took:?}");
        if what.ends_with("login=") {
            assert!(heard.starts_with("HTTP/1.1 408"), "{heard}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_are_only_so_large() {
    let server = server(short()).await;
    let large = format!("GET / HTTP/1.1\r\nHost: a\r\nX-Large: {}\r\n\r\n", "x".repeat(40_000));
    let (heard, took) = say(server.address, large).await;
    assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 431"), "{heard}");
    assert!(took < SOON);
    let many = (0..200).map(|n| format!("X-{n}: y\r\n")).collect::<String>();
    let (heard, _) = say(server.address, format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n")).await;
    assert!(heard.starts_with("HTTP/1.1 431"), "{heard}");
    let (heard, _) = say(server.address, "nonsense\r\n\r\n").await;
    assert!(heard.starts_with("HTTP/1.1 400"), "{heard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_only_so_many_connections_and_a_free_place_is_given_on() {
    let mut config = short();
    config.limits.connections = 2;
    let server = server(config).await;
    let holders: Vec<TcpStream> =
        (0..2).map(|_| TcpStream::connect(server.address).unwrap()).collect();
    // The third waits for one of the two to be cut off, and is answered then.
    let (heard, took) =
        say(server.address, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(heard.starts_with("HTTP/1.1 200"), "{heard}");
    assert!(took >= Duration::from_millis(200) && took < SOON, "{took:?}");
    drop(holders);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_under_way_ends_before_the_server_does() {
    let mut config = short();
    config.limits.body_time = Duration::from_secs(2);
    let server = server(config).await;
    let address = server.address;
    let slow = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        let head = "POST /sign-in HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 18\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(500));
        stream.write_all(b"login=a&password=b").unwrap();
        let mut heard = String::new();
        let _ = stream.read_to_string(&mut heard);
        heard
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    server.stop.send(()).unwrap();
    assert!(server.done.await.unwrap(), "everything ended in time");
    let heard = slow.await.unwrap();
    assert!(heard.starts_with("HTTP/1.1 422"), "{heard}");
    assert!(TcpStream::connect(address).is_err(), "nobody listens any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_end_in_time_is_cut_off() {
    let mut config = short();
    config.limits.body_time = Duration::from_secs(60);
    config.limits.stop_time = Duration::from_millis(300);
    let server = server(config).await;
    let mut stream = TcpStream::connect(server.address).unwrap();
    stream.write_all(b"POST /sign-in HTTP/1.1\r\nHost: a\r\nOrigin: http://a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 18\r\n\r\n").unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    server.stop.send(()).unwrap();
    assert!(!server.done.await.unwrap());
    assert!(began.elapsed() < SOON);
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_for_this_machine_and_not_for_who_comes_through_a_proxy() {
    let proxy =
        TrustedProxy { from: vec!["127.0.0.1".parse().unwrap()], header: "x-forwarded-for".into() };
    let server = server(WebConfig { proxy: Some(proxy), ..short() }).await;
    let url = format!("http://{}/metrics", server.address);
    let ask = move |header: Option<&'static str>| {
        let url = url.clone();
        tokio::task::spawn_blocking(move || {
            let agent =
                ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
            let mut request = agent.get(&url);
            if let Some(from) = header {
                request =
                    request.header("x-forwarded-for", from).header("x-request-id", "proxy-00001");
            }
            let answer = request.call().unwrap();
            (
                answer.status().as_u16(),
                answer.headers()["x-request-id"].to_str().unwrap().to_owned(),
            )
        })
    };
    assert_eq!(ask(None).await.unwrap().0, 200);
    let (status, number) = ask(Some("203.0.113.9")).await.unwrap();
    assert_eq!((status, number.as_str()), (404, "proxy-00001"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_two_hosts_is_not_read() {
    let server = server(short()).await;
    for hosts in ["Host: a\r\nHost: b", "Host: a\r\nHost: a"] {
        let head = format!("GET /healthz HTTP/1.1\r\n{hosts}\r\nConnection: close\r\n\r\n");
        let (heard, _) = say(server.address, head).await;
        assert!(heard.starts_with("HTTP/1.1 400"), "{heard}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_follows_a_request_that_comes_in_chunks() {
    let server = server(short()).await;
    let (length, chunks) = ("Content-Length: 5", "Transfer-Encoding: chunked");
    for both in [format!("{length}\r\n{chunks}"), format!("{chunks}\r\n{length}"), chunks.into()] {
        let smuggled = format!(
            "POST /sign-in HTTP/1.1\r\nHost: a\r\n{both}\r\n\r\n0\r\n\r\n\
             GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
        );
        let (heard, _) = say(server.address, smuggled).await;
        assert_eq!(heard.matches("HTTP/1.1 ").count(), 1, "{both}: {heard}");
        assert!(heard.to_lowercase().contains("connection: close"), "{both}: {heard}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_a_client_that_has_not_sent_a_whole_head() {
    let mut config = short();
    config.limits.header_time = Duration::from_secs(60);
    config.limits.stop_time = Duration::from_secs(30);
    let server = server(config).await;
    let mut kept = Vec::new();
    for part in ["", "GET / HTT", "GET /healthz HTTP/1.1\r\nHost: a\r\n"] {
        let mut stream = TcpStream::connect(server.address).unwrap();
        stream.write_all(part.as_bytes()).unwrap();
        kept.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let began = Instant::now();
    server.stop.send(()).unwrap();
    assert!(server.done.await.unwrap());
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
}
