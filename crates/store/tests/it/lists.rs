//! Lists: pages, words that are looked for, and one order on every engine.

use store::organisation::{self, Wanted};
use store::{Page, person};

use crate::bed::{at, each};
use crate::world::{NOON, bureau, everything, firm, today};

const NAMES: [&str; 9] = [
    "海尔智家",
    "Haier Smart Home",
    "ＨＡＩＥＲ（青岛）",
    "100%纯净水厂",
    "100 纯净水厂",
    "A_B 贸易",
    "AxB 贸易",
    "反斜杠\\公司",
    "ÄPFEL 有限公司",
];

#[test]
fn words_are_found_whatever_their_width_and_case_and_signs_mean_themselves() {
    each(async |bed| {
        bed.act(async |unit| {
            let root = bureau(unit).await?;
            for name in NAMES {
                organisation::insert(unit, &firm(Some(root), name, None)).await?;
            }
            let coded = firm(Some(root), "有代码", Some("91370200MA3C00000X"));
            organisation::insert(unit, &coded).await
        })
        .await
        .unwrap();
        let all = everything();
        for (words, names) in [
            ("haier", vec![NAMES[1], NAMES[2]]),
            ("ｈａｉｅｒ", vec![NAMES[1], NAMES[2]]),
            ("(青岛)", vec![NAMES[2]]),
            ("  智家 ", vec![NAMES[0]]),
            ("100%", vec![NAMES[3]]),
            ("％", vec![NAMES[3]]),
            ("a_b", vec![NAMES[5]]),
            ("\\", vec![NAMES[7]]),
            ("äpfel", vec![NAMES[8]]),
            ("ma3c00000x", vec!["有代码"]),
            ("'", vec![]),
        ] {
            let wanted = Wanted { words: Some(words), ..Wanted::default() };
            let found = bed
                .look(async |unit| organisation::list(unit, &wanted, &today(&all), Page::ALL).await)
                .await;
            let found: Vec<_> = found.rows.into_iter().map(|row| row.name).collect();
            assert_eq!(found, names, "{words}");
        }
    });
}

#[test]
fn pages_together_are_the_list() {
    each(async |bed| {
        bed.act(async |unit| {
            let root = bureau(unit).await?;
            for number in 0..23 {
                let name = format!("企业 {number}");
                organisation::insert(unit, &firm(Some(root), &name, None)).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let all = everything();
        let page = async |skip, take| {
            let wanted = Wanted::default();
            bed.look(async |unit| {
                organisation::list(unit, &wanted, &today(&all), Page { skip, take }).await
            })
            .await
        };
        let whole = page(0, i64::MAX as u64).await;
        assert_eq!((whole.rows.len(), whole.total), (24, 24));
        let mut joined = Vec::new();
        for skip in (0..30).step_by(5) {
            let part = page(skip, 5).await;
            assert_eq!(part.total, 24);
            joined.extend(part.rows);
        }
        assert_eq!(joined, whole.rows);
        assert_eq!(page(0, 0).await.rows, []);
    });
}

#[test]
fn people_stand_in_the_same_order_on_every_engine() {
    // An office's server would sort these by its language.
    let names = ["b", "B2", "a", "A1", "_", "张三", "李四", "é", "e", "f", "Z", "阿", "-x", " y"];
    each(async |bed| {
        bed.act(async |unit| {
            for (number, name) in names.iter().enumerate() {
                let login = format!("login{number}");
                let new =
                    person::New { login: &login, name, phone: None, mail: None, at: at(NOON) };
                person::insert(unit, new).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let all = everything();
        let listed = bed
            .look(async |unit| {
                person::list(unit, &person::Wanted::default(), &today(&all), Page::ALL).await
            })
            .await;
        let listed: Vec<String> = listed.rows.into_iter().map(|row| row.name).collect();
        let mut sorted: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        sorted.sort_by_key(|name| {
            let number = names.iter().position(|one| one == name).unwrap();
            (format!("{} login{number}", name.to_lowercase()), number)
        });
        assert_eq!(listed, sorted);
    });
}

#[test]
fn organisations_are_sorted_alike_on_every_engine_and_nothing_comes_last() {
    use store::Sorted;
    use store::organisation::By;

    each(async |bed| {
        bed.act(async |unit| {
            let root = bureau(unit).await?;
            organisation::insert(unit, &firm(Some(root), "乙", Some("91370200MA3C00000X"))).await?;
            organisation::insert(unit, &firm(Some(root), "甲", None)).await?;
            organisation::insert(unit, &firm(Some(root), "a", Some("91370200MA3C000018"))).await
        })
        .await
        .unwrap();
        let all = everything();
        let sorted = async |by, down| {
            let wanted = Wanted { order: Sorted { by, down }, ..Wanted::default() };
            let found = bed
                .look(async |unit| organisation::list(unit, &wanted, &today(&all), Page::ALL).await)
                .await;
            found.rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
        };
        // 1 is the bureau, which has no code, like 3.
        for (by, up, down) in [
            (By::Entered, [1, 2, 3, 4], [4, 3, 2, 1]),
            (By::Code, [2, 4, 1, 3], [4, 2, 1, 3]),
            (By::Kind, [1, 2, 3, 4], [2, 3, 4, 1]),
        ] {
            assert_eq!(sorted(by, false).await, up, "{by:?}");
            assert_eq!(sorted(by, true).await, down, "{by:?} down");
        }
    });
}
