//! A list: what narrows it, how many there are, its rows sorted and cut into pages, a choice of columns, the way to a
//! workbook of the same. One component for all lists, so that they look and behave alike; what it shows as a page it
//! also writes as a sheet. On a phone a row is a card.

mod asked;
mod column;

use askama::Template;

pub(crate) use asked::{Asked, Sort};
pub(crate) use column::{Column, Kind};

use crate::ask::Ask;
use crate::fields::Fields;
use crate::lang::Say;
use crate::view::{Cell, Form, Input, Pager};
use crate::workbook::{Head, Value};

/// A list.
#[derive(Template)]
#[template(path = "parts/list.html")]
pub(crate) struct List {
    pub say: Say,
    /// The id of the element, which scripts replace on their own.
    pub id: &'static str,
    /// What the rows are, for those who hear the page.
    pub caption: String,
    pub columns: Vec<Column>,
    pub asked: Asked,
    pub filters: Option<Form>,
    pub rows: Vec<Vec<Cell>>,
    pub empty: String,
    pager: Option<Pager>,
    export: Option<String>,
    path: String,
    /// What it was to be sorted by, where that is none of its columns or one that the reader does not see.
    unsorted: Option<String>,
    query: Fields,
    secret: String,
}

impl List {
    /// An empty list of these columns, as the address asks for it.
    pub fn new(ask: &Ask, caption: impl Into<String>, columns: Vec<Column>) -> Self {
        let asked = Asked::of(&ask.query, &columns);
        let mut query = ask.query.without(&["done", "page"]).without(&crate::look::SWITCHES);
        let mut unsorted = None;
        if asked.sort.is_none() {
            unsorted = query.text("sort").map(|sort| sort.chars().take(40).collect());
            query = query.without(&["sort"]);
        }
        let session = ask.caller.as_ref().and_then(|caller| caller.session.as_ref());
        Self {
            say: ask.say,
            id: "list",
            caption: caption.into(),
            columns,
            asked,
            filters: None,
            rows: Vec::new(),
            empty: ask.say.t("list.none-such"),
            pager: None,
            export: None,
            path: ask.uri.path().to_owned(),
            unsorted,
            query,
            secret: session.map(|session| session.form_secret.clone()).unwrap_or_default(),
        }
    }

    /// What to say of an order that was asked for and cannot be had.
    pub fn unsorted(&self) -> Option<String> {
        self.unsorted.as_ref().map(|sort| self.say.t1("list.unsorted", "sort", sort))
    }

    /// By which column, if the address names one that sorts.
    pub fn sort(&self) -> Option<&Sort> {
        self.asked.sort.as_ref()
    }

    /// The form above that narrows it. What else the address says is kept.
    pub fn filters(&mut self, form: Form) {
        self.filters = Some(form);
    }

    /// What stands in its place if there is no row.
    pub fn empty(&mut self, text: String) {
        self.empty = text;
    }

    /// A row: a cell for each column, also for those that are not chosen.
    pub fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// How many rows there are altogether: shows the way to the other pages.
    pub fn total(&mut self, ask: &Ask, total: u64) {
        self.pager = Pager::of(ask, total);
    }

    /// Offers a workbook of exactly what is asked for, if the policy lets the caller take data out.
    pub fn export(&mut self, ask: &Ask, path: &str) {
        if ask.may(access::Action::DataExport) {
            self.export = Some(join(path, &self.query.to_string()));
        }
    }

    /// The columns that are shown, each with its place.
    fn shown(&self) -> Vec<(usize, &Column)> {
        self.columns.iter().enumerate().filter(|(_, column)| self.asked.shows(column)).collect()
    }

    fn cell<'a>(&self, row: &'a [Cell], place: &usize) -> Option<&'a Cell> {
        row.get(*place)
    }

    /// Where the head of a column leads: the other way round if the list is sorted by it already.
    fn sorted_by(&self, column: &Column) -> String {
        let down = match self.sort() {
            Some(sort) if sort.key == column.key => !sort.down,
            // Large numbers and late days are looked for first.
            _ => matches!(column.kind, Kind::Figure | Kind::Day),
        };
        let key = if down { format!("-{}", column.key) } else { column.key.to_string() };
        format!("?{}", self.query.query_with("sort", &key))
    }

    /// How it is sorted by a column, as screen readers say it.
    fn order(&self, column: &Column) -> &'static str {
        match self.sort() {
            Some(sort) if sort.key == column.key && sort.down => "descending",
            Some(sort) if sort.key == column.key => "ascending",
            _ => "none",
        }
    }

    fn sorts(&self) -> bool {
        self.columns.iter().any(|column| column.sorts)
    }

    /// The ways to sort it, for screens without heads of columns.
    fn orders(&self) -> Vec<(String, String, bool)> {
        let mut all = vec![(String::new(), self.say.t("list.as-it-is"), self.sort().is_none())];
        for column in self.columns.iter().filter(|column| column.sorts) {
            for (down, key, word) in [
                (false, column.key.to_string(), "list.up"),
                (true, format!("-{}", column.key), "list.down"),
            ] {
                let chosen =
                    self.sort().is_some_and(|sort| sort.key == column.key && sort.down == down);
                let text = format!("{} {}", column.title, self.say.t(word));
                all.push((key, text, chosen));
            }
        }
        all
    }

    /// Whether there is anything to choose about the columns.
    fn chooses(&self) -> bool {
        self.columns.iter().filter(|column| !column.title.is_empty() && !column.stays).count() > 1
    }

    /// What the form for columns keeps of the address.
    fn kept(&self) -> Vec<(String, String)> {
        self.query.without(&["columns", "sort"]).pairs().to_vec()
    }

    /// What the form that narrows keeps of the address.
    fn kept_by_filters(&self) -> Vec<(String, String)> {
        let all = self.query.pairs().iter();
        all.filter(|(name, _)| name == "sort" || name == "columns").cloned().collect()
    }

    /// Whether anything narrows the list.
    fn is_narrowed(&self) -> bool {
        let form = self.filters.as_ref();
        form.is_some_and(|form| {
            form.fields.iter().any(|field| self.query.text(field.name).is_some())
        })
    }

    /// What narrows it and in which order it stands, in words: for a workbook, which has no form above it.
    pub fn told(&self) -> Vec<(String, String)> {
        let fields = self.filters.iter().flat_map(|form| &form.fields);
        let mut told: Vec<(String, String)> = fields
            .filter_map(|field| {
                let value = self.query.text(field.name)?;
                let chosen = match &field.input {
                    Input::Select(choices) => choices.iter().find(|choice| choice.value == value),
                    _ => None,
                };
                let words = chosen.map_or(value, |choice| choice.text.as_str());
                Some((field.label.clone(), words.to_owned()))
            })
            .collect();
        let sorted =
            self.orders().into_iter().filter(|(key, _, chosen)| *chosen && !key.is_empty());
        told.extend(sorted.map(|(_, words, _)| (self.say.t("list.sort"), words)));
        told
    }

    /// The list without what narrows it.
    fn whole(&self) -> String {
        let names: Vec<&str> = self
            .filters
            .iter()
            .flat_map(|form| form.fields.iter().map(|field| field.name))
            .collect();
        join(&self.path, &self.query.without(&names).to_string())
    }

    /// A few columns fit on a screen: then their heads stay in sight while the page moves.
    fn fits(&self) -> bool {
        self.shown().len() <= 7
    }

    /// Some more fit on a wide one.
    fn nearly_fits(&self) -> bool {
        self.shown().len() <= 9
    }

    /// Heads and rows as a workbook has them: the columns that are shown, and what stands smaller below in columns of
    /// its own where they say so.
    pub fn sheet(&self) -> (Vec<Head>, Vec<Vec<Value>>) {
        let shown: Vec<(usize, &Column)> =
            self.shown().into_iter().filter(|(_, column)| column.kind != Kind::Acts).collect();
        let mut heads = Vec::new();
        for (_, column) in &shown {
            heads.push(Head { words: column.head(self.say), width: column.width });
            if let Some(small) = &column.small {
                heads.push(Head { words: small.clone(), width: column.width });
            }
        }
        let rows = self
            .rows
            .iter()
            .map(|row| {
                let mut values = Vec::new();
                for (place, column) in &shown {
                    let Some(cell) = row.get(*place) else { continue };
                    values.push(Value::of(cell, self.say));
                    if column.small.is_some() {
                        values.push(Value::Text(cell.small().to_owned()));
                    }
                }
                values
            })
            .collect();
        (heads, rows)
    }
}

fn join(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
