//! A page as a list of blocks: facts, tables, forms, notes. All pages inside are made of these, so that they look and
//! behave alike; one template draws them.

use askama::Template;
use axum::http::StatusCode;

use crate::ask::{Answer, Ask, ROWS};
use crate::failure::Wrong;
use crate::frame::Frame;

/// A page.
#[derive(Template)]
#[template(path = "view.html")]
pub(crate) struct View {
    pub p: Frame,
    /// The page above, and what it is called.
    pub up: Option<(String, String)>,
    /// What can be done with the whole.
    pub acts: Vec<Act>,
    pub blocks: Vec<Block>,
}

/// A part of a page.
pub(crate) enum Block {
    Heading(String),
    Text(String),
    /// A remark: its class (`done`, `wrong`, or nothing) and its text.
    Note(&'static str, String),
    /// Something that is shown once: what it is, and the text to copy.
    Secret(String, String),
    Facts(Vec<(String, Cell)>),
    Table(Table),
    /// There is nothing; says why, and what to do.
    Empty(String),
    Pager(Pager),
    Form(Form),
    /// A form that narrows a list.
    Filters(Form),
    Acts(Vec<Act>),
    /// A text of a machine.
    Code(String),
    /// What has a template of its own.
    Part(Part),
}

/// A rendered part of a page. It is made from templates only, which escape what they are given.
pub(crate) struct Part(String);

impl Part {
    pub fn new(template: &impl Template) -> Result<Self, crate::failure::Failure> {
        template.render().map(Self).map_err(|error| app::Refusal::broken(error).into())
    }
}

impl std::fmt::Display for Part {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Part {}

/// A table.
pub(crate) struct Table {
    pub caption: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// What stands in a table or beside a name.
pub(crate) enum Cell {
    Text(String),
    /// Figures, dates, codes: with digits of one width, on one line.
    Num(String),
    Code(String),
    /// A link with something smaller below, if there is something.
    Link {
        to: String,
        text: String,
        small: String,
    },
    /// The same, so deep in a tree.
    Deep {
        depth: usize,
        to: String,
        text: String,
        small: String,
    },
    /// A text with something smaller below.
    Two {
        text: String,
        small: String,
    },
    /// A state, and whether it is `good`, `bad`, to `wait` for, or nothing of this.
    State(&'static str, String),
    States(Vec<(&'static str, String)>),
    Progress {
        done: i64,
        of: i64,
        text: String,
    },
    Acts(Vec<Act>),
}

/// A link or a button.
pub(crate) struct Act {
    pub to: String,
    pub text: String,
    /// `second`, `danger` or nothing.
    pub class: &'static str,
    /// What a button sends; a link sends nothing.
    pub sends: Option<Vec<(&'static str, String)>>,
}

/// A form.
pub(crate) struct Form {
    pub to: String,
    pub hidden: Vec<(&'static str, String)>,
    pub fields: Vec<Field>,
    pub submit: String,
    /// `danger` or nothing.
    pub class: &'static str,
    /// Whether it brings a file.
    pub file: bool,
    /// Where to go without doing it.
    pub cancel: Option<String>,
    /// What is wrong with none of the fields.
    pub wrong: Vec<String>,
}

/// A field of a form.
pub(crate) struct Field {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub input: Input,
    pub value: String,
    pub wrong: Vec<String>,
    pub required: bool,
}

/// How a field is filled.
pub(crate) enum Input {
    /// Of a type, with the word by which browsers fill it.
    Line(&'static str, &'static str),
    Area,
    Select(Vec<Choice>),
    Checks(Vec<Choice>),
}

/// One of several.
pub(crate) struct Choice {
    pub value: String,
    pub text: String,
    pub chosen: bool,
}

/// Where a part of a list stands in it.
pub(crate) struct Pager {
    pub said: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl View {
    pub fn new(ask: &Ask, title: impl AsRef<str>) -> Self {
        Self { p: ask.frame(title.as_ref()), up: None, acts: Vec::new(), blocks: Vec::new() }
    }

    pub fn up(mut self, to: impl Into<String>, title: impl Into<String>) -> Self {
        self.up = Some((to.into(), title.into()));
        self
    }

    pub fn push(&mut self, block: Block) {
        self.blocks.push(block);
    }

    /// An act, if the policy allows it to the caller.
    pub fn offer(&mut self, ask: &Ask, action: access::Action, act: Act) {
        if ask.may(action) {
            self.acts.push(act);
        }
    }

    /// A table, or why there is none.
    pub fn table(&mut self, table: Table, empty: String) {
        self.push(if table.rows.is_empty() { Block::Empty(empty) } else { Block::Table(table) });
    }

    /// The way to the other parts of a list, if there are any.
    pub fn pager(&mut self, ask: &Ask, total: u64) {
        let pages = total.div_ceil(ROWS).max(1);
        let number = ask.number();
        let to = |number: u64| {
            format!(
                "?{}",
                ask.query.without(&["done", "lang"]).query_with("page", &number.to_string())
            )
        };
        let said = match (pages, total) {
            (_, 0) => return,
            (1, _) => ask.say.t1("list.total", "total", total),
            _ => ask.say.t2("list.page", ("page", format!("{number}/{pages}")), ("total", total)),
        };
        self.push(Block::Pager(Pager {
            said,
            before: (number > 1).then(|| to(number - 1)),
            after: (number < pages).then(|| to(number + 1)),
        }));
    }

    pub fn show(self, ask: &Ask) -> Answer {
        ask.show(&self)
    }

    pub fn show_as(self, ask: &Ask, status: StatusCode) -> Answer {
        ask.show_as(status, &self)
    }
}

impl Table {
    /// The head of a column, for screens on which a row stands by itself.
    pub fn head(&self, index: &usize) -> Option<&str> {
        self.columns.get(*index).map(String::as_str)
    }
}

impl Act {
    pub fn link(to: impl Into<String>, text: String) -> Self {
        Self { to: to.into(), text, class: "second", sends: None }
    }

    pub fn main(to: impl Into<String>, text: String) -> Self {
        Self { class: "", ..Self::link(to, text) }
    }

    pub fn danger(to: impl Into<String>, text: String) -> Self {
        Self { class: "warn", ..Self::link(to, text) }
    }

    pub fn post(to: impl Into<String>, text: String, sends: Vec<(&'static str, String)>) -> Self {
        Self { to: to.into(), text, class: "second", sends: Some(sends) }
    }
}

impl Form {
    pub fn new(to: impl Into<String>, submit: String) -> Self {
        Self {
            to: to.into(),
            hidden: Vec::new(),
            fields: Vec::new(),
            submit,
            class: "",
            file: false,
            cancel: None,
            wrong: Vec::new(),
        }
    }

    pub fn hide(mut self, name: &'static str, value: impl ToString) -> Self {
        self.hidden.push((name, value.to_string()));
        self
    }

    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    pub fn cancel(mut self, to: impl Into<String>) -> Self {
        self.cancel = Some(to.into());
        self
    }

    /// Puts each mistake beside its field, and the others on top.
    pub fn mistakes(mut self, wrong: &Wrong) -> Self {
        for field in &mut self.fields {
            field.wrong = wrong.of(field.name).into_iter().map(str::to_owned).collect();
        }
        let shown: Vec<&str> = self.fields.iter().map(|field| field.name).collect();
        self.wrong = wrong.beside(&shown).into_iter().map(str::to_owned).collect();
        self
    }
}

impl Field {
    fn with(name: &'static str, label: String, input: Input, value: &str) -> Self {
        Self {
            name,
            label,
            hint: String::new(),
            input,
            value: value.to_owned(),
            wrong: Vec::new(),
            required: false,
        }
    }

    pub fn line(name: &'static str, label: String, value: &str) -> Self {
        Self::with(name, label, Input::Line("text", "off"), value)
    }

    pub fn kind(name: &'static str, label: String, kind: &'static str, value: &str) -> Self {
        Self::with(name, label, Input::Line(kind, "off"), value)
    }

    /// A password; it is never shown again.
    pub fn password(name: &'static str, label: String, fill: &'static str) -> Self {
        Self::with(name, label, Input::Line("password", fill), "").required()
    }

    pub fn area(name: &'static str, label: String, value: &str) -> Self {
        Self::with(name, label, Input::Area, value)
    }

    pub fn select(name: &'static str, label: String, choices: Vec<Choice>) -> Self {
        Self::with(name, label, Input::Select(choices), "")
    }

    pub fn checks(name: &'static str, label: String, choices: Vec<Choice>) -> Self {
        Self::with(name, label, Input::Checks(choices), "")
    }

    pub fn hint(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }

    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }
}

impl Choice {
    pub fn new(value: impl ToString, text: impl Into<String>, chosen: bool) -> Self {
        Self { value: value.to_string(), text: text.into(), chosen }
    }
}

impl Cell {
    pub fn link(to: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Link { to: to.into(), text: text.into(), small: String::new() }
    }

    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A page that asks again before something that cannot easily be taken back is done.
pub(crate) struct Confirm {
    pub title: String,
    /// What will be done, and what follows from it.
    pub what: String,
    pub facts: Vec<(String, Cell)>,
    pub form: Form,
    pub danger: bool,
}

impl Confirm {
    pub fn show(self, ask: &Ask, wrong: &Wrong) -> Answer {
        let mut view = View::new(ask, &self.title);
        view.push(Block::Text(self.what));
        if !self.facts.is_empty() {
            view.push(Block::Facts(self.facts));
        }
        let mut form = self.form.mistakes(wrong);
        form.class = if self.danger { "danger" } else { "" };
        view.push(Block::Form(form));
        view.show_as(ask, wrong.status())
    }
}
