//! Lists and counts, held against looking at every row; nobody sees a row outside their sight.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::*;
use rules::{Answer, Outcome, Population, evaluate};
use snapshot::{By, Filter, NO_SECTION, NO_SIZE, NOT_TOLD, Order, Part, Populations, Sight};

use crate::made::MADE;

fn sights() -> impl Strategy<Value = Sight> {
    let districts = prop::collection::btree_set(0u16..14, 0..4);
    let codes = prop::collection::btree_set(0u32..720, 0..5);
    let only = (districts, codes).prop_map(|(districts, rows)| {
        let code = |row: u32| MADE.city.snapshot().code(row).to_owned();
        Sight::Only { districts, codes: rows.into_iter().map(code).collect() }
    });
    prop_oneof![1 => Just(Sight::Everything), 4 => only]
}

fn filters() -> impl Strategy<Value = Filter> {
    let words =
        prop::option::of(prop::sample::select(vec!["青岛", "科技", "9137", "有限", " ", "zz"]));
    let places: Vec<String> = MADE.city.programmes().map(|(one, _)| one.id.clone()).collect();
    let programme = prop::option::of((prop::sample::select(places), 0u8..32));
    let district = prop::option::of(prop_oneof![0u16..14, Just(NOT_TOLD)]);
    let section = prop::option::of(prop::sample::select(vec!['C', 'I', 'F', NO_SECTION]));
    let size = prop::option::of(prop_oneof![0u8..4, Just(NO_SIZE)]);
    let yes_or_no = || prop::option::of(any::<bool>());
    (words, district, section, size, programme, yes_or_no(), yes_or_no()).prop_map(
        |(words, district, section, size, programme, held, measured)| Filter {
            held,
            measured,
            words: words.map(str::to_owned),
            district,
            section,
            size,
            programme: programme.map(|(id, bits)| {
                let all = [
                    Population::Eligible,
                    Population::JudgementPending,
                    Population::OneShort,
                    Population::LackOfData,
                    Population::No,
                ];
                let some = all.into_iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1);
                (id, Populations::of(some.map(|(_, one)| one)))
            }),
            nearest: None,
        },
    )
}

/// Whether a row is seen and asked for, said once more and slowly.
fn wanted(row: u32, sight: &Sight, filter: &Filter) -> bool {
    let city = &MADE.city;
    let snapshot = city.snapshot();
    let facets = snapshot.facets();
    let seen = match sight {
        Sight::Everything => true,
        Sight::Only { districts, codes } => {
            facets.district(row).is_some_and(|own| districts.contains(&own))
                || codes.contains(snapshot.code(row))
        }
    };
    let words = filter.words.as_deref().unwrap_or_default().trim();
    let judged = filter.programme.as_ref().is_none_or(|(id, populations)| {
        let standing = city.programme(id).unwrap().1.of(row);
        standing.is_some_and(|own| Populations::of([own.population]).is_in(*populations))
    });
    seen && sight.covers(snapshot, row)
        && (snapshot.name(row).contains(words) || snapshot.code(row).starts_with(words))
        && filter.district.is_none_or(|own| facets.district(row).unwrap_or(NOT_TOLD) == own)
        && filter.section.is_none_or(|own| facets.section(row).unwrap_or(NO_SECTION) == own)
        && filter.size.is_none_or(|own| city.size(row).unwrap_or(NO_SIZE) == own)
        && judged
        && match (&filter.programme, filter.measured) {
            (Some((id, _)), Some(measured)) => {
                let gap = MEASURED.contains(&(id.clone(), row));
                gap == measured
            }
            _ => true,
        }
        && match (&filter.programme, filter.held) {
            (Some((id, _)), Some(held)) => HELD.contains(&(id.clone(), row)) == held,
            _ => true,
        }
}

/// Who holds which title, as the evaluation of each firm says.
static HELD: LazyLock<Said> = LazyLock::new(|| said_of(|answer| answer.held.is_some()));

/// Who misses something in which programme that has a distance to its threshold.
static MEASURED: LazyLock<Said> = LazyLock::new(|| {
    said_of(|answer| match &answer.outcome {
        Outcome::Assessed(assessment) => assessment.nearest.is_some(),
        Outcome::NoVersion { .. } => false,
    })
});

/// Programmes and rows.
type Said = BTreeSet<(String, u32)>;

/// Of whom something is so, as each firm's own evaluation has it.
fn said_of(is_so: impl Fn(&Answer<'_>) -> bool) -> Said {
    let city = &MADE.city;
    let mut all = Said::new();
    for row in 0..city.snapshot().rows() {
        let facts = city.snapshot().facts(row);
        for (one, _) in city.programmes() {
            let programme = MADE.rulebook.programme(&one.id).unwrap();
            if is_so(&evaluate(&MADE.rulebook, programme, &facts, city.question())) {
                all.insert((one.id.clone(), row));
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_list_has_what_is_seen_and_asked_for(sight in sights(), filter in filters()) {
        let city = &MADE.city;
        let found = city.select(&sight, &filter);
        let expected: Vec<u32> =
            (0..city.snapshot().rows()).filter(|row| wanted(*row, &sight, &filter)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn parts_of_a_list_are_the_list(
        sight in sights(), size in 1usize..90, down: bool, which in 0usize..5, programme in 0usize..6,
    ) {
        let city = &MADE.city;
        let id = city.programmes().nth(programme).unwrap().0.id.clone();
        let order = [
            Order::Code, Order::Name, Order::Revenue, Order::Shortfall(id.clone()), Order::Score(id),
        ][which].clone();
        let rows = city.select(&sight, &Filter::default());
        let whole = city.ordered(rows.clone(), &order, down, Part::ALL);
        let mut parts = Vec::new();
        for skip in (0..=rows.len()).step_by(size) {
            parts.extend(city.ordered(rows.clone(), &order, down, Part { skip, take: size }));
        }
        prop_assert_eq!(&parts, &whole);
        prop_assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), rows.len());
        if order == Order::Revenue {
            let known: Vec<i64> = whole.iter().map_while(|row| city.revenue(*row)).collect();
            let sorted = known.windows(2).all(|pair| if down { pair[0] >= pair[1] } else { pair[0] <= pair[1] });
            prop_assert!(sorted);
            prop_assert!(whole[known.len()..].iter().all(|row| city.revenue(*row).is_none()));
        }
    }

    #[test]
    fn counts_are_those_of_lists(sight in sights()) {
        let city = &MADE.city;
        for ((screened, _), counts) in city.programmes().zip(city.counts(&sight)) {
            for population in [Population::Eligible, Population::OneShort, Population::No] {
                let filter = Filter {
                    programme: Some((screened.id.clone(), Populations::of([population]))),
                    ..Filter::default()
                };
                prop_assert_eq!(city.select(&sight, &filter).len() as u64, counts.of(population));
            }
            for by in [By::District, By::Section, By::Size] {
                let shares = city.shares(&sight, &screened.id, by);
                let judged: u64 = shares.iter().map(|share| share.counts.judged()).sum();
                prop_assert_eq!(judged, counts.judged());
                let other: u64 = shares.iter().map(|share| share.counts.not_judged).sum();
                prop_assert_eq!(other, counts.not_judged);
            }
        }
    }
}

#[test]
fn those_who_hold_a_title_are_counted_where_they_stand() {
    let city = &MADE.city;
    assert!(HELD.len() > 20, "{}", HELD.len());
    for (screened, answers) in city.programmes() {
        let counts = city.of_holders(&Sight::Everything, &screened.id);
        let expected = HELD.iter().filter(|(id, _)| *id == screened.id);
        let standing = expected.clone().filter(|(_, row)| answers.of(*row).is_some()).count();
        assert_eq!(counts.judged(), standing as u64, "{}", screened.id);
        assert_eq!(counts.not_judged, expected.count() as u64 - counts.judged());
    }
}

#[test]
fn what_is_typed_in_wide_letters_is_found() {
    let city = &MADE.city;
    let code = city.snapshot().code(3);
    let wide: String =
        code.chars().map(|sign| char::from_u32(u32::from(sign) + 0xfee0).unwrap()).collect();
    let filter = Filter { words: Some(wide.to_lowercase()), ..Filter::default() };
    assert_eq!(city.select(&Sight::Everything, &filter), [3]);
}

#[test]
fn who_sees_nothing_finds_nothing() {
    let nothing = Sight::Only { districts: BTreeSet::new(), codes: BTreeSet::new() };
    assert!(nothing.is_nothing());
    assert!(MADE.city.select(&nothing, &Filter::default()).is_empty());
    assert!(MADE.city.counts(&nothing).iter().all(|counts| counts.judged() == 0));
}
