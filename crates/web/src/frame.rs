//! What stands around every page: who is signed in, where they can go, what was just done.

use access::{Action, Role, decide};
use app::Caller;

use crate::ask::Ask;
use crate::lang::{Lang, Say};
use crate::look::{SWITCHES, Style, Theme};
use crate::{assets, catalogue};

/// How pages are shown to a reader, whatever they are about.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    pub say: Say,
    pub look: Style,
    /// Whether everything is made up.
    pub demo: bool,
}

/// What stands around a page.
pub(crate) struct Frame {
    pub say: Say,
    pub look: Style,
    /// Whether everything is made up.
    pub demo: bool,
    pub title: String,
    pub path: String,
    /// The name of who is signed in; empty if nobody is, or if something is owed first.
    pub name: String,
    pub roles: String,
    pub groups: Vec<Group>,
    pub form_secret: String,
    pub done: String,
    /// Whether a page outside the navigation takes the whole width.
    pub wide: bool,
    /// The page as it is asked for again with a switch: ends in `?` or `&`.
    pub again: String,
    /// The form by whose buttons it is asked for again, where a link would lose what the page carries.
    pub by: Option<&'static str>,
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
            ("/populations", "populations.title", Action::PopulationRead),
            ("/decisions", "nav.decisions", Action::DecisionRead),
        ],
    ),
    (
        "nav.law",
        &[
            ("/programmes", "law.nav-programmes", Action::RulebookRead),
            ("/numbers", "law.nav-numbers", Action::RulebookRead),
            ("/rulebooks", "nav.rulebooks", Action::RulebookRead),
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
        "nav.watch",
        &[
            ("/audit", "nav.audit", Action::AuditRead),
            ("/security", "nav.security", Action::SecurityReadSettings),
        ],
    ),
    (
        "nav.operation",
        &[
            ("/jobs", "nav.jobs", Action::JobRetry),
            ("/schedules", "nav.schedules", Action::JobListSchedules),
            ("/backups", "backups.title", Action::OperationListBackups),
            ("/health", "health.title", Action::OperationReadHealth),
        ],
    ),
    (
        "nav.own",
        &[
            ("/own", "nav.profile", Action::OwnReadProfile),
            ("/self-check", "home.self-check", Action::OwnKeepCheck),
            ("/own/checks", "check.nav", Action::OwnReadChecks),
            ("/api", "nav.api", Action::OwnListTokens),
            // What somebody has asked for goes on behind the pages.
            ("/jobs", "nav.own-jobs", Action::ScreeningRun),
        ],
    ),
];

/// The pages that everybody may read stand together for whoever has not signed in.
const PUBLIC: &[(&str, &str)] =
    &[("/programmes", "law.nav-programmes"), ("/numbers", "law.nav-numbers"), ("/api", "nav.api")];

impl Frame {
    pub fn new(ask: &Ask, title: &str) -> Self {
        let setting = Setting { say: ask.say, look: ask.look, demo: ask.shared.config.demo };
        let mut frame = Self::of(setting, title, ask.uri.path(), ask.caller.as_ref());
        let done = ask.query.text("done");
        let done = done.and_then(|done| catalogue::find(ask.say.0, &format!("done.{done}")));
        frame.done = done.map(str::to_owned).unwrap_or_default();
        // A page that answers a form has no address of its own to come back to.
        if ask.route.method == crate::routes::Method::Get {
            let kept = ask.query.without(&["done"]).without(&SWITCHES).to_string();
            let joint = if kept.is_empty() { "" } else { "&" };
            frame.again = format!("{}?{kept}{joint}", ask.uri.path());
        }
        frame
    }

    /// The same for a page that no route answers with.
    pub fn of(setting: Setting, title: &str, path: &str, caller: Option<&Caller>) -> Self {
        let say = setting.say;
        let mut frame = Self {
            say,
            look: setting.look,
            demo: setting.demo,
            title: title.to_owned(),
            path: path.to_owned(),
            name: String::new(),
            roles: String::new(),
            groups: Vec::new(),
            form_secret: String::new(),
            done: String::new(),
            wide: false,
            again: "/?".to_owned(),
            by: None,
        };
        if let Some(caller) = caller {
            frame.name = caller.name.clone();
            frame.roles = roles(caller, say);
            let session = caller.session.as_ref();
            frame.form_secret =
                session.map(|session| session.form_secret.clone()).unwrap_or_default();
            frame.groups = groups(caller, say, path);
        } else if PUBLIC.iter().any(|(place, _)| is_within(path, place)) {
            let links = PUBLIC.iter().map(|(place, title)| Link {
                path: place,
                title: say.t(title),
                here: is_within(path, place),
            });
            frame.groups = vec![Group { title: say.t("law.public"), links: links.collect() }];
        }
        frame
    }

    /// The same page with something switched.
    pub fn with(&self, name: &str, value: &str) -> String {
        format!("{}{name}={value}", self.again)
    }

    /// The themes, what they are called, and which it is.
    pub fn themes(&self) -> Vec<(&'static str, String, bool)> {
        let name = |theme| match theme {
            Theme::Auto => self.say.t("look.auto"),
            Theme::Light => self.say.t("look.light"),
            Theme::Dark => self.say.t("look.dark"),
        };
        Theme::ALL
            .into_iter()
            .map(|theme| (theme.code(), name(theme), theme == self.look.theme))
            .collect()
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

    /// The address of the page in the other language.
    pub fn other_lang(&self) -> String {
        self.with("lang", self.say.0.other().code())
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
    // Of a page and one below it, the nearer one.
    let places = PLACES.iter().flat_map(|(_, places)| *places).map(|(place, ..)| *place);
    let here = places.filter(|place| is_within(path, place)).max_by_key(|place| place.len());
    let mut order: Vec<_> = PLACES.iter().collect();
    if decide(&caller.who, Action::EnterpriseList).is_err() {
        // Who looks after the platform and not after firms reads the law seldom.
        order.sort_by_key(|(title, _)| match *title {
            "nav.law" => 1,
            "nav.own" => 2,
            _ => 0,
        });
    }
    order
        .into_iter()
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
                    here: here == Some(*place),
                })
                .collect(),
        })
        .filter(|group| !group.links.is_empty())
        .collect()
}

/// Whether a path is a page or one below it.
fn is_within(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
