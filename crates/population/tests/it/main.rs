//! Populations through files and back.

mod round_trip;
mod world;
