//! A seeded synthetic city.
