//! The self-check with the rulebook of the house: its end is what the evaluator says of the answers, whatever they are;
//! what travels with the pages comes back as it was, and what somebody made up is read like anything that is typed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use app::Refusal;
use app::self_check::{Filled, Left, SelfCheck, Through, entered, offers};
use enterprise::{ENTERPRISE, FactKey, Facts, Kind, Value};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rules::{LackOrder, Missing, Question, Rulebook, evaluate};

use crate::refused::{invalid, refused};

const TODAY: Date = date(2026, 11, 23);

fn law() -> &'static Rulebook {
    static LAW: OnceLock<Rulebook> = OnceLock::new();
    LAW.get_or_init(|| {
        let mut sources = rulebook::Sources::default();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulebook");
        gather(&folder, "", &mut sources);
        rulebook::compile(&sources).rulebook
    })
}

fn gather(folder: &Path, before: &str, into: &mut rulebook::Sources) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{before}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            gather(&path, &format!("{name}/"), into);
        } else if name.ends_with(".toml") {
            into.add(&name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn fact(id: &str, year: Option<i16>) -> Missing {
    let key = FactKey { indicator: id.to_owned(), year };
    Missing::Fact { key, lack: LackOrder::Data }
}

/// Numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

/// Something that can be said to a question; nothing to skip it.
fn reply(dice: &mut Dice, asked: &Missing, check: &SelfCheck) -> Option<Filled> {
    if dice.roll(9) == 0 {
        return None;
    }
    Some(match asked {
        Missing::Fact { key, .. } => {
            let indicator = law().catalogue.indicator(&key.indicator).unwrap();
            let value = match &indicator.kind {
                Kind::Flag => Value::Flag(dice.roll(2) == 0),
                Kind::Choice(options) => Value::Choice(dice.roll(options.len())),
                Kind::Industry => {
                    Value::Code(["C3484", "I6513", "M7320", "F5112", "A0111"][dice.roll(5)].into())
                }
                Kind::Date => Value::Date(date(
                    i16::try_from(1990 + dice.roll(36)).unwrap(),
                    i8::try_from(1 + dice.roll(12)).unwrap(),
                    3,
                )),
                _ => {
                    let (low, high) = indicator.range.unwrap_or((0, 1_000_000));
                    let near = [low, low + (high - low) / 1000, low + (high - low) / 7, high];
                    Value::Number(near[dice.roll(4)])
                }
            };
            Filled::Value(entered(indicator, &value))
        }
        Missing::Title(_) => match dice.roll(6) {
            0 => Filled::Held("2024-05-01".into(), "2027-04-30".into()),
            1 => Filled::Held("2023-01-01".into(), String::new()),
            2 => Filled::NoneAtAll,
            _ => Filled::No,
        },
        Missing::Event { attribute: None, .. } => match dice.roll(6) {
            0 => {
                let span = check.ask_again(law(), TODAY, asked).span;
                Filled::Days(vec![(span.until.to_string(), BTreeMap::new())])
            }
            1 => Filled::NoneAtAll,
            _ => Filled::No,
        },
        Missing::Event { .. } => Filled::Numbers(vec![dice.roll(9).to_string()]),
        Missing::Judgement { .. } => return None,
    })
}

/// Asks until there is nothing left.
fn conversation(seed: u64, wanted: &[String]) -> SelfCheck {
    let mut dice = Dice(seed);
    let mut check = SelfCheck::about(law(), TODAY, wanted);
    for count in 0.. {
        assert!(count < 500, "it never ends");
        let Some(next) = check.look(law(), TODAY).next else { break };
        let said = reply(&mut dice, &next.asked, &check);
        let taken =
            said.is_some_and(|filled| check.answer(law(), TODAY, &next.asked, &filled).is_ok());
        if !taken {
            check.skip(&next.asked, TODAY);
        }
    }
    check
}

/// Some programmes that are offered.
fn some(seed: u64) -> Vec<String> {
    let mut dice = Dice(seed);
    let all: Vec<String> = offers(law(), TODAY)
        .iter()
        .flat_map(|offer| offer.programmes.iter().map(|known| known.id.clone()))
        .collect();
    let count = 1 + dice.roll(3);
    (0..count).map(|_| all[dice.roll(all.len())].clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn the_end_is_what_the_evaluator_says_of_the_answers(seed in any::<u64>()) {
        let check = conversation(seed, &some(seed));
        let looked = check.look(law(), TODAY);
        prop_assert!(looked.next.is_none());
        prop_assert_eq!(looked.left.most, 0);
        let facts = check.facts(law(), TODAY);
        prop_assert_eq!(&looked.facts, &facts);
        // The same facts from elsewhere: written down as a document and read again.
        let mut named = facts.clone();
        named.uscc = Some("91370202MA0000000Y".parse().unwrap());
        let document = connectors::write_facts(&law().catalogue, &named);
        let mut read = None;
        connectors::read_facts(&document, &law().catalogue, &mut |reading| {
            read = reading.facts;
            std::ops::ControlFlow::Continue(())
        }).unwrap();
        let read = read.expect("what was answered can be read back");
        for answer in &looked.answers {
            let again = evaluate(law(), answer.programme, &read, &Question::on(TODAY));
            prop_assert_eq!(answer.verdict(), again.verdict(), "{}", answer.programme.id);
        }
    }

    #[test]
    fn what_travels_with_the_pages_comes_back_as_it_was(seed in any::<u64>()) {
        let check = conversation(seed, &some(seed));
        let text = check.text(law(), TODAY);
        prop_assert!(text.len() < 16 * 1024, "{}", text.len());
        let read = SelfCheck::read(law(), &text, TODAY).unwrap();
        prop_assert_eq!(read.left_out, 0);
        prop_assert_eq!(read.check.facts(law(), TODAY), check.facts(law(), TODAY));
        prop_assert_eq!(read.check, check);
    }

    #[test]
    fn nothing_that_somebody_makes_up_breaks_it(text in "[A-Za-z0-9_-]{0,400}", at in 0usize..2000, with in "[A-Za-z0-9_-]") {
        let _ = SelfCheck::read(law(), &text, TODAY);
        let check = conversation(7, &some(7));
        let mut altered = check.text(law(), TODAY);
        let at = at % altered.len();
        altered.replace_range(at..=at, &with);
        if let Some(read) = SelfCheck::read(law(), &altered, TODAY) {
            // Whatever it is now, it is a self-check like any other.
            let again = SelfCheck::read(law(), &read.check.text(law(), TODAY), TODAY).unwrap();
            prop_assert_eq!(again.check, read.check);
        }
    }
}

#[test]
fn what_is_offered_judges_enterprises_and_decides_today() {
    let offers = offers(law(), TODAY);
    let ids: Vec<&str> = offers
        .iter()
        .flat_map(|offer| offer.programmes.iter().map(|known| known.id.as_str()))
        .collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "nothing is offered twice");
    assert!(ids.len() >= 5, "{ids:?}");
    assert!(offers.iter().flat_map(|offer| &offer.programmes).all(|one| one.subject == ENTERPRISE));
    assert!(offers[0].title.is_some(), "ladders come first");
}

#[test]
fn the_founding_is_asked_first_and_an_answer_can_be_changed_and_taken_back() {
    let mut check = SelfCheck::about(law(), TODAY, &[]);
    let founding = check.look(law(), TODAY).next.unwrap().asked;
    assert_eq!(founding, fact(enterprise::FOUNDED_ON, None));
    let say = |check: &mut SelfCheck, day: &str| {
        check.answer(law(), TODAY, &founding, &Filled::Value(day.into())).unwrap()
    };
    say(&mut check, "2019-03-01");
    let second = check.look(law(), TODAY).next.unwrap().asked;
    assert_ne!(second, founding);
    check.skip(&second, TODAY);
    let Left { skipped, .. } = check.look(law(), TODAY).left;
    assert_eq!(skipped, 1);
    say(&mut check, "2015年3月1日");
    assert_eq!(check.given().len(), 2);
    assert_eq!(check.given()[0].asked, founding, "a changed answer keeps its place");
    check.take_back(&second);
    assert_eq!(check.look(law(), TODAY).next.unwrap().asked, second, "the same is asked again");
}

#[test]
fn amounts_are_typed_in_their_unit_and_kept_to_the_fen() {
    let revenue = fact("revenue", Some(2025));
    let table = [
        ("1234.5", Some(1_234_500_000)),
        ("1234.567891", Some(1_234_567_891)),
        ("1,234.5", Some(1_234_500_000)),
        ("１２３４．５", Some(1_234_500_000)),
        ("1.2亿元", Some(12_000_000_000)),
        ("51234567.89元", Some(5_123_456_789)),
        ("1234.5678912", None),
        ("很多", None),
        ("", None),
        ("99999999999999999", None),
        ("12%", None),
    ];
    for (typed, fen) in table {
        let mut check = SelfCheck::about(law(), TODAY, &[]);
        let done = check.answer(law(), TODAY, &revenue, &Filled::Value(typed.into()));
        match fen {
            Some(fen) => {
                done.unwrap_or_else(|refusal| panic!("{typed}: {refusal:?}"));
                let facts = check.facts(law(), TODAY);
                let kept = &facts.get("revenue", Some(2025)).unwrap().value;
                assert_eq!(kept, &Value::Number(fen), "{typed}");
            }
            None => {
                assert_eq!(invalid(done), ["value"], "{typed}");
                assert!(check.given().is_empty());
            }
        }
    }
}

#[test]
fn what_cannot_be_is_refused_beside_its_field_and_nothing_changes() {
    let mut check = SelfCheck::about(law(), TODAY, &[]);
    let title = Missing::Title(law().catalogue.titles[0].id.clone());
    let kind = law().catalogue.events[0].id.clone();
    let event = Missing::Event { kind, attribute: None };
    let days = |days: &[&str]| {
        Filled::Days(days.iter().map(|day| ((*day).to_owned(), BTreeMap::new())).collect())
    };
    let many: Vec<String> = (1..=61).map(|_| TODAY.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let table = [
        (&title, Filled::Held("yesterday".into(), String::new()), "from"),
        (&title, Filled::Held("2024-05-01".into(), "2023-05-01".into()), "to"),
        (&title, Filled::Value("x".into()), "value"),
        (&event, days(&[]), "days"),
        (&event, days(&["2024-02-30"]), "days"),
        (&event, days(&["2999-01-01"]), "days"),
        (&event, days(&many), "days"),
        (&event, Filled::Held("2024-05-01".into(), String::new()), "value"),
    ];
    for (asked, filled, field) in table {
        let done = check.answer(law(), TODAY, asked, &filled);
        assert_eq!(invalid(done), [field], "{filled:?}");
        assert!(check.given().is_empty());
    }
    // A year before the founding.
    let founded = fact(enterprise::FOUNDED_ON, None);
    check.answer(law(), TODAY, &founded, &Filled::Value("2025-06-01".into())).unwrap();
    let early =
        check.answer(law(), TODAY, &fact("revenue", Some(2023)), &Filled::Value("5".into()));
    assert_eq!(invalid(early), ["value"]);
    assert_eq!(check.given().len(), 1);
}

#[test]
fn what_is_no_self_check_is_none() {
    let check = SelfCheck::about(law(), TODAY, &[]);
    let text = check.text(law(), TODAY);
    assert!(SelfCheck::read(law(), &text, TODAY).is_some());
    for text in ["", "x", "e30", "bnVsbA", &format!("{text}A"), &"A".repeat(60 * 1024)] {
        assert!(SelfCheck::read(law(), text, TODAY).is_none(), "{text:.20}");
    }
}

#[test]
fn answers_that_do_not_fit_the_law_are_left_out_and_counted() {
    let document = |answers: &str| format!(r#"{{"v":1,"d":"2026-11-20","a":[{answers}]}}"#);
    let table = [
        (r#"["f/revenue/2025","=100",0]"#, 0),
        (r#"["f/revenue/2025","=100",3]"#, 0),
        (r#"["f/revenue/2025","=100",4]"#, 1), // said tomorrow
        (r#"["f/revenue","=100",0]"#, 1),
        (r#"["f/revenue/1900","=100",0]"#, 1),
        (r#"["f/no_such/2025","=100",0]"#, 1),
        (r#"["f/revenue/2025","=a lot",0]"#, 1),
        (r#"["f/revenue/2025","-",0]"#, 1),
        (r#"["f/revenue/2025","=100",0],["f/revenue/2025","=200",0]"#, 1),
        (r#"["t/nobody","-",0]"#, 1),
        (r#"["j/owner/criterion","=yes",0]"#, 1),
        (r#"["f/founded_on","=2024-06-01",0],["f/revenue/2020","=1",0]"#, 1),
    ];
    for (answers, left_out) in table {
        let read = SelfCheck::read_kept(law(), &document(answers), TODAY).unwrap();
        assert_eq!(read.left_out, left_out, "{answers}");
    }
    for broken in [
        r#"{"v":2,"d":"2026-11-20"}"#,
        r#"{"v":1}"#,
        r#"{"v":1,"d":"2026-11-20","x":1}"#,
        r#"{"v":1,"d":"2026-11-20","a":[["f/revenue/2025","=1"]]}"#,
        "[]",
    ] {
        assert!(SelfCheck::read_kept(law(), broken, TODAY).is_none(), "{broken}");
    }
}

#[test]
fn a_document_is_gone_on_from_and_what_it_says_can_be_forgotten() {
    let document = r#"{"uscc":"91370202MA0000000Y","name":"梯度科技",
        "facts":{"founded_on":"2015-03-01","revenue":{"2025":"51234567.89"}},"titles":[]}"#;
    let mut check = SelfCheck::bring(law(), document).unwrap();
    let facts = check.facts(law(), TODAY);
    assert!(facts.titles_complete && facts.get("revenue", Some(2025)).is_some());
    let read = SelfCheck::read(law(), &check.text(law(), TODAY), TODAY).unwrap();
    assert_eq!((read.left_out, &read.check), (0, &check));
    check.forget(law(), &fact("revenue", Some(2025))).unwrap();
    assert!(check.facts(law(), TODAY).get("revenue", Some(2025)).is_none());
    // An answer counts more than what was brought.
    let founded = fact(enterprise::FOUNDED_ON, None);
    check.answer(law(), TODAY, &founded, &Filled::Value("2016-01-01".into())).unwrap();
    let kept = check.facts(law(), TODAY).get(enterprise::FOUNDED_ON, None).unwrap().value.clone();
    assert_eq!(kept, Value::Date(date(2016, 1, 1)));
    for wrong in ["", "{}", "[]", "not json", r#"{"uscc":"91370202MA0000000X"}"#] {
        assert_eq!(invalid(SelfCheck::bring(law(), wrong))[0], "file", "{wrong}");
    }
    let long = "很".repeat(20_000);
    let long = format!(r#"{{"uscc":"91370202MA0000000Y","name":"{long}"}}"#);
    assert!(matches!(SelfCheck::bring(law(), &long), Err(Refusal::Invalid(_))));
}

#[test]
fn what_was_said_of_events_does_not_cover_the_days_after() {
    let mut check = SelfCheck::about(law(), TODAY, &[]);
    let kind = law().catalogue.events[0].id.clone();
    let event = Missing::Event { kind, attribute: None };
    check.answer(law(), TODAY, &event, &Filled::No).unwrap();
    let text = check.text(law(), TODAY);
    let later = date(2027, 1, 20);
    let read = SelfCheck::read(law(), &text, later).unwrap().check;
    let facts: Facts = read.facts(law(), later);
    assert_eq!(facts.complete[0].until, TODAY);
}

/// A slip of the keyboard in a year is told, not reckoned with.
#[test]
fn no_firm_is_founded_before_1900_or_after_today() {
    let founded = fact("founded_on", None);
    let answered = |day: &str| {
        let mut check = SelfCheck::default();
        check.answer(law(), TODAY, &founded, &Filled::Value(day.to_owned())).map(|_| ())
    };
    for bad in ["1200-03-01", "1899-12-31", "2026-11-24", "2030-01-01"] {
        assert_eq!(invalid(answered(bad)), ["value"], "{bad}");
    }
    for good in ["1900-01-01", "2015-06-30", "2026-11-23"] {
        assert!(answered(good).is_ok(), "{good}");
    }
}

/// Founded long ago, and its R&D too small for certain: the verdict is there after a few answers.
fn ineligible() -> SelfCheck {
    let mut check = SelfCheck::about(law(), TODAY, &["specialised-sme".to_owned()]);
    let founded = fact(enterprise::FOUNDED_ON, None);
    check.answer(law(), TODAY, &founded, &Filled::Value("2015-03-01".into())).unwrap();
    let rd = fact("rd_expense", Some(2025));
    check.answer(law(), TODAY, &rd, &Filled::Value("60".into())).unwrap();
    let own = Missing::Title("specialised-sme".to_owned());
    check.answer(law(), TODAY, &own, &Filled::No).unwrap();
    check
}

#[test]
fn after_a_verdict_the_questions_go_on_until_everything_in_the_way_is_known() {
    let mut check = ineligible();
    let looked = check.look(law(), TODAY);
    assert_eq!(looked.answers[0].verdict(), Some(rules::Verdict::Ineligible));
    assert!(looked.next.is_none() && looked.left.most == 0);
    let further = looked.left.further;
    assert!(further > 5, "{further}");
    assert_eq!(check.further_about(&looked.answers[0]), further);

    refused!(
        check.ask_through(law(), TODAY, Through::One("high-tech-enterprise")),
        Refusal::NotFound
    );
    check.ask_through(law(), TODAY, Through::One("specialised-sme")).unwrap();
    let read = SelfCheck::read(law(), &check.text(law(), TODAY), TODAY).unwrap();
    assert_eq!((read.left_out, &read.check), (0, &check), "it travels with the pages");

    // Revenue below what is asked for is a second gap, and everything else is known at the end.
    let mut asked = 0;
    loop {
        let looked = check.look(law(), TODAY);
        let Some(next) = looked.next else { break };
        assert_eq!(looked.left.further, 0, "what is asked for is no longer beyond it");
        assert_eq!(next.explains.len(), 1);
        asked += 1;
        assert!(asked <= further + 20, "it never ends");
        let filled = match &next.asked {
            Missing::Fact { key, .. } if key.indicator == "revenue" => Filled::Value("1000".into()),
            Missing::Title(_) | Missing::Event { .. } => Filled::NoneAtAll,
            _ => {
                check.skip(&next.asked, TODAY);
                continue;
            }
        };
        check.answer(law(), TODAY, &next.asked, &filled).unwrap();
    }
    assert!(asked > 5, "{asked}");
    let looked = check.look(law(), TODAY);
    let rules::Outcome::Assessed(assessment) = &looked.answers[0].outcome else { panic!() };
    let failed: Vec<&str> = assessment
        .criteria
        .iter()
        .filter(|result| result.truth == rules::Truth::NotMet)
        .map(|result| result.criterion.id.as_str())
        .collect();
    assert!(failed.len() >= 2, "{failed:?}");
    assert_eq!(looked.left, Left { most: 0, skipped: looked.left.skipped, further: 0 });
    assert_eq!(check.counts().1, looked.left.skipped);
}

#[test]
fn all_that_is_looked_for_can_be_asked_through_and_what_is_not_looked_for_is_not() {
    let mut check = ineligible();
    check.ask_through(law(), TODAY, Through::All).unwrap();
    assert!(check.look(law(), TODAY).next.is_some());
    let document =
        r#"{"v":1,"d":"2026-11-20","w":["specialised-sme"],"t":["nobody","little-giant"]}"#;
    let read = SelfCheck::read_kept(law(), document, TODAY).unwrap();
    assert_eq!(read.check, SelfCheck::about(law(), TODAY, &["specialised-sme".to_owned()]));
}

#[test]
fn what_is_kept_says_so_until_something_is_changed() {
    let until = date(2028, 11, 22);
    let kept = ineligible().kept(until);
    let read = SelfCheck::read(law(), &kept.text(law(), TODAY), TODAY).unwrap().check;
    assert_eq!(read.kept_until(), Some(until));
    let founded = fact(enterprise::FOUNDED_ON, None);
    let changes: [fn(&mut SelfCheck, &Missing); 4] = [
        |check, asked| check.skip(asked, TODAY),
        |check, asked| check.take_back(asked),
        |check, _| check.ask_skipped(),
        |check, _| check.ask_through(law(), TODAY, Through::All).unwrap(),
    ];
    for change in changes {
        let mut changed = read.clone();
        change(&mut changed, &founded);
        assert_eq!(changed.kept_until(), None);
    }
    // Its time is over.
    let later = date(2028, 11, 23);
    let text = SelfCheck::about(law(), TODAY, &[]).kept(until).text(law(), TODAY);
    assert_eq!(SelfCheck::read(law(), &text, later).unwrap().check.kept_until(), None);
}
