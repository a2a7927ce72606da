//! What was tested, as rows: the value, what it is held against, how far off it is, where it came
//! from or what it lacks.

use enterprise::{Lang, Text};
use jiff::civil::Date;
use rules::{
    Amount, Classified, Compared, ConditionResult, Happened, Lacking, Measure, Missing, Operand,
    Origin, Quantity, Rulebook, Test, Truth,
};

use super::paint::Style;
use super::tree::{Line, Row};
use crate::amounts;
use crate::words::condition::{options, quoted};
use crate::words::quantity::{self, Years};
use crate::words::{gap, join, provenance};

/// What rows are made with.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'r> {
    pub rulebook: &'r Rulebook,
    pub lang: Lang,
    pub base_year: i16,
    pub as_of: Date,
}

impl Rows<'_> {
    /// The rows of a condition; with `alone`, it is all there is below its criterion.
    pub(crate) fn condition(
        &self,
        result: &ConditionResult<'_>,
        depth: usize,
        alone: bool,
        lines: &mut Vec<Line>,
    ) {
        self.test(result, true, depth, alone, lines);
    }

    fn test(
        &self,
        result: &ConditionResult<'_>,
        wanted: bool,
        depth: usize,
        alone: bool,
        lines: &mut Vec<Line>,
    ) {
        let truth = if wanted { result.truth } else { result.truth.not() };
        let own = (!alone).then_some(truth);
        match &result.test {
            Test::Not(inner) => self.test(inner, !wanted, depth, alone, lines),
            Test::All(parts) => {
                if !wanted {
                    self.note(depth, &Text::new("以下不得同时成立", "not all of these"), lines);
                }
                self.each(parts, depth, lines);
            }
            Test::AtLeast(k, parts) => {
                let words = match (wanted, k) {
                    (true, 1) => Text::new("以下满足一项即可", "any one of these"),
                    (true, k) => {
                        Text::new(format!("以下至少满足 {k} 项"), format!("at least {k} of these"))
                    }
                    (false, 1) => Text::new("以下均不得成立", "none of these"),
                    (false, k) => {
                        Text::new(format!("以下成立的须少于 {k} 项"), format!("fewer than {k} of these"))
                    }
                };
                self.note(depth, &words, lines);
                self.each(parts, depth, lines);
            }
            Test::Compare(compared) => self.compare(compared, result, own, truth, depth, lines),
            Test::Flag { fact, value, source } => {
                let should = if wanted { Text::new("须为“是”", "must be yes") } else { Text::new("须为“否”", "must be no") };
                let value = match value {
                    Some(true) => Text::new("是", "yes"),
                    Some(false) => Text::new("否", "no"),
                    None => missing_word(&result.lacking),
                };
                let note = match source {
                    Some(source) => provenance::source(source),
                    None => self.where_to_find(&result.lacking),
                };
                let label = quantity::fact(fact, Years::From(self.base_year));
                self.row(own, truth, depth, [&label, &value, &should, &note], lines);
            }
            Test::Member { member, possible, source, classified } => {
                let admitted = options(&member.fact, &member.options);
                let should = if wanted {
                    Text::new(format!("须为{}", admitted.zh), format!("must be {}", admitted.en))
                } else {
                    Text::new(format!("不得为{}", admitted.zh), format!("must not be {}", admitted.en))
                };
                let value = if possible.is_empty() {
                    missing_word(&result.lacking)
                } else {
                    options(&member.fact, possible)
                };
                let note = match source {
                    Some(source) => provenance::source(source),
                    None => self.where_to_find(&result.lacking),
                };
                let label = quantity::fact(&member.fact, Years::From(self.base_year));
                self.row(own, truth, depth, [&label, &value, &should, &note], lines);
                if let Some(classified) = classified {
                    self.classified(classified, depth + 1, lines);
                }
            }
            Test::Holds { holds, title } => {
                let label = Text::new(
                    format!("{}称号", quoted(&holds.label.zh)),
                    format!("title: {}", holds.label.en),
                );
                let (value, mut note) = self.title(title.as_ref(), truth, wanted);
                if title.is_none() && truth.unknown().is_some() {
                    note = Text::new("没有称号名单", "no list of titles is at hand");
                }
                let should = if wanted { Text::new("须有效", "must be valid") } else { Text::new("不得持有", "must not be held") };
                self.row(own, truth, depth, [&label, &value, &should, &note], lines);
            }
            Test::Happened { happened, from, dates, complete_until } => {
                let [label, value, should, note] =
                    self.event(happened, *from, dates, *complete_until, result, wanted);
                self.row(own, truth, depth, [&label, &value, &should, &note], lines);
            }
        }
    }

    fn each(&self, parts: &[ConditionResult<'_>], depth: usize, lines: &mut Vec<Line>) {
        for part in parts {
            self.test(part, true, depth, false, lines);
        }
    }

    fn compare(
        &self,
        compared: &Compared<'_>,
        result: &ConditionResult<'_>,
        own: Option<Truth>,
        truth: Truth,
        depth: usize,
        lines: &mut Vec<Line>,
    ) {
        let comparison = compared.comparison;
        let years = Years::From(self.base_year);
        let label = quantity::quantity(&comparison.left, years);
        let edge = match &compared.right {
            Amount::Known(number) => number.shown(),
            _ => None,
        };
        let value = value(&compared.left, edge, &comparison.measure);
        let right = quantity::quantity(&comparison.right, years);
        let sign = comparison.operator.sign();
        let mut limit = Text::new(format!("{sign} {}", right.zh), format!("{sign} {}", right.en));
        if !matches!(comparison.right, Quantity::Limit(_) | Quantity::Constant(_))
            && let Some(edge) = edge
        {
            let edge = amounts::readable(edge, &comparison.measure);
            limit = join(&[limit, edge], " = ", " = ");
        }
        let distance = compared
            .distance
            .map(|distance| amounts::distance(&distance, comparison.operator, &comparison.measure));
        // A single fact says itself where it came from; others list their facts below.
        let single = match (&comparison.left, compared.operands.first()) {
            (Quantity::Fact(_), Some(operand)) => Some(operand),
            _ => None,
        };
        let origin = single.map(|operand| self.origin(operand)).unwrap_or_default();
        let pending: Vec<Text> = result.lacking.pending.iter().map(gap::pending).collect();
        let remarks: Vec<Text> = distance.into_iter().chain([origin]).chain(pending).collect();
        let note = self.remarks(&remarks);
        self.row(own, truth, depth, [&label, &value, &limit, &note], lines);
        let below = depth + 1 + usize::from(own.is_some());
        match single {
            Some(operand) => {
                if let Origin::Computed(parts) = &operand.origin {
                    self.operands(parts, below, lines);
                }
                self.operands(compared.operands.get(1..).unwrap_or_default(), below, lines);
            }
            None => self.operands(&compared.operands, below, lines),
        }
    }

    /// A row for each fact, and below a computed one those that it was computed from.
    pub(crate) fn operands(&self, operands: &[Operand<'_>], depth: usize, lines: &mut Vec<Line>) {
        for operand in operands {
            let label = quantity::with_year(&operand.fact.indicator.label, operand.year);
            let value = operand_value(operand);
            let note = self.origin(operand);
            let truth = match operand.origin {
                Origin::Missing { .. } => Truth::Unknown(rules::Why::DATA),
                _ => Truth::NotApplicable,
            };
            self.row(None, truth, depth, [&label, &value, &Text::default(), &note], lines);
            if let Origin::Computed(parts) = &operand.origin {
                self.operands(parts, depth + 1, lines);
            }
        }
    }

    /// Where a fact came from, or what can be said about its lack.
    pub(crate) fn origin(&self, operand: &Operand<'_>) -> Text {
        match &operand.origin {
            Origin::Given(source) | Origin::GivenDate(_, source) => provenance::source(source),
            Origin::Computed(_) => {
                let formula = self.rulebook.formulas.get(&operand.fact.indicator.id);
                match formula.map(|formula| quantity::quantity(formula, Years::Unsaid)) {
                    Some(words) => Text::new(format!("= {}", words.zh), format!("= {}", words.en)),
                    None => Text::new("计算得出", "computed"),
                }
            }
            Origin::Assumed(assume) => Text::new(
                format!("假定：{}", assume.reason.zh),
                format!("assumed: {}", assume.reason.en),
            ),
            Origin::BeforeFounding => Text::new("当年尚未成立", "before the founding"),
            Origin::Missing { older } => {
                let indicator = &operand.fact.indicator;
                match (older, operand.year) {
                    (Some(older), Some(year)) => Text::new(
                        format!("{older} 年有数据，但不能代替 {year} 年"),
                        format!("{older} is known but cannot stand for {year}"),
                    ),
                    _ => from_whom(&indicator.source),
                }
            }
        }
    }

    fn where_to_find(&self, lacking: &Lacking) -> Text {
        if let Some(pending) = lacking.pending.first() {
            return gap::pending(pending);
        }
        match lacking.missing.first() {
            Some(Missing::Fact { key, .. }) => match self.rulebook.catalogue.indicator(&key.indicator) {
                Some(indicator) => from_whom(&indicator.source),
                None => Text::default(),
            },
            _ => Text::default(),
        }
    }

    fn title(
        &self,
        title: Option<&enterprise::Title>,
        truth: Truth,
        wanted: bool,
    ) -> (Text, Text) {
        let named = |title: &enterprise::Title| gap::title(&self.rulebook.catalogue, &title.programme);
        let held = matches!((truth, wanted), (Truth::Met, true) | (Truth::NotMet, false));
        match (title, held) {
            (Some(title), true) => (Text::new("有效", "valid"), {
                let until = title.to.map(|day| day.to_string()).unwrap_or_default();
                let name = named(title);
                Text::new(
                    format!("{} {} 至 {until}", name.zh, title.from),
                    format!("{} {} to {until}", name.en, title.from),
                )
            }),
            (Some(title), false) => {
                let name = named(title);
                let state = match title.to {
                    _ if title.from > self.as_of => Text::new("尚未生效", "not yet valid"),
                    Some(to) if to < self.as_of => Text::new("已过期", "expired"),
                    _ => Text::new("不详", "unknown"),
                };
                let note = match title.to {
                    Some(to) => Text::new(
                        format!("{} {} 至 {to}", name.zh, title.from),
                        format!("{} {} to {to}", name.en, title.from),
                    ),
                    None => Text::new(
                        format!("{} 自 {}，到期日不详", name.zh, title.from),
                        format!("{} from {}, its end is not known", name.en, title.from),
                    ),
                };
                (state, note)
            }
            (None, _) if truth.unknown().is_some() => (Text::new("不详", "unknown"), Text::default()),
            (None, _) => (Text::new("无", "none"), Text::default()),
        }
    }

    fn event(
        &self,
        happened: &Happened,
        from: Date,
        dates: &[Date],
        complete_until: Option<Date>,
        result: &ConditionResult<'_>,
        wanted: bool,
    ) -> [Text; 4] {
        let months = happened.months;
        let should = if wanted {
            Text::new(format!("近 {months} 个月须有"), format!("must have one in {months} months"))
        } else {
            Text::new(format!("近 {months} 个月须无"), format!("none in {months} months"))
        };
        let mut label = happened.event.label.clone();
        if let Some((attribute, operator, limit)) = &happened.attribute {
            let (sign, limit) = (operator.sign(), quantity::limit(limit));
            label.zh.push_str(&format!("（{} {sign} {}）", attribute.label.zh, limit.zh));
            label.en.push_str(&format!(" ({} {sign} {})", attribute.label.en, limit.en));
        }
        let listed: Vec<String> = dates.iter().map(ToString::to_string).collect();
        let (value, note) = match (listed.is_empty(), result.truth) {
            (false, _) => (
                Text::new(format!("{} 次", listed.len()), listed.len().to_string()),
                Text::new(listed.join("、"), listed.join(", ")),
            ),
            (true, Truth::Unknown(_)) => (Text::new("不详", "unknown"), match complete_until {
                Some(day) => Text::new(
                    format!("名单只完整到 {day}"),
                    format!("the list is complete until {day} only"),
                ),
                None => self.unlisted(&result.lacking),
            }),
            (true, _) => (
                Text::new("无", "none"),
                Text::new(format!("{from} 起的完整名单"), format!("complete list since {from}")),
            ),
        };
        [label, value, should, note]
    }

    fn unlisted(&self, lacking: &Lacking) -> Text {
        match lacking.missing.first() {
            Some(missing @ Missing::Event { attribute: Some(_), .. }) => {
                let words = gap::missing(missing, self.rulebook);
                Text::new(format!("缺{}", words.zh), format!("missing: {}", words.en))
            }
            _ => Text::new("没有完整的名单", "no complete list is at hand"),
        }
    }

    fn classified(&self, classified: &Classified<'_>, depth: usize, lines: &mut Vec<Line>) {
        let classification = classified.classification;
        let fact = &classification.by;
        let label = quantity::fact(fact, Years::From(self.base_year));
        let code = classified.code.clone().unwrap_or_default();
        let (value, truth) = match &classified.code {
            Some(_) => (Text::new(code.clone(), code), Truth::NotApplicable),
            None => (Text::new("缺", "missing"), Truth::Unknown(rules::Why::DATA)),
        };
        let note = match classified.group {
            Some(group) => {
                let status = provenance::status(&group.citation.status);
                Text::new(
                    format!("按“{}”划型（{}，{}）", group.label.zh, classification.document.number, status.zh),
                    format!("sized as {} ({}, {})", group.label.en, classification.document.number, status.en),
                )
            }
            None => Text::default(),
        };
        self.row(None, truth, depth, [&label, &value, &Text::default(), &note], lines);
        let metrics = classified.group.map(|group| group.metrics.as_slice()).unwrap_or_default();
        for (metric, (amount, possible, operands)) in metrics.iter().zip(&classified.metrics) {
            let measure = metric.tiers.first().map_or(&Measure::Other, |(_, limit)| &limit.measure);
            let label = quantity::quantity(&metric.value, Years::From(self.base_year));
            let class = crate::words::condition::choices(&classification.indicator, possible);
            let class = if possible.len() == 1 {
                Text::new(format!("→ {}", class.zh), format!("→ {}", class.en))
            } else {
                Text::default()
            };
            let (truth, note) = match operands.first() {
                Some(operand) if matches!(operand.origin, Origin::Missing { .. }) => {
                    (Truth::Unknown(rules::Why::DATA), self.origin(operand))
                }
                Some(operand) => (Truth::NotApplicable, self.origin(operand)),
                None => (Truth::NotApplicable, Text::default()),
            };
            self.row(None, truth, depth, [&label, &value_of(amount, measure), &class, &note], lines);
        }
    }

    /// What there is to remark, one behind the other.
    fn remarks(&self, remarks: &[Text]) -> Text {
        join(remarks.iter().filter(|text| !text.zh.is_empty()), " · ", " · ")
    }

    fn note(&self, depth: usize, words: &Text, lines: &mut Vec<Line>) {
        let text = words.get(self.lang).to_owned();
        lines.push(Line::Note { depth, text, style: Style::Dim });
    }

    fn row(
        &self,
        own: Option<Truth>,
        truth: Truth,
        depth: usize,
        [label, value, limit, note]: [&Text; 4],
        lines: &mut Vec<Line>,
    ) {
        let style = match truth {
            Truth::NotMet => Style::Bad,
            Truth::Unknown(_) => Style::Open,
            Truth::Met | Truth::NotApplicable => Style::Plain,
        };
        let word = |text: &Text| text.get(self.lang).to_owned();
        lines.push(Line::Row(Row {
            depth,
            truth: own,
            label: word(label),
            value: word(value),
            limit: word(limit),
            note: word(note),
            style,
        }));
    }
}

/// The value of an amount without an edge beside it.
pub(crate) fn value_of(amount: &Amount, measure: &Measure) -> Text {
    value(amount, None, measure)
}

fn value(amount: &Amount, edge: Option<rules::Exact>, measure: &Measure) -> Text {
    match amount {
        Amount::Known(number) => match number.shown() {
            Some(shown) => amounts::readable_beside(shown, edge, measure),
            None => Text::default(),
        },
        Amount::Absent(_) => Text::new("无", "none"),
        Amount::Lacking(lacking) => missing_word(lacking),
    }
}

/// The value of an operand: a date for a dated fact.
pub(crate) fn operand_value(operand: &Operand<'_>) -> Text {
    match &operand.origin {
        Origin::GivenDate(date, _) => Text::new(date.to_string(), date.to_string()),
        Origin::Missing { .. } => {
            let lacking = match &operand.amount {
                Amount::Lacking(lacking) => lacking.clone(),
                _ => Lacking::default(),
            };
            missing_word(&lacking)
        }
        _ => value_of(&operand.amount, &Measure::of(&operand.fact.indicator.kind)),
    }
}

fn missing_word(lacking: &Lacking) -> Text {
    let why = lacking.why();
    if why.data || lacking == &Lacking::default() {
        Text::new("缺", "missing")
    } else if why.open {
        Text::new("未公开", "not public")
    } else {
        Text::new("待定", "pending")
    }
}

fn from_whom(source: &Text) -> Text {
    if source.zh.is_empty() {
        return Text::default();
    }
    Text::new(format!("来自{}", source.zh), format!("from: {}", source.en))
}
