//! Comparisons and classifications: a quantity, its edge, the distance, and the facts behind it.

use enterprise::Text;
use rules::{
    Amount, Classified, Compared, ConditionResult, FactRef, Operand, Origin, Quantity, Truth, Why,
};

use super::Line;
use super::rows::{At, Explainer};
use super::value::{operand_value, value_beside, value_of};
use crate::amounts;
use crate::quantity::{self, Years};
use crate::{condition, gap, join, provenance};

impl Explainer<'_> {
    pub(super) fn compare(
        &self,
        compared: &Compared<'_>,
        result: &ConditionResult<'_>,
        at: At,
        lines: &mut Vec<Line>,
    ) {
        let comparison = compared.comparison;
        let label = quantity::quantity(&comparison.left, Years::From(self.base_year));
        let edge = match &compared.right {
            Amount::Known(number) => number.shown(),
            _ => None,
        };
        let value = value_beside(&compared.left, edge, &comparison.measure);
        let limit = self.limit(compared, edge);
        let distance = compared
            .distance
            .map(|distance| amounts::distance(&distance, comparison.operator, &comparison.measure));
        // A single fact says itself where it came from; others list their facts below.
        let single = match (&comparison.left, compared.operands.first()) {
            (Quantity::Fact(_), Some(operand)) => Some(operand),
            _ => None,
        };
        let computed = single.is_some_and(|operand| matches!(operand.origin, Origin::Computed(_)));
        let origin = single.filter(|_| !computed).map(|operand| self.origin(operand));
        let pending = result.lacking.pending.iter().map(gap::pending);
        let remarks: Vec<Text> = distance.into_iter().chain(origin).chain(pending).collect();
        let note = join(remarks.iter().filter(|text| !text.zh.is_empty()), " · ", " · ");
        self.row(at, [&label, &value, &limit, &note], lines);
        if let Some(Line::Row(row)) = lines.last_mut() {
            row.ppm = compared.distance.and_then(|distance| distance.ppm);
        }
        if let Quantity::Limit(limit) = &comparison.right
            && let Some(note) = &limit.citation.note
        {
            let depth = at.below(at.truth).depth;
            self.note(depth, &format!("注：{}", note.zh), &format!("note: {}", note.en), lines);
        }
        match single {
            Some(operand) => {
                self.note_shown(operand);
                if let Origin::Computed(parts) = &operand.origin {
                    let formula = self.origin(operand);
                    self.note(at.below(at.truth).depth, &formula.zh, &formula.en, lines);
                    self.operands(parts, at, lines);
                }
                self.operands(compared.operands.get(1..).unwrap_or_default(), at, lines);
            }
            None => self.operands(&compared.operands, at, lines),
        }
    }

    /// The edge as the law writes it; one that is computed also with what it comes to.
    fn limit(&self, compared: &Compared<'_>, edge: Option<rules::Exact>) -> Text {
        let comparison = compared.comparison;
        let right = condition::right(comparison, Years::From(self.base_year));
        let sign = comparison.operator.sign();
        let limit = Text::new(format!("{sign} {}", right.zh), format!("{sign} {}", right.en));
        match (&comparison.right, edge) {
            (Quantity::Limit(_) | Quantity::Constant(_), _) | (_, None) => limit,
            (_, Some(edge)) => {
                join(&[limit, amounts::readable(edge, &comparison.measure)], " = ", " = ")
            }
        }
    }

    /// A row for each fact that was not shown yet, and below a computed one those behind it.
    fn operands(&self, operands: &[Operand<'_>], at: At, lines: &mut Vec<Line>) {
        for operand in operands {
            if !self.note_shown(operand) {
                continue;
            }
            let label = quantity::with_year(&operand.fact.indicator.label, operand.year);
            let below = at.below(fact_truth(operand));
            let note = self.origin(operand);
            self.row(below, [&label, &operand_value(operand), &Text::default(), &note], lines);
            if let Origin::Computed(parts) = &operand.origin {
                self.operands(parts, below, lines);
            }
        }
    }

    /// Whether this fact is shown for the first time.
    fn note_shown(&self, operand: &Operand<'_>) -> bool {
        self.shown.borrow_mut().insert((operand.fact.indicator.id.clone(), operand.year))
    }

    /// The industry, the group that it falls in, and each metric with the class that it gives.
    pub(super) fn classified(&self, classified: &Classified<'_>, at: At, lines: &mut Vec<Line>) {
        let classification = classified.classification;
        let label = self.fact_label(&classification.by);
        let (value, truth) = match &classified.code {
            Some(code) => (Text::new(code.clone(), code.clone()), Truth::NotApplicable),
            None => (Text::new("缺", "missing"), Truth::Unknown(Why::DATA)),
        };
        let note = classified.group.map(|group| {
            let status = provenance::status(&group.citation.status);
            let (label, number) = (&group.label, &classification.document.number);
            Text::new(
                format!("按“{}”，{number}，{}", label.zh, status.zh),
                format!("as {}, {number}, {}", label.en, status.en),
            )
        });
        let note = note.unwrap_or_default();
        self.row(at.below(truth), [&label, &value, &Text::default(), &note], lines);
        let metrics = classified.group.map(|group| group.metrics.as_slice()).unwrap_or_default();
        for (metric, (amount, possible, operands)) in metrics.iter().zip(&classified.metrics) {
            let edge = metric.tiers.first().map(|(_, limit)| limit);
            let measure = quantity::measure_of(&metric.value, edge);
            let label = quantity::quantity(&metric.value, Years::From(self.base_year));
            let class = condition::choices(&classification.indicator, possible);
            let class = match possible.as_slice() {
                [_] => Text::new(format!("→ {}", class.zh), format!("→ {}", class.en)),
                _ => Text::default(),
            };
            let first = operands.first();
            let truth = first.map_or(Truth::NotApplicable, fact_truth);
            let note = first.map(|operand| self.origin(operand)).unwrap_or_default();
            self.row(at.below(truth), [&label, &value_of(amount, &measure), &class, &note], lines);
        }
    }

    pub(super) fn fact_label(&self, fact: &FactRef) -> Text {
        quantity::fact(fact, Years::From(self.base_year))
    }
}

fn fact_truth(operand: &Operand<'_>) -> Truth {
    match operand.origin {
        Origin::Missing { .. } => Truth::Unknown(Why::DATA),
        _ => Truth::NotApplicable,
    }
}
