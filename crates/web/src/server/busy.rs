//! Whether a connection is at work: a request is being answered, or the other end has yet to take an answer. One that
//! has sent half a head, or nothing, is not.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};

/// Whether a connection is at work.
#[derive(Clone, Default)]
pub(super) struct Busy(Arc<State>);

#[derive(Default)]
struct State {
    requests: AtomicUsize,
    writing: AtomicBool,
}

/// A request that is being answered.
pub(super) struct Answering(Arc<State>);

impl Busy {
    /// A request begins.
    pub fn request(&self) -> Answering {
        self.0.requests.fetch_add(1, Ordering::Relaxed);
        Answering(Arc::clone(&self.0))
    }

    /// Whether something waits to be taken by the other end.
    pub fn writes(&self, waits: bool) {
        self.0.writing.store(waits, Ordering::Relaxed);
    }

    /// Nothing is under way.
    pub fn is_idle(&self) -> bool {
        self.0.requests.load(Ordering::Relaxed) == 0 && !self.0.writing.load(Ordering::Relaxed)
    }
}

impl Answering {
    /// The body of its answer, with which it ends.
    pub fn until_sent(self, body: Body) -> Body {
        Body::new(Sending { body, _answering: self })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.requests.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A body of an answer under way.
struct Sending {
    body: Body,
    _answering: Answering,
}

impl HttpBody for Sending {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<hyper::body::Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        self.body.size_hint()
    }
}
