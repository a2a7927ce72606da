//! What an explanation costs, side by side in one run: the evaluation with its whole explanation, the
//! same as JSON, and the bare thresholds written by hand in Rust; and what a start of the program
//! costs. Ratios are the result; milliseconds depend on the machine.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement stops where it fails")]

mod measure;

use std::hint::black_box;
use std::process::{Command, Stdio};
use std::time::Duration;

use answers::{DerivedView, Explanation, SubjectView};
use enterprise::{Facts, Value};
use jiff::civil::{Date, date};
use measure::{binding, demo_firm, median, micros, ratio};
use rules::{Answer, Question, Rulebook, evaluate};

const ROUNDS: usize = 31;
const FIRMS_A_ROUND: u32 = 200;
const STARTS: usize = 15;

fn main() {
    let law = tidu::law::embedded();
    let rulebook = &law.compiled.rulebook;
    let facts = demo_firm(rulebook);
    let question = Question::on(date(2026, 5, 1));
    let programmes = binding(rulebook).count();

    let explained = median(ROUNDS, FIRMS_A_ROUND, || {
        black_box(answers(rulebook, &facts, &question));
    });
    let as_json = median(ROUNDS, FIRMS_A_ROUND, || {
        let answers = answers(rulebook, &facts, &question);
        let derived = DerivedView::all(rulebook, &facts, &question);
        let subject = SubjectView::of(&facts, &enterprise::Place::default());
        let view = Explanation::of(rulebook, &question, subject, Vec::new(), derived, &answers);
        black_box(serde_json::to_string(&view).unwrap());
    });
    let bare = median(ROUNDS, FIRMS_A_ROUND, || {
        black_box(by_hand(black_box(&facts), question.as_of));
    });

    println!("one firm, {programmes} binding programmes, median of {ROUNDS} rounds");
    println!("  (a) evaluated with explanation  {:>10}", micros(explained));
    println!(
        "  (b) the same as JSON            {:>10}   b : a = {}",
        micros(as_json),
        ratio(as_json, explained)
    );
    println!(
        "  (c) bare thresholds by hand     {:>10}   a : c = {}",
        micros(bare),
        ratio(explained, bare)
    );

    let version = process(&["--version"]);
    let check = process(&["check"]);
    println!("a start of the program, median of {STARTS}");
    println!("  tidu --version                  {:>10}", micros(version));
    println!(
        "  tidu check                      {:>10}   check : version = {}",
        micros(check),
        ratio(check, version)
    );
}

fn answers<'r>(rulebook: &'r Rulebook, facts: &Facts, question: &Question) -> Vec<Answer<'r>> {
    binding(rulebook).map(|programme| evaluate(rulebook, programme, facts, question)).collect()
}

/// The thresholds of the same standards as somebody in a hurry would write them: the numbers only,
/// without unknowns, titles, sources or reasons. Returns how many hold.
fn by_hand(facts: &Facts, as_of: Date) -> u32 {
    let base = as_of.year() - 1;
    let number = |id: &str, year: Option<i16>| match facts.get(id, year).map(|fact| &fact.value) {
        Some(Value::Number(number)) => *number,
        _ => 0,
    };
    let flag =
        |id: &str| matches!(facts.get(id, None), Some(fact) if fact.value == Value::Flag(true));
    let wan = |amount: i64| amount * 1_000_000;
    let part = |part: i64, whole: i64, percent: i64| {
        i128::from(part) * 100 >= i128::from(whole) * i128::from(percent)
    };
    let in_niche = match facts.get("niche_market_since", None).map(|fact| &fact.value) {
        Some(Value::Date(since)) => i64::from(base - since.year()),
        _ => 0,
    };
    let [sales, sales_1, sales_2] = [0, 1, 2].map(|ago| number("revenue", Some(base - ago)));
    let main = number("main_revenue", Some(base));
    let [research, research_1] = [0, 1].map(|ago| number("rd_expense", Some(base - ago)));
    let (assets, debts) =
        (number("total_assets", Some(base)), number("total_liabilities", Some(base)));
    let staff = number("employees", Some(base));
    let clean =
        !flag("on_abnormal_list") && !flag("on_dishonest_list") && !flag("product_restricted");
    let small = (staff < 1_000 || sales < wan(40_000)) && flag("legal_person");
    let score = number("quality_score", Some(base + 1));
    let ip = number("ip1_2026", None);
    let common = u32::from(clean) + u32::from(small) + u32::from(in_niche >= 3);
    let highest = [
        sales >= wan(5_000),
        part(main, sales, 90),
        i128::from(sales) * 400 >= i128::from(sales_2) * 441,
        part(assets, debts, 133),
        research + research_1 >= wan(1_200),
        part(research, sales, 3),
        part(research_1, sales_1, 3),
        ip >= 4,
        number("market_share", None) >= 100_000,
        score >= 60,
    ];
    let middle = [
        sales >= wan(1_500) || number("qualified_equity", Some(base)) >= wan(2_000),
        part(main, sales, 80),
        part(assets, debts, 125),
        research >= wan(100),
        research_1 >= wan(100),
        part(research, sales, 3),
        part(research_1, sales_1, 3),
        ip >= 1,
        score >= 50,
    ];
    let points = [
        (part(research, sales, 5), 20),
        (part(main, sales, 70), 20),
        (part(assets, debts, 181), 10),
        (number("ip1_115", None) >= 1, 30),
        (part(research, sales, 6), 50),
        (part(number("tech_staff_115", Some(base)), number("staff_115", Some(base)), 30), 20),
    ];
    let sales_3 = sales + sales_1 + sales_2;
    let research_3: i64 =
        [0, 1, 2].map(|ago| number("rd_expense_195", Some(base - ago))).iter().sum();
    let domestic_3: i64 =
        [0, 1, 2].map(|ago| number("rd_expense_domestic_195", Some(base - ago))).iter().sum();
    let intensity = match sales {
        small if small <= wan(5_000) => 5,
        middle if middle <= wan(20_000) => 4,
        _ => 3,
    };
    let high_tech = [
        flag("core_ip_195"),
        flag("high_tech_field"),
        part(number("tech_staff_195", Some(base)), number("staff_195", Some(base)), 10),
        part(research_3, sales_3, intensity),
        part(domestic_3, research_3, 60),
        part(
            number("high_tech_revenue_195", Some(base)),
            number("total_income_195", Some(base)),
            60,
        ),
        number("innovation_score_195", None) > 70,
    ];
    let mains: i64 = [0, 1, 2].map(|ago| number("main_revenue", Some(base - ago))).iter().sum();
    let champion = [mains >= 3 * wan(40_000), number("market_rank_global", None) <= 3];
    let won: u32 = points.iter().filter(|(holds, _)| *holds).map(|(_, points)| points).sum();
    let held = highest
        .iter()
        .chain(&middle)
        .chain(&high_tech)
        .chain(&champion)
        .filter(|holds| **holds)
        .count();
    common + won + u32::try_from(held).unwrap_or(0)
}

fn process(arguments: &[&str]) -> Duration {
    median(STARTS, 1, || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tidu"));
        let status = command.args(arguments).stdout(Stdio::null()).status().unwrap();
        assert!(status.success());
    })
}
