//! The one table of routes. What is not here cannot be asked for; what is here says who may.

use std::pin::Pin;

use access::Action;
use axum::routing::MethodFilter;

use crate::api::Operation;
use crate::ask::{Answer, Ask};
use crate::lang::{Lang, Say};
use crate::{api, assets, pages};

/// A route.
#[derive(Clone, Copy)]
pub struct Route {
    /// How it is asked for.
    pub method: Method,
    /// Its path, with variable parts in braces.
    pub path: &'static str,
    /// Who may ask.
    pub whom: Whom,
    /// What it is.
    pub kind: Kind,
    /// The most bytes that a request may bring.
    pub most: usize,
    pub(crate) handler: Handler,
    /// What is said of it, if it is for programs.
    pub(crate) operation: Option<Operation>,
}

/// How a route is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// Only looks.
    Get,
    /// Does something.
    Post,
    /// Puts something in the place of what is there.
    Put,
    /// Ends something.
    Delete,
}

/// Who may ask for a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whom {
    /// Everybody.
    Public,
    /// Who watches over the process: from this machine, or with the secret for it.
    Watcher,
    /// Everybody with a session, also if something is owed first.
    SignedIn,
    /// Whoever the policy allows this.
    Action(Action),
}

/// What a route is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A page.
    Page,
    /// A form that a page sends.
    Form,
    /// For programs.
    Api,
    /// A file that pages need.
    Asset,
    /// For those who watch over the process.
    Health,
}

type Handling = Pin<Box<dyn Future<Output = Answer> + Send>>;
pub(crate) type Handler = fn(Ask) -> Handling;

impl Method {
    pub(crate) fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Put => MethodFilter::PUT,
            Self::Delete => MethodFilter::DELETE,
        }
    }

    /// As it is written.
    pub fn code(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

impl Kind {
    /// Whether it matters who asks.
    pub(crate) fn knows_people(self) -> bool {
        matches!(self, Self::Page | Self::Form | Self::Api)
    }

    /// What it is called.
    pub fn code(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Form => "form",
            Self::Api => "api",
            Self::Asset => "asset",
            Self::Health => "health",
        }
    }
}

impl Whom {
    /// Who may, as the table says it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Watcher => "watcher",
            Self::SignedIn => "signed-in",
            Self::Action(action) => action.code(),
        }
    }
}

/// What forms bring: no form of ours is larger.
const FORM: usize = 64 * 1024;
/// Everything that is known of one subject.
const DOCUMENT: usize = 2 * 1024 * 1024;
/// A rulebook; how much comes out of it is limited where it is unpacked.
const FILE: usize = 16 * 1024 * 1024;
/// Everybody in a city: a million firms and more.
const CITY: usize = 256 * 1024 * 1024;

macro_rules! routes {
    ($($method:ident $path:literal $whom:expr, $kind:ident $most:ident, $($handler:ident)::+;)+) => {
        &[$(Route {
            method: Method::$method,
            path: $path,
            whom: $whom,
            kind: Kind::$kind,
            most: $most,
            handler: routes!(@handler $kind $($handler)::+),
            operation: routes!(@operation $kind $($handler)::+),
        }),+]
    };
    // What is for programs is a type, which says what it takes and gives.
    (@handler Api $($call:ident)::+) => { |ask| Box::pin(api::answer::<$($call)::+>(ask)) };
    (@handler $kind:ident $($handler:ident)::+) => { |ask| Box::pin($($handler)::+(ask)) };
    (@operation Api $($call:ident)::+) => { Some(Operation::of::<$($call)::+>()) };
    (@operation $kind:ident $($handler:ident)::+) => { None };
}

use Action::*;
use Whom::{Action as May, Public, SignedIn, Watcher};

/// All routes.
#[rustfmt::skip] // Read as a table.
pub const ROUTES: &[Route] = routes! {
    Get  "/healthz"                                 Public,                          Health FORM,     pages::health::alive;
    Get  "/readyz"                                  Public,                          Health FORM,     pages::health::ready;
    Get  "/metrics"                                 Watcher,                         Health FORM,     pages::health::metrics;
    Get  "/assets/{name}"                           Public,                          Asset FORM,     assets::asset;

    Get  "/developers/components"                   Public,                          Page  FORM,     pages::developers::components;
    Post "/developers/components"                   Public,                          Form  FORM,     pages::developers::try_form;

    Get  "/sign-in"                                 Public,                          Page  FORM,     pages::sign_in::form;
    Post "/sign-in"                                 Public,                          Form  FORM,     pages::sign_in::sign_in;
    Get  "/sign-on"                                 Public,                          Page  FORM,     pages::sign_on::begin;
    Get  "/sign-on/return"                          Public,                          Page  FORM,     pages::sign_on::come_back;
    Get  "/invitation"                              Public,                          Page  FORM,     pages::invitation::form;
    Post "/invitation"                              Public,                          Form  FORM,     pages::invitation::accept;
    Get  "/second-factor"                           SignedIn,                        Page  FORM,     pages::second_factor::form;
    Post "/second-factor"                           SignedIn,                        Form  FORM,     pages::second_factor::give;
    Post "/sign-out"                                SignedIn,                        Form  FORM,     pages::sign_in::sign_out;
    Get  "/"                                        SignedIn,                        Page  FORM,     pages::home::home;

    Get  "/own"                                     May(OwnReadProfile),             Page  FORM,     pages::own::show;
    Post "/own"                                     May(OwnChangeProfile),           Form  FORM,     pages::own::change;
    Get  "/own/password"                            May(OwnChangePassword),          Page  FORM,     pages::own_password::form;
    Post "/own/password"                            May(OwnChangePassword),          Form  FORM,     pages::own_password::change;
    Get  "/own/second-factor"                       May(OwnChangeSecondFactor),      Page  FORM,     pages::own_factor::form;
    Post "/own/second-factor"                       May(OwnChangeSecondFactor),      Form  FORM,     pages::own_factor::confirm;
    Get  "/own/identities"                          May(OwnReadProfile),             Page  FORM,     pages::own_identities::list;
    Post "/own/identities/link"                     May(OwnLinkIdentity),            Form  FORM,     pages::sign_on::link;
    Get  "/own/identities/{id}/unlink"              May(OwnUnlinkIdentity),          Page  FORM,     pages::own_identities::ask_unlink;
    Post "/own/identities/{id}/unlink"              May(OwnUnlinkIdentity),          Form  FORM,     pages::own_identities::unlink;
    Get  "/own/sessions"                            May(OwnListSessions),            Page  FORM,     pages::own_sessions::list;
    Post "/own/sessions/end-others"                 May(OwnRevokeSession),           Form  FORM,     pages::own_sessions::end_others;
    Post "/own/sessions/{id}/end"                   May(OwnRevokeSession),           Form  FORM,     pages::own_sessions::end;
    Get  "/own/tokens"                              May(OwnListTokens),              Page  FORM,     pages::own_tokens::list;
    Get  "/own/tokens/new"                          May(OwnCreateToken),             Page  FORM,     pages::own_tokens::form;
    Post "/own/tokens/new"                          May(OwnCreateToken),             Form  FORM,     pages::own_tokens::create;
    Get  "/own/tokens/{id}/revoke"                  May(OwnRevokeToken),             Page  FORM,     pages::own_tokens::ask_revoke;
    Post "/own/tokens/{id}/revoke"                  May(OwnRevokeToken),             Form  FORM,     pages::own_tokens::revoke;
    Get  "/own/erasure"                             May(PersonAskErasure),           Page  FORM,     pages::own::erasure;
    Post "/own/erasure"                             May(PersonAskErasure),           Form  FORM,     pages::own::ask_erasure;

    Get  "/people"                                  May(PersonList),                 Page  FORM,     pages::people::list;
    Get  "/people/export.xlsx"                      May(DataExport),                 Page  FORM,     pages::people::export;
    Get  "/people/invite"                           May(PersonInvite),               Page  FORM,     pages::people::invite_form;
    Post "/people/invite"                           May(PersonInvite),               Form  FORM,     pages::people::invite;
    Get  "/people/{id}"                             May(PersonRead),                 Page  FORM,     pages::people::show;
    Post "/people/{id}/unmask"                      May(DataUnmask),                 Form  FORM,     pages::people::unmask;
    Get  "/people/{id}/disable"                     May(PersonDisable),              Page  FORM,     pages::accounts::ask_disable;
    Post "/people/{id}/disable"                     May(PersonDisable),              Form  FORM,     pages::accounts::disable;
    Get  "/people/{id}/enable"                      May(PersonEnable),               Page  FORM,     pages::accounts::ask_enable;
    Post "/people/{id}/enable"                      May(PersonEnable),               Form  FORM,     pages::accounts::enable;
    Get  "/people/{id}/unlock"                      May(PersonUnlock),               Page  FORM,     pages::accounts::ask_unlock;
    Post "/people/{id}/unlock"                      May(PersonUnlock),               Form  FORM,     pages::accounts::unlock;
    Get  "/people/{id}/reset-password"              May(PersonResetPassword),        Page  FORM,     pages::accounts::ask_reset_password;
    Post "/people/{id}/reset-password"              May(PersonResetPassword),        Form  FORM,     pages::accounts::do_reset_password;
    Get  "/people/{id}/reset-factor"                May(PersonResetSecondFactor),    Page  FORM,     pages::accounts::ask_reset_factor;
    Post "/people/{id}/reset-factor"                May(PersonResetSecondFactor),    Form  FORM,     pages::accounts::reset_factor;
    Get  "/people/{id}/invite-again"                May(PersonInvite),               Page  FORM,     pages::accounts::ask_invite_again;
    Post "/people/{id}/invite-again"                May(PersonInvite),               Form  FORM,     pages::accounts::do_invite_again;
    Get  "/people/{id}/ask-erasure"                 May(PersonAskErasure),           Page  FORM,     pages::accounts::ask_ask_erasure;
    Post "/people/{id}/ask-erasure"                 May(PersonAskErasure),           Form  FORM,     pages::accounts::do_ask_erasure;
    Get  "/people/{id}/erase"                       May(PersonErase),                Page  FORM,     pages::accounts::ask_erase;
    Post "/people/{id}/erase"                       May(PersonErase),                Form  FORM,     pages::accounts::erase;
    Get  "/people/{id}/sessions"                    May(SessionList),                Page  FORM,     pages::accounts::sessions;
    Post "/people/{id}/sessions/{session}/end"      May(SessionRevoke),              Form  FORM,     pages::accounts::end_of_session;
    Get  "/people/{id}/tokens"                      May(TokenList),                  Page  FORM,     pages::accounts::tokens;
    Get  "/people/{id}/tokens/{token}/revoke"       May(TokenRevoke),                Page  FORM,     pages::accounts::ask_revoke_token;
    Post "/people/{id}/tokens/{token}/revoke"       May(TokenRevoke),                Form  FORM,     pages::accounts::do_revoke_token;
    Get  "/people/{id}/roles"                       May(MembershipPropose),          Page  FORM,     pages::memberships::propose_form;
    Post "/people/{id}/roles"                       May(MembershipPropose),          Form  FORM,     pages::memberships::propose;
    Get  "/people/{id}/roles/{membership}/end"      May(MembershipEnd),              Page  FORM,     pages::memberships::ask_end;
    Post "/people/{id}/roles/{membership}/end"      May(MembershipEnd),              Form  FORM,     pages::memberships::end;
    Get  "/erasures"                                May(PersonErase),                Page  FORM,     pages::people::erasures;
    Get  "/releases"                                May(PersonUnlock),               Page  FORM,     pages::people::releases;
    Get  "/approvals"                               May(MembershipApprove),          Page  FORM,     pages::memberships::approvals;
    Post "/approvals/{id}"                          May(MembershipApprove),          Form  FORM,     pages::memberships::decide;

    Get  "/organisations"                           May(OrganisationList),           Page  FORM,     pages::organisations::list;
    Get  "/organisations/export.xlsx"               May(DataExport),                 Page  FORM,     pages::organisations::export;
    Get  "/organisations/new"                       May(OrganisationCreate),         Page  FORM,     pages::organisations::new_form;
    Post "/organisations/new"                       May(OrganisationCreate),         Form  FORM,     pages::organisations::create;
    Get  "/organisations/{id}"                      May(OrganisationList),           Page  FORM,     pages::organisations::show;
    Get  "/organisations/{id}/change"               May(OrganisationChange),         Page  FORM,     pages::organisations::change_form;
    Post "/organisations/{id}/change"               May(OrganisationChange),         Form  FORM,     pages::organisations::change;
    Get  "/organisations/{id}/close"                May(OrganisationClose),          Page  FORM,     pages::organisations::ask_close;
    Post "/organisations/{id}/close"                May(OrganisationClose),          Form  FORM,     pages::organisations::close;
    Get  "/organisations/{id}/reopen"               May(OrganisationClose),          Page  FORM,     pages::organisations::ask_reopen;
    Post "/organisations/{id}/reopen"               May(OrganisationClose),          Form  FORM,     pages::organisations::reopen;
    Get  "/delegations"                             May(DelegationList),             Page  FORM,     pages::delegations::list;
    Get  "/delegations/new"                         May(DelegationGrant),            Page  FORM,     pages::delegations::form;
    Post "/delegations/new"                         May(DelegationGrant),            Form  FORM,     pages::delegations::grant;
    Get  "/delegations/{id}/end"                    May(DelegationRevoke),           Page  FORM,     pages::delegations::ask_end;
    Post "/delegations/{id}/end"                    May(DelegationRevoke),           Form  FORM,     pages::delegations::end;

    // Populations.
    Get  "/populations"                             May(PopulationRead),             Page  FORM,     pages::populations::list;
    Get  "/populations/bring"                       May(PopulationBring),            Page  FORM,     pages::populations::bring_form;
    Post "/populations/bring"                       May(PopulationBring),            Form  CITY,     pages::populations::bring;
    Post "/populations/screen"                      May(ScreeningRun),               Form  FORM,     pages::populations::screen;
    Get  "/populations/{id}"                        May(PopulationRead),             Page  FORM,     pages::populations::show;
    Get  "/populations/{id}/use"                    May(PopulationBring),            Page  FORM,     pages::populations::ask_use;
    Post "/populations/{id}/use"                    May(PopulationBring),            Form  FORM,     pages::populations::put_in_use;

    // The self-check.
    Get  "/self-check"                              Public,                          Page  FORM,     pages::self_check::form;
    Get  "/self-check/file"                         Public,                          Page  FORM,     pages::self_check::anew;
    Get  "/self-check/answer"                       Public,                          Page  FORM,     pages::self_check::anew;
    Get  "/self-check/go"                           Public,                          Page  FORM,     pages::self_check::anew;
    Get  "/self-check/result"                       Public,                          Page  FORM,     pages::self_check::anew;
    Get  "/self-check/programme"                    Public,                          Page  FORM,     pages::self_check::anew;
    Get  "/self-check/print"                        Public,                          Page  FORM,     pages::self_check::anew;
    Get  "/self-check/keep"                         Public,                          Page  FORM,     pages::self_check::anew;
    Get  "/self-check/register"                     Public,                          Page  FORM,     pages::self_check::anew;
    Post "/self-check"                              Public,                          Form  FORM,     pages::self_check::begin;
    Post "/self-check/file"                         Public,                          Form  FORM,     pages::self_check::bring;
    Post "/self-check/answer"                       Public,                          Form  FORM,     pages::self_check::answer;
    Post "/self-check/go"                           Public,                          Form  FORM,     pages::self_check::go;
    Post "/self-check/result"                       Public,                          Form  FORM,     pages::self_check::result;
    Post "/self-check/programme"                    Public,                          Form  FORM,     pages::self_check::programme;
    Post "/self-check/print"                        Public,                          Form  FORM,     pages::self_check::print;
    Post "/self-check/document"                     Public,                          Form  FORM,     pages::self_check::download;
    Post "/self-check/sheet"                        Public,                          Form  FORM,     pages::self_check::sheet;
    Post "/self-check/keep"                         Public,                          Form  FORM,     pages::self_check::keep;
    Post "/self-check/register"                     Public,                          Form  FORM,     pages::self_check::register;
    Get  "/own/checks"                              May(OwnReadChecks),              Page  FORM,     pages::self_check::list;
    Post "/own/checks"                              May(OwnKeepCheck),               Form  FORM,     pages::self_check::keep_own;
    Get  "/own/checks/{id}"                         May(OwnReadChecks),              Page  FORM,     pages::self_check::open;
    Get  "/own/checks/{id}/drop"                    May(OwnDropCheck),               Page  FORM,     pages::self_check::ask_drop;
    Post "/own/checks/{id}/drop"                    May(OwnDropCheck),               Form  FORM,     pages::self_check::drop_one;

    // Enterprises, screening, other thresholds.
    Get  "/enterprises"                             May(EnterpriseList),             Page  FORM,     pages::enterprises::list;
    Get  "/enterprises/export.xlsx"                 May(DataExport),                 Page  FORM,     pages::enterprises::export;
    Get  "/enterprises/{code}"                      May(EnterpriseRead),             Page  FORM,     pages::enterprises::show;
    Get  "/enterprises/{code}/{programme}"          May(EnterpriseRead),             Page  FORM,     pages::enterprises::under;
    Get  "/screening"                               May(ScreeningRead),              Page  FORM,     pages::screening::overview;
    Get  "/screening/{programme}"                   May(ScreeningRead),              Page  FORM,     pages::screening::programme;
    Get  "/what-if"                                 May(ScreeningSimulate),          Page  FORM,     pages::what_if::choose;
    Get  "/what-if/{programme}"                     May(ScreeningSimulate),          Page  FORM,     pages::what_if::programme;
    Get  "/what-if/{programme}/export.xlsx"         May(ScreeningExport),            Page  FORM,     pages::what_if::export;

    // Programmes and confirmed numbers. The law is public: a firm looks before it has an account.
    Get  "/programmes"                              Public,                          Page  FORM,     pages::programmes::list;
    Get  "/programmes/{id}"                         Public,                          Page  FORM,     pages::programme::show;
    Get  "/programmes/{id}/compare"                 Public,                          Page  FORM,     pages::compare::compare;
    Get  "/programmes/{id}/numbers"                 Public,                          Page  FORM,     pages::numbers::of_programme;
    Get  "/programmes/{id}/numbers.xlsx"            Public,                          Page  FORM,     pages::numbers::export_of_programme;
    Get  "/numbers"                                 Public,                          Page  FORM,     pages::numbers::overview;
    Get  "/numbers.xlsx"                            Public,                          Page  FORM,     pages::numbers::export;
    Get  "/numbers/{address}"                       Public,                          Page  FORM,     pages::number::show;
    Post "/numbers/{address}"                       May(RulebookConfirmNumber),      Form  FORM,     pages::number::confirm;
    Get  "/numbers/{address}/withdraw/{confirmation}" May(RulebookConfirmNumber),    Page  FORM,     pages::number::ask_withdraw;
    Post "/numbers/{address}/withdraw/{confirmation}" May(RulebookConfirmNumber),    Form  FORM,     pages::number::withdraw;

    Get  "/rulebooks"                               May(RulebookRead),               Page  FORM,     pages::rulebooks::list;
    Get  "/rulebooks/bring"                         May(RulebookUpload),             Page  FORM,     pages::bring::form;
    Post "/rulebooks/bring"                         May(RulebookUpload),             Form  FILE,     pages::bring::bring;
    Get  "/rulebooks/{hash}"                        May(RulebookRead),               Page  FORM,     pages::rulebooks::show;
    Get  "/rulebooks/{hash}/switch"                 May(RulebookSwitch),             Page  FORM,     pages::rulebooks::ask_switch;
    Post "/rulebooks/{hash}/switch"                 May(RulebookSwitch),             Form  FORM,     pages::rulebooks::switch;
    Get  "/decisions"                               May(DecisionRead),               Page  FORM,     pages::decisions::list;
    Get  "/decisions/{id}"                          May(DecisionRead),               Page  FORM,     pages::decisions::show;
    Post "/decisions/{id}/replay"                   May(DecisionReplay),             Form  FORM,     pages::decisions::replay;

    Get  "/audit"                                   May(AuditRead),                  Page  FORM,     pages::audit_trail::list;
    Get  "/audit/export.jsonl"                      May(AuditExport),                Page  FORM,     pages::audit_trail::export;
    Get  "/audit/export.xlsx"                       May(AuditExport),                Page  FORM,     pages::audit_trail::export_sheet;
    Post "/audit/verify"                            May(AuditVerify),                Form  FORM,     pages::audit_trail::verify;
    Get  "/security"                                May(SecurityReadSettings),       Page  FORM,     pages::security::show;
    Post "/security"                                May(SecurityChangeSettings),     Form  FORM,     pages::security::change;
    Get  "/jobs"                                    May(JobList),                    Page  FORM,     pages::jobs::list;
    Get  "/jobs/{id}"                               May(JobList),                    Page  FORM,     pages::jobs::show;
    Get  "/jobs/{id}/cancel"                        May(JobCancel),                  Page  FORM,     pages::jobs::ask_cancel;
    Post "/jobs/{id}/cancel"                        May(JobCancel),                  Form  FORM,     pages::jobs::cancel;
    Post "/jobs/{id}/retry"                         May(JobRetry),                   Form  FORM,     pages::jobs::retry;
    Get  "/schedules"                               May(JobListSchedules),           Page  FORM,     pages::jobs::schedules;
    Post "/schedules/{name}"                        May(JobChangeSchedule),          Form  FORM,     pages::jobs::change;
    Get  "/backups"                                 May(OperationListBackups),       Page  FORM,     pages::jobs::backups;
    Post "/backups"                                 May(OperationBackUp),            Form  FORM,     pages::jobs::back_up;

    Get  "/health"                                  May(OperationReadHealth),        Page  FORM,     pages::health::show;

    // For programs: each is a type that says what it takes and gives.
    Get    "/api"                                   Public,                          Page  FORM,     api::page::show;
    Get    "/api/v1/openapi.json"                   Public,                          Api   FORM,     api::itself::OpenApi;

    Post   "/api/v1/evaluate"                       May(DecisionEvaluate),           Api   DOCUMENT, api::judging::Evaluate;
    Post   "/api/v1/plan"                           May(DecisionEvaluate),           Api   DOCUMENT, api::judging::Plan;
    Post   "/api/v1/forecast"                       May(DecisionEvaluate),           Api   DOCUMENT, api::judging::Forecast;
    Post   "/api/v1/questions"                      May(DecisionEvaluate),           Api   DOCUMENT, api::judging::NextQuestion;
    Get    "/api/v1/decisions"                      May(DecisionRead),               Api   FORM,     api::decisions::ListDecisions;
    Post   "/api/v1/decisions"                      May(DecisionRecord),             Api   DOCUMENT, api::decisions::RecordDecision;
    Get    "/api/v1/decisions/{id}"                 May(DecisionRead),               Api   FORM,     api::decisions::ShowDecision;
    Post   "/api/v1/decisions/{id}/replay"          May(DecisionReplay),             Api   FORM,     api::decisions::ReplayDecision;

    Get    "/api/v1/own"                            May(OwnReadProfile),             Api   FORM,     api::own::ShowOwn;
    Put    "/api/v1/own"                            May(OwnChangeProfile),           Api   FORM,     api::own::ChangeOwn;
    Post   "/api/v1/own/erasure"                    May(PersonAskErasure),           Api   FORM,     api::own::AskOwnErasure;
    Get    "/api/v1/own/identities"                 May(OwnReadProfile),             Api   FORM,     api::own::ListIdentities;
    Get    "/api/v1/own/sessions"                   May(OwnListSessions),            Api   FORM,     api::sessions::ListOwnSessions;
    Delete "/api/v1/own/sessions"                   May(OwnRevokeSession),           Api   FORM,     api::sessions::EndOwnSessions;
    Delete "/api/v1/own/sessions/{id}"              May(OwnRevokeSession),           Api   FORM,     api::sessions::EndOwnSession;
    Get    "/api/v1/own/tokens"                     May(OwnListTokens),              Api   FORM,     api::sessions::ListOwnTokens;
    Delete "/api/v1/own/tokens/{id}"                May(OwnRevokeToken),             Api   FORM,     api::sessions::RevokeOwnToken;

    Get    "/api/v1/people"                         May(PersonList),                 Api   FORM,     api::people::ListPeople;
    Post   "/api/v1/people"                         May(PersonInvite),               Api   FORM,     api::people::InvitePerson;
    Get    "/api/v1/people/export"                  May(DataExport),                 Api   FORM,     api::people::ExportPeople;
    Get    "/api/v1/people/{id}"                    May(PersonRead),                 Api   FORM,     api::people::ShowPerson;
    Post   "/api/v1/people/{id}/unmask"             May(DataUnmask),                 Api   FORM,     api::people::UnmaskField;
    Post   "/api/v1/people/{id}/enable"             May(PersonEnable),               Api   FORM,     api::people::EnablePerson;
    Post   "/api/v1/people/{id}/unlock"             May(PersonUnlock),               Api   FORM,     api::people::UnlockPerson;
    Post   "/api/v1/people/{id}/invite-again"       May(PersonInvite),               Api   FORM,     api::people::InviteAgain;
    Post   "/api/v1/people/{id}/erasure"            May(PersonAskErasure),           Api   FORM,     api::people::AskErasure;
    Post   "/api/v1/people/{id}/memberships"        May(MembershipPropose),          Api   FORM,     api::memberships::ProposeMembership;
    Get    "/api/v1/people/{id}/sessions"           May(SessionList),                Api   FORM,     api::sessions::ListSessions;
    Delete "/api/v1/people/{id}/sessions/{session}" May(SessionRevoke),              Api   FORM,     api::sessions::EndSession;
    Get    "/api/v1/people/{id}/tokens"             May(TokenList),                  Api   FORM,     api::sessions::ListTokens;
    Delete "/api/v1/people/{id}/tokens/{token}"     May(TokenRevoke),                Api   FORM,     api::sessions::RevokeToken;
    Get    "/api/v1/memberships/proposed"           May(MembershipList),             Api   FORM,     api::memberships::ListProposals;
    Delete "/api/v1/memberships/{id}"               May(MembershipEnd),              Api   FORM,     api::memberships::EndMembership;

    Get    "/api/v1/organisations"                  May(OrganisationList),           Api   FORM,     api::organisations::ListOrganisations;
    Post   "/api/v1/organisations"                  May(OrganisationCreate),         Api   FORM,     api::organisations::CreateOrganisation;
    Get    "/api/v1/organisations/export"           May(DataExport),                 Api   FORM,     api::organisations::ExportOrganisations;
    Get    "/api/v1/organisations/{id}"             May(OrganisationList),           Api   FORM,     api::organisations::ShowOrganisation;
    Put    "/api/v1/organisations/{id}"             May(OrganisationChange),         Api   FORM,     api::organisations::ChangeOrganisation;
    Post   "/api/v1/organisations/{id}/close"       May(OrganisationClose),          Api   FORM,     api::organisations::CloseOrganisation;
    Post   "/api/v1/organisations/{id}/reopen"      May(OrganisationClose),          Api   FORM,     api::organisations::ReopenOrganisation;
    Get    "/api/v1/delegations"                    May(DelegationList),             Api   FORM,     api::delegations::ListDelegations;
    Post   "/api/v1/delegations"                    May(DelegationGrant),            Api   FORM,     api::delegations::GrantDelegation;
    Get    "/api/v1/delegations/recipients"         May(DelegationGrant),            Api   FORM,     api::delegations::ListRecipients;
    Delete "/api/v1/delegations/{id}"               May(DelegationRevoke),           Api   FORM,     api::delegations::RevokeDelegation;

    // For programs: enterprises, screening, other thresholds, programmes, self-checks.
    Get    "/api/v1/enterprises"                    May(EnterpriseList),             Api   FORM,     api::enterprises::ListEnterprises;
    Get    "/api/v1/enterprises/export"             May(DataExport),                 Api   FORM,     api::enterprises::ExportEnterprises;
    Get    "/api/v1/enterprises/{code}"             May(EnterpriseRead),             Api   FORM,     api::enterprises::ShowEnterprise;
    Get    "/api/v1/enterprises/{code}/explanation" May(EnterpriseRead),             Api   FORM,     api::enterprises::ExplainEnterprise;
    Get    "/api/v1/screening"                      May(ScreeningRead),              Api   FORM,     api::screening::ShowScreening;
    Post   "/api/v1/screening"                      May(ScreeningRun),               Api   FORM,     api::populations::Screen;
    Get    "/api/v1/screening/{programme}"          May(ScreeningRead),              Api   FORM,     api::screening::ShowScreeningProgramme;
    Post   "/api/v1/simulation"                     May(ScreeningSimulate),          Api   FORM,     api::screening::Simulate;
    Post   "/api/v1/simulation/export"              May(ScreeningExport),            Api   FORM,     api::screening::ExportMoves;
    Get    "/api/v1/populations"                    May(PopulationRead),             Api   FORM,     api::populations::ListPopulations;
    Post   "/api/v1/populations"                    May(PopulationBring),            Api   CITY,     api::populations::BringPopulation;
    Get    "/api/v1/populations/{id}"               May(PopulationRead),             Api   FORM,     api::populations::ShowPopulation;
    Post   "/api/v1/populations/{id}/use"           May(PopulationBring),            Api   FORM,     api::populations::UsePopulation;
    Get    "/api/v1/programmes"                     May(RulebookRead),               Api   FORM,     api::law::ListProgrammes;
    Get    "/api/v1/programmes/{programme}"         May(RulebookRead),               Api   FORM,     api::law::ShowProgramme;
    Get    "/api/v1/programmes/{programme}/text"    May(RulebookRead),               Api   FORM,     api::text::ShowText;
    Get    "/api/v1/programmes/{programme}/changes" May(RulebookRead),               Api   FORM,     api::law::CompareVersions;
    Get    "/api/v1/numbers"                        May(RulebookRead),               Api   FORM,     api::law::ListNumbers;
    Get    "/api/v1/numbers/{address}"              May(RulebookRead),               Api   FORM,     api::law::ShowNumber;
    Get    "/api/v1/own/checks"                     May(OwnReadChecks),              Api   FORM,     api::checks::ListChecks;
    Get    "/api/v1/own/checks/{id}"                May(OwnReadChecks),              Api   FORM,     api::checks::ShowCheck;
    Delete "/api/v1/own/checks/{id}"                May(OwnDropCheck),               Api   FORM,     api::checks::DropCheck;

    Get    "/api/v1/health"                         May(OperationReadHealth),        Api   FORM,     api::health::ShowHealth;

    Get    "/api/v1/rulebooks"                      May(RulebookRead),               Api   FORM,     api::rulebooks::ListRulebooks;
    Post   "/api/v1/rulebooks"                      May(RulebookUpload),             Api   FILE,     api::rulebooks::BringRulebook;
    Get    "/api/v1/rulebooks/switches"             May(RulebookRead),               Api   FORM,     api::rulebooks::ListSwitches;
    Get    "/api/v1/rulebooks/{hash}"               May(RulebookRead),               Api   FORM,     api::rulebooks::ShowRulebook;
    Get    "/api/v1/audit"                          May(AuditRead),                  Api   FORM,     api::audit_trail::ListRecords;
    Post   "/api/v1/audit/verification"             May(AuditVerify),                Api   FORM,     api::audit_trail::VerifyRecords;
    Get    "/api/v1/security"                       May(SecurityReadSettings),       Api   FORM,     api::settings::ShowSecurity;
    Get    "/api/v1/jobs"                           May(JobList),                    Api   FORM,     api::jobs::ListJobs;
    Get    "/api/v1/jobs/{id}"                      May(JobList),                    Api   FORM,     api::jobs::ShowJob;
    Post   "/api/v1/jobs/{id}/cancel"               May(JobCancel),                  Api   FORM,     api::jobs::CancelJob;
    Post   "/api/v1/jobs/{id}/retry"                May(JobRetry),                   Api   FORM,     api::jobs::RetryJob;
    Get    "/api/v1/schedules"                      May(JobListSchedules),           Api   FORM,     api::jobs::ListSchedules;
    Put    "/api/v1/schedules/{name}"               May(JobChangeSchedule),          Api   FORM,     api::jobs::ChangeSchedule;
    Get    "/api/v1/backups"                        May(OperationListBackups),       Api   FORM,     api::jobs::ListBackups;
};

/// The paths, each once.
pub(crate) fn paths() -> Vec<&'static str> {
    let mut paths: Vec<&str> = ROUTES.iter().map(|route| route.path).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

/// Whether there is a page at a path without variable parts.
pub(crate) fn exists(path: &str) -> bool {
    ROUTES.iter().any(|route| route.path == path && route.method == Method::Get)
}

/// The table as a page of the documentation.
pub fn page(lang: Lang) -> String {
    let say = Say(lang);
    let mut page = format!("# {}\n\n{}\n\n", say.t("routes.title"), say.t("routes.what"));
    page.push_str(&format!(
        "| {} | {} | {} | {} |\n| --- | --- | --- | --- |\n",
        say.t("routes.method"),
        say.t("routes.path"),
        say.t("routes.kind"),
        say.t("routes.whom")
    ));
    for route in ROUTES {
        let whom = match route.whom {
            Whom::Public => say.t("routes.public"),
            Whom::Watcher => say.t("routes.watcher"),
            Whom::SignedIn => say.t("routes.signed-in"),
            Whom::Action(action) => format!("{} `{action}`", say.name(action.words())),
        };
        let (method, path, kind) = (route.method.code(), route.path, route.kind.code());
        page.push_str(&format!("| {method} | `{path}` | {kind} | {whom} |\n"));
    }
    page
}
