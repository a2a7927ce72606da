//! What pages are made of beyond plain blocks: each a type with typed inputs and a template of its own. They are all
//! shown, in every state, on the developers' page.

pub(crate) mod chart;
pub(crate) mod figure;
pub(crate) mod ladder;
pub(crate) mod list;
pub(crate) mod map;
pub(crate) mod notice;
pub(crate) mod progress;
pub(crate) mod qr;
pub(crate) mod score;
pub(crate) mod tabs;
pub(crate) mod tiles;
pub(crate) mod timeline;
pub(crate) mod tone;
pub(crate) mod tree;
pub(crate) mod verdict;

pub(crate) use tone::Tone;
