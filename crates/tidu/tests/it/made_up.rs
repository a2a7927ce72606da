//! What is made of subjects that are made up says so, wherever it goes.

use calamine::{Reader as _, Xlsx, open_workbook};

use crate::program::{DAY, Run, command, ended};
use crate::screen::City;

const MARK: &str = "演示数据";

fn run(city: &City, arguments: &[&str]) -> Run {
    let run = ended(command().current_dir(city.path("")).args(arguments));
    assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
    run
}

#[test]
fn the_mark_of_a_made_up_city_goes_with_everything_that_is_made_of_it() {
    let city = City::new();
    city.made_up();
    let copy = "SELECT * FROM population";
    let copied = run(&city, &["query", "made-up.parquet", copy, "-o", "copy.parquet"]);
    assert!(copied.stderr.contains(MARK), "{}", copied.stderr);
    for (population, result) in [("made-up.parquet", "a.parquet"), ("copy.parquet", "b.parquet")] {
        let screened = run(&city, &["screen", population, "-o", result, DAY]);
        assert!(screened.stdout.contains(MARK), "{}", screened.stdout);
        // The result alone still says so.
        let output = format!("{result}.csv");
        let queried = run(&city, &["query", result, "SELECT uscc FROM result", "-o", &output]);
        assert!(queried.stderr.contains(MARK), "{}", queried.stderr);
    }
    let real = run(&city, &["query", "city.parquet", copy, "-o", "real.csv"]);
    assert!(!real.stderr.contains(MARK), "{}", real.stderr);
    // Beside real subjects, the made-up ones are still that.
    let both = ["query", "city.parquet", "made-up.parquet", "SELECT 1", "-o", "both.parquet"];
    assert!(run(&city, &both).stderr.contains(MARK));
}

#[test]
fn a_simulation_of_a_made_up_city_says_so_on_the_screen_in_json_and_in_the_workbook() {
    let city = City::new();
    city.made_up();
    let set = "--set=specialised-sme.rd.amount=200 万元";
    let simulate = ["simulate", "made-up.parquet", set, DAY];
    let said = run(&city, &[&simulate[..], &["-o", "s.xlsx", "--names", "n.xlsx"]].concat());
    assert!(said.stdout.contains(MARK), "{}", said.stdout);
    let json = run(&city, &[&simulate[..], &["--json"]].concat()).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["population"]["synthetic"], true);
    for name in ["s.xlsx", "n.xlsx"] {
        let mut book: Xlsx<_> = open_workbook(city.path(name)).unwrap();
        let about = book.worksheet_range("说明").unwrap();
        assert!(about.rows().any(|row| row[0] == MARK), "{about:?}");
    }
    let real = run(&city, &["simulate", "city.parquet", set, DAY]);
    assert!(!real.stdout.contains("企业均为虚构"), "{}", real.stdout);
}
