//! `tidu query`: SQL on populations and results, for people and for programs.

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::program::{command, ended};
use crate::screen::City;

fn screened() -> City {
    let city = City::new();
    let run = city.screen(&[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    city
}

#[test]
fn rows_stand_in_a_table_or_below_each_other() {
    let city = screened();
    let sql = "SELECT name, programme, verdict, not_met FROM verdicts \
               WHERE programme = 'innovative-sme' ORDER BY name";
    insta::assert_snapshot!("query_table", city.query(sql, &[]).stdout);
    let sql = "SELECT * FROM verdicts WHERE programme = 'innovative-sme' ORDER BY uscc LIMIT 1";
    insta::assert_snapshot!("query_wide", city.query(sql, &[]).stdout);
    let run = city.query("SELECT uscc FROM result ORDER BY uscc", &["--rows=2", "--lang=en"]);
    assert!(run.last_line().contains("not shown"), "{}", run.stdout);
}

#[test]
fn programs_read_json_csv_and_files() {
    let city = screened();
    let sql = "SELECT name, innovative_sme_score_low AS low FROM result ORDER BY uscc LIMIT 2";
    let rows = city.query(sql, &["--json"]).objects();
    assert!(rows[0]["low"].is_number() && rows[0]["name"].is_string(), "{rows:?}");
    let csv = city.query(sql, &["--csv"]).stdout;
    assert_eq!(csv.lines().next(), Some("name,low"));
    for name in ["out.csv", "out.xlsx", "out.parquet"] {
        let run = city.query(sql, &["-o", &city.path(name)]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        assert!(run.stderr.contains("2 行"), "{}", run.stderr);
    }
    let again = city.path("out.parquet");
    let run = ended(command().args(["query", &again, "SELECT count(*) AS n FROM out", "--json"]));
    assert_eq!(run.objects()[0]["n"], 2, "{}", run.stderr);
}

#[test]
fn json_keeps_the_order_of_the_question() {
    let city = screened();
    let sql = "SELECT uscc, name, 1 AS b, named_struct('z', 1, 'a', 2) AS pair FROM result \
               ORDER BY uscc LIMIT 1";
    let run = city.query(sql, &["--json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let places = ["\"uscc\"", "\"name\"", "\"b\"", "\"z\"", "\"a\""];
    let places: Vec<usize> = places.iter().map(|key| run.stdout.find(key).unwrap()).collect();
    assert!(places.is_sorted(), "{}", run.stdout);
}

#[test]
fn a_workbook_has_days_numbers_and_flags_as_such_and_codes_as_text() {
    let city = screened();
    let (population, book) = (city.path("city.parquet"), city.path("q.xlsx"));
    let sql = "SELECT uscc, founded_on, revenue_2025, founded_on > DATE '2000-01-01' AS young \
               FROM population WHERE revenue_2025 IS NOT NULL ORDER BY uscc LIMIT 1";
    let run = ended(command().args(["query", &population, sql, "-o", &book]));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut book: Xlsx<_> = open_workbook(book).unwrap();
    let range = book.worksheet_range("查询结果").unwrap();
    let cells: Vec<Data> = range.rows().nth(1).unwrap().to_vec();
    assert!(matches!(cells[0], Data::String(_)), "{cells:?}");
    assert!(matches!(cells[1], Data::DateTime(_)), "{cells:?}");
    assert!(matches!(cells[2], Data::Float(_)), "{cells:?}");
    assert!(matches!(cells[3], Data::Bool(true)), "{cells:?}");
}

#[test]
fn populations_and_results_are_joined() {
    let city = screened();
    let (population, result) = (city.path("city.parquet"), city.path("result.parquet"));
    let sql = "SELECT count(*) AS n FROM result JOIN population USING (uscc)";
    let run = ended(command().args(["query", &population, &result, sql, "--json"]));
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.objects()[0]["n"].as_i64().unwrap() > 2);
}

#[test]
fn what_is_wrong_is_said_with_the_nearest_name() {
    let city = screened();
    for (sql, words) in [
        ("SELECT distric FROM result", "没有“distric”这一列"),
        ("SELECT uscc FROM resultt", "是不是“result”"),
        ("SELEC uscc FROM result", "SQL 写法有误"),
        ("DROP TABLE result", "只能查询"),
        ("COPY result TO 'x.parquet'", "只能查询"),
        ("CREATE TABLE x AS SELECT 1", "只能查询"),
        ("SET datafusion.execution.batch_size = 1", "只能查询"),
        ("SELECT 1; SELECT 2", "一次只能问一个查询"),
        ("SELECT * FROM 'examples/demo-firms.csv'", "没有“examples/demo-firms.csv”这个表"),
    ] {
        let run = city.query(sql, &[]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{sql}");
        assert!(run.stderr.contains(words), "{sql}: {}", run.stderr);
    }
}

#[test]
fn texts_that_begin_like_a_formula_are_guarded_in_csv_files() {
    let city = City::new();
    city.screen(&[]);
    let file = city.path("out.csv");
    let run = city.query("SELECT '=1+2' AS name, -5 AS number", &["-o", &file]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = std::fs::read_to_string(file).unwrap();
    assert_eq!(text.lines().nth(1), Some("'=1+2,-5"));
}
