//! Populations through files and back.

mod files;
mod lists;
mod round_trip;
mod schema;
mod values;
mod world;
