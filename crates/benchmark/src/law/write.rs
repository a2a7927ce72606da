//! Writes the plain table as rule files in the house's format. What it writes is compiled like any law.

use std::fmt::Write as _;

use rules::Operator;

use crate::law::vocabulary::{INDICATORS, Indicator, Kind, indicator};
use crate::plain::{
    Amount, Bands, Body, Comparison, Criterion, Edge, Plain, Programme, Score, Test,
};

const HEAD: &str = "version = \"2026\"\nstanding = \"binding\"\nstatus = \"recalled\"\nclause = \"一\"\n\
                    document = { number = \"演示1号\" }\n\n[[applies]]\npurpose = \"new\"\nfrom = 2026-01-01\n";

/// The file of all indicators and events.
pub(super) fn vocabulary(events: &[(String, u32)]) -> String {
    let mut text = String::new();
    for of in &INDICATORS {
        let Indicator { id, zh, en, kind, years } = of;
        let period = if *years > 0 { "yearly" } else { "state" };
        let kind = match kind {
            Kind::Money if *id == "net_profit" => {
                "kind = \"money\"\nrange = [\"-9000000000000 元\", \"9000000000000 元\"]".to_owned()
            }
            Kind::Money => "kind = \"money\"\nrange = [\"0 元\", \"9000000000000 元\"]".to_owned(),
            Kind::Ratio => "kind = \"ratio\"\nrange = [\"0 %\", \"100 %\"]".to_owned(),
            Kind::Count(zh, en) => format!(
                "kind = \"number\"\nunit = {{ zh = \"{zh}\", en = \"{en}\" }}\nrange = [\"0 {zh}\", \"10000000 {zh}\"]"
            ),
            Kind::Points => {
                "kind = \"number\"\ndecimals = 2\nunit = { zh = \"分\", en = \"points\" }\n\
                             range = [\"0 分\", \"100 分\"]\nlack = \"judgement\""
                    .to_owned()
            }
            Kind::Date => "kind = \"date\"".to_owned(),
            Kind::Flag => "kind = \"flag\"".to_owned(),
            Kind::Choice(options) => {
                let options = (0..*options).map(|option| {
                    format!("{{ id = \"o{option}\", label = {{ zh = \"选项{option}\", en = \"option {option}\" }} }}")
                });
                format!("kind = \"choice\"\nchoices = [{}]", options.collect::<Vec<_>>().join(", "))
            }
        };
        put(
            &mut text,
            &format!(
                "[[indicator]]\nid = \"{id}\"\nlabel = {{ zh = \"{zh}\", en = \"{en}\" }}\nperiod = \"{period}\"\n{kind}\n"
            ),
        );
    }
    for (id, _) in events {
        put(
            &mut text,
            &format!("[[event]]\nid = \"{id}\"\nlabel = {{ zh = \"{id}\", en = \"{id}\" }}\n"),
        );
    }
    text
}

/// The head of a programme.
pub(super) fn head(number: usize) -> String {
    format!(
        "title = {{ zh = \"演示项目 {number}\", en = \"Demonstration programme {number}\" }}\n\
         subject = \"enterprise\"\nauthority = {{ zh = \"演示\", en = \"Demonstration\" }}\nkind = \"title\"\n"
    )
}

/// A programme's one version.
pub(super) fn version(plain: &Plain, programme: &Programme) -> String {
    let mut text = HEAD.to_owned();
    for criterion in &programme.criteria {
        write_criterion(plain, criterion, "criterion", &mut text);
    }
    if let Some(score) = &programme.score {
        write_score(plain, score, &mut text);
    }
    text
}

fn write_criterion(plain: &Plain, criterion: &Criterion, table: &str, text: &mut String) {
    let Criterion { id, direct, when, body } = criterion;
    put(
        text,
        &format!(
            "\n[[{table}]]\nid = \"{id}\"\nlabel = {{ zh = \"条件 {id}\", en = \"Criterion {id}\" }}"
        ),
    );
    if *direct {
        put(text, "direct = true");
    }
    let mut limits = Limits { plain, written: Vec::new() };
    if let Some(when) = when {
        put(text, &format!("when = '{}'", limits.condition(when)));
    }
    let children = match body {
        Body::Require(test) => {
            put(text, &format!("require = '{}'", limits.condition(test)));
            None
        }
        Body::Judged => {
            put(text, "judged = { by = \"reviewer\" }");
            None
        }
        Body::Score => {
            put(text, "score = true");
            None
        }
        Body::AtLeast(1, children) => Some(("any", children)),
        Body::AtLeast(k, children) => {
            put(text, &format!("at_least = {k}"));
            Some(("of", children))
        }
        Body::Cases(children) => Some(("case", children)),
    };
    if !limits.written.is_empty() {
        put(text, &format!("limits = {{ {} }}", limits.written.join(", ")));
    }
    if let Some((word, children)) = children {
        for child in children {
            write_criterion(plain, child, &format!("{table}.{word}"), text);
        }
    }
}

/// The thresholds of one criterion, named as they come.
struct Limits<'p> {
    plain: &'p Plain,
    written: Vec<String>,
}

impl Limits<'_> {
    fn condition(&mut self, test: &Test) -> String {
        let column = |place: usize| self.plain.columns.get(place).map_or("", |of| of.indicator);
        match test {
            Test::Compare(place) => {
                let Some(comparison) = self.plain.comparisons.get(*place) else {
                    return String::new();
                };
                let Comparison { amount, operator, edge } = *comparison;
                let name = format!("l{}", self.written.len());
                self.written.push(format!("{name} = \"{}\"", measured(self.plain, amount, edge)));
                format!("{} {} {name}", quantity(self.plain, amount), operator.written())
            }
            Test::All(parts) => format!("all {{ {} }}", self.parts(parts)),
            Test::AtLeast(1, parts) => format!("any {{ {} }}", self.parts(parts)),
            Test::AtLeast(k, parts) => format!("at least {k} of {{ {} }}", self.parts(parts)),
            Test::Flag(place, true) => column(*place).to_owned(),
            Test::Flag(place, false) => format!("not {}", column(*place)),
            Test::Member(place, options) => {
                let options: Vec<String> =
                    options.iter().map(|option| format!("o{option}")).collect();
                format!("{} in {{ {} }}", column(*place), options.join(", "))
            }
            Test::Holds(title) => {
                format!("holds(\"{}\")", self.plain.titles.get(*title).map_or("", |id| id))
            }
            Test::NotHappened(event) => {
                let (id, months) =
                    self.plain.events.get(*event).map_or(("", 0), |(id, months)| (id, *months));
                format!("not happened(\"{id}\", last {months} months)")
            }
        }
    }

    fn parts(&mut self, parts: &[Test]) -> String {
        let parts: Vec<String> = parts.iter().map(|part| self.condition(part)).collect();
        parts.join("; ")
    }
}

fn write_score(plain: &Plain, score: &Score, text: &mut String) {
    put(text, &format!("\n[score]\npass = \">= {} 分\"", score.pass / 100));
    for (number, group) in score.groups.iter().enumerate() {
        let items = || group.items.iter().filter_map(|place| plain.bands.get(*place));
        let most: i64 = items().map(Bands::most).sum();
        put(
            text,
            &format!(
                "\n[[score.group]]\nid = \"s{number}\"\nlabel = {{ zh = \"部分 {number}\", en = \"Part {number}\" }}\nmax = {}",
                points(most)
            ),
        );
        if let Some(floor) = group.floor {
            put(text, &format!("floor = \">= {} 分\"", floor / 100));
        }
        for (item, bands) in items().enumerate() {
            let id = format!("s{number}-i{item}");
            put(
                text,
                &format!(
                    "\n[[score.group.item]]\nid = \"{id}\"\nlabel = {{ zh = \"{id}\", en = \"{id}\" }}\nmax = {}\nvalue = '{}'\nbands = [",
                    points(bands.most()),
                    quantity(plain, bands.amount)
                ),
            );
            write_bands(plain, bands, text);
            put(text, "]");
        }
    }
}

fn write_bands(plain: &Plain, bands: &Bands, text: &mut String) {
    let (inside, outside) = match bands.operator {
        Operator::AtMost => ("<=", ">"),
        _ => (">=", "<"),
    };
    let mut won = bands.base;
    let mut former: Option<String> = None;
    let mut lines = Vec::new();
    for (edge, more) in &bands.edges {
        let edge = measured(plain, bands.amount, *edge);
        let below = format!("{outside} {edge}");
        let is = former.map_or(below.clone(), |former| format!("{former}, {below}"));
        lines.push(format!("  {{ is = \"{is}\", points = {} }},", points(won)));
        won += more;
        former = Some(format!("{inside} {edge}"));
    }
    lines.push(format!(
        "  {{ is = \"{}\", points = {} }},",
        former.unwrap_or_default(),
        points(won)
    ));
    lines.reverse();
    put(text, &lines.join("\n"));
}

fn quantity(plain: &Plain, amount: usize) -> String {
    let named = |place: usize| {
        let Some(column) = plain.columns.get(place) else { return String::new() };
        let id = column.indicator;
        match column.year.map(|year| plain.base_year - year) {
            None => id.to_owned(),
            Some(0) => format!("{id}[base]"),
            Some(back) => format!("{id}[base-{back}]"),
        }
    };
    let id = |place: usize| plain.columns.get(place).map_or("", |column| column.indicator);
    match plain.amounts.get(amount) {
        Some(Amount::Value(column)) => named(*column),
        Some(Amount::Years(column)) => format!("full years from {} to today", id(*column)),
        Some(Amount::Sum(this, _)) => format!("sum of last 2 years ({})", id(*this)),
        Some(Amount::Ratio(over, under)) => format!("{} / {}", named(*over), named(*under)),
        Some(Amount::Growth(this, _)) => format!("growth({})", named(*this)),
        None => String::new(),
    }
}

/// An edge as people write it.
fn measured(plain: &Plain, amount: usize, edge: Edge) -> String {
    let per_mille = |edge: Edge| {
        let tenths = edge.numerator * 1_000 / edge.denominator;
        format!("{} %", decimal(tenths, 10))
    };
    let Some(Amount::Value(column) | Amount::Sum(column, _) | Amount::Years(column)) =
        plain.amounts.get(amount)
    else {
        return per_mille(edge);
    };
    let kind = plain.columns.get(*column).and_then(|of| indicator(of.indicator)).map(|of| of.kind);
    match kind {
        Some(Kind::Money) => format!("{} 万元", edge.numerator / 1_000_000),
        Some(Kind::Ratio) => per_mille(Edge { denominator: 1_000_000, ..edge }),
        Some(Kind::Points) => format!("{} 分", edge.numerator / 100),
        Some(Kind::Count(unit, _)) => format!("{} {unit}", edge.numerator),
        _ => format!("{} 年", edge.numerator),
    }
}

/// Points without needless decimals.
fn points(hundredths: i64) -> String {
    decimal(hundredths, 100)
}

fn decimal(value: i64, scale: i64) -> String {
    let (whole, rest) = (value / scale, value % scale);
    if rest == 0 {
        return whole.to_string();
    }
    let digits = if scale == 10 { 1 } else { 2 };
    format!("{whole}.{rest:0digits$}").trim_end_matches('0').to_owned()
}

fn put(text: &mut String, line: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{line}");
}
