//! Any two of the acts that look before they write, at the same moment on the same person or organisation: whatever
//! comes of it, what the platform promises about its rows holds, and nobody is answered with a fault.

use access::{Action, OrganisationKind, Role};
use app::delegations::grant_delegation;
use app::kept_checks::{KeepCheck, keep_check};
use app::organisations::{
    Described, NewOrganisation, close_organisation, create_organisation, reopen_organisation,
};
use app::own::{
    Close, NewProfile, NewToken, accept_invitation, change_own_password, change_own_profile,
    create_own_token, keep_draft,
};
use app::people::{
    Invite, NewMembership, decide_membership, disable_person, end_membership, erase_person,
    invite_again, invite_person, propose_membership, reset_password, reset_second_factor,
};
use app::{Caller, Refusal};
use crypto::{Digest as _, Sha256};
use jiff::SignedDuration;
use store::membership::State;

use crate::bed::{App, PASSWORD, each};
use crate::world::World;

/// Who acts in all pairs.
struct Actors {
    world: World,
    admin: Caller,
    security: Caller,
    manager: Caller,
}

impl Actors {
    async fn new(app: &App) -> Self {
        let world = app.world().await;
        Self {
            admin: app.caller(world.admin).await,
            security: app.caller(world.security).await,
            manager: app.caller(world.manager).await,
            world,
        }
    }
}

/// Somebody of whom everything is under way that two can quarrel about.
struct Somebody {
    id: i64,
    caller: Caller,
    /// The first role, or the office of the administrator.
    role: i64,
    auditor: i64,
    invitation: String,
}

impl Somebody {
    /// With two offices that are proposed and exclude each other, or with a role that counts.
    async fn new(app: &App, actors: &Actors, login: &str, offices: bool) -> Self {
        let bureau = &actors.world.bureau;
        let id = app.nobody(login).await;
        let unit = app.store().write().await.unwrap();
        let now = app.now();
        let roles = match offices {
            true => [Some(Role::Administrator), Some(Role::Auditor)],
            false => [Some(Role::CityOfficer), None],
        };
        let mut roles_given = Vec::new();
        for role in roles.into_iter().flatten() {
            let new = store::membership::New {
                person: id,
                organisation: bureau.id,
                role,
                state: if offices { State::Proposed } else { State::Active },
                from: app::today(now),
                until: None,
                proposed_by: Some(actors.world.admin),
                at: now,
            };
            roles_given.push(store::membership::insert(&unit, &new).await.unwrap());
        }
        store::person::ask_erasure(&unit, id, actors.world.admin, now).await.unwrap();
        let invitation = format!("tidui_{login}");
        let hash = crypto::hex(&Sha256.digest(&[b"tidu-secret-1", invitation.as_bytes()]));
        let expires = now + SignedDuration::from_hours(24);
        store::invitation::insert(&unit, id, &hash, None, now, expires).await.unwrap();
        unit.commit().await.unwrap();
        let caller = app.caller(id).await;
        let (role, auditor) = (roles_given[0], *roles_given.last().unwrap());
        Self { id, caller, role, auditor, invitation }
    }
}

/// What is done to an account or by its owner.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Of {
    GiveRole,
    ApproveAdministrator,
    ApproveAuditor,
    EndRole,
    Disable,
    Erase,
    ResetPassword,
    ResetFactor,
    InviteAgain,
    Accept,
    ChangePassword,
    ChangeProfile,
    MakeToken,
    KeepCheck,
    KeepDraft,
}

const OF_PEOPLE: [Of; 15] = [
    Of::GiveRole,
    Of::ApproveAdministrator,
    Of::ApproveAuditor,
    Of::EndRole,
    Of::Disable,
    Of::Erase,
    Of::ResetPassword,
    Of::ResetFactor,
    Of::InviteAgain,
    Of::Accept,
    Of::ChangePassword,
    Of::ChangeProfile,
    Of::MakeToken,
    Of::KeepCheck,
    Of::KeepDraft,
];

async fn act(app: &App, actors: &Actors, on: &Somebody, what: Of) -> Result<(), Refusal> {
    let (admin, security, id) = (&actors.admin, &actors.security, on.id);
    match what {
        Of::GiveRole => {
            let organisation = actors.world.north.id;
            let new = NewMembership { organisation, role: Role::DistrictOfficer, until: None };
            propose_membership(app, admin, id, new).await.map(drop)
        }
        Of::ApproveAdministrator => decide_membership(app, security, on.role, 1, true).await,
        Of::ApproveAuditor => decide_membership(app, security, on.auditor, 1, true).await,
        Of::EndRole => end_membership(app, admin, on.role, 1).await,
        Of::Disable => disable_person(app, admin, id, 1).await,
        Of::Erase => erase_person(app, security, id).await,
        Of::ResetPassword => reset_password(app, admin, id).await.map(drop),
        Of::ResetFactor => reset_second_factor(app, security, id).await.map(drop),
        Of::InviteAgain => invite_again(app, admin, id, true).await.map(drop),
        Of::Accept => {
            let chosen = "evening tide at the pier";
            accept_invitation(app, &on.invitation, chosen, &app.origin()).await.map(drop)
        }
        Of::ChangePassword => {
            let chosen = (PASSWORD, "morning fog on the hills");
            change_own_password(app, &on.caller, chosen, Close::ALL).await.map(drop)
        }
        Of::ChangeProfile => {
            let new =
                NewProfile { name: "另一个名字", phone: Some("13900002222"), mail: None };
            change_own_profile(app, &on.caller, 1, &new).await
        }
        Of::MakeToken => {
            let new = NewToken { name: "报表", actions: [Action::PersonList].into(), days: 30 };
            create_own_token(app, &on.caller, &new, PASSWORD).await.map(drop)
        }
        Of::KeepCheck => {
            let new = KeepCheck { title: "自测", document: "{}", consent: true };
            keep_check(app, &on.caller, &new).await.map(drop)
        }
        Of::KeepDraft => {
            let fields = [("name".to_owned(), "某人".to_owned())];
            keep_draft(app, &on.caller, "people/invite", &fields).await
        }
    }
}

/// What may come of it: done, or refused in words. A fault, or a database that gives up, is none.
fn answered(pair: &str, done: Result<(), Refusal>) -> bool {
    match done {
        Ok(()) => true,
        Err(Refusal::Broken(fault) | Refusal::Later(fault)) => panic!("{pair}: {fault}"),
        Err(_) => false,
    }
}

/// What holds of an account whatever was done to it.
async fn person_holds(app: &App, id: i64, pair: &str) {
    let person = app.person(id).await;
    let unit = app.store().read().await.unwrap();
    let now = app.now();
    let alive: Vec<_> = app
        .memberships(id)
        .await
        .into_iter()
        .filter(|held| matches!(held.state, State::Proposed | State::Active))
        .collect();
    for (at, held) in alive.iter().enumerate() {
        for other in &alive[..at] {
            let same = (held.organisation, held.role) == (other.organisation, other.role);
            assert!(!same, "{pair}: a role twice");
            let both = held.state == State::Active && other.state == State::Active;
            assert!(!(both && held.role.excludes(other.role)), "{pair}: offices that exclude");
        }
    }
    let sessions = store::session::of_person(&unit, id, now).await.unwrap().len();
    let tokens = store::token::of_person(&unit, id).await.unwrap();
    let tokens = tokens.iter().filter(|token| token.holds_at(now)).count();
    if person.disabled.is_some() {
        assert_eq!((sessions, tokens), (0, 0), "{pair}: a way into a disabled account");
    }
    if person.is_held() {
        assert_eq!((sessions, tokens), (0, 0), "{pair}: a way into a held account");
    }
    if person.erased.is_some() {
        assert_eq!(alive, [], "{pair}: a role of nobody");
        assert_eq!(person.name, format!("erased-{id}"), "{pair}");
        assert_eq!((person.phone, person.mail, person.password), (None, None, None), "{pair}");
        let checks = store::self_check::of_person(&unit, id, now).await.unwrap().len();
        let draft = store::draft::find(&unit, id, "people/invite").await.unwrap();
        assert!(checks == 0 && draft.is_none(), "{pair}: something of nobody is kept");
    }
}

#[test]
fn whatever_two_do_to_an_account_at_once_leaves_it_as_promised() {
    each(async |app| {
        let actors = Actors::new(app).await;
        app.personal("另一个名字");
        for (at, one) in OF_PEOPLE.iter().enumerate() {
            for (place, other) in OF_PEOPLE[at..].iter().enumerate() {
                let pair = format!("{one:?} and {other:?}");
                let offices = [one, other]
                    .iter()
                    .any(|what| matches!(what, Of::ApproveAdministrator | Of::ApproveAuditor));
                let login = format!("p{at}x{place}");
                let on = Somebody::new(app, &actors, &login, offices).await;
                let (first, second) =
                    tokio::join!(act(app, &actors, &on, *one), act(app, &actors, &on, *other));
                let (first, second) = (answered(&pair, first), answered(&pair, second));
                assert!(first || second, "{pair}: neither was done");
                person_holds(app, on.id, &pair).await;
                if one == other && !repeats(*one) {
                    assert!(first != second, "{pair}: done twice");
                }
                if let (Of::ApproveAdministrator, Of::ApproveAuditor) = (one, other) {
                    assert!(first != second, "{pair}: both offices");
                }
            }
        }
    });
}

/// What may be done again at once: it makes something anew, or takes away what may be gone.
fn repeats(what: Of) -> bool {
    use Of::{InviteAgain, KeepCheck, KeepDraft, MakeToken, ResetFactor, ResetPassword};
    matches!(what, InviteAgain | KeepCheck | KeepDraft | MakeToken | ResetFactor | ResetPassword)
}

/// What is done to organisations.
#[derive(Clone, Copy, PartialEq, Debug)]
enum At {
    Close,
    CloseBelow,
    ReopenBelow,
    EnterBelow,
    Invite,
    GiveRole,
    Grant,
}

const AT_PLACES: [At; 7] = [
    At::Close,
    At::CloseBelow,
    At::ReopenBelow,
    At::EnterBelow,
    At::Invite,
    At::GiveRole,
    At::Grant,
];

#[test]
fn whatever_two_do_to_an_organisation_at_once_leaves_it_as_promised() {
    each(async |app| {
        let actors = Actors::new(app).await;
        let world = &actors.world;
        let (district, office) = (OrganisationKind::District, OrganisationKind::AdviserOffice);
        for (number, (one, other)) in AT_PLACES
            .iter()
            .enumerate()
            .flat_map(|(at, one)| AT_PLACES[at..].iter().map(move |other| (*one, *other)))
            .enumerate()
        {
            let pair = format!("{one:?} and {other:?}");
            let place =
                app.organisation(Some(&world.bureau), district, &format!("区{number}"), None).await;
            let below = app
                .organisation(
                    Some(&place),
                    OrganisationKind::Enterprise,
                    &format!("企业{number}"),
                    Some(&crate::world::code(100 + u32::try_from(number).unwrap())),
                )
                .await;
            let adviser =
                app.organisation(Some(&world.bureau), office, &format!("所{number}"), None).await;
            // What is opened again was closed; what is closed above has nothing open below it but what comes meanwhile.
            let closed = [one, other].iter().any(|what| *what != At::CloseBelow);
            let unit = app.store().write().await.unwrap();
            if closed {
                store::organisation::close(&unit, below.id, 1, Some(app.now())).await.unwrap();
            }
            unit.commit().await.unwrap();
            let version = if closed { 2 } else { 1 };
            let somebody = app.somebody_new(&format!("q{number}"), Role::Leader).await;
            let until = app::today(app.now());
            let do_it = async |what: At, which: u32| match what {
                At::Close => close_organisation(app, &actors.admin, place.id, 1).await,
                At::CloseBelow => close_organisation(app, &actors.admin, below.id, version).await,
                At::ReopenBelow => reopen_organisation(app, &actors.admin, below.id, version).await,
                At::EnterBelow => {
                    let name = format!("新企业{number}");
                    let code =
                        crate::world::code(1000 + u32::try_from(number).unwrap() * 2 + which);
                    let described =
                        Described { name: &name, uscc: Some(&code), ..Described::default() };
                    let kind = OrganisationKind::Enterprise;
                    let new = NewOrganisation { parent: place.id, kind, described };
                    create_organisation(app, &actors.admin, &new).await.map(drop)
                }
                At::Invite => {
                    let membership = NewMembership {
                        organisation: place.id,
                        role: Role::DistrictOfficer,
                        until: None,
                    };
                    let login = format!("r.{number}");
                    app.personal(&login);
                    let invite = Invite {
                        login: &login,
                        name: "受邀人",
                        phone: None,
                        mail: None,
                        membership,
                    };
                    invite_person(app, &actors.admin, &invite).await.map(drop)
                }
                At::GiveRole => {
                    let new = NewMembership {
                        organisation: place.id,
                        role: Role::DistrictOfficer,
                        until: None,
                    };
                    propose_membership(app, &actors.admin, somebody, new).await.map(drop)
                }
                At::Grant => {
                    grant_delegation(app, &actors.manager, world.pump.id, adviser.id, until)
                        .await
                        .map(drop)
                }
            };
            let (first, second) = tokio::join!(do_it(one, 0), do_it(other, 1));
            let (first, second) = (answered(&pair, first), answered(&pair, second));
            if one == other {
                assert!(first != second, "{pair}: {first} {second}");
            }
            places_hold(app, &pair).await;
        }
    });
}

async fn places_hold(app: &App, pair: &str) {
    let unit = app.store().read().await.unwrap();
    let rows: access::Rows = [access::Visible::Everything].into_iter().collect();
    let seen = store::Scope { rows: &rows, today: app::today(app.now()) };
    let wanted = store::organisation::Wanted::default();
    let all =
        store::organisation::list(&unit, &wanted, &seen, store::Page::ALL).await.unwrap().rows;
    let open: Vec<_> = all.iter().filter(|place| place.closed.is_none()).collect();
    for (at, place) in open.iter().enumerate() {
        let above = place.parent.is_none_or(|above| open.iter().any(|one| one.id == above));
        assert!(above, "{pair}: {} is open below a closed one", place.name);
        assert!(open[..at].iter().all(|one| one.name != place.name), "{pair}: {}", place.name);
    }
    let given = store::delegation::all(&unit, &seen).await.unwrap();
    for (at, one) in given.iter().enumerate() {
        let twin = given[..at]
            .iter()
            .any(|other| (one.organisation, one.to) == (other.organisation, other.to));
        assert!(!twin, "{pair}: a delegation twice");
    }
}
