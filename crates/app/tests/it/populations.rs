//! Populations are brought, put in use, screened, held, followed, and told apart from what is not one.

use access::Action;
use app::jobs::Worker;
use app::populations::{
    Hold, Wish, ask_for_screening, bring_population, counts_of, list_populations, show_population,
    use_population,
};
use app::{Caller, Platform, Refusal};
use audit::Outcome;

use crate::bed::{App, each_with_law};
use crate::world::code;

fn wish(name: &str) -> Wish {
    Wish { name: name.into(), known_as_of: Some("2026-11-20".parse().unwrap()), base_year: None }
}

/// A table of some firms; one more row is no firm.
fn table(firms: u32) -> Vec<u8> {
    let mut text = String::from("统一社会信用代码,企业名称\n");
    for number in 0..firms {
        text.push_str(&format!("{},示例企业{number}\n", code(number)));
    }
    text.push_str("91370202MA00000000,代码不对的企业\n");
    text.into_bytes()
}

async fn bring(app: &App, caller: &Caller, name: &str, content: Vec<u8>) -> i64 {
    let brought = bring_population(app, caller, wish(name), content).await.unwrap();
    brought.population.id
}

async fn works(app: &App) {
    let worker = Worker::new(app.shared()).unwrap();
    while worker.step().await.unwrap() {}
}

#[test]
fn a_population_is_brought_checked_used_and_screened() {
    each_with_law(async |app| {
        let world = app.world().await;
        let city = app.caller(world.city).await;
        let id = app
            .leaves("population.bring", Outcome::Done, bring(app, &city, "十一月", table(5)))
            .await;
        let shown = show_population(app, &city, id).await.unwrap();
        assert_eq!((shown.population.subjects, shown.population.refused), (5, 1));
        let row = &shown.report.rows[0];
        assert_eq!((row.row, row.name.as_deref()), (Some(7), Some("代码不对的企业")), "{row:?}");
        assert!(app.city().is_none(), "nothing is in use yet");
        // The same once more changes nothing.
        let again = bring_population(app, &city, wish("又一次"), table(5)).await.unwrap();
        assert_eq!((again.population.id, again.again), (id, true));

        app.leaves("population.bring", Outcome::Done, use_population(app, &city, id, None))
            .await
            .unwrap();
        works(app).await;
        let held = app.city().unwrap();
        assert_eq!(held.snapshot().rows(), 5);
        let Hold::Ready(ready) = app.hold() else { panic!("{:?}", app.hold()) };
        assert_eq!(
            (ready.held.population, ready.held.as_of.to_string()),
            (id, "2026-11-23".into())
        );
        let listing = list_populations(app, &city).await.unwrap();
        let [screening] = listing.screenings.as_slice() else { panic!("{listing:?}") };
        assert_eq!((screening.population, &screening.rulebook), (id, &app.law().hash));
        let counts = counts_of(screening);
        assert_eq!(counts.len(), held.programmes().count());
        assert!(!counts.is_empty());
        for one in &counts {
            assert_eq!(one.populations.iter().sum::<u64>() + one.not_judged, 5, "{one:?}");
        }
    });
}

#[test]
fn who_saw_another_use_is_told_and_one_in_use_is_not_put_in_use_again() {
    each_with_law(async |app| {
        let world = app.world().await;
        let city = app.caller(world.city).await;
        let first = bring(app, &city, "甲", table(2)).await;
        let second = bring(app, &city, "乙", table(3)).await;
        use_population(app, &city, first, None).await.unwrap();
        let refused = use_population(app, &city, second, None).await;
        assert!(matches!(refused, Err(Refusal::Changed)), "{refused:?}");
        let refused = use_population(app, &city, first, None).await;
        assert!(matches!(refused, Err(Refusal::Conflict(_))), "{refused:?}");
        let known = list_populations(app, &city).await.unwrap().uses[0].id;
        use_population(app, &city, second, Some(known)).await.unwrap();
        works(app).await;
        assert_eq!(app.city().unwrap().snapshot().rows(), 3);
        // A screening that somebody asks for is one more record.
        ask_for_screening(app, &city).await.unwrap();
        let refused = ask_for_screening(app, &city).await;
        assert!(matches!(refused, Err(Refusal::Conflict(_))), "{refused:?}");
        works(app).await;
        assert_eq!(list_populations(app, &city).await.unwrap().screenings.len(), 2);
    });
}

#[test]
fn what_is_no_population_leaves_nothing_behind_and_says_why() {
    each_with_law(async |app| {
        let world = app.world().await;
        let city = app.caller(world.city).await;
        let table = [
            (wish(""), b"x".to_vec(), "name"),
            (wish("甲"), Vec::new(), "file"),
            (wish("甲"), b"PAR1 cut off".to_vec(), "file"),
            (wish("甲"), "统一社会信用代码,企业名称\n1,甲\n".into(), "file"),
            (Wish { known_as_of: None, ..wish("甲") }, self::table(1), "known_as_of"),
        ];
        for (wish, content, field) in table {
            let refused = bring_population(app, &city, wish, content).await;
            let Err(Refusal::Invalid(wrong)) = &refused else { panic!("{refused:?}") };
            assert_eq!(wrong[0].field, field, "{wrong:?}");
            assert!(!format!("{wrong:?}").contains("new-"), "no path is told: {wrong:?}");
        }
        let folder = app.populations().unwrap().folder().to_owned();
        let left = std::fs::read_dir(folder).map_or(0, |entries| entries.count());
        assert_eq!(left, 0);
        assert_eq!(list_populations(app, &city).await.unwrap().populations, []);
    });
}

#[test]
fn a_process_takes_over_what_lies_there_and_says_when_it_cannot() {
    each_with_law(async |app| {
        let world = app.world().await;
        let city = app.caller(world.city).await;
        let id = bring(app, &city, "甲", table(4)).await;
        use_population(app, &city, id, None).await.unwrap();
        works(app).await;
        // Another process, or the same after a new start.
        let other = app.another().await;
        assert!(other.city().is_none());
        let worker = Worker::new(std::sync::Arc::clone(&other)).unwrap();
        worker.step().await.unwrap();
        assert_eq!(other.city().unwrap().snapshot().rows(), 4);
        let before = list_populations(app, &city).await.unwrap().screenings.len();
        assert_eq!(before, 1, "of that day there is a record already");

        // On another day there is none: it is screened again.
        app.days(1);
        let later = app.another().await;
        let worker = Worker::new(std::sync::Arc::clone(&later)).unwrap();
        while worker.step().await.unwrap() {}
        let city = app.caller(world.city).await;
        let listing = list_populations(app, &city).await.unwrap();
        assert_eq!(listing.screenings[0].as_of.to_string(), "2026-11-24");
        // The first process follows.
        works(app).await;
        let Hold::Ready(ready) = app.hold() else { panic!("{:?}", app.hold()) };
        assert_eq!(ready.held.as_of.to_string(), "2026-11-24");

        let file = app.populations().unwrap().path(&listing.populations[0].file);
        std::fs::write(&file, "PAR1 and no more").unwrap();
        let broken = app.another().await;
        let worker = Worker::new(std::sync::Arc::clone(&broken)).unwrap();
        worker.step().await.unwrap();
        let Hold::Failed(held, why) = broken.hold() else { panic!("{:?}", broken.hold()) };
        assert_eq!(held.population, id);
        assert!(why.zh.contains("甲"), "{why:?}");
        worker.step().await.unwrap();
        assert!(broken.city().is_none());
    });
}

#[test]
fn districts_see_populations_and_bring_none() {
    each_with_law(async |app| {
        let world = app.world().await;
        let officer = app.caller(world.northern).await;
        assert!(list_populations(app, &officer).await.is_ok());
        let refused = app
            .leaves(
                Action::PopulationBring.code(),
                Outcome::Refused,
                bring_population(app, &officer, wish("甲"), table(1)),
            )
            .await;
        assert!(matches!(refused, Err(Refusal::Forbidden(_))), "{refused:?}");
        let manager = app.caller(world.manager).await;
        assert!(list_populations(app, &manager).await.is_err());
    });
}

/// Jobs run on any thread.
#[allow(dead_code, reason = "it is enough that it compiles")]
fn may_be_sent(platform: &'static Platform, caller: &'static Caller) {
    fn sent(_: impl Send) {}
    sent(bring_population(platform, caller, wish("x"), Vec::new()));
    sent(use_population(platform, caller, 1, None));
}
