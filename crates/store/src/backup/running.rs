//! Rows, bytes and digest of a table, as far as it has come.

use crypto::Digest;

use super::manifest::Saved;

pub(super) struct Running<'d> {
    digest: &'d dyn Digest,
    so_far: [u8; 32],
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

impl<'d> Running<'d> {
    pub(super) fn new(digest: &'d dyn Digest) -> Self {
        Self { digest, so_far: [0; 32], rows: 0, bytes: 0 }
    }

    /// One more line, with its end.
    pub(super) fn line(&mut self, line: &[u8]) {
        self.so_far = self.digest.digest(&[&self.so_far, line]);
        self.rows += 1;
        self.bytes += line.len() as u64;
    }

    pub(super) fn saved(&self, name: &str, last_number: Option<i64>) -> Saved {
        Saved {
            name: name.to_owned(),
            rows: self.rows,
            bytes: self.bytes,
            digest: crypto::hex(&self.so_far),
            last_number,
        }
    }
}
