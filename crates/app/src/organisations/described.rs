//! What is typed about an organisation, made tidy and checked.

use access::OrganisationKind;
use enterprise::{Uscc, uscc_problem};
use store::Unit;

use crate::people::{Checks, tidy};
use crate::refusal::Refusal;

/// Name, code and district as they are typed.
#[derive(Clone, Copy, Default, Debug)]
pub struct Described<'a> {
    /// The full name.
    pub name: &'a str,
    /// The unified social credit code. A firm has one; others may.
    pub uscc: Option<&'a str>,
    /// The code of the district that it is in or is responsible for.
    pub district: Option<&'a str>,
}

/// The same, tidy.
pub(super) struct Tidy {
    pub(super) name: String,
    pub(super) uscc: Option<String>,
    pub(super) district: Option<String>,
}

impl Described<'_> {
    /// Everything that is wrong with it, or its tidy form.
    pub(super) fn checked(&self, kind: OrganisationKind) -> Result<Tidy, Refusal> {
        let mut checks = Checks::default();
        let name = checks.name("name", self.name, 100);
        let typed = tidy(self.uscc.unwrap_or_default());
        let uscc = match typed.parse::<Uscc>() {
            Ok(code) => Some(code.to_string()),
            Err(_) if typed.is_empty() => {
                if kind == OrganisationKind::Enterprise {
                    checks.wrong(
                        "uscc",
                        "企业须填写统一社会信用代码",
                        "a firm has a unified social credit code",
                    );
                }
                None
            }
            Err(error) => {
                let problem = uscc_problem(&typed, &error);
                let (what, help) = (problem.message, problem.help);
                checks.wrong(
                    "uscc",
                    format!("{}；{}", what.zh, help.zh),
                    format!("{}; {}", what.en, help.en),
                );
                None
            }
        };
        let district = tidy(self.district.unwrap_or_default());
        let plain = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
        if district.len() > 20 || !district.chars().all(plain) {
            checks.wrong(
                "district",
                "区划代码至多 20 个字母、数字或 -",
                "the code of a district has at most 20 letters, digits or -",
            );
        }
        checks.done()?;
        Ok(Tidy { name, uscc, district: Some(district).filter(|code| !code.is_empty()) })
    }
}

impl Tidy {
    /// Refuses a name that another open organisation has. `this` is the one that is changed.
    pub(super) async fn is_free(&self, unit: &Unit, this: Option<i64>) -> Result<(), Refusal> {
        if store::organisation::is_name_taken(unit, &self.name, this).await? {
            return Err(Refusal::invalid(
                "name",
                "已有同名的单位，请写明全称加以区分",
                "another organisation has this name: give the full name that tells them apart",
            ));
        }
        Ok(())
    }
}

/// What the store says of a code that is there already, in words.
pub(super) fn taken(error: store::Error) -> Refusal {
    match error {
        store::Error::Taken(_) => Refusal::invalid(
            "uscc",
            "已有单位使用这一统一社会信用代码，可能已经关闭；请查找后重新启用",
            "another organisation has this code, maybe a closed one: look for it and open it again",
        ),
        other => other.into(),
    }
}
