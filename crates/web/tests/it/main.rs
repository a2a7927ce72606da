//! The face over real databases: requests through the router, and some over real connections.

mod browser;
mod forms;
mod heads;
mod pages;
mod signing_in;
mod silence;
mod sockets;
mod table;
mod world;
