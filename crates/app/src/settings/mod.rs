//! The security settings as people read and change them. What they mean stands in [`Security`](crate::Security).

mod security_settings;

pub use security_settings::{change_security, read_security};
