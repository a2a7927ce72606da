//! What a plan costs: for the 13 items of the specialised SME's former score, and for generated scores of
//! 300 items, side by side in one run with one evaluation of the same firm. In the generated ones every
//! item has an indicator of its own, or shares one with two others, or weighs two shared ones against
//! each other. The ratios are the result; milliseconds depend on the machine.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement stops where it fails"
)]

mod measure;

use std::fmt::Write as _;
use std::hint::black_box;

use enterprise::{Fact, Facts, Source, Value};
use jiff::civil::date;
use measure::{demo_firm, median, micros, ratio};
use rulebook::{Sources, compile};
use rules::plan::{Reach, Wish, plan};
use rules::{Programme, Question, Rulebook, evaluate};

const ROUNDS: usize = 11;
const ITEMS: usize = 300;

fn main() {
    println!("plans, medians of {ROUNDS} rounds: the best one, and with four others");
    let law = tidu::law::embedded();
    let book = &law.compiled.rulebook;
    let programme = book.programme("specialised-sme").unwrap();
    let mut facts = demo_firm(book);
    short_of_points(&mut facts);
    let wish = |alternatives| Wish {
        today: date(2025, 6, 1),
        target: Some(date(2026, 3, 1)),
        base_year: None,
        purpose: None,
        alternatives,
    };
    measure_one("13 items of the law", book, programme, &facts, wish);
    for (name, shared) in [
        ("300 items, an indicator each", Shared::None),
        ("300 items, three to an indicator", Shared::Three),
        ("300 items, ratios of shared pairs", Shared::Ratios),
    ] {
        let compiled = compile(&generated(shared));
        assert!(compiled.is_usable(), "{:?}", compiled.diagnostics.first());
        let book = &compiled.rulebook;
        let mut facts = Facts::default();
        for (place, indicator) in book.catalogue.indicators().iter().enumerate() {
            let value = Value::Number(i64::try_from(place * 7 % 5 + 1).unwrap());
            facts.set(&indicator.id, None, Fact { value, source: Source::default() });
        }
        measure_one(name, book, book.programme("generated").unwrap(), &facts, wish);
    }
}

fn measure_one(
    name: &str,
    book: &Rulebook,
    programme: &Programme,
    facts: &Facts,
    wish: impl Fn(usize) -> Wish,
) {
    let planned = |alternatives| plan(book, programme, facts, &wish(alternatives));
    let Reach::Plans(plans) = planned(4).reach else { panic!("{name}: no plan") };
    let steps = plans.first().map_or(0, |plan| plan.steps.len());
    let proven = plans.iter().all(|plan| plan.proven);
    assert!(steps > 0, "{name}: nothing to do");
    let best = median(ROUNDS, 1, || {
        black_box(planned(0));
    });
    let all = median(ROUNDS, 1, || {
        black_box(planned(4));
    });
    let question = Question::on(wish(0).target.unwrap());
    let once = median(ROUNDS, 20, || {
        black_box(evaluate(book, programme, facts, &question));
    });
    println!(
        "  {name:<34} {:>10}, with {} others {:>10}   best : evaluation = {}   {steps} steps{}",
        micros(best),
        plans.len() - 1,
        micros(all),
        ratio(best, once),
        if proven { "" } else { ", not proven" }
    );
}

/// The demo firm with little to show for in the year that is still open.
fn short_of_points(facts: &mut Facts) {
    let mut set = |id: &str, year: Option<i16>, value: Value| {
        facts.set(id, year, Fact { value, source: Source::default() });
    };
    let yuan = |wan: i64| Value::Number(wan * 1_000_000);
    for (id, wan) in [
        ("revenue", 3_000),
        ("main_revenue", 1_900),
        ("rd_expense", 110),
        ("net_profit", 45),
        ("total_assets", 4_000),
        ("total_liabilities", 2_900),
        ("qualified_equity", 0),
    ] {
        for year in [2023, 2024] {
            set(id, Some(year), yuan(wan));
        }
    }
    for (id, count) in [("employees", 90), ("rd_staff", 4)] {
        for year in [2023, 2024] {
            set(id, Some(year), Value::Number(count));
        }
    }
    for id in ["ip1_high_value_2022", "ip1_own_2022", "ip1_2022", "ip2_2022"] {
        set(id, None, Value::Number(0));
    }
    for id in ["quality_award", "management_certified", "own_brand", "standards_participated"] {
        set(id, None, Value::Flag(false));
    }
    set("digital_level", None, Value::Choice(0));
    set("rd_institution_level", None, Value::Choice(0));
    facts.events.clear();
}

#[derive(Clone, Copy)]
enum Shared {
    None,
    Three,
    Ratios,
}

/// A programme with one score of so many items.
fn generated(shared: Shared) -> Sources {
    let count = match shared {
        Shared::None => ITEMS,
        Shared::Three => ITEMS / 3,
        Shared::Ratios => ITEMS / 5,
    };
    let mut indicators = String::new();
    for place in 0..count {
        let effort = place * 5 % 9 + 1;
        writeln!(
            indicators,
            "[[indicator]]\nid = \"i{place}\"\nlabel = {{ zh = \"指标{place}\", en = \"Indicator {place}\" }}\n\
             kind = \"number\"\nunit = {{ zh = \"项\", en = \"items\" }}\ndecimals = 0\nperiod = \"state\"\n\
             range = [\"0 项\", \"100000 项\"]\neffort = {effort}\nmoves = \"up\"\n"
        )
        .unwrap();
    }
    let mut version = String::from(
        "version = \"2026\"\nstanding = \"binding\"\ndocument = { number = \"生成1号\" }\n\
         status = \"recalled\"\nclause = \"一\"\n\n[[applies]]\npurpose = \"new\"\nfrom = 2020-01-01\n\n\
         [[criterion]]\nid = \"pass\"\nlabel = { zh = \"评分\", en = \"Score\" }\nscore = true\n\n\
         [score]\npass = \">= 900 分\"\n\n[[score.group]]\nid = \"g\"\n\
         label = { zh = \"组\", en = \"Group\" }\nmax = 1500\n",
    );
    for place in 0..ITEMS {
        let value = match shared {
            Shared::None => format!("i{place}"),
            Shared::Three => format!("i{}", place % count),
            Shared::Ratios => {
                let pair = place % (count / 2) * 2;
                format!("i{pair} / i{}", pair + 1)
            }
        };
        let (low, high) = (place % 7 + 2, place % 7 + 5 + place % 4);
        let (low, high, unit) = match shared {
            Shared::Ratios => (low * 10, high * 10, " %"),
            _ => (low, high, " 项"),
        };
        writeln!(
            version,
            "[[score.group.item]]\nid = \"x{place}\"\nlabel = {{ zh = \"项{place}\", en = \"Item {place}\" }}\n\
             max = 5\nvalue = '{value}'\nbands = [\n  {{ is = \">= {high}{unit}\", points = 5 }},\n  \
             {{ is = \">= {low}{unit}, < {high}{unit}\", points = 2 }},\n  {{ is = \"< {low}{unit}\", points = 0 }},\n]\n"
        )
        .unwrap();
    }
    let mut sources = Sources::default();
    sources.add("rulebook.toml", "name = { zh = \"生成\", en = \"Generated\" }\nformat = 1\n");
    sources.add("indicators/all.toml", indicators);
    sources.add(
        "programmes/demo/generated/programme.toml",
        "title = { zh = \"生成的项目\", en = \"Generated\" }\n\
         authority = { zh = \"演示\", en = \"Demo\" }\nsubject = \"enterprise\"\nkind = \"tier\"\n",
    );
    sources.add("programmes/demo/generated/2026.toml", version);
    sources
}
