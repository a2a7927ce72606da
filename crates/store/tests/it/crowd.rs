//! Many at once: nobody hears that the database is locked.

use std::time::{Duration, Instant};

use store::{Page, job, organisation};

use crate::bed::{at, each};
use crate::world::{NOON, bureau, everything, firm, today};

#[test]
fn fifty_who_write_and_read_at_once_are_all_served() {
    each(async |bed| {
        let root = bed.act(bureau).await.unwrap();
        let end = Instant::now() + Duration::from_secs(3);
        let mut crowd = tokio::task::JoinSet::new();
        for number in 0..50i64 {
            let store = bed.store.clone();
            crowd.spawn(async move {
                let mut written = 0u64;
                while Instant::now() < end {
                    if number % 2 == 0 {
                        let unit = store.write().await.unwrap();
                        // Reads before it writes, as use cases do.
                        organisation::root(&unit).await.unwrap().unwrap();
                        let new = firm(Some(root), "某企业", None);
                        organisation::insert(&unit, &new).await.unwrap();
                        unit.commit().await.unwrap();
                        written += 1;
                    } else {
                        let unit = store.read().await.unwrap();
                        let all = everything();
                        let wanted = organisation::Wanted::default();
                        let page = Page { skip: 0, take: 20 };
                        organisation::list(&unit, &wanted, &today(&all), page).await.unwrap();
                        job::counts(&unit).await.unwrap();
                    }
                }
                written
            });
        }
        let written: u64 = crowd.join_all().await.into_iter().sum();
        println!("{written} units in 3 seconds");
        let all = everything();
        let wanted = organisation::Wanted::default();
        let listed = bed
            .look(async |unit| organisation::list(unit, &wanted, &today(&all), Page::ALL).await)
            .await;
        assert_eq!(listed.total, written + 1, "what was acknowledged is there");
        assert!(written > 0 && listed.rows.iter().all(|row| row.created == at(NOON)));
    });
}
