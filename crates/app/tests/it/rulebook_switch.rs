//! Switching the rulebook while two processes share a database.

use app::Refusal;
use app::rulebooks::{adopt_rulebook, follow_switch, switch_rulebook};
use audit::Outcome;

use crate::bed::{App, each_with_law, rules};

/// Keeps a rulebook that differs from the one in force in a remark, and gives its hash.
async fn keep(app: &App, remark: &str) -> String {
    let mut sources = rules();
    sources.add("indicators/remark.toml", format!("# {remark}\n"));
    let hash = sources.hash();
    adopt_rulebook(app.store(), &app.clock(), &sources, remark).await.unwrap();
    hash
}

#[test]
fn what_was_in_force_before_is_what_the_database_says() {
    each_with_law(async |app| {
        let world = app.world().await;
        let city = app.caller(world.city).await;
        let other = app.another().await;
        let first = app.law().hash.clone();
        let (second, third) = (keep(app, "second").await, keep(app, "third").await);
        let in_force = async || {
            let unit = app.store().read().await.unwrap();
            store::rulebook::in_force(&unit).await.unwrap().unwrap()
        };
        let began = in_force().await.id;
        switch_rulebook(&other, &city, &second, Some(began), "修订").await.unwrap();
        assert_eq!(app.law().hash, first, "this process has not noticed yet");

        // Who looked before the other switch is told, and nothing is done; what is in force already is not put in
        // force again, whatever this process has loaded.
        let late = switch_rulebook(app, &city, &third, Some(began), "又一次").await;
        assert!(matches!(late, Err(Refusal::Changed)), "{late:?}");
        let known = in_force().await;
        let again = switch_rulebook(app, &city, &second, Some(known.id), "又一次").await;
        assert!(matches!(again, Err(Refusal::Conflict(_))), "{again:?}");
        assert_eq!(in_force().await, known);

        let before = app.last().await;
        app.leaves(
            "rulebook.switch",
            Outcome::Done,
            switch_rulebook(app, &city, &third, Some(known.id), "再次修订"),
        )
        .await
        .unwrap();
        assert_eq!(in_force().await.previous.as_ref(), Some(&second));
        let told = app.since(before).await.pop().unwrap();
        assert_eq!(told.act.details.value().unwrap()["previous"], second.as_str(), "{told:?}");

        follow_switch(&other).await.unwrap();
        assert_eq!((&app.law().hash, &other.law().hash), (&third, &third));
        // Back to what this process began with, which the other has long left.
        switch_rulebook(&other, &city, &first, Some(in_force().await.id), "退回").await.unwrap();
        follow_switch(app).await.unwrap();
        assert_eq!(app.law().hash, first);
    });
}
