//! How far a role reaches with an action. Which rows that means for one person is said by `rows`.

use crate::coded::coded;

coded! {
    /// Whose data an action of a role reaches.
    pub enum Reach {
        Nothing         "nothing"      "—"              "—";
        Own             "own"          "本人"           "oneself";
        OwnOrganisation "organisation" "本单位"         "own organisation";
        Subtree         "subtree"      "本单位及下级"   "own organisation and below";
        Assigned        "assigned"     "指派给本人的"   "assigned to oneself";
        Consented       "consented"    "授权给本单位的" "consented to own organisation";
        City            "city"         "全部"           "everything";
    }
}
