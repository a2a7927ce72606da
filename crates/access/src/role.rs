//! Roles, and which of them one person may hold together. What a role may do stands in the table.

use crate::coded::coded;
use crate::organisation::OrganisationKind;

coded! {
    /// What a person is within an organisation.
    pub enum Role {
        EnterpriseManager "enterprise-manager" "企业管理员"     "Enterprise manager";
        EnterpriseMember  "enterprise-member"  "企业经办人"     "Enterprise member";
        Adviser           "adviser"            "代办顾问"       "Adviser";
        DistrictOfficer   "district-officer"   "区市经办"       "District officer";
        CityOfficer       "city-officer"       "市级经办"       "City officer";
        Expert            "expert"             "专家"           "Expert";
        Provider          "provider"           "服务机构"       "Service provider";
        Bank              "bank"               "金融机构"       "Bank";
        Leader            "leader"             "领导"           "Leader";
        Administrator     "administrator"      "系统管理员"     "Administrator";
        SecurityOfficer   "security-officer"   "安全保密管理员" "Security officer";
        Auditor           "auditor"            "安全审计员"     "Auditor";
    }
}

impl Role {
    /// Whether it is one of the three officers (三员), who watch each other.
    pub const fn is_officer(self) -> bool {
        matches!(self, Self::Administrator | Self::SecurityOfficer | Self::Auditor)
    }

    /// Whether one person must not hold both: an officer holds no other role at all.
    pub fn excludes(self, other: Self) -> bool {
        self != other && (self.is_officer() || other.is_officer())
    }

    /// Whether the role makes sense in such an organisation.
    pub fn fits(self, kind: OrganisationKind) -> bool {
        self.organisations().contains(&kind)
    }

    /// The kinds of organisation in which people have this role.
    pub const fn organisations(self) -> &'static [OrganisationKind] {
        use OrganisationKind as Kind;
        match self {
            Self::EnterpriseManager | Self::EnterpriseMember => &[Kind::Enterprise],
            Self::Adviser => &[Kind::AdviserOffice],
            Self::DistrictOfficer => &[Kind::District, Kind::Zone],
            Self::Expert => &[Kind::ExpertPanel],
            Self::Provider => &[Kind::Provider],
            Self::Bank => &[Kind::Bank],
            Self::Leader => &[Kind::CityBureau, Kind::District, Kind::Zone],
            Self::CityOfficer | Self::Administrator | Self::SecurityOfficer | Self::Auditor => {
                &[Kind::CityBureau]
            }
        }
    }
}
