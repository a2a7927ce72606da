//! Work that takes a processor for longer than a moment, done where it keeps nobody waiting.

use crate::refusal::Refusal;

/// Does it on a thread that is there for such work.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(Refusal::broken)
}
