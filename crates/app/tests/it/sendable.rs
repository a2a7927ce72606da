//! Every use case can be awaited by a server that moves its work from thread to thread. The compiler says whether: the
//! function below is never called.

use std::collections::BTreeSet;

use access::{Field, OrganisationKind, Purpose, Role};
use app::organisations::{Described, NewOrganisation};
use app::own::{NewProfile, NewToken};
use app::people::{Invite, NewMembership};
use app::{Caller, Origin, Platform, Security};
use jiff::civil::Date;
use store::Page;
use store::organisation::Wanted;

fn sendable(_: impl Send) {}

#[expect(dead_code, reason = "it is enough that it compiles")]
fn all(on: &Platform, by: &Caller, from: &Origin) {
    use app::{delegations, organisations, own, people, settings, sign_in};
    let role = NewMembership { organisation: 1, role: Role::CityOfficer, until: None };
    let invite = Invite { login: "", name: "", phone: None, mail: None, membership: role };
    let described = Described::default();
    let new = NewOrganisation { parent: 1, kind: OrganisationKind::Bank, described };
    let profile = NewProfile { name: "", phone: None, mail: None };
    let token = NewToken { name: "", actions: BTreeSet::new(), days: 1 };
    let confirming = own::Confirming { ticket: "", code: "", present_code: None, present: "" };

    sendable(sign_in::with_password(on, "", "", from));
    sendable(sign_in::give_second_factor(on, by, ""));
    sendable(sign_in::sign_out(on, by));
    sendable(app::caller::by_session(on, "", from.clone()));
    sendable(app::caller::by_token(on, "", from.clone()));

    sendable(own::accept_invitation(on, "", "", from));
    sendable(own::read_own_profile(on, by));
    sendable(own::change_own_profile(on, by, 1, &profile));
    sendable(own::change_own_password(on, by, ("", ""), own::Close::ALL));
    sendable(own::offer_second_factor(on, by));
    sendable(own::confirm_second_factor(on, by, &confirming));
    sendable(own::list_own_sessions(on, by));
    sendable(own::end_own_session(on, by, 1));
    sendable(own::end_other_own_sessions(on, by));
    sendable(own::list_own_tokens(on, by));
    sendable(own::create_own_token(on, by, &token, ""));
    sendable(own::revoke_own_token(on, by, 1));

    sendable(people::list_people(on, by, &Default::default(), Page::ALL));
    sendable(people::show_person(on, by, 1));
    sendable(people::invite_person(on, by, &invite));
    sendable(people::invite_again(on, by, 1, true));
    sendable(people::has_password(on, by, 1));
    sendable(people::may_act(on, by, access::Action::PersonUnlock, 1));
    sendable(people::list_held(on, by));
    sendable(people::reset_password(on, by, 1));
    sendable(people::disable_person(on, by, 1, 1));
    sendable(people::enable_person(on, by, 1, 1));
    sendable(people::unlock_person(on, by, 1));
    sendable(people::reset_second_factor(on, by, 1));
    sendable(people::ask_erasure(on, by, 1));
    sendable(people::list_erasures(on, by));
    sendable(people::erase_person(on, by, 1));
    sendable(people::unmask_field(on, by, 1, Field::Phone, Purpose::Service));
    sendable(people::export_people(on, by, &Default::default()));
    sendable(people::list_proposals(on, by));
    sendable(people::propose_membership(on, by, 1, role));
    sendable(people::decide_membership(on, by, 1, 1, true));
    sendable(people::end_membership(on, by, 1, 1));
    sendable(people::list_sessions(on, by, 1));
    sendable(people::end_session(on, by, 1, 1));
    sendable(people::list_tokens(on, by, 1));
    sendable(people::revoke_token(on, by, 1, 1));

    sendable(organisations::list_organisations(on, by, &Wanted::default(), Page::ALL));
    sendable(organisations::show_organisation(on, by, 1));
    sendable(organisations::create_organisation(on, by, &new));
    sendable(organisations::change_organisation(on, by, 1, 1, &described));
    sendable(organisations::close_organisation(on, by, 1, 1));
    sendable(organisations::reopen_organisation(on, by, 1, 1));

    let kind = OrganisationKind::Bank;
    sendable(delegations::list_recipients(on, by, kind, None, Page::ALL));
    sendable(delegations::grant_delegation(on, by, 1, 1, Date::MIN));
    sendable(delegations::list_delegations(on, by));
    sendable(delegations::revoke_delegation(on, by, 1, 1));

    sendable(settings::read_security(on, by));
    sendable(settings::change_security(on, by, 1, &Security::default()));
}
