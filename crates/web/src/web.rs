//! What every request is given, and the router made from the table.

use std::sync::Arc;

use app::Platform;
use axum::Router;
use axum::extract::Request;
use axum::routing::MethodRouter;
use tokio::sync::Semaphore;

use crate::config::WebConfig;
use crate::law::Shelf;
use crate::limits::Meters;
use crate::metrics::Metrics;
use crate::routes::{self, ROUTES};
use crate::{catalogue, gate, outer};

/// The face of a platform.
#[derive(Clone)]
pub struct Web {
    shared: Arc<Shared>,
}

/// What every request is given.
pub(crate) struct Shared {
    pub platform: Arc<Platform>,
    pub config: WebConfig,
    pub meters: Meters,
    pub metrics: Metrics,
    /// So many self-checks are worked on at one time.
    pub checking: Arc<Semaphore>,
    pub shelf: Shelf,
}

impl Web {
    /// A face. Refused if the messages are not as they must be.
    pub fn new(
        platform: Arc<Platform>,
        config: WebConfig,
    ) -> Result<Self, Vec<catalogue::Mistake>> {
        catalogue::check()?;
        let meters = Meters::new(&config.limits);
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let checking = Arc::new(Semaphore::new(threads));
        let shared = Shared {
            platform,
            config,
            meters,
            metrics: Metrics::new(),
            checking,
            shelf: Shelf::default(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }
}

/// The router, made from the table of routes and nothing else.
pub fn router(web: &Web) -> Router {
    let mut router = Router::new();
    for path in routes::paths() {
        let mut methods = MethodRouter::new();
        for route in ROUTES.iter().filter(|route| route.path == path) {
            let shared = Arc::clone(web.shared());
            let handler = move |request: Request| gate::pass(Arc::clone(&shared), route, request);
            methods = methods.on(route.method.filter(), handler);
        }
        router = router.route(path, methods);
    }
    let (missing, refused) = (Arc::clone(web.shared()), Arc::clone(web.shared()));
    let outer = Arc::clone(web.shared());
    router
        .fallback(move |request: Request| gate::nothing_here(Arc::clone(&missing), request))
        .method_not_allowed_fallback(move |request: Request| {
            gate::no_such_method(Arc::clone(&refused), request)
        })
        .layer(axum::middleware::from_fn(move |request, next| {
            outer::around(Arc::clone(&outer), request, next)
        }))
}
