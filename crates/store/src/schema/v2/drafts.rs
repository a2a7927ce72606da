//! Forms that somebody has begun to fill in.

use crate::schema::table::{Table, bytes, id, instant, text, whole};

/// What is kept of them.
pub(crate) const TABLES: &[Table] = &[
    // What is typed may be personal: sealed. One for each person and form.
    Table {
        name: "draft",
        columns: &[
            id(),
            whole("person_id").of("person"),
            text("place"),
            bytes("fields"),
            instant("kept_at"),
        ],
        unique: &[&["person_id", "place"]],
        indexes: &[&["kept_at"]],
    },
];
