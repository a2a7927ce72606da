//! The pages, one file for each thing that somebody comes for.

pub(crate) mod accounts;
pub(crate) mod api;
pub(crate) mod audit_trail;
pub(crate) mod bring;
pub(crate) mod decisions;
pub(crate) mod delegations;
pub(crate) mod developers;
pub(crate) mod health;
pub(crate) mod home;
pub(crate) mod invitation;
pub(crate) mod jobs;
pub(crate) mod memberships;
pub(crate) mod organisations;
pub(crate) mod own;
pub(crate) mod own_factor;
pub(crate) mod own_identities;
pub(crate) mod own_password;
pub(crate) mod own_sessions;
pub(crate) mod own_tokens;
pub(crate) mod people;
pub(crate) mod rulebooks;
pub(crate) mod second_factor;
pub(crate) mod security;
pub(crate) mod sign_in;
pub(crate) mod sign_on;
