//! The platform as pages and API.
//!
//! Every route is a row of one table ([`routes::ROUTES`]): the router is made from it, and nothing can be asked for
//! that has no row. A request passes the same gate whatever it asks for: who is it, may they, does it come from our
//! own page, how large is it; then the handler calls one use case of `app` and shows what it says. Nothing here
//! decides who may do what, and nothing knows of SQL.

mod address;
mod answers;
mod api;
mod ask;
mod assets;
mod catalogue;
mod config;
mod cookie;
mod draft;
mod failure;
mod fields;
mod form;
mod frame;
mod gate;
mod identify;
mod lang;
mod law;
mod limits;
mod local;
mod look;
mod metrics;
mod multipart;
mod outer;
mod pages;
mod parts;
mod proof;
mod retry;
mod view;
mod web;
mod workbook;

pub mod routes;
pub mod server;

pub use catalogue::{Mistake, check as check_messages};
pub use config::{Limits, TrustedProxy, WebConfig};
pub use lang::Lang;
pub use server::serve;
pub use web::{Web, router};
