//! Signing in through a provider of identities (统一认证, OpenID Connect): authorisation code with PKCE. A person at
//! the provider is somebody here only after that somebody has linked the two, signed in.

mod begin_sign_on;
mod finish_sign_on;
mod provider;

pub use begin_sign_on::{begin_link, begin_sign_on};
pub use finish_sign_on::{Finished, finish_sign_on};
pub use provider::Provider;
