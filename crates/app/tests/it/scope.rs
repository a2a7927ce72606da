//! Whatever the tree looks like and whoever asks: nobody sees an organisation or a person outside their scope, in no
//! list, no page, no export, and everything within it.

use access::{Action, OrganisationKind as Kind, PersonId, Place, Role, decide};
use app::organisations::{list_organisations, show_organisation};
use app::people::{export_people, list_people, show_person};
use proptest::prelude::{Strategy, prop};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use store::Page;
use store::organisation::{Organisation, Wanted};

use crate::bed::each;
use crate::world::code;

/// Districts, firms by district (0 is the bureau itself), people by place and role.
#[derive(Clone, Debug)]
struct City {
    districts: usize,
    firms: Vec<usize>,
    people: Vec<Vec<(usize, Role)>>,
}

fn city() -> impl Strategy<Value = City> {
    let roles = prop::sample::select(vec![
        Role::EnterpriseManager,
        Role::EnterpriseMember,
        Role::DistrictOfficer,
        Role::CityOfficer,
        Role::Leader,
    ]);
    (1usize..5, prop::collection::vec(0usize..5, 1..8)).prop_flat_map(move |(districts, firms)| {
        let places = 1 + districts + firms.len();
        let held = prop::collection::vec((0..places, roles.clone()), 0..4);
        prop::collection::vec(held, 1..6).prop_map(move |people| City {
            districts,
            firms: firms.clone(),
            people,
        })
    })
}

#[test]
fn nobody_sees_beyond_their_scope_and_everything_within_it() {
    each(async |app| {
        // Another city each day would make a failure hard to find again: always the same dozen.
        let mut runner = TestRunner::deterministic();
        let bureau = app.organisation(None, Kind::CityBureau, "示例市民营经济局", None).await;
        let mut number = 0;
        for round in 0..12 {
            let city = city().new_tree(&mut runner).unwrap().current();
            let mut places: Vec<Organisation> = vec![bureau.clone()];
            for index in 0..city.districts {
                let name = format!("区{round}-{index}");
                places.push(app.organisation(Some(&bureau), Kind::District, &name, None).await);
            }
            for (index, district) in city.firms.iter().enumerate() {
                let above = places[district % (city.districts + 1)].clone();
                let (name, uscc) = (format!("企业{round}-{index}"), code(number));
                number += 1;
                places.push(
                    app.organisation(Some(&above), Kind::Enterprise, &name, Some(&uscc)).await,
                );
            }
            let mut people = Vec::new();
            for (index, held) in city.people.iter().enumerate() {
                let person = app.nobody(&format!("r{round}-{index}")).await;
                for (place, role) in held {
                    // What fits nowhere is not given.
                    if role.fits(places[*place].kind) {
                        app.member_of(person, &places[*place], *role).await;
                    }
                }
                people.push(person);
            }
            for person in &people {
                let caller = app.by_password(*person).await;
                if let Ok(rows) = decide(&caller.who, Action::OrganisationList) {
                    let wanted = Wanted::default();
                    let listed = list_organisations(app, &caller, &wanted, Page::ALL).await;
                    let listed: Vec<i64> =
                        listed.unwrap().rows.iter().map(|place| place.id).collect();
                    for place in &places {
                        let expected = rows.covers(&Place::of(place.path.parse().unwrap()));
                        assert_eq!(listed.contains(&place.id), expected, "{city:?}");
                        let shown = show_organisation(app, &caller, place.id).await;
                        assert_eq!(shown.is_ok(), expected, "{city:?}");
                    }
                }
                if let Ok(rows) = decide(&caller.who, Action::PersonList) {
                    let listed =
                        list_people(app, &caller, &Default::default(), Page::ALL).await.unwrap();
                    let listed: Vec<i64> = listed.rows.iter().map(|one| one.id).collect();
                    let out = export_people(app, &caller, &Default::default()).await.unwrap();
                    let out: Vec<i64> = out.rows.iter().map(|one| one.id).collect();
                    assert_eq!(listed, out);
                    for other in &people {
                        let place = |path: &str| Place {
                            path: Some(path.parse().unwrap()),
                            person: Some(PersonId(*other)),
                            ..Place::default()
                        };
                        let held = app.memberships(*other).await;
                        let expected = rows.is_everything()
                            || held.iter().any(|held| rows.covers(&place(&held.path)));
                        assert_eq!(listed.contains(other), expected, "{city:?}");
                        let shown = show_person(app, &caller, *other).await;
                        assert_eq!(shown.is_ok(), expected, "{city:?}");
                    }
                }
            }
        }
    });
}
