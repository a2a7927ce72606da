//! Numbers of the law that somebody has held against the official text.

use crate::schema::table::{Table, id, instant, text, whole};

/// What is kept of them.
pub(crate) const TABLES: &[Table] = &[
    // A number is named by its address and by what it was when it was looked at, not by a rulebook: what was found
    // holds as long as the number stays the same. `owner` is the programme or shared definition of the address.
    Table {
        name: "number_confirmation",
        columns: &[
            id(),
            text("owner"),
            text("address"),
            text("value"),
            text("finding"),
            text("says").optional(),
            text("source"),
            text("note").optional(),
            text("rulebook"),
            whole("by_person").of("person"),
            instant("at"),
            instant("withdrawn_at").optional(),
            whole("withdrawn_by").of("person").optional(),
            text("withdrawn_why").optional(),
        ],
        unique: &[],
        indexes: &[&["owner"], &["address"]],
    },
];
