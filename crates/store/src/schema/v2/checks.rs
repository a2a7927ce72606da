//! Self-checks that somebody has kept.

use crate::schema::table::{Table, bytes, id, instant, text, whole};

/// What is kept of them.
pub(crate) const TABLES: &[Table] = &[
    // The answers are a firm's figures: sealed. After `expires_at` a row is taken away.
    Table {
        name: "self_check",
        columns: &[
            id(),
            whole("person_id").of("person"),
            text("title"),
            text("rulebook"),
            bytes("document"),
            instant("created_at"),
            instant("expires_at"),
        ],
        unique: &[],
        indexes: &[&["person_id"], &["expires_at"]],
    },
];
