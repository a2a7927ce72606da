//! Kinds of organisations, and which stands under which. The tree itself is data.

use crate::coded::coded;

coded! {
    /// What an organisation is.
    pub enum OrganisationKind {
        CityBureau    "city-bureau"    "市级主管部门" "City bureau";
        District      "district"       "区市"         "District";
        Zone          "zone"           "功能区"       "Functional zone";
        Enterprise    "enterprise"     "企业"         "Enterprise";
        AdviserOffice "adviser-office" "代办机构"     "Adviser's office";
        Provider      "provider"       "服务机构"     "Service provider";
        Bank          "bank"           "金融机构"     "Bank";
        ExpertPanel   "expert-panel"   "专家库"       "Expert panel";
    }
}

impl OrganisationKind {
    /// Whether it may stand under `parent`; `None` is the top, where the city bureau stands alone.
    /// A firm that no district looks after stands under the bureau itself.
    pub fn stands_under(self, parent: Option<Self>) -> bool {
        match parent {
            None => self == Self::CityBureau,
            Some(Self::CityBureau) => self != Self::CityBureau,
            Some(Self::District | Self::Zone) => self == Self::Enterprise,
            Some(_) => false,
        }
    }
}
