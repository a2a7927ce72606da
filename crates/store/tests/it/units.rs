//! Units of work: all of it or nothing, one state for whoever reads, one winner where two change one row.

use store::{Error, Page, organisation};

use crate::bed::each;
use crate::world::{bureau, everything, firm, today};

#[test]
fn what_is_not_committed_was_never_there() {
    each(async |bed| {
        let unit = bed.write().await.unwrap();
        bureau(&unit).await.unwrap();
        drop(unit);
        assert_eq!(bed.look(organisation::root).await, None);
        bed.act(bureau).await.unwrap();
        assert!(bed.look(organisation::root).await.is_some());
    });
}

#[test]
fn a_reader_sees_one_state_while_others_write() {
    each(async |bed| {
        let root = bed.act(bureau).await.unwrap();
        let all = everything();
        let reader = bed.read().await.unwrap();
        let count = async || {
            let wanted = organisation::Wanted::default();
            organisation::list(&reader, &wanted, &today(&all), Page::ALL).await.unwrap().total
        };
        assert_eq!(count().await, 1);
        bed.act(async |unit| organisation::insert(unit, &firm(Some(root), "甲", None)).await)
            .await
            .unwrap();
        assert_eq!(count().await, 1, "still the state of its first look");
        drop(reader);
        let wanted = organisation::Wanted::default();
        let now =
            bed.look(async |unit| organisation::list(unit, &wanted, &today(&all), Page::ALL).await);
        assert_eq!(now.await.total, 2);
    });
}

#[test]
fn a_reading_unit_cannot_write() {
    each(async |bed| {
        let unit = bed.read().await.unwrap();
        assert!(bureau(&unit).await.is_err());
        drop(unit);
        assert_eq!(bed.look(organisation::root).await, None);
    });
}

#[test]
fn of_units_that_change_one_row_at_once_one_wins_and_the_others_are_told() {
    each(async |bed| {
        let root = bed.act(bureau).await.unwrap();
        let mut changing = tokio::task::JoinSet::new();
        for number in 0..6 {
            let store = bed.again().await;
            changing.spawn(async move {
                let unit = store.write().await?;
                let name = format!("第 {number} 个");
                organisation::change(&unit, root, 1, &name, None, None).await?;
                tokio::time::sleep(std::time::Duration::from_millis(30)).await;
                unit.commit().await?;
                Ok::<(), Error>(())
            });
        }
        let done = changing.join_all().await;
        let told = done.iter().filter(|one| matches!(one, Err(Error::Changed))).count();
        assert_eq!((done.iter().filter(|one| one.is_ok()).count(), told), (1, 5), "{done:?}");
        assert_eq!(bed.look(organisation::root).await.unwrap().version, 2);
    });
}

#[test]
fn a_refused_statement_leaves_nothing_of_its_unit() {
    each(async |bed| {
        let refused = bed
            .act(async |unit| {
                let root = bureau(unit).await?;
                let code = Some("91370200MA3C000001");
                organisation::insert(unit, &firm(Some(root), "甲", code)).await?;
                organisation::insert(unit, &firm(Some(root), "乙", code)).await
            })
            .await;
        assert!(matches!(refused, Err(Error::Taken(_))));
        assert_eq!(bed.look(organisation::root).await, None);
    });
}
