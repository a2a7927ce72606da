//! What stands around every page: who is signed in, where they can go, what was just done.

use access::{Action, Role, decide};
use app::Caller;

use crate::ask::Ask;
use crate::lang::{Lang, Say};
use crate::{assets, catalogue};

/// What stands around a page.
pub(crate) struct Frame {
    pub say: Say,
    pub title: String,
    pub path: String,
    /// The name of who is signed in; empty if nobody is, or if something is owed first.
    pub name: String,
    pub roles: String,
    pub groups: Vec<Group>,
    pub form_secret: String,
    pub done: String,
    pub other_lang: String,
}

/// Some links under a heading.
pub(crate) struct Group {
    pub title: String,
    pub links: Vec<Link>,
}

/// A link to a page.
pub(crate) struct Link {
    pub path: &'static str,
    pub title: String,
    pub here: bool,
}

/// A page that stands in the navigation, and the action that leads there.
type Place = (&'static str, &'static str, Action);

const PLACES: &[(&str, &[Place])] = &[
    (
        "nav.enterprises",
        &[
            ("/enterprises", "enterprises.title", Action::EnterpriseList),
            ("/screening", "screening.title", Action::ScreeningRead),
            ("/what-if", "what-if.title", Action::ScreeningSimulate),
        ],
    ),
    (
        "nav.people",
        &[
            ("/people", "nav.person", Action::PersonList),
            ("/approvals", "nav.approvals", Action::MembershipApprove),
            ("/organisations", "nav.organisations", Action::OrganisationList),
            ("/delegations", "nav.delegations", Action::DelegationList),
        ],
    ),
    (
        "nav.law",
        &[
            ("/rulebooks", "nav.rulebooks", Action::RulebookRead),
            ("/decisions", "nav.decisions", Action::DecisionRead),
        ],
    ),
    (
        "nav.watch",
        &[
            ("/audit", "nav.audit", Action::AuditRead),
            ("/security", "nav.security", Action::SecurityReadSettings),
        ],
    ),
    (
        "nav.operation",
        &[
            ("/jobs", "nav.jobs", Action::JobList),
            ("/schedules", "nav.schedules", Action::JobListSchedules),
        ],
    ),
    ("nav.own", &[("/own", "nav.profile", Action::OwnReadProfile)]),
];

impl Frame {
    pub fn new(ask: &Ask, title: &str) -> Self {
        let done = ask.query.text("done").and_then(|done| {
            catalogue::find(ask.say.0, &format!("done.{done}")).map(str::to_owned)
        });
        let other = ask.say.0.other();
        // A page that answers a form has no address of its own to come back to in the other language.
        let other_lang = match ask.route.method {
            crate::routes::Method::Get => format!(
                "{}?{}",
                ask.uri.path(),
                ask.query.without(&["done", "lang"]).query_with("lang", other.code())
            ),
            crate::routes::Method::Post => format!("/?lang={}", other.code()),
        };
        Self::of(
            ask.say,
            title,
            ask.uri.path(),
            ask.caller.as_ref(),
            done.unwrap_or_default(),
            other_lang,
        )
    }

    /// The same for a page that no route answers with.
    pub fn of(
        say: Say,
        title: &str,
        path: &str,
        caller: Option<&Caller>,
        done: String,
        other_lang: String,
    ) -> Self {
        let mut frame = Self {
            say,
            title: title.to_owned(),
            path: path.to_owned(),
            name: String::new(),
            roles: String::new(),
            groups: Vec::new(),
            form_secret: String::new(),
            done,
            other_lang,
        };
        if let Some(caller) = caller {
            frame.name = caller.name.clone();
            frame.roles = roles(caller, say);
            frame.form_secret = caller
                .session
                .as_ref()
                .map(|session| session.form_secret.clone())
                .unwrap_or_default();
            frame.groups = groups(caller, say, path);
        }
        frame
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> &'static str {
        assets::address(name)
    }

    /// A message.
    pub fn t(&self, key: &str) -> String {
        self.say.t(key)
    }

    /// A message with one thing put in.
    pub fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        self.say.t1(key, name, value)
    }

    /// The tag of the page's language.
    pub fn lang(&self) -> &'static str {
        self.say.0.tag()
    }

    /// The tag and the name of the other language.
    pub fn other(&self) -> (&'static str, &'static str) {
        match self.say.0.other() {
            Lang::Zh => ("zh-CN", "中文"),
            Lang::En => ("en", "English"),
        }
    }
}

/// What somebody is, for the head of the page.
fn roles(caller: &Caller, say: Say) -> String {
    let mut all: Vec<Role> = caller.memberships.iter().map(|held| held.role).collect();
    all.sort_unstable();
    all.dedup();
    let names: Vec<&str> = all.into_iter().map(|role| say.name(role.words())).collect();
    names.join(say.either("、", ", "))
}

/// Where somebody can go. Whoever owes something first settles that.
pub(crate) fn groups(caller: &Caller, say: Say, path: &str) -> Vec<Group> {
    if caller.owes.is_some() {
        return Vec::new();
    }
    let within = |place: &str| path == place || path.starts_with(&format!("{place}/"));
    PLACES
        .iter()
        .map(|(title, places)| Group {
            title: say.t(title),
            links: places
                .iter()
                .filter(|(place, _, action)| {
                    crate::routes::exists(place) && decide(&caller.who, *action).is_ok()
                })
                .map(|(place, title, _)| Link {
                    path: place,
                    title: say.t(title),
                    here: within(place),
                })
                .collect(),
        })
        .filter(|group| !group.links.is_empty())
        .collect()
}
