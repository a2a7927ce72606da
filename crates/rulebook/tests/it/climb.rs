//! Plans for a whole ladder: which rung comes next, by which of several titles, and what is taken to
//! be held when the rung after it is planned.

use enterprise::{Fact, Facts, Source, Title, Value};
use jiff::civil::{Date, date};
use rules::Rulebook;
use rules::plan::{Climb, Reach, Wish, climb};

use crate::common::{compiled, sources};

const INDICATORS: &str = r#"
[[indicator]]
id     = "score"
label  = { zh = "分", en = "score" }
kind   = "number"
unit   = { zh = "分", en = "points" }
range  = ["0 分", "100 分"]
effort = 1
moves  = "up"
"#;

fn programme(id: &str, more: &str) -> (String, String) {
    let head = format!(
        "title = {{ zh = \"{id}\", en = \"{id}\" }}\nsubject = \"enterprise\"\n\
         authority = {{ zh = \"局\", en = \"Bureau\" }}\nkind = \"tier\"\n{more}"
    );
    (format!("programmes/m/{id}/programme.toml"), head)
}

/// A version that asks for so many points, and for a title if one is named.
fn version(id: &str, points: u32, title: &str) -> (String, String) {
    let mut text = format!(
        "version = \"2026\"\nstanding = \"binding\"\ndocument = {{ number = \"1号\" }}\n\
         status = \"reposted\"\n\n[[applies]]\npurpose = \"new\"\nfrom = 2020-01-01\nclause = \"一\"\n\n\
         [[criterion]]\nid = \"points\"\nclause = \"二\"\nlabel = {{ zh = \"分\", en = \"points\" }}\n\
         limits = {{ least = \"{points} 分\" }}\nrequire = 'score >= least'\n"
    );
    if !title.is_empty() {
        text.push_str(&format!(
            "\n[[criterion]]\nid = \"below\"\nclause = \"三\"\n\
             label = {{ zh = \"称号\", en = \"title\" }}\nrequire = 'holds(\"{title}\")'\n"
        ));
    }
    (format!("programmes/m/{id}/2026.toml"), text)
}

/// Low (through a or b, which have criteria), hidden (not public), high, top.
fn rulebook() -> Rulebook {
    let ladder = "id = \"main\"\ntitle = { zh = \"主\", en = \"main\" }\n\
                  rungs = [\"low\", \"hidden\", \"high\", \"top\"]\n";
    let hidden = "version = \"2026\"\nstanding = \"open\"\ndocument = { name = \"通知\" }\n\
                  status = \"recalled\"\n\n[[applies]]\npurpose = \"new\"\nfrom = 2020-01-01\n\
                  clause = \"通知\"\n";
    let files = [
        ("rulebook.toml".to_owned(), "name = \"small\"\nformat = 1\n".to_owned()),
        ("indicators/all.toml".to_owned(), INDICATORS.to_owned()),
        ("ladders/main.toml".to_owned(), ladder.to_owned()),
        programme("low", "held_through = [\"a\", \"b\"]\n"),
        programme("a", ""),
        version("a", 60, ""),
        programme("b", ""),
        version("b", 40, ""),
        programme("hidden", ""),
        ("programmes/m/hidden/2026.toml".to_owned(), hidden.to_owned()),
        programme("high", ""),
        version("high", 70, "low"),
        programme("top", ""),
        version("top", 90, "high"),
    ];
    compiled(&sources(files))
}

fn firm(points: i64, titles: &[&str]) -> Facts {
    let mut facts = Facts::default();
    facts.titles_complete = true;
    let value = Value::Number(points);
    facts.set("score", None, Fact { value, source: Source::default() });
    let (from, to) = (date(2024, 1, 1), Some(date(2030, 12, 31)));
    facts.titles =
        titles.iter().map(|title| Title { programme: (*title).to_owned(), from, to }).collect();
    facts
}

fn climbed<'r>(rulebook: &'r Rulebook, facts: &Facts) -> Climb<'r> {
    let wish = Wish {
        today: date(2026, 5, 1),
        target: None,
        base_year: None,
        purpose: None,
        alternatives: 0,
    };
    climb(rulebook, &rulebook.ladders[0], facts, &wish)
}

/// By programme: the day, and the points that its best plan asks for.
fn needed(climb: &Climb<'_>, after: bool) -> Vec<(String, Date, Option<i64>)> {
    let next = if after { &climb.after } else { &climb.next };
    let plannings = next.iter().flat_map(|next| &next.plannings);
    plannings
        .map(|planning| {
            let Reach::Plans(plans) = &planning.reach else { panic!("{:?}", planning.reach) };
            let points = plans[0].steps.first().map(|step| match step.to {
                Value::Number(points) => points,
                _ => panic!("points are numbers"),
            });
            assert!(plans[0].titles.is_empty(), "the rung below is held or taken to be");
            (planning.programme.id.clone(), planning.target, points)
        })
        .collect()
}

#[test]
fn a_rung_that_other_titles_count_as_is_reached_by_the_nearest_of_them() {
    let rulebook = rulebook();
    let climb = climbed(&rulebook, &firm(20, &[]));
    assert_eq!(climb.held, [Some(false); 4]);
    let day = date(2026, 12, 31);
    let by = |id: &str, points| (id.to_owned(), day, Some(points));
    assert_eq!(needed(&climb, false), [by("b", 40), by("a", 60)]);
}

#[test]
fn a_rung_is_stood_on_by_its_own_title_or_one_that_counts_as_it() {
    let rulebook = rulebook();
    let rung = &rulebook.ladders[0].rungs[0];
    let day = date(2026, 5, 1);
    let by = |titles: &[&str]| {
        let facts = firm(20, titles);
        rulebook.title_on_rung(rung, &facts, day).map(|title| title.programme.clone())
    };
    assert_eq!(by(&[]), None);
    assert_eq!(by(&["high"]), None);
    assert_eq!(by(&["b"]).as_deref(), Some("b"));
    assert_eq!(by(&[rung.as_str()]).as_deref(), Some(rung.as_str()));
    let ways: Vec<&str> = rulebook.ways_onto(rung).iter().map(|way| way.id.as_str()).collect();
    assert_eq!(ways, ["a", "b"]);
    // Also by a title of which nobody knows when it ends, but not by one that is over or has not begun.
    let mut facts = firm(20, &["a"]);
    facts.titles[0].to = None;
    assert!(rulebook.title_on_rung(rung, &facts, day).is_some());
    facts.titles[0].to = Some(date(2026, 4, 30));
    assert!(rulebook.title_on_rung(rung, &facts, day).is_none());
    assert!(rulebook.title_on_rung(rung, &facts, date(2023, 12, 31)).is_none());
}

#[test]
fn a_rung_that_is_not_public_is_passed_over_and_the_next_title_is_taken_to_be_held() {
    let rulebook = rulebook();
    let climb = climbed(&rulebook, &firm(65, &["a"]));
    assert_eq!(climb.held, [Some(true), Some(false), Some(false), Some(false)]);
    assert_eq!(climb.next.as_ref().map(|next| next.rung), Some(2));
    let (this, next) = (date(2026, 12, 31), date(2027, 12, 31));
    assert_eq!(needed(&climb, false), [("high".to_owned(), this, Some(70))]);
    let after = climb.after.as_ref().unwrap();
    assert_eq!((after.rung, after.below_from), (3, Some(this)));
    assert_eq!(needed(&climb, true), [("top".to_owned(), next, Some(90))]);
    // What the first plan brings about stands there when the second begins.
    let Reach::Plans(plans) = &after.plannings[0].reach else { panic!("there is a plan") };
    assert_eq!(plans[0].steps[0].from, Value::Number(70));
}

#[test]
fn a_firm_with_nothing_to_do_is_told_so_and_at_the_top_there_is_no_next_rung() {
    let rulebook = rulebook();
    let climb = climbed(&rulebook, &firm(95, &["a", "high"]));
    assert_eq!(needed(&climb, false), [("top".to_owned(), date(2026, 12, 31), None)]);
    assert!(climb.after.is_none());
    let climb = climbed(&rulebook, &firm(95, &["top"]));
    assert!(climb.next.is_none() && climb.after.is_none());
}

#[test]
fn a_rung_of_which_nobody_knows_whether_it_is_held_is_not_taken_to_be() {
    let rulebook = rulebook();
    let mut facts = firm(65, &["a"]);
    facts.titles_complete = false;
    let climb = climbed(&rulebook, &facts);
    assert_eq!(climb.held, [Some(true), None, None, None]);
    assert_eq!(climb.next.as_ref().map(|next| next.rung), Some(2));
}
