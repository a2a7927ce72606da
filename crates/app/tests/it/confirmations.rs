//! Numbers of the law held against the official text: who may, what is asked for, what is told to whom.

use access::Why;
use app::confirmations::{
    Found, Held, confirm_number, held, number_history, read_confirmations, withdraw_confirmation,
};
use app::{Caller, Refusal};
use audit::Outcome::{Done, Refused};
use store::confirmation::Finding;

use crate::bed::{App, each};
use crate::refused::{forbidden, invalid, refused};

const AMOUNT: &str = "pilot@2026.rd.amount";

fn agrees() -> Found<'static> {
    Found {
        address: AMOUNT,
        value: "≥ 100 万元",
        finding: Finding::Agrees,
        says: "",
        source: "https://example.com/1.pdf 第 2 页",
        note: "",
    }
}

fn differs(says: &'static str) -> Found<'static> {
    Found { finding: Finding::Differs, says, ..agrees() }
}

/// How the number stands for everybody, and how many say so.
async fn stands(app: &App) -> (Held, usize) {
    let all = read_confirmations(app, None, None).await.unwrap();
    let law = app.law();
    let number = law.numbers().iter().find(|number| number.address() == AMOUNT).unwrap();
    let (state, by) = held(number, &all);
    (state, by.len())
}

async fn names(app: &App, caller: Option<&Caller>) -> Vec<Option<String>> {
    let all = read_confirmations(app, caller, Some(&["pilot"])).await.unwrap();
    all.into_iter().map(|seen| seen.by).collect()
}

#[test]
fn a_city_officer_confirms_a_number_and_nobody_else_does() {
    each(async |app| {
        let world = app.world().await;
        let officer = app.by_password(world.city).await;
        assert_eq!(stands(app).await, (Held::Open, 0));
        for who in [world.northern, world.manager, world.admin, world.auditor] {
            let caller = app.caller(who).await;
            let confirming = confirm_number(app, &caller, agrees());
            let refusal = app.leaves("rulebook.confirm-number", Refused, confirming).await;
            assert_eq!(forbidden(refusal), Why::NotYourRole);
        }
        let confirming = confirm_number(app, &officer, agrees());
        app.leaves("rulebook.confirm-number", Done, confirming).await.unwrap();
        assert_eq!(stands(app).await, (Held::Agrees, 1));
        // The names are for those who have signed in; what was found is as public as the law.
        let somebody = app.by_password(world.member).await;
        assert_eq!(names(app, Some(&somebody)).await, [Some("姓名w.city".to_owned())]);
        assert_eq!(names(app, None).await, [None]);
        let other = read_confirmations(app, None, Some(&["other"])).await.unwrap();
        assert_eq!(other, []);
    });
}

#[test]
fn what_is_not_said_or_not_so_any_more_is_refused() {
    each(async |app| {
        let world = app.world().await;
        let officer = app.by_password(world.city).await;
        let confirm = async |found| confirm_number(app, &officer, found).await;
        let no_source = confirm(Found { source: " ", ..agrees() }).await;
        assert_eq!(invalid(no_source), ["source"]);
        assert_eq!(invalid(confirm(differs("")).await), ["says"]);
        let long = "长".repeat(501);
        let found = Found { source: &long, note: &long, ..agrees() };
        assert_eq!(invalid(confirm(found).await), ["source", "note"]);
        for value in ["≥ 200 万元", "> 100 万元", ""] {
            refused!(confirm(Found { value, ..agrees() }).await, Refusal::Changed);
        }
        for address in ["pilot@2026.rd.nothing", "pilot@2022.rd.amount", ""] {
            refused!(confirm(Found { address, ..agrees() }).await, Refusal::NotFound);
        }
        assert_eq!(stands(app).await, (Held::Open, 0));
    });
}

#[test]
fn who_looks_again_counts_once_and_whoever_finds_otherwise_is_not_outvoted() {
    each(async |app| {
        let world = app.world().await;
        let officer = app.by_password(world.city).await;
        let second = app.somebody("city2", &world.bureau, access::Role::CityOfficer).await;
        let second = app.by_password(second).await;
        confirm_number(app, &officer, agrees()).await.unwrap();
        confirm_number(app, &officer, agrees()).await.unwrap();
        assert_eq!(stands(app).await, (Held::Agrees, 1));
        confirm_number(app, &second, agrees()).await.unwrap();
        assert_eq!(stands(app).await, (Held::Agrees, 2));
        let wrong = confirm_number(app, &second, differs("不低于 200 万元")).await.unwrap();
        assert_eq!(stands(app).await, (Held::Differs, 2));
        let withdraw =
            async |address, id, why| withdraw_confirmation(app, &officer, address, id, why).await;
        assert_eq!(invalid(withdraw(AMOUNT, wrong, " ").await), ["why"]);
        refused!(withdraw("pilot@2026.rd.intensity", wrong, "错").await, Refusal::NotFound);
        refused!(withdraw(AMOUNT, 99_999, "错").await, Refusal::NotFound);
        let withdrawing = withdraw(AMOUNT, wrong, "看的是旧版");
        app.leaves("rulebook.confirm-number", Done, withdrawing).await.unwrap();
        refused!(withdraw(AMOUNT, wrong, "看的是旧版").await, Refusal::Changed);
        assert_eq!(stands(app).await, (Held::Agrees, 1));
        // All four stay in the history, for those who have signed in.
        let history = number_history(app, Some(&officer), AMOUNT).await.unwrap();
        let withdrawn: Vec<bool> =
            history.iter().map(|seen| seen.confirmation.withdrawn.is_some()).collect();
        assert_eq!(withdrawn, [true, true, false, true]);
        assert_eq!(history[0].withdrawn_by.as_deref(), Some("姓名w.city"));
        assert_eq!(number_history(app, None, AMOUNT).await.unwrap().len(), 1);
    });
}

#[test]
fn the_numbers_of_the_law_say_their_edges_and_how_well_they_are_known() {
    each(async |app| {
        let law = app.law();
        let said: Vec<_> = law
            .numbers()
            .iter()
            .map(|number| (number.value(), number.citation.status.code()))
            .collect();
        assert_eq!(
            said,
            [("≥ 100 万元".to_owned(), "secondary"), ("> 3 %".to_owned(), "recalled")]
        );
        let amount = &law.numbers()[0];
        for (value, still) in [
            ("≥ 100 万元", true),
            ("≥ 0.01 亿元", true),
            ("≥ 1000000 元", true),
            ("> 100 万元", false),
            ("≥ 101 万元", false),
            ("100 万元", false),
            ("", false),
        ] {
            assert_eq!(amount.is_still(value), still, "{value}");
        }
    });
}
