//! Hiding small secrets in the database: the trait.

use crate::error::SealError;

/// Seals small secrets so that who reads the database cannot read them, and who writes to it cannot
/// change or move them unseen.
pub trait Seal: Send + Sync {
    /// The name of the method, such as `sm4-ccm`.
    fn name(&self) -> &str;

    /// `plain`, sealed for one place: `context` says which (the table, the column, the row), is not
    /// stored, and has to be said again to open it.
    ///
    /// # Errors
    /// When the provider cannot answer.
    fn seal(&self, plain: &[u8], context: &str) -> Result<Vec<u8>, SealError>;

    /// What was sealed for this place.
    ///
    /// # Errors
    /// When these bytes were not sealed for it, by a key at hand.
    fn open(&self, sealed: &[u8], context: &str) -> Result<Vec<u8>, SealError>;
}
