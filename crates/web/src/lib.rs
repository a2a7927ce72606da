//! The platform as pages and API.
