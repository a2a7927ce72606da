//! A small city: two districts with a firm each, an adviser's office and a bank, and somebody in every role.
//! Entered past the use cases, so that each test begins with what it is about.

use access::{OrganisationKind as Kind, Role};
use app::today;
use enterprise::Uscc;
use store::membership::State;
use store::organisation::Organisation;

use crate::bed::{App, password_hash};

pub struct World {
    pub bureau: Organisation,
    pub north: Organisation,
    pub south: Organisation,
    /// A firm in the north.
    pub pump: Organisation,
    /// A firm in the south.
    pub lamp: Organisation,
    pub office: Organisation,
    pub bank: Organisation,
    pub admin: i64,
    pub security: i64,
    pub auditor: i64,
    pub city: i64,
    pub northern: i64,
    pub southern: i64,
    /// Manages the firm in the north.
    pub manager: i64,
    /// Works there.
    pub member: i64,
    /// Manages the firm in the south.
    pub other_manager: i64,
    pub adviser: i64,
}

/// A code that checks, for a number.
pub fn code(number: u32) -> String {
    let first = format!("91370202MA{number:07}");
    format!("{first}{}", Uscc::check_character(&first).unwrap())
}

impl App {
    pub async fn organisation(
        &self,
        parent: Option<&Organisation>,
        kind: Kind,
        name: &str,
        uscc: Option<&str>,
    ) -> Organisation {
        let unit = self.store().write().await.unwrap();
        let parent = parent.map(|parent| parent.id);
        let at = self.now();
        let new = store::organisation::New { parent, kind, name, uscc, district: None, at };
        let made = store::organisation::insert(&unit, &new).await.unwrap();
        unit.commit().await.unwrap();
        made
    }

    /// A person with the usual password, without a role.
    pub async fn nobody(&self, login: &str) -> i64 {
        let unit = self.store().write().await.unwrap();
        let (name, at) = (format!("姓名{login}"), self.now());
        let new = store::person::New { login, name: &name, phone: None, mail: None, at };
        let person = store::person::insert(&unit, new).await.unwrap().id;
        store::person::set_password(&unit, person, password_hash(), false, at).await.unwrap();
        unit.commit().await.unwrap();
        self.personal(&name);
        person
    }

    /// A membership that holds.
    pub async fn member_of(&self, person: i64, place: &Organisation, role: Role) -> i64 {
        let unit = self.store().write().await.unwrap();
        let now = self.now();
        let new = store::membership::New {
            person,
            organisation: place.id,
            role,
            state: State::Active,
            from: today(now),
            until: None,
            proposed_by: None,
            at: now,
        };
        let id = store::membership::insert(&unit, &new).await.unwrap();
        unit.commit().await.unwrap();
        id
    }

    /// Somebody in a role.
    pub async fn somebody(&self, login: &str, place: &Organisation, role: Role) -> i64 {
        let person = self.nobody(login).await;
        self.member_of(person, place, role).await;
        person
    }

    /// Somebody in a role at the bureau of the world that is there already.
    pub async fn somebody_new(&self, login: &str, role: Role) -> i64 {
        let unit = self.store().read().await.unwrap();
        let root = store::organisation::root(&unit).await.unwrap().unwrap();
        drop(unit);
        self.somebody(login, &root, role).await
    }

    /// What is kept of a person.
    pub async fn person(&self, id: i64) -> store::person::Person {
        let unit = self.store().read().await.unwrap();
        store::person::get(&unit, id).await.unwrap().unwrap()
    }

    /// The memberships of a person.
    pub async fn memberships(&self, person: i64) -> Vec<store::membership::Membership> {
        let unit = self.store().read().await.unwrap();
        store::membership::of_person(&unit, person).await.unwrap()
    }

    pub async fn world(&self) -> World {
        let bureau = self.organisation(None, Kind::CityBureau, "示例市民营经济局", None).await;
        let north = self.organisation(Some(&bureau), Kind::District, "北区", None).await;
        let south = self.organisation(Some(&bureau), Kind::District, "南区", None).await;
        let pump = self
            .organisation(Some(&north), Kind::Enterprise, "示例水泵有限公司", Some(&code(1)))
            .await;
        let lamp = self
            .organisation(Some(&south), Kind::Enterprise, "示例灯具有限公司", Some(&code(2)))
            .await;
        let office =
            self.organisation(Some(&bureau), Kind::AdviserOffice, "示例代办事务所", None).await;
        let bank = self.organisation(Some(&bureau), Kind::Bank, "示例银行", None).await;
        World {
            admin: self.somebody("w.admin", &bureau, Role::Administrator).await,
            security: self.somebody("w.security", &bureau, Role::SecurityOfficer).await,
            auditor: self.somebody("w.auditor", &bureau, Role::Auditor).await,
            city: self.somebody("w.city", &bureau, Role::CityOfficer).await,
            northern: self.somebody("w.northern", &north, Role::DistrictOfficer).await,
            southern: self.somebody("w.southern", &south, Role::DistrictOfficer).await,
            manager: self.somebody("w.manager", &pump, Role::EnterpriseManager).await,
            member: self.somebody("w.member", &pump, Role::EnterpriseMember).await,
            other_manager: self.somebody("w.other", &lamp, Role::EnterpriseManager).await,
            adviser: self.somebody("w.adviser", &office, Role::Adviser).await,
            bureau,
            north,
            south,
            pump,
            lamp,
            office,
            bank,
        }
    }
}
