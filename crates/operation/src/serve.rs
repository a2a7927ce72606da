//! Runs the platform: opens it, answers, works, and stops when it is asked to.

use std::net::SocketAddr;
use std::sync::Arc;

use app::first_passwords;
use app::jobs::Worker;
use rulebook::Sources;
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::{Web, WebConfig};

use crate::config::{Config, redirect};
use crate::installation::{Installation, Start, open};
use crate::words::{Trouble, system};

/// A platform that has just come up.
#[derive(Debug)]
pub struct Running<'a> {
    /// Where it listens.
    pub address: SocketAddr,
    /// The address to type.
    pub url: String,
    /// What happened on the way.
    pub start: &'a Start,
}

/// Runs the platform until the process is asked to stop (Ctrl-C, SIGTERM). `up` hears when it answers, and says
/// whether it could be told to whoever started it.
pub async fn serve(
    config: &Config,
    carried: &Sources,
    version: &str,
    up: impl FnOnce(&Running<'_>) -> bool,
) -> Result<(), Trouble> {
    let listener = bound(config).await?;
    let installation = open(config, carried, version).await?;
    if installation.platform.is_demo() {
        let refused = only_here(config, false);
        if let Err(trouble) = refused {
            close(installation.platform).await?;
            return Err(trouble);
        }
    }
    run(config, listener, installation, up).await
}

/// Binds the address. Before anything else, so that a second process on the same port changes nothing.
pub(crate) async fn bound(config: &Config) -> Result<TcpListener, Trouble> {
    TcpListener::bind(config.listen).await.map_err(|error| {
        let why = system(&error);
        Trouble::new(
            format!("不能监听 {}：{}", config.listen, why.zh),
            format!("cannot listen on {}: {}", config.listen, why.en),
            "可用 --listen 换一个地址或端口",
            "name another address or port with `--listen`",
        )
    })
}

/// Refuses to let others reach a demonstration, unless somebody wants just that: its passwords are printed.
pub(crate) fn only_here(config: &Config, exposed: bool) -> Result<(), Trouble> {
    if exposed || config.listen.ip().is_loopback() {
        return Ok(());
    }
    Err(Trouble::new(
        format!("演示平台的口令会打印在屏幕上，不应让其他机器访问 {}", config.listen),
        format!("a demonstration prints its passwords: others should not reach {}", config.listen),
        "请监听 127.0.0.1；确需让他人访问时，用 `tidu demo --expose`",
        "listen on 127.0.0.1; `tidu demo --expose` if others are meant to reach it",
    ))
}

/// Answers until the process is asked to stop.
pub(crate) async fn run(
    config: &Config,
    listener: TcpListener,
    installation: Installation,
    up: impl FnOnce(&Running<'_>) -> bool,
) -> Result<(), Trouble> {
    let address = listener.local_addr().unwrap_or(config.listen);
    let face = WebConfig { demo: installation.platform.is_demo(), ..face(config, address) };
    let web = Web::new(Arc::clone(&installation.platform), face).map_err(|mistakes| {
        Trouble::new(
            format!("界面文字不完整：{mistakes:?}"),
            format!("the messages are not complete: {mistakes:?}"),
            "这是程序的错误，请报告",
            "this is a fault of the program: report it",
        )
    })?;
    let worker = Worker::new(Arc::clone(&installation.platform))?;
    let (stop, stopping) = watch::channel(false);
    let working = {
        let worker = worker.clone();
        tokio::spawn(async move { worker.run().await })
    };
    let url = config
        .public_url
        .as_ref()
        .map_or_else(|| format!("http://{address}/"), ToString::to_string);
    tracing::info!(%address, engine = installation.platform.store().engine().name(), "the platform answers");
    let asked_to_stop = asked_to_stop();
    let heard = up(&Running { address, url, start: &installation.start });
    first_passwords_shown(&installation, heard).await;
    let asked = tokio::spawn(async move {
        asked_to_stop.await;
        tracing::info!(
            "asked to stop: requests under way are finished, the job under way is handed back"
        );
        worker.stop();
        let _ = stop.send(true);
    });
    if !web::serve(web, listener, until(stopping)).await {
        tracing::warn!("requests under way were cut off after {:?}", config.patience);
    }
    if let Err(error) = working.await {
        tracing::error!(%error, "the worker ended badly");
    }
    asked.abort();
    close(installation.platform).await?;
    tracing::info!("stopped");
    Ok(())
}

/// Notes that the passwords of the first start were shown; else the next start gives others. As long as nobody has signed
/// in, the log says what to do if they were lost.
async fn first_passwords_shown(installation: &Installation, heard: bool) {
    let platform = &installation.platform;
    let noted = async {
        if installation.start.accounts.is_some() {
            if heard {
                first_passwords::shown(platform).await?;
            } else {
                tracing::warn!(
                    "the first passwords could not be shown: the next start gives others"
                );
            }
        } else if first_passwords::nobody_signed_in(&platform.store().read().await?).await? {
            tracing::warn!(
                "none of the three officers has ever signed in: if the passwords of the first start are lost, \
                 `tidu rescue LOGIN --password` gives another"
            );
        }
        Ok::<_, app::Refusal>(())
    };
    if let Err(app::Refusal::Later(fault) | app::Refusal::Broken(fault)) = noted.await {
        tracing::warn!(%fault, "that the first passwords were shown could not be noted: the next start gives others");
    }
}

async fn close(platform: Arc<app::Platform>) -> Result<(), Trouble> {
    match Arc::try_unwrap(platform) {
        Ok(platform) => platform.close().await?,
        // Somebody still holds it: the database recovers by itself from being left open.
        Err(_) => tracing::warn!("a request still holds the platform"),
    }
    Ok(())
}

fn face(config: &Config, address: SocketAddr) -> WebConfig {
    let mut face = WebConfig { secure: config.is_secure(), ..WebConfig::default() };
    face.origin = config.public_url.as_ref().map(|url| url.origin().ascii_serialization());
    face.metrics_secret.clone_from(&config.metrics_secret);
    face.limits.connections = config.connections;
    face.limits.sign_ins_by_address = config.sign_ins_per_minute;
    face.limits.api_requests = config.api_requests_per_minute;
    face.limits.stop_time = config.patience;
    face.provider.clone_from(&config.provider);
    if let (Some(provider), None) = (&mut face.provider, &config.public_url) {
        // Only now is it known which port it is, if any would do.
        provider.redirect = redirect(&format!("http://{address}"));
    }
    if !config.trusted_proxies.is_empty() {
        face.proxy = Some(web::TrustedProxy {
            from: config.trusted_proxies.clone(),
            header: "x-forwarded-for".to_owned(),
        });
    }
    face
}

async fn until(mut stopping: watch::Receiver<bool>) {
    // An error is the end of whoever would ask.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// Waits until the process is asked to stop. It is heard from the call on, not only when somebody waits: who is told
/// that the platform answers may ask it to stop at once.
#[cfg(unix)]
fn asked_to_stop() -> impl Future<Output = ()> + Send + 'static {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = signal(SignalKind::interrupt());
    let terminate = signal(SignalKind::terminate());
    async {
        tokio::select! {
            () = heard(interrupt) => {}
            () = heard(terminate) => {}
        }
    }
}

#[cfg(unix)]
async fn heard(signal: std::io::Result<tokio::signal::unix::Signal>) {
    match signal {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(error) => {
            tracing::warn!(%error, "a signal to stop cannot be heard");
            std::future::pending().await
        }
    }
}

#[cfg(not(unix))]
async fn asked_to_stop() {
    // An error leaves nothing to wait for.
    let _ = tokio::signal::ctrl_c().await;
}
