//! What programmes judge and rows of data are about.

/// What a subject is of which nothing else is said.
pub const ENTERPRISE: &str = "enterprise";

/// All kinds of subjects, by the words that rules and data use.
pub const SUBJECTS: [&str; 8] =
    [ENTERPRISE, "cluster", "park", "rd-centre", "product", "project", "person", "institution"];
