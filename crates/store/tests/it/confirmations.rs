//! What was found about numbers of the law reads back as it was, and is withdrawn once.

use store::Error;
use store::confirmation::{self, Finding, New, Withdrawn};

use crate::bed::{at, each};
use crate::world::{NOON, somebody};

const LATER: &str = "2026-11-24T04:00:00Z";

fn found<'a>(address: &'a str, finding: Finding, by: i64) -> New<'a> {
    New {
        owner: address.split('@').next().unwrap(),
        address,
        value: "≥ 100 万元",
        finding,
        says: (finding == Finding::Differs).then_some("不低于 200 万元"),
        source: "https://example.com/2号.pdf 第 3 页",
        note: None,
        rulebook: "abc",
        by,
        at: at(NOON),
    }
}

#[test]
fn what_was_found_reads_back_as_it_was() {
    each(async |bed| {
        let by = bed.act(async |unit| somebody(unit, "a").await).await.unwrap();
        let another = bed.act(async |unit| somebody(unit, "b").await).await.unwrap();
        let keep = async |address: &'static str, finding, by| {
            bed.act(async |unit| confirmation::insert(unit, found(address, finding, by)).await)
                .await
        };
        let first = keep("one@2026.rd.amount", Finding::Agrees, another).await.unwrap();
        let second = keep("one@2026.rd.amount", Finding::Differs, by).await.unwrap();
        let other = keep("two@2026.rd.amount", Finding::Agrees, by).await.unwrap();
        // Nobody says twice what was found of a number, as long as the first word stands.
        let twin = keep("one@2026.rd.amount", Finding::Agrees, by).await;
        assert!(matches!(twin, Err(Error::Taken(_))), "{twin:?}");
        let read = bed.look(async |unit| confirmation::get(unit, second).await).await.unwrap();
        assert_eq!(
            (read.id, read.finding, read.by, read.at),
            (second, Finding::Differs, by, at(NOON))
        );
        assert_eq!(read.says.as_deref(), Some("不低于 200 万元"));
        assert_eq!((read.value.as_str(), read.note, read.withdrawn), ("≥ 100 万元", None, None));
        let ids = |found: Vec<confirmation::Confirmation>| -> Vec<i64> {
            found.into_iter().map(|one| one.id).collect()
        };
        let all = bed.look(async |unit| confirmation::holding(unit, None).await).await;
        assert_eq!(ids(all), [other, second, first]);
        let own = bed.look(async |unit| confirmation::holding(unit, Some(&["one"])).await).await;
        assert_eq!(ids(own), [second, first]);
        let none = bed.look(async |unit| confirmation::holding(unit, Some(&[])).await).await;
        assert_eq!(ids(none), [0; 0]);
    });
}

#[test]
fn one_is_withdrawn_once_and_stays_in_the_history() {
    each(async |bed| {
        let by = bed.act(async |unit| somebody(unit, "a").await).await.unwrap();
        let address = "one@2026.rd.amount";
        let new = found(address, Finding::Agrees, by);
        let id = bed.act(async |unit| confirmation::insert(unit, new).await).await.unwrap();
        let withdraw = async || {
            bed.act(async |unit| confirmation::withdraw(unit, id, by, "看错了", at(LATER)).await)
                .await
        };
        withdraw().await.unwrap();
        assert!(matches!(withdraw().await, Err(Error::Changed)));
        let holding = bed.look(async |unit| confirmation::holding(unit, None).await).await;
        assert_eq!(holding, []);
        let all = bed.look(async |unit| confirmation::of_address(unit, address).await).await;
        let withdrawn = Withdrawn { by, at: at(LATER), why: "看错了".into() };
        assert_eq!(all[0].withdrawn, Some(withdrawn));
    });
}
