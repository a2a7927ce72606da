//! Who tries a demonstration: somebody in each role, in organisations that are made up. The names are the ones that
//! everybody knows to stand for nobody.

use access::{OrganisationKind, Role};

use super::firms::Why;

/// Where somebody belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// To the bureau of the city.
    Bureau,
    /// To the district of a firm that was chosen.
    DistrictOf(Why),
    /// To such a firm.
    Firm(Why),
    /// To the organisation of this kind that stands beside them.
    Other(OrganisationKind),
}

/// Somebody.
pub(super) struct Somebody {
    pub login: &'static str,
    pub name: &'static str,
    pub role: Role,
    pub place: Place,
    pub shows_second_factor: bool,
    /// What there is to see; of a firm's people, the firm says it.
    pub zh: &'static str,
    pub en: &'static str,
}

const fn somebody(
    login: &'static str,
    name: &'static str,
    role: Role,
    place: Place,
    (zh, en): (&'static str, &'static str),
) -> Somebody {
    Somebody { login, name, role, place, shows_second_factor: false, zh, en }
}

/// Everybody, in the order in which they are shown.
pub(super) const PEOPLE: &[Somebody] = &[
    somebody(
        "city",
        "张三",
        Role::CityOfficer,
        Place::Bureau,
        (
            "全市企业、筛查结果、政策试算、规则库",
            "all firms, screening, other thresholds, rulebooks",
        ),
    ),
    somebody(
        "city2",
        "李四",
        Role::CityOfficer,
        Place::Bureau,
        ("启用他人上传的规则库（双人办理）", "puts in force what somebody else brought"),
    ),
    somebody("leader", "王五", Role::Leader, Place::Bureau, ("全市概况", "the city at a glance")),
    somebody(
        "district",
        "赵六",
        Role::DistrictOfficer,
        Place::DistrictOf(Why::OneShort),
        ("只看本区市的企业", "sees the firms of one district"),
    ),
    somebody(
        "district2",
        "钱七",
        Role::DistrictOfficer,
        Place::DistrictOf(Why::Qualifies),
        ("另一区市，与上一账号互不可见", "another district: neither sees the other's"),
    ),
    somebody("firm", "孙八", Role::EnterpriseManager, Place::Firm(Why::OneShort), ("", "")),
    somebody("member", "周九", Role::EnterpriseMember, Place::Firm(Why::OneShort), ("", "")),
    somebody("firm2", "吴十", Role::EnterpriseManager, Place::Firm(Why::Qualifies), ("", "")),
    somebody("firm3", "郑十一", Role::EnterpriseManager, Place::Firm(Why::Lacks), ("", "")),
    somebody("firm4", "冯十二", Role::EnterpriseManager, Place::Firm(Why::Holds), ("", "")),
    somebody(
        "adviser",
        "陈十三",
        Role::Adviser,
        Place::Other(OrganisationKind::AdviserOffice),
        ("受 firm 委托代办", "acts for the firm of `firm`"),
    ),
    somebody(
        "bank",
        "褚十四",
        Role::Bank,
        Place::Other(OrganisationKind::Bank),
        ("经 firm 授权查看该企业", "sees the firm of `firm`, which consented"),
    ),
    somebody(
        "provider",
        "卫十五",
        Role::Provider,
        Place::Other(OrganisationKind::Provider),
        ("服务机构", "a service provider"),
    ),
    somebody(
        "expert",
        "蒋十六",
        Role::Expert,
        Place::Other(OrganisationKind::ExpertPanel),
        ("专家，看不到企业名单", "an expert, who sees no list of firms"),
    ),
    somebody(
        "admin",
        "沈十七",
        Role::Administrator,
        Place::Bureau,
        ("人员、单位、任务、备份", "people, organisations, jobs, backups"),
    ),
    Somebody {
        shows_second_factor: true,
        ..somebody(
            "security",
            "韩十八",
            Role::SecurityOfficer,
            Place::Bureau,
            (
                "审批角色、安全设置；登录时演示二次验证的设置（需手机验证器）",
                "approves roles; shows how a second factor is set up (with an authenticator)",
            ),
        )
    },
    somebody(
        "auditor",
        "杨十九",
        Role::Auditor,
        Place::Bureau,
        ("审计记录的查看、导出与校验", "reads, exports and verifies the audit trail"),
    ),
];

/// The organisations that stand beside the districts.
pub(super) const OTHERS: &[(OrganisationKind, &str)] = &[
    (OrganisationKind::AdviserOffice, "示例企业代办中心"),
    (OrganisationKind::Bank, "示例银行"),
    (OrganisationKind::Provider, "示例技术服务有限公司"),
    (OrganisationKind::ExpertPanel, "示例专家库"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn there_is_somebody_in_every_role_and_everybody_fits_where_they_are() {
        let roles: BTreeSet<Role> = PEOPLE.iter().map(|one| one.role).collect();
        assert_eq!(roles.len(), Role::ALL.len());
        let logins: BTreeSet<&str> = PEOPLE.iter().map(|one| one.login).collect();
        assert_eq!(logins.len(), PEOPLE.len());
        for one in PEOPLE {
            let kind = match one.place {
                Place::Bureau => OrganisationKind::CityBureau,
                Place::DistrictOf(_) => OrganisationKind::District,
                Place::Firm(_) => OrganisationKind::Enterprise,
                Place::Other(kind) => kind,
            };
            assert!(one.role.fits(kind), "{}", one.login);
            let others = OTHERS.iter().any(|(other, _)| *other == kind);
            assert!(others || !matches!(one.place, Place::Other(_)), "{}", one.login);
        }
    }
}
