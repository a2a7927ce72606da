//! The connections: how many, how long, and how they end.

mod busy;
mod patience;
mod shares;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::ServiceExt as _;

use crate::address::Peer;
use crate::config::Limits;
use crate::router;
use crate::web::Web;
use busy::Busy;
use patience::Patient;
use shares::{Share, Shares};

/// What a connection holds as long as it is there: its place among all, and that among those of its address.
type Place = (OwnedSemaphorePermit, Share);

/// Answers connections until `stop` says so; then requests under way are given their time to end. Says whether all
/// of them ended in time.
pub async fn serve(web: Web, listener: TcpListener, stop: impl Future<Output = ()>) -> bool {
    let router = router(&web);
    let limits = web.shared().config.limits.clone();
    let places = Arc::new(Semaphore::new(limits.connections));
    let shares = Shares::new(limits.connections, web.shared().config.proxy.clone());
    let (tell, told) = watch::channel(false);
    tokio::pin!(stop);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place,
            () = &mut stop => break,
        };
        // The semaphore is never closed.
        let Ok(place) = place else { break };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Closed without a word: an answer would be work for somebody who asks too much already.
                let Some(share) = shares.take(peer.ip()) else { continue };
                let served = connection(web.clone(), router.clone(), limits.clone(), stream, peer);
                tokio::spawn(served(told.clone(), (place, share)));
            }
            Err(error) => rest(&error).await,
        }
    }
    drop(listener);
    let _ = tell.send(true);
    let all = u32::try_from(limits.connections).unwrap_or(u32::MAX);
    let ended = tokio::time::timeout(limits.stop_time, places.acquire_many(all)).await;
    ended.is_ok()
}

/// One connection, however it ends. Its place is free again after that.
fn connection(
    web: Web,
    router: Router,
    limits: Limits,
    stream: TcpStream,
    peer: SocketAddr,
) -> impl FnOnce(watch::Receiver<bool>, Place) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>>
{
    move |mut stop, place| {
        Box::pin(async move {
            web.shared().metrics.connections.inc();
            // Answers are small and whole: waiting for more to send only makes them late.
            let _ = stream.set_nodelay(true);
            let busy = Busy::default();
            let of_requests = busy.clone();
            let service = service_fn(move |request: hyper::Request<Incoming>| {
                let mut request = request.map(Body::new);
                request.extensions_mut().insert(Peer(peer));
                let (router, busy) = (router.clone(), of_requests.request());
                async move {
                    let answer =
                        router.oneshot(request).await.unwrap_or_else(|never| match never {});
                    Ok::<_, Infallible>(answer.map(|body| busy.until_sent(body)))
                }
            });
            let io = TokioIo::new(Patient::new(stream, limits.write_time, busy.clone()));
            let mut builder = http1::Builder::new();
            builder
                .timer(TokioTimer::new())
                .header_read_timeout(limits.header_time)
                .max_header_size(limits.header_bytes)
                .max_buf_size(limits.header_bytes.max(8192) * 2);
            let served = builder.serve_connection(io, service);
            tokio::pin!(served);
            let age = tokio::time::sleep(limits.connection_age);
            tokio::pin!(age);
            let mut ending = false;
            // Once it is told to stop: whoever has not sent a whole head by then has asked for nothing.
            let mut leaving = None;
            loop {
                tokio::select! {
                    // What the client did wrong is no matter of ours.
                    _ = served.as_mut() => break,
                    _ = stop.wait_for(|stop| *stop), if !ending => {
                        ending = true;
                        let first = tokio::time::Instant::now() + LEAVING;
                        leaving = Some(tokio::time::interval_at(first, LEAVING));
                        served.as_mut().graceful_shutdown();
                    }
                    () = ticked(&mut leaving) => {
                        if busy.is_idle() {
                            break;
                        }
                    }
                    () = age.as_mut(), if !ending => {
                        ending = true;
                        served.as_mut().graceful_shutdown();
                    }
                }
            }
            web.shared().metrics.connections.dec();
            drop(place);
        })
    }
}

/// So long a connection has to be idle before it is left when the server stops.
const LEAVING: Duration = Duration::from_millis(300);

/// The next tick; never, if nobody leaves.
async fn ticked(leaving: &mut Option<tokio::time::Interval>) {
    match leaving {
        Some(interval) => {
            interval.tick().await;
        }
        None => std::future::pending().await,
    }
}

/// A connection that broke while it was being made is nothing; without files left, a moment of rest lets some end.
async fn rest(error: &io::Error) {
    let passing = [
        io::ErrorKind::ConnectionAborted,
        io::ErrorKind::ConnectionRefused,
        io::ErrorKind::ConnectionReset,
    ];
    if !passing.contains(&error.kind()) {
        tracing::warn!(%error, "no connection can be taken at the moment");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
