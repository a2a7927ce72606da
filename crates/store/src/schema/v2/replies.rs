//! What was answered to a request that must not be done twice.

use crate::schema::table::{Table, bytes, id, instant, text, whole};

/// What is kept of them.
pub(crate) const TABLES: &[Table] = &[
    // Entered in the unit of the change itself: neither is there without the other.
    Table {
        name: "reply",
        columns: &[
            id(),
            whole("person_id").of("person"),
            // Not a reference: the tokens of an erased person go.
            whole("token_id"),
            // Digests of the caller's key and of everything that was asked under it.
            text("key"),
            text("request"),
            whole("status").optional(),
            bytes("answer").optional(),
            instant("created_at"),
        ],
        unique: &[&["token_id", "key"]],
        indexes: &[&["person_id"], &["created_at"]],
    },
];
