//! Signing in through a provider of identities (统一认证, OpenID Connect): authorisation code with PKCE. A person at
//! the provider is somebody here only after that somebody has linked the two, signed in. What the provider says of
//! roles or second factors counts for nothing here.

mod begin_sign_on;
mod confirmed;
mod finish_sign_on;
mod not_signed_on;
mod provider;

pub use begin_sign_on::{begin_link, begin_sign_on};
pub use finish_sign_on::{Back, Finished, finish_sign_on};
pub use not_signed_on::NotSignedOn;
pub use provider::Provider;
