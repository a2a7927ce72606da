//! Score items in words: which value was scored and in which band it fell.

use enterprise::Text;
use rules::{
    Amount, Band, Entry, Exact, ItemResult, Limit, Mark, Measure, Operator, Points, Quantity,
    Scale, ScaleFinding, ScoreResult,
};

use crate::amounts::points;
use crate::quantity::{limit_in, measure_of};
use crate::{join, law};

/// One scale of an item with what was found for it.
pub struct Part<'a, 'r> {
    /// The name of a side of the better of several, if it has one.
    pub label: Option<&'r Text>,
    /// How points are given.
    pub scale: &'r Scale,
    /// What was found for it.
    pub finding: &'a ScaleFinding<'r>,
}

/// The scales of an item side by side with their findings.
pub fn parts<'a, 'r>(item: &'a ItemResult<'r>) -> Vec<Part<'a, 'r>> {
    let mut scales = Vec::new();
    flatten(None, &item.item.scale, &mut scales);
    scales
        .into_iter()
        .zip(&item.findings)
        .map(|((label, scale), finding)| Part { label, scale, finding })
        .collect()
}

type Labelled<'r> = (Option<&'r Text>, &'r Scale);

fn flatten<'r>(label: Option<&'r Text>, scale: &'r Scale, scales: &mut Vec<Labelled<'r>>) {
    match scale {
        Scale::Best(parts) => {
            for part in parts {
                flatten(part.label.as_ref().or(label), &part.scale, scales);
            }
        }
        other => scales.push((label, other)),
    }
}

impl<'r> Part<'_, 'r> {
    /// What is scored and in which measure, for a scale over a value.
    pub fn quantity(&self) -> Option<(Quantity, Measure)> {
        match self.scale {
            Scale::Bands { value, bands } => {
                let edge = bands.iter().flat_map(|band| &band.edges).next();
                Some((value.clone(), measure_of(value, edge.map(|(_, limit)| limit))))
            }
            Scale::Steps { value, each, .. } => {
                Some((value.clone(), measure_of(value, Some(each))))
            }
            Scale::Given(fact) => {
                Some((Quantity::Fact(fact.clone()), Measure::of(&fact.indicator.kind)))
            }
            _ => None,
        }
    }

    /// The band or step that the known value falls in.
    pub fn band(&self) -> Option<Text> {
        let ScaleFinding::Value(amount, _) = self.finding else { return None };
        let Amount::Known(number) = amount else { return None };
        let value = number.shown()?;
        match self.scale {
            Scale::Bands { bands, value: scored } => {
                let band = bands.iter().find(|band| inside(band, value));
                band.map(|band| self::band(band, scored))
            }
            Scale::Steps { .. } => steps(self.scale),
            _ => None,
        }
    }

    /// The entries of a scale over conditions.
    pub fn entries(&self) -> &'r [Entry] {
        match self.scale {
            Scale::Tally { entries, .. } | Scale::Levels { entries, .. } => entries,
            _ => &[],
        }
    }
}

/// The edges of a band: `≥ 70 %，< 80 %`.
pub fn band(band: &Band, value: &Quantity) -> Text {
    if band.edges.is_empty() {
        return Text::new("其他", "otherwise");
    }
    let edges: Vec<Text> = band.edges.iter().map(|edge| self::edge(edge, value)).collect();
    join(&edges, "，", ", ")
}

/// How points grow step by step; `None` for another scale.
pub fn steps(scale: &Scale) -> Option<Text> {
    let Scale::Steps { value, each, points: won, cap } = scale else { return None };
    let each = limit_in(each, &measure_of(value, Some(each)));
    let (won, cap) = (points(*won), points(*cap));
    Some(Text::new(
        format!("每满 {}得 {won} 分，最多 {cap} 分", each.zh),
        format!("{won} for every {}, at most {cap}", each.en),
    ))
}

/// What is scored, with its year; `None` for a scale over conditions.
pub fn scored(scale: &Scale) -> Option<Text> {
    match scale {
        Scale::Bands { value, .. } | Scale::Steps { value, .. } => Some(law::quantity(value)),
        Scale::Given(fact) => Some(law::quantity(&Quantity::Fact(fact.clone()))),
        Scale::Tally { .. } | Scale::Levels { .. } | Scale::Best(_) => None,
    }
}

/// How the entries of a scale are counted; `None` where there are none.
pub fn counted(scale: &Scale) -> Option<Text> {
    match scale {
        Scale::Tally { cap, .. } => {
            let cap = points(*cap);
            Some(Text::new(format!("逐项累计，最多 {cap} 分"), format!("added up, at most {cap}")))
        }
        Scale::Levels { .. } => {
            Some(Text::new("自上而下取最先符合的一档", "the first level that holds, from the top"))
        }
        Scale::Best(_) => {
            Some(Text::new("按以下方式分别计分，取高者", "the better of the following counts"))
        }
        _ => None,
    }
}

/// What can be reached and what is needed: `62–78/60`.
pub fn figures(score: &ScoreResult<'_>) -> String {
    format!("{}/{}", bounds(score.low, score.high), points(score.table.pass.points))
}

/// `62–78`, or `62` once it is certain.
pub fn bounds(low: Points, high: Points) -> String {
    if low == high { points(low) } else { format!("{}–{}", points(low), points(high)) }
}

/// A pass mark or a floor: `≥ 60 分`.
pub fn mark(mark: &Mark) -> Text {
    let (sign, points) = (mark.operator.sign(), points(mark.points));
    Text::new(format!("{sign} {points} 分"), format!("{sign} {points} points"))
}

fn inside(band: &Band, value: Exact) -> bool {
    band.edges.iter().all(|(operator, limit)| {
        value.compare(limit.value).is_some_and(|order| operator.holds(order))
    })
}

fn edge((operator, limit): &(Operator, Limit), value: &Quantity) -> Text {
    let words = limit_in(limit, &measure_of(value, Some(limit)));
    let sign = operator.sign();
    Text::new(format!("{sign} {}", words.zh), format!("{sign} {}", words.en))
}
