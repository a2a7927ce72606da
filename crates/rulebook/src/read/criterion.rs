//! `[[criterion]]`: conditions, judgements, groups, shared definitions.

use std::collections::BTreeMap;
use std::rc::Rc;

use enterprise::Text;
use jiff::civil::Date;
use rules::{Body, Criterion, Group, Purpose};

use crate::check::bands::check_cases;
use crate::code::Code;
use crate::diagnostic::{Diagnostic, Span};
use crate::expression::resolve::{Resolver, used_or_unknown};
use crate::expression::scope::Limits;
use crate::read::cite::{Inherited, check_used, in_order, limits, note};
use crate::read::indicator::one_of;
use crate::read::table::{File, Table, Value, Word};
use crate::read::version::purpose_words;

/// Shared criteria with the days on which they apply.
pub(crate) struct Definition {
    pub version: String,
    pub from: Date,
    pub to: Option<Date>,
    pub criteria: Vec<Criterion>,
    pub note: Option<Text>,
    pub span: Span,
}

/// Definitions by id, and which of them some programme uses.
#[derive(Default)]
pub(crate) struct Definitions {
    pub by_id: BTreeMap<String, Vec<Definition>>,
    pub used: std::cell::RefCell<std::collections::BTreeSet<String>>,
}

impl Definitions {
    /// The version of a definition that a text that begins on `day` uses.
    pub fn on(&self, id: &str, day: Option<Date>) -> Option<&Definition> {
        let versions = self.by_id.get(id)?;
        let covers = |definition: &&Definition| {
            day.is_some_and(|day| {
                definition.from <= day && definition.to.is_none_or(|to| day <= to)
            })
        };
        versions.iter().find(covers).or_else(|| versions.last())
    }
}

/// What criteria need to know about where they stand.
pub(crate) struct Owner<'a> {
    pub id: &'a str,
    pub resolver: &'a Resolver<'a>,
    pub definitions: &'a Definitions,
    /// The first day of the version, by which a definition's version is chosen.
    pub day: Option<Date>,
    pub has_score: bool,
    /// The purposes that are judged here; empty where anything may be.
    pub purposes: Vec<Purpose>,
}

/// Reads the list under `key`; ids must be unique among siblings. `outer` has the limits of the criteria
/// around; at the top of a file there are none, and every criterion cites its clause.
pub(crate) fn criteria(
    owner: &Owner<'_>,
    table: &Table<'_>,
    key: &'static str,
    inherited: &Inherited,
    outer: Option<&Limits>,
) -> Vec<Criterion> {
    let mut known: BTreeMap<String, Span> = BTreeMap::new();
    let mut criteria = Vec::new();
    for value in table.list(key) {
        if let Some((criterion, span)) = criterion(owner, &value, inherited, outer) {
            if let Some(first) = known.insert(criterion.id.clone(), span.clone()) {
                value.file.sink.report(
                    Diagnostic::new(
                        Code::DuplicateId,
                        span,
                        format!("条件“{}”重复", criterion.id),
                        format!("criterion `{}` stands twice", criterion.id),
                    )
                    .other(first, "第一次在此", "first here"),
                );
            }
            criteria.push(criterion);
        }
    }
    criteria
}

fn criterion(
    owner: &Owner<'_>,
    value: &Value<'_>,
    inherited: &Inherited,
    outer: Option<&Limits>,
) -> Option<(Criterion, Span)> {
    let table = value.table()?;
    let file = table.file;
    let id = table.need_word("id")?;
    id.check_id(file, '-');
    let inside = inherited.of_own_document(&table);
    let citation = if outer.is_none() { inside.cite(&table) } else { inside.quiet(&table) };
    let label = table.need_text("label");
    let own = limits(&table, &inside, owner.resolver.names);
    // Sub-criteria may use the thresholds of the criteria around them.
    let mut visible = outer.cloned().unwrap_or_default();
    visible.extend(own.iter().map(|(name, limit)| (name.clone(), Rc::clone(limit))));
    let limits = &visible;
    let purposes = purposes(&table);
    check_purposes(owner, &table, &purposes);
    let when = table.word("when").and_then(|word| owner.resolver.condition(file, &word, limits));
    let direct = table.flag("direct");
    let body = used_or_unknown(limits, body(owner, &table, &inside, limits, &id));
    check_used(file, &own);
    // A shared definition says for itself how it is to be read.
    let note = note(&table).or_else(|| {
        let used = owner.definitions.on(table.word("use")?.text, owner.day)?;
        used.note.clone()
    });
    table.finish();
    Some((
        Criterion {
            id: id.text.to_owned(),
            owner: owner.id.to_owned(),
            label,
            citation,
            note,
            purposes,
            when,
            direct,
            limits: in_order(&own),
            body: body?,
        },
        id.span,
    ))
}

fn body(
    owner: &Owner<'_>,
    table: &Table<'_>,
    inside: &Inherited,
    limits: &Limits,
    id: &Word<'_>,
) -> Option<Body> {
    let file = table.file;
    let kinds = ["require", "judged", "score", "use", "all", "any", "case", "of"];
    let present: Vec<&'static str> =
        kinds.into_iter().filter(|kind| table.get(kind).is_some()).collect();
    let at_least = table.get("at_least").and_then(|value| value.whole());
    let [kind] = present.as_slice() else {
        file.sink.report(
            Diagnostic::new(
                Code::BodyCount,
                id.span.clone(),
                format!("条件“{}”须恰有一种内容，却有 {} 种", id.text, present.len()),
                format!("criterion `{}` needs exactly one body, found {}", id.text, present.len()),
            )
            .help(
                "require、judged、all、any、at_least 与 of、case、score、use 之一",
                "one of require, judged, all, any, at_least with of, case, score, use",
            ),
        );
        return None;
    };
    if at_least.is_some() && *kind != "of" {
        file.sink.report(Diagnostic::new(
            Code::BodyCount,
            id.span.clone(),
            "at_least 只与 [[criterion.of]] 同用",
            "`at_least` goes with `[[criterion.of]]` only",
        ));
        return None;
    }
    if ["all", "any", "case", "of"].contains(kind) && table.list(kind).is_empty() {
        file.sink.report(Diagnostic::new(
            Code::BodyCount,
            id.span.clone(),
            format!("条件“{}”没有分项", id.text),
            format!("criterion `{}` has no parts", id.text),
        ));
        return None;
    }
    match *kind {
        "require" => {
            let word = table.word("require")?;
            Some(Body::Require(owner.resolver.condition(file, &word, limits)?))
        }
        "judged" => {
            let inner = table.get("judged")?.table()?;
            inner.need("by");
            let by = one_of(&inner, "by", &[("reviewer", "reviewer"), ("expert", "expert")]);
            let by = by.unwrap_or_default().to_owned();
            let question: Option<Text> = inner.text("question");
            inner.finish();
            Some(Body::Judged { by, question })
        }
        "score" => {
            if !owner.has_score {
                file.sink.report(Diagnostic::new(
                    Code::UnknownReference,
                    id.span.clone(),
                    "此文件没有 [score] 评分表",
                    "this file has no [score] table",
                ));
            }
            if !table.flag("score") {
                file.sink.report(Diagnostic::new(
                    Code::WrongType,
                    id.span.clone(),
                    "score 只能写 true",
                    "`score` can only be true",
                ));
                return None;
            }
            Some(Body::Score)
        }
        "use" => shared(owner, &table.word("use")?, file),
        "case" => cases(owner, table, inside, limits),
        "of" => {
            let children = criteria(owner, table, "of", inside, Some(limits));
            let k = at_least
                .and_then(|k| usize::try_from(k).ok())
                .filter(|k| (1..=children.len()).contains(k));
            if k.is_none() {
                file.sink.report(Diagnostic::new(
                    Code::BodyCount,
                    id.span.clone(),
                    format!("at_least 须为 1 至 {} 的整数", children.len()),
                    format!("at_least must be a whole number from 1 to {}", children.len()),
                ));
            }
            Some(Body::Group(Group::AtLeast(k?), children))
        }
        kind => {
            let (group, key) =
                if kind == "all" { (Group::All, "all") } else { (Group::Any, "any") };
            Some(Body::Group(group, criteria(owner, table, key, inside, Some(limits))))
        }
    }
}

fn cases(
    owner: &Owner<'_>,
    table: &Table<'_>,
    inside: &Inherited,
    limits: &Limits,
) -> Option<Body> {
    let children = criteria(owner, table, "case", inside, Some(limits));
    let spans: Vec<Span> = table
        .list("case")
        .iter()
        .map(|value| {
            value
                .table()
                .and_then(|case| case.word("when"))
                .map_or_else(|| value.span(), |word| word.span)
        })
        .collect();
    let whens: Vec<_> = children
        .iter()
        .zip(spans)
        .filter_map(|(child, span)| Some((child.when.as_ref()?, span)))
        .collect();
    let complete = whens.len() == children.len() && table.list("case").len() == children.len();
    if complete && !check_cases(owner.resolver, table, &whens) {
        table.file.sink.report(
            Diagnostic::new(
                Code::CaseHole,
                table.head(),
                "无法证明各情形恰有一种适用",
                "it cannot be proven that exactly one case applies",
            )
            .help(
                "每个 case 的 when 须以阈值划分同一个数量",
                "the `when` of every case must divide the same quantity by limits",
            ),
        );
    } else if table
        .list("case")
        .iter()
        .any(|value| value.table().is_some_and(|case| case.get("when").is_none()))
    {
        table.file.sink.report(Diagnostic::new(
            Code::MissingKey,
            table.head(),
            "每个 case 都要有 when",
            "every case needs a `when`",
        ));
    }
    Some(Body::Group(Group::Cases, children))
}

fn shared(owner: &Owner<'_>, word: &Word<'_>, file: File<'_>) -> Option<Body> {
    if !owner.definitions.by_id.contains_key(word.text) {
        let known = owner.definitions.by_id.keys().map(String::as_str);
        file.sink.report(
            Diagnostic::new(
                Code::UnknownReference,
                word.span.clone(),
                format!("没有名为“{}”的定义", word.text),
                format!("no definition is called `{}`", word.text),
            )
            .suggest(word.text, known),
        );
        return None;
    }
    owner.definitions.used.borrow_mut().insert(word.text.to_owned());
    let chosen = owner.definitions.on(word.text, owner.day)?;
    Some(Body::Group(Group::All, chosen.criteria.clone()))
}

/// A purpose that nobody is judged for here never applies.
fn check_purposes(owner: &Owner<'_>, table: &Table<'_>, named: &[Purpose]) {
    let lost = named.iter().find(|purpose| !owner.purposes.contains(purpose));
    if let (Some(lost), false, Some(value)) =
        (lost, owner.purposes.is_empty(), table.get("purposes"))
    {
        let (zh, en) = purpose_words(*lost);
        table.file.sink.report(
            Diagnostic::new(
                Code::NeverReached,
                value.span(),
                format!("这里不用于{zh}，此条件永远轮不到"),
                format!("nothing here is for {en}: the criterion never applies to them"),
            )
            .help("核对 applies 的 purpose", "compare with the `purpose` of `applies`"),
        );
    }
}

/// The purposes that `table` names.
pub(crate) fn purposes(table: &Table<'_>) -> Vec<Purpose> {
    table.words("purposes").iter().filter_map(|word| purpose(table.file, word)).collect()
}

pub(crate) fn purpose(file: File<'_>, word: &Word<'_>) -> Option<Purpose> {
    let purpose = Purpose::from_code(word.text);
    if purpose.is_none() {
        let diagnostic = Diagnostic::new(
            Code::UnknownReference,
            word.span.clone(),
            format!("没有“{}”这种用途", word.text),
            format!("`{}` is no purpose", word.text),
        );
        file.sink.report(diagnostic.suggest(word.text, ["new", "re-review", "yearly"]));
    }
    purpose
}
