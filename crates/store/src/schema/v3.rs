//! Version 3: what holds once at a time holds so whatever two requests do at the same moment. Use cases look before
//! they write, with the row of the person or firm held; this is what stands behind them.

use super::only_once::OnlyOnce;

/// What version 3 adds. A role or a delegation that ended with its last day is still there and stands in nobody's way:
/// only those that begin on the same day are told apart.
pub(crate) const ONLY_ONCE: &[OnlyOnce] = &[
    OnlyOnce {
        table: "membership",
        columns: &["person_id", "organisation_id", "role", "from_day"],
        among: "state IN ('proposed', 'active')",
        // What counts already is kept rather than what is proposed, the first rather than the second.
        kept: "(other.state, other.id) < (membership.state, membership.id)",
        ends: &[("state", "'ended'"), ("version", "version + 1")],
        ended: "ended_at",
    },
    OnlyOnce {
        table: "delegation",
        columns: &["organisation_id", "to_organisation_id", "from_day"],
        among: "revoked_at IS NULL",
        kept: "other.id < delegation.id",
        ends: &[("version", "version + 1")],
        ended: "revoked_at",
    },
    OnlyOnce {
        table: "number_confirmation",
        columns: &["address", "by_person"],
        among: "withdrawn_at IS NULL",
        // What somebody found last counts.
        kept: "other.id > number_confirmation.id",
        ends: &[
            ("withdrawn_by", "by_person"),
            ("withdrawn_why", "'重复提交（sent twice at the same moment）'"),
        ],
        ended: "withdrawn_at",
    },
];
