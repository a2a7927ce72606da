//! Populations and their screenings: what lies in files, and since when.

use crate::schema::table::{Table, day, flag, id, instant, text, whole};

/// What is kept of them.
pub(crate) const TABLES: &[Table] = &[
    // The subjects themselves lie in a file beside the database, which is never changed: its name is its hash.
    Table {
        name: "population",
        columns: &[
            id(),
            text("name"),
            text("file"),
            text("hash"),
            whole("bytes"),
            whole("subjects"),
            day("known_as_of"),
            // Pins the last fiscal year, where somebody has said so.
            whole("base_year").optional(),
            flag("made_up"),
            // Rows of what was brought that were not taken, and which they were: JSON.
            whole("refused"),
            text("report"),
            whole("brought_by").of("person").optional(),
            instant("brought_at"),
        ],
        unique: &[&["hash"]],
        indexes: &[&["brought_at"]],
    },
    // The newest row says which population is in use.
    Table {
        name: "population_use",
        columns: &[
            id(),
            whole("population_id").of("population"),
            whole("previous_id").of("population").optional(),
            whole("by_person").of("person").optional(),
            instant("at"),
        ],
        unique: &[],
        indexes: &[],
    },
    // What it takes to screen again, and what came out. Jobs are forgotten, screenings are not.
    Table {
        name: "screening",
        columns: &[
            id(),
            whole("population_id").of("population"),
            text("rulebook"),
            whole("semantics"),
            day("as_of"),
            whole("base_year").optional(),
            text("counts"),
            instant("began_at"),
            instant("ended_at"),
            whole("job").optional(),
        ],
        unique: &[],
        indexes: &[&["population_id"]],
    },
];
