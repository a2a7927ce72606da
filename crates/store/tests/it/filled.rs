//! Every table with rows of every kind, whatever tables there are: their names and columns are read from SQLite,
//! which is always to be had and has the same.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use sea_orm::sea_query::{Alias, Query, Value};
use sea_orm::{ConnectionTrait, Database, QueryResult, Statement, TransactionTrait};

use crate::bed::{Bed, at};
use crate::world::NOON;

pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

pub struct Column {
    pub name: String,
    kind: String,
    may_lack: bool,
    key: bool,
    of: Option<String>,
}

impl Column {
    /// Whether the engine gives it.
    fn numbered(&self) -> bool {
        self.name == "id"
    }
}

impl Table {
    fn numbered(&self) -> bool {
        self.columns.iter().any(Column::numbered)
    }
}

/// All tables of the newest version.
async fn newest() -> &'static [Table] {
    static ALL: tokio::sync::OnceCell<Vec<Table>> = tokio::sync::OnceCell::const_new();
    ALL.get_or_init(|| tables_at(store::newest())).await
}

/// All tables of a version, each after those that it refers to.
pub async fn tables_at(version: i64) -> Vec<Table> {
    let folder = tempfile::tempdir().unwrap();
    let store = store::Store::open(&store::Place::folder(folder.path()).unwrap()).await.unwrap();
    store::migrate_to(&store, version, at(NOON)).await.unwrap();
    store.close().await.unwrap();
    let url = format!("sqlite://{}", folder.path().join("tidu.db").display());
    let door = Database::connect(url).await.unwrap();
    let ask = async |question: String| {
        let question = Statement::from_string(door.get_database_backend(), question);
        door.query_all_raw(question).await.unwrap()
    };
    let text = |row: &QueryResult, name: &str| row.try_get::<String>("", name).unwrap();
    let named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_version' \
                 AND name NOT LIKE 'sqlite_%' ORDER BY rowid";
    let mut tables = Vec::new();
    for row in ask(named.into()).await {
        let name = text(&row, "name");
        let refers: BTreeMap<String, String> =
            ask(format!("SELECT \"from\", \"table\" FROM pragma_foreign_key_list('{name}')"))
                .await
                .iter()
                .map(|row| (text(row, "from"), text(row, "table")))
                .collect();
        let columns =
            ask(format!("SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')"))
                .await
                .iter()
                .map(|row| Column {
                    name: text(row, "name"),
                    kind: text(row, "type").to_lowercase(),
                    may_lack: row.try_get::<i32>("", "notnull").unwrap() == 0,
                    key: row.try_get::<i32>("", "pk").unwrap() > 0,
                    of: refers.get(&text(row, "name")).cloned(),
                })
                .collect();
        tables.push(Table { name, columns });
    }
    assert!(tables.len() > 15, "{}", tables.len());
    tables
}

const TEXTS: [&str; 6] =
    ["", "梯度\n\"\\/", "{\"a\":1}", "it's 100%_", "🏭\u{200d}\u{fffd}", "\t\r\u{7f}ｆ"];
const WHOLES: [i64; 5] = [0, -1, i64::MAX, i64::MIN, 9_007_199_254_740_993];
const INSTANTS: [&str; 5] = [
    "1969-12-31T23:59:59.999999Z",
    "2026-11-23T04:00:00Z",
    "2026-11-23T04:00:00.1Z",
    "9999-12-30T22:00:00.999999Z",
    "0001-01-01T00:00:00.000001Z",
];

/// Fills every table with rows, the one with jobs with many.
pub async fn fill(bed: &Bed) {
    fill_those(bed, newest().await).await;
}

/// Fills these tables.
pub async fn fill_those(bed: &Bed, tables: &[Table]) {
    let door = bed.past_the_store().await;
    let unit = door.begin().await.unwrap();
    let mut ids: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for table in tables {
        let rows = if table.name == "job" { 1300 } else { 25 };
        for number in 0..rows {
            let mut insert = Query::insert();
            insert.into_table(Alias::new(&table.name));
            let own = ids.get(&table.name).cloned().unwrap_or_default();
            let chosen = table.columns.iter().filter(|column| !column.numbered());
            let (columns, values): (Vec<_>, Vec<_>) = chosen
                .enumerate()
                .map(|(place, column)| {
                    let of = column.of.as_ref().map(|of| {
                        if *of == table.name { own.as_slice() } else { ids[of].as_slice() }
                    });
                    (Alias::new(&column.name), value(column, number, place, of))
                })
                .unzip();
            insert.columns(columns).values_panic(values.into_iter().map(Into::into));
            if table.numbered() {
                insert.returning_col(Alias::new("id"));
                let row = unit.query_one(&insert).await.unwrap().unwrap();
                let id = row.try_get::<i64>("", "id").unwrap();
                ids.entry(table.name.clone()).or_default().push(id);
            } else {
                unit.execute(&insert).await.unwrap();
            }
        }
    }
    unit.commit().await.unwrap();
    door.close().await.unwrap();
}

fn value(column: &Column, row: usize, place: usize, of: Option<&[i64]>) -> Value {
    let pick = row + place;
    let nothing = column.may_lack && pick.is_multiple_of(3);
    let whole = match of {
        Some([]) => None,
        Some(ids) => Some(ids[pick % ids.len()]),
        None if column.key => Some(row as i64),
        None => Some(WHOLES[pick % WHOLES.len()]),
    };
    match column.kind.as_str() {
        "integer" | "bigint" => Value::BigInt(whole.filter(|_| !nothing)),
        "boolean" => Value::Bool(Some(pick.is_multiple_of(2))),
        // The number keeps what is there once apart.
        "text" => Value::String((!nothing).then(|| format!("{}{row}", TEXTS[pick % TEXTS.len()]))),
        "blob" => Value::Bytes(
            (!nothing).then(|| (0..=255).cycle().skip(pick).take(pick * 7 % 400).collect()),
        ),
        "date_text" => {
            let day = NaiveDate::from_ymd_opt(1949, 10, 1).unwrap() + Days::new(row as u64 * 997);
            Value::ChronoDate((!nothing).then_some(day))
        }
        "timestamp_with_timezone_text" => {
            let instant: DateTime<Utc> = INSTANTS[pick % INSTANTS.len()].parse().unwrap();
            Value::ChronoDateTimeUtc((!nothing).then_some(instant))
        }
        other => panic!("{}: a column of the kind {other}", column.name),
    }
}

/// Every row of every table, as text that is the same for both engines.
pub async fn rows(bed: &Bed) -> BTreeMap<String, Vec<String>> {
    rows_of(bed, newest().await).await
}

/// Every row of these tables, with the columns that they are known to have.
pub async fn rows_of(bed: &Bed, tables: &[Table]) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for table in tables {
        let keys: Vec<_> =
            table.columns.iter().filter(|column| column.key).map(|column| &*column.name).collect();
        let query = format!("SELECT * FROM {} ORDER BY {}", table.name, keys.join(", "));
        let rows = bed.rows(&query).await;
        let lines = rows.iter().map(|row| {
            let cells = table.columns.iter().map(|column| cell(row, column));
            cells.collect::<Vec<_>>().join(" | ")
        });
        all.insert(table.name.clone(), lines.collect());
    }
    all
}

fn cell(row: &QueryResult, column: &Column) -> String {
    let name = column.name.as_str();
    match column.kind.as_str() {
        "bigint" | "integer" => format!("{:?}", row.try_get::<Option<i64>>("", name).unwrap()),
        "boolean" => format!("{:?}", row.try_get::<Option<bool>>("", name).unwrap()),
        "text" => format!("{:?}", row.try_get::<Option<String>>("", name).unwrap()),
        "blob" => format!("{:?}", row.try_get::<Option<Vec<u8>>>("", name).unwrap()),
        "date_text" => format!("{:?}", row.try_get::<Option<NaiveDate>>("", name).unwrap()),
        _ => format!("{:?}", row.try_get::<Option<DateTime<Utc>>>("", name).unwrap()),
    }
}
